"""Harms that were shown are those of one plan: what brings others is to be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.gui.panels.expectations.content import Line, list_harms
from consult_app.gui.session import Session
from consult_app.knowledge.pack import Pack


class HarmsShown:
    """Remembers which harms were shown, and takes that back once there are others.

    Args:
        session: The open visit.
        find_pack: Returns the content it is told by.
    """

    def __init__(self, session: Session, find_pack: Callable[[], Pack]) -> None:
        self._session = session
        self._find_pack = find_pack
        self._known: frozenset[Line] = frozenset()
        self._counted = False
        self.follow()
        session.changed.connect(self.follow)
        session.judged.connect(self.follow)

    def follow(self) -> None:
        """Look at the harms of now; without a plan there are none to be read."""
        session = self._session
        plan, shown = session.judgement.plan, session.visit.discussion.risks_shown
        if session.locked or not shown or plan is None:
            self._counted = self._counted and shown
            return
        screening = session.judgement.screening
        found = {it.item for it in screening.findings} if screening is not None else set()
        now = frozenset(list_harms(self._find_pack(), session.visit, found, plan))
        if self._counted and not now <= self._known:
            self._counted = False
            session.fill_in(_take_back)
            return
        self._counted = True
        self._known |= now


def _take_back(visit: Consultation) -> Consultation:
    """Return the visit with nothing said of other harms: neither shown, nor all discussed."""
    return replace(visit, discussion=replace(visit.discussion, risks_shown=False, discussed=False))
