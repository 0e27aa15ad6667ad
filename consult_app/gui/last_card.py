"""What a panel of the last visit said, with how old it is; one key says that it still holds."""

from __future__ import annotations

from datetime import date
from operator import is_

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Patient
from consult_app.gui.commands import ANSWERS, with_keys
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day, write_distance
from consult_app.gui.row_keys import read_command
from consult_app.gui.said_last import list_against, list_otherwise, list_words
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.workspace.earlier import list_adverse
from consult_app.gui.workspace.unfinished import list_begun
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.course_left import (
    CourseLeft,
    find_left,
    leave_rest,
    propose_rest,
    tell_left,
)
from consult_app.knowledge.visits.recall import Recalled, recall
from consult_app.knowledge.visits.recall_plan import find_missing
from consult_app.values import replace
from consult_app.wording import t

COURSE, PLAN = "course", "plan"
ALONE = t("After the adverse event it is not taken with the rest: press Same if it still holds.")


class LastRow(QWidget):
    """One part of the last visit.

    Attributes:
        taken: It still holds.
    """

    taken = Signal()

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        name = Label(theme, label, "label", "text2", wrap=True)
        name.setFixedWidth(theme.px(120))
        self._sign = IconLabel(theme, "history", "text2", 18)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._before = Label(theme, "", "body", wrap=True)
        self._today = Label(theme, "", "label", "text2", wrap=True)
        words.addWidget(self._before)
        words.addWidget(self._today)
        self.same = Button(theme, t("Same"), "secondary")
        self.same.setAccessibleName(t("{label}: same as last visit", label=label))
        self.same.setToolTip(with_keys(t("Still holds"), "answer_same"))
        self.same.clicked.connect(self.taken)
        row.addWidget(self._sign)
        row.addWidget(name)
        row.addLayout(words, 1)
        row.addWidget(self.same)

    def show_part(
        self, part: Recalled, *, locked: bool, alone: bool = False, beside: str = ""
    ) -> None:
        """Show what was said, and whether today says the same or something else.

        Args:
            part: What was said.
            locked: Whether nothing can be said any more.
            alone: Whether it is not taken with the rest.
            beside: What is to be known of it; empty for nothing.
        """
        before = f"{part.before} ({beside})" if beside else part.before
        self._before.setText(before)
        missing = find_missing(part.part.id, part.before, part.today)
        changed = not part.open and not part.same and not missing
        waits = alone and part.open and not locked
        told = t("Changed today: {today}", today=part.today) if changed else ALONE if waits else ""
        told = t("Today without: {missing}", missing=missing) if missing else told
        self._today.setText(told)
        self._today.set_tone("warn" if changed else "text2")
        self._today.setVisible(bool(told))
        icon, tone = ("history", "text2") if part.open or missing else ("check", "ok")
        self._sign.show_icon(*(("triangle-alert", "warn") if changed else (icon, tone)))
        self.same.setEnabled(not part.same and not locked)
        self.same.setAccessibleDescription(t("Last visit: {before}", before=before))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Re-confirm with =, or the key chosen for that."""
        if read_command(event, ANSWERS) in self.list_heeded(self):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def list_heeded(self, _field: QWidget) -> list[str]:
        """Return that it still holds, where that may be said."""
        return ["answer_same"] if self.same.isEnabled() else []

    def obey(self, _command: str) -> None:
        """Say that it still holds."""
        self.taken.emit()


class LastCard(Card):
    """The parts of one panel as the last visit had them; none of it counts until it is taken."""

    def __init__(self, theme: Theme, desk: Desk, session: Session, step: str) -> None:
        super().__init__(theme, t("Last visit"))
        self._desk, self._session, self._step = desk, session, step
        self._rows: dict[str, LastRow] = {}
        self._speaks = self._stands = True
        self._shown: tuple[Consultation, bool, Pack] | None = None
        self._judged: tuple[Patient, date, date, bool] | None = None
        """Who and which days the other visits were judged for."""
        self._parts = QVBoxLayout()
        self._parts.setSpacing(self.body.spacing())
        self.body.addLayout(self._parts)
        self._find_rows()
        self._begun = Label(theme, "", "body", "warn", wrap=True, parent=self)
        self.add(self._begun)
        since = self._list_since()
        for line in since:
            self.add(Label(theme, line, "body", wrap=True))
        wrong = self._list_wrong()
        for line in wrong:
            self.add(Label(theme, line, "body", "warn", wrap=True))
        self._says = bool(self._rows or since or wrong)
        self.refresh()

    def _list_begun(self) -> list[str]:
        """Return what other unfinished visits found, where a return visit starts and asks."""
        last = self._session.last
        if last is None or self._step not in {"goals", "safety"}:
            return []
        return list_begun(self._desk, self._session.visit, last)

    def _list_since(self) -> list[str]:
        """Return what came after the consultation: at Goals all, at Safety what was written."""
        said = self._session.said
        words = list_words(said) if self._step in {"goals", "safety"} else []
        return [*words, *(list_otherwise(said) if self._step == "goals" else ())]

    def _list_wrong(self) -> list[str]:
        """Return what went wrong before, also where the numbing cream is taken over.

        And which reviews since say not to go on.
        """
        if self._step not in {"goals", "safety", "plan"}:
            return []
        return [*list_against(self._session.said), *list_adverse(self._desk, self._session.visit)]

    def refresh(self) -> None:
        """Show what today says beside it, where that is not what is shown already."""
        self._judge()
        now = (self._session.visit, self._session.locked, self._desk.pack)
        if self._shown is not None and all(map(is_, now, self._shown)):
            return
        self._shown = now
        anew, locked, course = self._list_anew(), self._session.locked, self._find_course()
        left = {COURSE: tell_left(course)} if course is not None else {}
        for part, row in self._find_rows():
            name = part.part.id
            row.show_part(part, locked=locked, alone=name in anew, beside=left.get(name, ""))

    def _judge(self) -> None:
        """Say how old it is, and what other visits find, for this patient on this day."""
        visit, today = self._session.visit, self._session.today
        now = (visit.patient, visit.visit_date, today, self._session.locked)
        if now == self._judged:
            return
        self._judged = now
        day = self._session.last.visit_date if self._session.last else today
        age = write_distance(day, today)
        self.set_title(t("Last visit, {day} ({age})", day=write_day(day), age=age))
        lines = self._list_begun()
        self._begun.setText("\n".join(lines))
        self._begun.setVisible(bool(lines))
        self._speaks = self._says or bool(lines)
        self._stand()

    def stand(self, *, on: bool) -> None:
        """Stand above this part of the panel, or leave its room to what is asked there."""
        self._stands = on
        self._stand()

    def _stand(self) -> None:
        if not (self._speaks and self._stands):
            self.hide()
        elif self.isHidden() and self.parentWidget() is not None:
            self.show()

    def take_focus(self) -> bool:
        """Give the keyboard to the first part of which nothing is said; return whether one is."""
        row = next((row for part, row in self._find_rows() if part.open), None)
        if row is None or not row.same.isEnabled():
            return False
        row.same.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def take_open(self) -> None:
        """Take whatever nothing is said of today, as one step to undo.

        After an adverse event allergies and numbing cream are taken one by one only.
        """
        anew = self._list_anew()
        taken = (it.part.id for it in self._recall() if it.open)
        self.take(*(part for part in taken if part not in anew))

    def _list_anew(self) -> frozenset[str]:
        """Return the parts that are taken one by one only."""
        said = self._session.said
        return said.list_anew(self._desk.pack) if said is not None else frozenset()

    def _find_rows(self) -> list[tuple[Recalled, LastRow]]:
        """Return the parts with their rows; on another day another part may hold still."""
        found = []
        for place, part in enumerate(self._recall()):
            name = part.part.id
            if name not in self._rows:
                self._rows[name] = row = LastRow(self.theme, part.part.label)
                row.taken.connect(lambda it=name: self.take(it))
                self._parts.insertWidget(place, row)
            found.append((part, self._rows[name]))
        kept = [row for _, row in found]
        for row in self._rows.values():
            row.setVisible(row in kept)
        return found

    def _recall(self) -> tuple[Recalled, ...]:
        last = self._find_last()
        if last is None:
            return ()
        return recall(self._desk.pack, self._step, self._session.visit, last)

    def _find_last(self) -> Consultation | None:
        """Return the last visit; in the middle of its course with what is left of that planned."""
        last, course = self._session.last, self._find_course()
        return last and replace(last, plan=leave_rest(last.plan, course))

    def _find_course(self) -> CourseLeft | None:
        """Return the course in the middle of which this visit is, where it goes on with it."""
        said = self._session.said
        if said is None or self._step != PLAN:
            return None
        return find_left(self._desk.pack, self._session.visit, said.course)

    def take(self, *wanted: str) -> None:
        """Take these parts, as one step to undo."""
        visit, last = self._session.visit, self._find_last()
        if last is None:
            return
        for part in self._recall():
            if part.part.id in wanted:
                visit = part.part.take(self._desk.pack, visit, last)
        if (said := self._session.said) is not None and self._step == PLAN:
            before, pack = self._session.visit, self._desk.pack
            plan = propose_rest(pack, before, visit.plan, said.course)
            visit = replace(visit, plan=plan)
        self._session.take(visit, "")
