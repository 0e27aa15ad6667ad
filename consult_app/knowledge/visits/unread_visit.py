"""A treatment that nothing refuses, beside another visit of the same patient that it does not know.

What that visit says was compared, and nothing of it was found in the way. Whether that is all it
says, nobody has confirmed: it is told, and the treatment is called clear by nobody meanwhile.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.visit_named import name_by
from consult_app.values import replace
from consult_app.wording import t

BEGUN = {
    "consultation": t("Read first: consultation of {day}, not finished"),
    "return": t("Read first: return visit of {day}, not finished"),
    "treatment": t("Read first: treatment record of {day}, not finished"),
    "review": t("Read first: review of {day}, not finished"),
    "addendum": t("Read first: addendum of {day}, not finished"),
}
SIGNED = {
    "consultation": t("Read first: consultation of {day}, signed on {signed}"),
    "return": t("Read first: return visit of {day}, signed on {signed}"),
}
NOT_COUNTED = t("Nothing was found in it that stops treating. Finish that visit, or put it away.")
NOT_KNOWN = t(
    "Nothing was found in it that stops treating. The consultation that this treatment goes by did "
    "not know of it."
)


def lay_unread(judgement: Judgement, other: Consultation) -> Judgement:
    """Return a judgement that names a visit to be read first, where nothing is in the way.

    It refuses nothing. What refuses the treatment by itself is said as it is; what was decided
    with a reason counts as such.

    Args:
        judgement: What the treatment is judged.
        other: The visit, of the day of the treatment or before.
    """
    own = judgement.decision
    if own.blocks_treatment:
        return judgement
    calm = own.state is DecisionState.CLEAR
    decision = replace(
        own,
        state=DecisionState.PRECAUTION if calm else own.state,
        headline=name_by(BEGUN, SIGNED, other),
        advice=NOT_KNOWN if other.state == "signed" else NOT_COUNTED,
        visit=other.id,
    )
    return replace(judgement, decision=decision)
