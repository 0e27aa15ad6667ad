"""Harms that were shown are those of one plan: what brings others is to be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.panels.expectations.content import Line, list_harms
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.knowledge.judgement import Judgement, could_not_judge
from consult_app.knowledge.visits.treating import stands_on_others


class HarmsShown:
    """Remembers which harms were shown, and takes that back once there are others.

    An unfinished visit keeps by which content and numbers they were. By others at its reopening
    they are worked out as they were; where those are not known any more, nothing was shown.

    Args:
        session: The open visit.
        find_desk: Returns the desk it is told by.
    """

    def __init__(self, session: Session, find_desk: Callable[[], Desk]) -> None:
        self._session = session
        self._find_desk = find_desk
        self._known: frozenset[Line] = frozenset()
        self._counted = False
        self._reopened = bool(session.visit.content_version)
        self.follow()
        session.changed.connect(self.follow)
        session.judged.connect(self.follow)

    def follow(self) -> None:
        """Look at the harms of now; without a plan there are none to be read."""
        session = self._session
        plan, shown = session.judgement.plan, session.visit.discussion.risks_shown
        if session.locked or not shown or plan is None:
            self._counted = self._counted and shown
            self._reopened = self._reopened and shown
            return
        if self._reopened:
            self._counted, self._known, self._reopened = True, self._recall(), False
        now = self._list(session.judgement)
        if self._counted and not now <= self._known:
            self._counted = False
            session.fill_in(_take_back)
            return
        self._counted = True
        self._known |= now
        version = plan.content_version
        if session.visit.content_version != version:
            session.fill_in(lambda it: replace(it, content_version=version))

    def _recall(self) -> frozenset[Line]:
        """Return the harms by the content and numbers with which the visit was left."""
        desk, visit = self._find_desk(), self._session.visit
        left = replace(visit, state="signed", signed_at=desk.clock())
        then = attempt(lambda: desk.judge_then(left), could_not_judge)
        return frozenset() if stands_on_others(visit, then) else self._list(then)

    def _list(self, judgement: Judgement) -> frozenset[Line]:
        plan, screening = judgement.plan, judgement.screening
        if plan is None:
            return frozenset()
        found = {it.item for it in screening.findings} if screening is not None else set()
        return frozenset(list_harms(self._find_desk().pack, self._session.visit, found, plan))


def _take_back(visit: Consultation) -> Consultation:
    """Return the visit with nothing said of other harms: neither shown, nor all discussed."""
    told = replace(visit.discussion, risks_shown=False, discussed=False)
    return replace(visit, discussion=told, content_version="")
