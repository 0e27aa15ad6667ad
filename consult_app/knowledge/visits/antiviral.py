"""What the prescriber decided about tablets against cold sores (planning reference 3.3).

It is no fact of the case file: it is recorded in the visit, beside the plan it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.domain.consultation import Antiviral, Consultation
from consult_app.knowledge.judgement import ANTIVIRAL, Judgement
from consult_app.knowledge.planning.checks import has_facial_cold_sores
from consult_app.knowledge.screening.tablets_decided import find_tablets
from consult_app.wording import t

TITLE = t("Cold sore tablets: the prescriber's decision")
UNRECORDED = t("Still needed: {title}.")
DECIDED: Mapping[Antiviral, str] = {
    "yes": t("Yes"),
    "no": t("No"),
    "not_needed": t("Not needed"),
}


def asks_antiviral(judgement: Judgement) -> bool:
    """Return whether the decision matters: cold sores of the face, and a face area planned."""
    return has_facial_cold_sores(judgement.decision.findings)


def tell_unrecorded(judgement: Judgement) -> str:
    """Return that the decision is not recorded where it matters; empty where it is."""
    needed = {it.item for it in judgement.decision.needed}
    return UNRECORDED.format(title=TITLE) if ANTIVIRAL in needed else ""


def tell_antiviral(visit: Consultation, judgement: Judgement) -> str:
    """Return the decision in words; empty where it is not recorded, or does not matter."""
    decided = find_tablets(visit)
    if decided is None or not asks_antiviral(judgement):
        return ""
    return f"{TITLE}: {DECIDED[decided]}."
