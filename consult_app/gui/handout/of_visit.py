"""Which sheet is shown of a visit: the one made of it, the one kept, or one of another day."""

from __future__ import annotations

from collections.abc import Callable

from consult_app.errors import NotYetError
from consult_app.gui.desk import Desk
from consult_app.gui.handout.larger import show_kept
from consult_app.gui.handout.of_day import find_anew, find_moved, find_newer
from consult_app.gui.handout.overtaken import tell_overtaken
from consult_app.gui.session import Session
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.visits.handing_over import find_told, hands_over
from consult_app.values import replace
from consult_app.wording import t

NONE_KEPT = t("Nothing is lost. Where a plan was made, the consultation shows its handout.")


def choose_sheet(desk: Desk, session: Session, *, older: bool, large: bool) -> Callable[[], Sheet]:
    """Return what makes or reads the sheet of a visit, beside the window.

    Only a consultation hands a sheet over; what follows it shows the one that was kept, or the one
    that is made anew for the day of a treatment.

    Args:
        desk: Makes and keeps sheets.
        session: The visit that is open.
        older: Whether, of two sheets of a treatment, the one handed over is wanted.
        large: Whether one that was kept is wanted in large print.
    """
    visit, handed = session.visit, hands_over(session.visit, session.judgement)
    moved, anew = find_moved(desk, session), find_anew(desk, session)
    newer = find_newer(desk, visit)

    def work() -> Sheet:
        if anew is not None and not older:
            return replace(desk.make_sheet(anew), of_day=anew.visit_date, other=True)
        told = newer or find_told(visit, desk.records.open_visit)
        if told.state == "signed" and told.handout is not None:
            shown = show_kept(desk, told, told.handout, large=large)
            still = ("" if told.id == visit.id else moved) or tell_overtaken(desk, told, visit)
            return replace(shown, moved=still, other=anew is not None)
        if not handed:
            raise NotYetError(t("No handout was kept with the consultation"), NONE_KEPT)
        return desk.make_sheet(visit)

    return work
