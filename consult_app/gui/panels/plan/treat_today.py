"""Whether *treat today* may be marked, and what else there is to know of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.gui.begun_before import tell_behind
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.gui.theme import Theme
from consult_app.gui.today import tell_event, tell_start
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.recording import RECORD
from consult_app.knowledge.judgement import could_not_judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.locking import judge_today, may_treat_today, tell_refused
from consult_app.wording import t


class TodayNotice(Notice):
    """Says why treating today is refused, or that the plan itself begins on a later day.

    Attributes:
        led: Lead to what stands in the way, or where its decision is recorded; carries the place.
    """

    led = Signal(str)

    def __init__(self, theme: Theme, pack: Pack, session: Session, parent: QWidget) -> None:
        super().__init__(theme, "", "stop", parent=parent)
        self._pack, self._session = pack, session
        self._cause = ""
        self.set_dismissible(on=False)
        self.reserve(1)
        self.acted.connect(lambda: self.led.emit(self._cause))

    def refuse(self) -> bool:
        """Return whether treating today is refused; then it is said why.

        What was marked on the day of the visit stays: it was that day's treatment.
        """
        session = self._session
        pack, visit, judgement = self._pack, session.visit, session.judgement
        behind = tell_behind(visit, session.today)
        if behind and not visit.agreement.treat_today:
            self.show_text(t("Treat today is refused. {reason}", reason=behind), "stop")
            self.set_action("")
            return True
        today = attempt(lambda: judge_today(pack, visit, judgement), could_not_judge)
        if may_treat_today(today):
            return False
        refused, self._cause = tell_refused(judgement, today)
        self.show_text(refused, "stop")
        self.set_action(RECORD if self._cause.startswith("record:") else t("Go there"))
        return True

    def answer(self) -> bool:
        """Refuse, or not, whoever just marked it, who is told by ear as well."""
        refused = self.refuse()
        if refused:
            self.speak()
        return refused

    def show_visit(self) -> None:
        """Say what there is to know while it is marked; a refusal stays until its cause is gone."""
        visit = self._session.visit
        marked = visit.agreement.treat_today
        if (marked or not self.isHidden()) and self.refuse():
            return
        self.set_action("")
        judgement = self._session.judgement
        near = tell_behind(visit, self._session.today) or tell_event(self._pack, visit, judgement)
        self.show_text((near or tell_start(visit, judgement)) if marked else "", "warn")
