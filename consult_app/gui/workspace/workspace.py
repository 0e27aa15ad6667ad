"""The workspace: banner, rail, panel, decision box and footer around one consultation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.steps import STEPS, steps_of
from consult_app.gui.desk import Desk
from consult_app.gui.panel import Panel
from consult_app.gui.panels import PANELS
from consult_app.gui.session import Session
from consult_app.gui.tasks import is_busy
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.pages import Pages
from consult_app.gui.workspace.addenda import Addenda
from consult_app.gui.workspace.banner import Banner
from consult_app.gui.workspace.bookmark import Bookmark
from consult_app.gui.workspace.decision_box import DecisionBox
from consult_app.gui.workspace.footer import Footer, name_end
from consult_app.gui.workspace.middle import Middle
from consult_app.gui.workspace.needed_walk import NeededWalk
from consult_app.gui.workspace.panels_ahead import PanelsAhead
from consult_app.gui.workspace.rail import Rail
from consult_app.gui.workspace.reading_order import find_next, turn_part
from consult_app.gui.workspace.shape import NARROW, SHORT, WIDEST, Shape
from consult_app.gui.workspace.unfinished import recall_begun
from consult_app.wording import t


class Workspace(QWidget):
    """Shows one session; panels are built when they are first shown, or in a pause before.

    Attributes:
        wanted: A panel or button asks the window for something by name.
    """

    wanted = Signal(str)

    def __init__(
        self, theme: Theme, session: Session, desk: Desk, addenda: Sequence[Consultation] = ()
    ) -> None:
        super().__init__()
        self.steps = steps_of(session.visit)
        self._ids = [step.id for step in self.steps]
        self._judged = session.visit.kind in {"consultation", "treatment"}
        self.setObjectName("canvas")
        self._theme = theme
        self._desk = desk
        self.session = session
        self.banner = Banner(theme, desk.pack, recall_begun(desk, session.visit))
        self.rail = Rail(theme, self.steps)
        self.box = DecisionBox(theme, desk.pack, speaks=self._judged)
        self.footer = Footer(theme)
        self._panels: dict[str, Panel] = {}
        self._stack = Pages()
        self._current, self._turning = "", False
        self._addenda = addenda
        self.bookmark = Bookmark(session, self.box, self)
        self.walk = NeededWalk(session, self._ids, lambda: self.panel, self.go_to)
        self._lay_out()
        self._connect()
        self._go_on()

    def _go_on(self) -> None:
        """Show where the work stands, and make the other panels in the pauses to come."""
        visit = self.session.visit
        self.show_panel(visit.panel, visit.focus, visit.cursor if visit.focus else -1)
        ids, at = self._ids, self._ids.index(self._current)
        lay_out = self._stack.lay_out_page
        self.ahead = PanelsAhead(ids[at:] + ids[:at], self.find_panel, lay_out, self)
        self.session.changed.connect(self.ahead.wait)
        self.bookmark.moved.connect(self.ahead.wait)
        self.ahead.wait()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        self._frame = QVBoxLayout()
        if self._addenda:
            self._frame.addWidget(Addenda(self._theme, self._addenda))
        self._frame.addWidget(self._stack)
        self._middle = Middle(self.rail, self._frame, self._stack, self.box)
        column.addLayout(self._middle, 1)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        self.session.changed.connect(self._show_frame)
        self.session.dated.connect(self._show_frame)
        self.session.holding.connect(self._show_onward)
        self.session.judged.connect(self._show_judgement)
        self.session.refused.connect(self._take_back)
        self.bookmark.return_wanted.connect(self._return_to)
        self.bookmark.nowhere.connect(self.footer.close_visit.setFocus)
        self.rail.chosen.connect(self.show_panel)
        self.box.go_wanted.connect(self.go_to)
        self.box.visit_wanted.connect(self.wanted)
        self.box.override_given.connect(self.session.override)
        self.footer.back_wanted.connect(lambda: self.turn(-1))
        self.footer.onward_wanted.connect(self._go_onward)
        for opens in (self.box.close_wanted, self.footer.decision_wanted):
            opens.connect(lambda: self._middle.turn_box(self.footer.pill))
        for signal, wish in (
            (self.rail.menu_wanted, "menu"),
            (self.rail.settings_wanted, "settings"),
            (self.rail.help_wanted, "help"),
            (self.footer.close_wanted, "start"),
            (self.footer.find_wanted, "finder"),
            (self.footer.handout_wanted, "handout"),
            (self.banner.identity_wanted, "identity"),
            (self.banner.patient_view_wanted, "patient_view"),
            (self.banner.lock_wanted, "lock"),
            (self.box.addendum_wanted, "addendum"),
        ):
            signal.connect(lambda wish=wish: self.wanted.emit(wish))

    @property
    def panel(self) -> Panel:
        """The panel shown."""
        return self._panels[self._current]

    def show_panel(self, step_id: str, focus: str = "", cursor: int = -1) -> None:
        """Show a panel, and give one of its fields the keyboard; the others keep what they hold.

        The keys of the seven panels lead to those of this visit in their order.
        """
        usual = [step.id for step in STEPS]
        if step_id not in self._ids:
            at = usual.index(step_id) if step_id in usual else 0
            step_id = self._ids[min(at, len(self._ids) - 1)]
        panel = self.find_panel(step_id)
        self.bookmark.note_unread()  # the next panel may tell it
        self._current = step_id
        panel.refresh()
        panel.show_lock()
        self._shape()
        self._turning = True
        self._stack.show_page(panel)
        self._turning = False
        self._show_frame()
        self.bookmark.turn_to(panel, focus, cursor)

    def turn(self, by: int) -> None:
        """Go `by` panels on (or back)."""
        at = self._ids.index(self._current) + by
        if 0 <= at < len(self._ids):
            self.show_panel(self._ids[at])

    def find_panel(self, step_id: str) -> Panel:
        """Return a panel, made when it is first needed."""
        if step_id not in self._panels:
            panel = PANELS[step_id](self._theme, self.session, self._desk)
            panel.wants.connect(self.wanted)
            self._panels[step_id] = panel
            self._stack.add_page(panel)
        return self._panels[step_id]

    @contextmanager
    def renewed(self, desk: Desk | None = None) -> Iterator[None]:
        """Make the panels anew around a change of the text size, or to work with another desk."""
        self._desk = desk or self._desk
        self.bookmark.let_go()
        self.ahead.stop()
        self._turning = True
        for step_id, panel in list(self._panels.items()):
            panel.desk = self._desk
            if not is_busy(panel):
                self._stack.delete_page(self._panels.pop(step_id))
        yield
        self._go_on()

    def go_to(self, item: str) -> None:
        """Show the panel that asks about an item, as ITEM or ITEM:LIST:CODE, and its field."""
        item, _, entry = item.partition(":")
        if item == "age":
            self.wanted.emit("identity")
            return
        needed = self.session.judgement.decision.needed
        step = next((question.step for question in needed if question.item == item), "")
        for candidate in [step, "safety", "plan", "skin", *self._ids]:
            if candidate in self._ids:
                self.show_panel(candidate)
                if self.panel.focus_item(item):
                    self.panel.offer_entry(item, entry)
                    self.bookmark.stay()
                    return
        self.show_panel(step if step in self._ids else self._ids[0])

    def record(self, finding_id: str) -> None:
        """Lead to where the decision on a finding is recorded, in the decision box."""
        if self._judged:
            self._middle.show_box(self.footer.pill)
            self.bookmark.stay()
            self.box.open_recording(finding_id)

    def cycle(self, by: int) -> None:
        """Give the keyboard to the next part: banner, rail, panel, decision."""
        parts = (self.banner, self.rail, self._stack, self.box, self.footer)
        turn_part(parts, self.focusWidget(), by)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's names
        """Let Tab go through what is on screen as it is read."""
        if self._turning:
            return True  # the panel to come gives it to one of its own
        parts = [self.banner, self.rail, self.panel, self.box, self.footer]
        if field := find_next(parts, QApplication.focusWidget(), 1 if next else -1):
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next)

    def show_elapsed(self, since: datetime, *, on: bool) -> None:
        """Show how long the visit has run, unless it is over, of another day, or switched off."""
        now, visit = self._desk.clock(), self.session.visit
        runs = on and visit.state != "signed" and visit.started_at.date() == now.date()
        self.footer.show_elapsed(now - since if runs else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Escape close the decision box where the pill opened it."""
        if event.key() == Qt.Key.Key_Escape and self.box.floating and self.box.isVisible():
            self._middle.turn_box(self.footer.pill)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._shape()

    def _shape(self) -> None:
        theme = self._theme
        shape = Shape.at(self.width() / theme.scale)
        self.rail.set_compact(on=not shape.rail_labels)
        self.box.setFixedWidth(theme.px(shape.box_width))
        with_box = shape.decision_box and self._judged
        self._middle.float_box(on=not shape.decision_box)
        self.box.setVisible(with_box)
        self.footer.pill.setVisible(not shape.decision_box and self._judged)
        margin, short = theme.px(shape.margin), self.height() / theme.scale < SHORT
        tight = self.width() / theme.scale < NARROW
        self.banner.set_compact(on=not shape.decision_box, tight=tight, short=short)
        self.footer.set_compact(on=not shape.decision_box)
        self.footer.leave_out(shape)
        top = theme.px(8 if short else 18)
        beside = self.rail.minimumWidth() + (self.box.minimumWidth() if with_box else 0)
        spare = max(0, self.width() - beside - theme.px(WIDEST)) // 2
        self._frame.setContentsMargins(margin + spare, top, theme.px(12) + spare, theme.px(8))
        for panel in self._panels.values():
            panel.lead.setHidden(short and not self.session.locked)
        self._show_onward()

    def _go_onward(self) -> None:
        if self._current == self.steps[-1].id:
            self.wanted.emit("sign")
        else:
            self.turn(1)

    def _return_to(self, step_id: str, focus: str) -> None:
        """Show where a change was taken back; the panel in sight has followed it already."""
        if step_id == self._current and self.panel.isVisible():
            self.bookmark.turn_to(self.panel, focus, -1)
        else:
            self.show_panel(step_id, focus)

    def _take_back(self) -> None:
        """Show what is recorded, not what somebody tried to write into a signed record."""
        self.panel.refresh()

    def _show_frame(self, _path: str = "") -> None:
        self._show_judgement(self.session.judgement)
        today = self._desk.clock().date()
        self.banner.show_visit(self.session.visit, today, self.session.last)
        self._show_onward()

    def _show_onward(self) -> None:
        """Say where the footer's buttons lead."""
        if self._current not in self._ids:
            return
        at, last = self._ids.index(self._current), self._current == self._ids[-1]
        self.footer.back.setEnabled(at > 0)
        onward = name_end(self.session) if last else self.steps[at + 1].name
        if not last and self.width() / self._theme.scale >= NARROW:
            onward = t("Continue to {panel}", panel=onward)
        self.footer.show_way(onward, "accept" if last else "next_panel")
        self.footer.show_end(last=last, locked=self.session.locked)

    def _show_judgement(self, _judgement: object) -> None:
        visit, judgement = self.session.visit, self.session.judgement
        self.box.show_decision(judgement.decision, locked=self.session.locked)
        self.box.noted.show_visit(self.session)
        self.box.summary.show_visit(visit, judgement)
        self.footer.pill.show_state(self.box.block.state, self.box.block.title)
        self.panel.head.tell(self.rail.show_judged(visit, self._current, judgement))
