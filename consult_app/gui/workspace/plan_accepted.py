"""A plan that was accepted is one of certain depths and weeks: another is to be accepted anew."""

from __future__ import annotations

from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.gui.session import Session

Course = tuple[object, ...]


class PlanAccepted:
    """Remembers what an accepted plan came to, and takes the acceptance back once it is another.

    What a plan comes to rests on the skin, the answers and the clinic's numbers as well, which are
    changed elsewhere. What it came to when the visit was opened counts as accepted.

    Args:
        session: The open visit.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: Course | None = None
        self.follow()
        session.changed.connect(self.follow)
        session.judged.connect(self.follow)

    def follow(self) -> None:
        """Look at what the plan comes to now; one that comes to nothing yet is no other plan."""
        session, plan = self._session, self._session.judgement.plan
        if session.visit.kind != "consultation" or session.locked:
            return
        if not session.visit.plan_accepted:
            self._known = None
        elif plan is not None:
            course = _read_course(plan)
            if self._known is None:
                self._known = course
            elif course != self._known:
                session.fill_in(_take_back)  # while it is being signed, once that is over


def _read_course(plan: Plan) -> Course:
    """Return the weeks between the visits, and how deep each of them goes where."""
    depths = [
        (it.area, it.concern, it.planned_mm) for one in plan.session_plan for it in one.depths
    ]
    weeks = plan.interval_weeks
    return (weeks.used if weeks else None, len(plan.session_plan), *depths)


def _take_back(visit: Consultation) -> Consultation:
    return replace(visit, plan_accepted=False)
