"""The sheet that was kept; or the same one made anew in large print, for who cannot read it."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation, HandoutKept
from consult_app.gui.desk import Desk
from consult_app.gui.tasks import attempt
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.judgement import could_not_judge
from consult_app.values import replace


def show_kept(desk: Desk, told: Consultation, kept: HandoutKept, *, large: bool) -> Sheet:
    """Return the sheet that was kept with a signed visit; in large print where that is wanted.

    What was handed over is shown and printed again, byte for byte, for the content may have changed
    since. Only large print is made anew, and only by the numbers that the visit was signed with. It
    allows nothing sooner than the one that was kept, which the patient has too.

    Raises:
        ConsultError: It cannot be read, or not be made.
    """
    can, day = can_enlarge(desk, told), kept.made_at.date()
    if large and can:
        made = desk.enlarge_sheet(told)
        return replace(made, handed_on=day, can_enlarge=True, enlarged=True)
    pdf = desk.records.read_handout(told)
    return Sheet(pdf=pdf, pages=kept.pages, handed_on=day, can_enlarge=can)


def can_enlarge(desk: Desk, told: Consultation) -> bool:
    """Return whether a signed visit's sheet can be made anew in large print.

    By other content or numbers it could say another plan than the one that was handed over, so
    they are to be those that the visit was signed with. A treatment's own sheet was made of more
    than its record tells.
    """
    if told.kind != "consultation" or told.needs.large_print:
        return False
    judged = attempt(lambda: desk.judge_then(told), could_not_judge).screening
    return judged is not None and judged.content_version == told.content_version
