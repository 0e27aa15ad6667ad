"""A treatment on the day of the test patch, or before the planned day: told, and not refused."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QWidget

from consult_app.domain.plan import Plan
from consult_app.gui.desk import Desk
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.gui.theme import Theme
from consult_app.gui.today import tell_patch_first
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.earlier import recall_earlier
from consult_app.knowledge.judgement import could_not_judge
from consult_app.knowledge.visits.continuing import list_done
from consult_app.knowledge.visits.supervising import list_allowed
from consult_app.knowledge.visits.waiting import judge_unset


class PatchFirst(Notice):
    """Says which days were planned, until somebody was needled by the plan or the record signed."""

    def __init__(self, theme: Theme, desk: Desk, session: Session, parent: QWidget) -> None:
        super().__init__(theme, "", "warn", parent=parent)
        self._desk, self._session = desk, session
        self.set_dismissible(on=False)

    def show_visit(self) -> None:
        """Say it, or nothing."""
        self.show_text(self._tell())

    def _tell(self) -> str:
        session = self._session
        visit, treatment = session.visit, session.visit.treatment
        if session.locked or treatment is None or treatment.treated is False:
            return ""
        told = tell_patch_first(visit, self._planned, session.today)
        begun = told and list_done(
            visit.follows or "", recall_earlier(self._desk, visit), visit.visit_date
        )
        return "" if begun else told

    @cached_property
    def _planned(self) -> Plan | None:
        """The plan as the patient was told it; None where its days were not."""
        desk = self._desk
        if self._session.last is None:
            return None
        last = desk.records.open_visit(self._session.last.id)  # without what was answered since
        judged = attempt(lambda: desk.judge_then(last), could_not_judge)
        return None if judge_unset(desk.pack, judged, list_allowed(last)) else judged.plan
