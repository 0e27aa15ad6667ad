"""What to keep in mind of a patient, by the question that asks for it."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.answers import list_told


def find_alerts(pack: Pack, visit: Consultation) -> dict[str, str]:
    """Return what to keep in mind by the question that asks for it."""
    told = list_told(pack, visit.facts) - visit.answers.keys()
    items = told | {item for item, answer in visit.answers.items() if answer.state == "yes"}
    alerts = [it for it in pack.questions if it.alert and it.id in items]
    return {it.id: _name_alert(pack, it, visit) for it in alerts}


def _name_alert(pack: Pack, question: Question, visit: Consultation) -> str:
    """Return the name of a question, or of what was told where it asks for quite different things.

    Who faints with needles was *Epilepsy, nerves, fainting* in the banner.
    """
    words, codes = pack.vocabulary, [it.code for it in visit.facts.conditions]
    asked = [it for it in codes if question.id in words.asked_by("conditions", (it,))]
    names = [words.label("conditions", it) for it in asked] if question.named else []
    return "; ".join(dict.fromkeys(names)) or question.label
