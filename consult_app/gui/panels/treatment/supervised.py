"""A supervisor's reason for needling against the decision box: offered where it helps."""

from __future__ import annotations

from consult_app.domain.treatment import Supervision
from consult_app.gui.session import Session
from consult_app.gui.widgets.fields import TextField
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.supervising import can_allow, find_former, find_new
from consult_app.wording import t

KEPT = t("Kept with the record.")
NOT_SET_ASIDE = t("The reason does not set aside what stands in the way now.")
NOT_WRITTEN_FOR = t(
    "Not written for this: {labels}. Change the reason so that it counts for that too."
)
OF_FORMER = t(
    "This reason was given by {former}. Change it so that it is that of {supervisor} and counts."
)


def show_supervised(field: TextField, pack: Pack, session: Session, supervisor: str) -> None:
    """Offer a supervisor's reason where it helps, and say what one that stands is not for.

    Args:
        field: Takes the reason.
        pack: The content.
        session: The treatment.
        supervisor: Who the clinic names; empty for nobody.
    """
    visit, judgement = session.visit, session.judgement
    given = visit.treatment.supervision if visit.treatment else Supervision()
    reason, locked = given.reason.strip(), session.locked
    helps, former = can_allow(judgement), find_former(visit, supervisor)
    name = supervisor if former else (given.name if reason else "") or supervisor
    field.set_label(t("Allowed by {supervisor}, because", supervisor=name))
    told = KEPT
    if reason and not helps and not locked:
        told = NOT_SET_ASIDE
    elif former:
        told = OF_FORMER.format(former=former, supervisor=supervisor)
    elif reason and (new := find_new(visit, judgement)):
        labels = dict.fromkeys(pack.question_by_id[it.item].label for it in new)
        told = NOT_WRITTEN_FOR.format(labels=", ".join(labels))
    field.set_help(told)
    offered = bool(supervisor) and judgement.decision.blocks_treatment
    field.setVisible((offered and (helps or bool(reason))) or (locked and bool(reason)))
