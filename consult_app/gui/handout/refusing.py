"""Why no sheet is made of a consultation."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.errors import NotYetError
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.handing_over import NO_PLAN, find_no_sheet
from consult_app.wording import t

NOT_AHEAD = t(
    "Nothing is lost. The record can be signed and locked without one. For a sheet, the answers or "
    "the decision under Agree would have to be others."
)


def tell_none(visit: Consultation, judgement: Judgement) -> NotYetError:
    """Return why no sheet is made of a consultation, and what would be needed for one."""
    if why := find_no_sheet(visit, judgement):
        return NotYetError(why.rstrip("."), NOT_AHEAD)
    return NotYetError(
        NO_PLAN, t("Nothing is lost. These are needed first:"), judgement.plan_faults
    )
