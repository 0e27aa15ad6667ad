"""The rail: the seven panels, how far each has come, and an active stop."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.steps import STEPS, Progress, Step
from consult_app.gui.commands import with_keys
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.rail_step import HEIGHT, RailStep
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.agreeing import tell_change, tell_signer
from consult_app.wording import t

WIDE, NARROW = 232, 76
MARGIN, TOP, GAP = 12, 8, 4
OPEN = t("what is still needed")
STOPPED = {
    DecisionState.ABSOLUTE: frozenset({"safety", "recheck"}),
    DecisionState.DEFER: frozenset({"safety", "recheck"}),
    DecisionState.CHANGE_PLAN: frozenset({"plan", "recheck"}),
    DecisionState.COULD_NOT_CHECK: frozenset({"safety", "plan", "recheck"}),
}
"""The panels that it marks, by what the decision box says."""


class Rail(QFrame):
    """One button per panel; every panel can be reached at any time.

    Attributes:
        chosen: A panel was chosen; carries its step id.
        menu_wanted, settings_wanted, help_wanted: The buttons at the foot.
    """

    chosen = Signal(str)
    menu_wanted = Signal()
    settings_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, theme: Theme, steps: Sequence[Step] = STEPS) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(t("Panels"))
        self._theme = theme
        self._outer = outer = QVBoxLayout(self)
        self._pane = pane = ScrollPane(theme, ground="surface")
        outer.addWidget(pane)
        self._column = column = pane.body
        self._shown = steps
        self.steps = {}
        for number, step in enumerate(steps, 1):
            button = RailStep(theme, number, len(steps), step.name)
            button.clicked.connect(lambda _=False, chosen=step.id: self.chosen.emit(chosen))
            button.setToolTip(with_keys(step.name, f"panel:{STEPS[number - 1].id}"))
            column.addWidget(button)
            self.steps[step.id] = button
        column.addStretch(1)
        self.menu = Button(theme, t("Menu"), "ghost", "menu")
        self._foot = [
            self.menu,
            Button(theme, t("Settings"), "ghost", "settings"),
            Button(theme, t("Help"), "ghost", "info"),
        ]
        for foot, command in zip(self._foot, ("menu", "settings", "help"), strict=True):
            foot.setToolTip(with_keys(foot.words, command))
            # A click leaves the keyboard in the field that help or a command is wanted for.
            foot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        wanted = (self.menu_wanted, self.settings_wanted, self.help_wanted)
        for foot, signal in zip(self._foot, wanted, strict=True):
            foot.clicked.connect(signal)
        for foot in self._foot:
            column.addWidget(foot)
        self._compact = self._low = False
        pane.verticalScrollBar().rangeChanged.connect(self._leave_room)
        theme.changed.connect(self._fit_height)
        self.set_compact(on=False)

    def show_visit(
        self,
        visit: Consultation,
        current: str,
        stops: Container[str],
        asking: Container[str] = (),
    ) -> str:
        """Show how far each panel has come; return what the current one lacks for its tick.

        Args:
            visit: The visit.
            current: The panel in sight.
            stops: The panels with an active stop.
            asking: The panels with something open; none of them is done.
        """
        lacking = ""
        for step in self._shown:
            progress = step.progress(visit)
            if progress is Progress.DONE and step.id in asking:
                progress = Progress.HALF
            state = "stop" if step.id in stops else str(progress)
            lacks = _tell_missing(visit, step, progress, asks=step.id in asking)
            self.steps[step.id].show_state(state, current=step.id == current, lacks=lacks)
            lacking = lacks if step.id == current else lacking
        self._pane.show_widget(self.steps[current])
        return lacking

    def show_judged(self, visit: Consultation, current: str, judgement: Judgement) -> str:
        """Show and return the same by what the judgement says."""
        return self.show_visit(visit, current, *read_marks(visit, judgement))

    def set_compact(self, *, on: bool) -> None:
        """Show discs only where the window is narrow."""
        self._compact = on
        self._fit_height()
        self.setFixedWidth(self._theme.px(NARROW if on else WIDE))
        for step in self.steps.values():
            step.set_compact(on=on)
        middle = Qt.AlignmentFlag.AlignHCenter if on else Qt.AlignmentFlag(0)
        for foot in self._foot:
            foot.set_compact(on=on)
            self._column.setAlignment(foot, middle)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the steps into the new height."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Draw the steps together in a low window, so that all seven stay in sight.

        They keep the size of anything to press; where there is no room for that, the rail scrolls.
        The menu leads to the settings and the help as well.
        """
        px, high = self._theme.px, self.height()
        steps, feet = len(self.steps), len(self._foot)
        whole = 2 * px(MARGIN) + px(TOP) + steps * px(HEIGHT + GAP) + feet * px(TARGET + GAP)
        self._low = high < whole
        crowded = high < (steps + feet) * TARGET + 2 * GAP
        for foot in self._foot:
            foot.setFixedHeight(TARGET if self._low else px(TARGET))
            foot.setHidden(crowded and foot is not self.menu)
        left = high - 2 * GAP - (1 if crowded else feet) * TARGET
        for step in self.steps.values():
            step.set_room(left // steps if self._low else px(HEIGHT))
        edge = GAP if self._low else px(MARGIN)
        self._outer.setContentsMargins(px(MARGIN), edge, 0, edge)
        self._column.setSpacing(0 if self._low else px(GAP))
        self._leave_room()

    def _leave_room(self) -> None:
        """Keep the discs in the middle; in a narrow rail a scroll bar takes room beside them."""
        scrolls = self._pane.verticalScrollBar().maximum() > 0
        px = self._theme.px
        # What the discs leave, so that rounding never makes them wider than the rail.
        beside = px(NARROW) - px(12) - px(52) if self._compact else px(12)
        edge = px(2) if self._compact and scrolls else beside
        self._column.setContentsMargins(0, 0 if self._low else px(TOP), edge, 0)


def _tell_missing(visit: Consultation, step: Step, progress: Progress, *, asks: bool) -> str:
    """Return what is missing for a tick on a panel that is half done; empty for any other."""
    if progress is not Progress.HALF or visit.state == "signed":
        return ""
    parts = [*step.missing(visit), *([OPEN] if asks else [])]
    return t("For its tick: {parts}", parts=", ".join(parts))


def read_marks(visit: Consultation, judgement: Judgement) -> tuple[frozenset[str], set[str]]:
    """Return the panels that a decision stops at, and those that have something open.

    Another visit in the way stops a treatment at its re-check, whatever is known of it. What was
    talked about and signed is open again once the plan or what was found is another, and what was
    signed once the patient may be.
    """
    decision = judgement.decision
    asking = {needed.step for needed in decision.needed}
    asking |= {"recheck"} if asking else set()
    if tell_change(visit, judgement.plan, decision.findings):
        asking |= {"expectations", "agree"}
    if tell_signer(visit):
        asking |= {"agree"}
    elsewhere = frozenset({"recheck"} if decision.visit and decision.blocks_treatment else ())
    return STOPPED.get(decision.state, frozenset()) | elsewhere, asking
