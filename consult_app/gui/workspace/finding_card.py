"""One finding in the decision box."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.decision import Decision
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.plan import MISSED_PATCH
from consult_app.gui.phrases import write_day, write_sources
from consult_app.gui.severity import find_sign
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.workspace.recording import Recording
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace
from consult_app.wording import t

NO_DEPTH = t(
    "No depth is planned yet, so the strictest counts. A shallow enough one lowers it to: {sign}."
)
DECIDED_ON = t("Decided on {day}, with the reason")
ELSEWHERE = {MISSED_PATCH: "first_session"}
"""Where findings are mended that stand beneath a question and not in its answer."""


class FindingCard(QWidget):
    """One finding: what it is, what to do, and on request why.

    Attributes:
        finding: What it shows; None as long as it waits for one.
        go_wanted: Jump to its field.
        override_given: Set aside with a reason: id, reason, digest.
        reason_begun: What is written as the reason and not recorded: id, text.
        addendum_wanted: The record is signed, and a decision is to be added.
        recording: Where its decision is recorded; None where none is asked for.
    """

    go_wanted = Signal(str)
    override_given = Signal(str, str, str)
    reason_begun = Signal(str, str)
    addendum_wanted = Signal()

    def __init__(self, theme: Theme, pack: Pack, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._pack = theme, pack
        self.finding: Finding | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, column, 2)
        head = QHBoxLayout()
        Gaps(theme, self, head, 8)
        self._icon = IconLabel(theme, "info", "info", 18)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._name = Label(theme, "", "label_strong", wrap=True)
        head.addWidget(self._name, 1)
        column.addLayout(head)
        self._when = Label(theme, "", "label", "info", wrap=True)
        self._action = Label(theme, "", "label", "text2", wrap=True)
        column.addWidget(self._when)
        column.addWidget(self._action)
        self._depth = Label(theme, "", "label", "text2", wrap=True)
        self._depth.hide()
        column.addWidget(self._depth)
        self.recording: Recording | None = None
        self._reason: QWidget | None = None
        self._why = Button(theme, t("Why"), "ghost", "chevron-down")
        self._why.setCheckable(True)
        self._why.toggled.connect(self._show_reason)
        self._go = Button(theme, t("Go"), "ghost", "arrow-right")
        self._go.setToolTip(t("Jump to the field"))
        self._go.clicked.connect(self._want_go)
        row = QHBoxLayout()
        Gaps(theme, self, row, 20)
        for button in (self._why, self._go):
            button.set_flush(on=True)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def show_finding(self, finding: Finding) -> None:
        """Show the first finding of the card."""
        about = self._tell(finding)
        if finding.severity is Severity.RELATIVE:
            self._add_recording(about)
        self.show_recorded(Decision(), locked=False)

    def keep(self, finding: Finding) -> bool:
        """Stay with a finding that asks for as much, whatever else is told of it, such as a day.

        A reason begun here stays, and is recorded for what is told by then.
        """
        if self.finding is None or _name_kind(self.finding) != _name_kind(finding):
            return False
        if replace(self.finding, digest=finding.digest) != finding:
            self._tell(finding)
            self._why.setChecked(False)
            if self._reason is not None:
                self._reason.deleteLater()
                self._reason = None
        self.finding = finding
        return True

    def _tell(self, finding: Finding) -> str:
        """Say what a finding is and what to do; return what it is called."""
        self.finding = finding
        about = self._pack.name_finding(finding)
        self._name.setText(about)
        self._action.setText(finding.action)
        for button in (self._why, self._go):
            button.setAccessibleName(f"{button.text()}: {about}")
        return about

    def show_recorded(self, decision: Decision, *, locked: bool) -> None:
        """Say what is asked for, or with which reason it was decided, and when if that was before.

        Args:
            decision: Has the reasons of the findings that were decided.
            locked: Whether the record is signed.
        """
        if self.finding is None:
            return
        sign = find_sign(self.finding, decision.recorded)
        reason = decision.recorded.get(self.finding.id, "")
        day = decision.recorded_on.get(self.finding.id)
        self._icon.show_icon(sign.icon, sign.tone)
        self._when.set_tone(sign.tone)
        words = DECIDED_ON.format(day=write_day(day)) if day is not None else sign.words
        self._when.setText(f"{words}: {reason}" if reason else words)
        if self.recording is not None:
            self.recording.show_recorded(reason, locked=locked)

    def show_eased(self, eased: Mapping[str, Severity]) -> None:
        """Say that only the missing depth makes it as strict, and what it may fall to."""
        lower = eased.get(self.finding.id) if self.finding is not None else None
        if self.finding is not None and lower is not None:
            sign = find_sign(replace(self.finding, severity=lower, until=None, open=False), {})
            self._depth.setText(NO_DEPTH.format(sign=sign.words))
        self._depth.setVisible(lower is not None)

    def _decide(self, reason: str) -> None:
        if self.finding is not None:
            self.override_given.emit(self.finding.id, reason, self.finding.digest)

    def _keep_begun(self, text: str) -> None:
        if self.finding is not None:
            self.reason_begun.emit(self.finding.id, text)

    def _want_go(self) -> None:
        if self.finding is not None:
            self.go_wanted.emit(ELSEWHERE.get(self.finding.id, self.finding.item))

    def _show_reason(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show why, or hide it; it is made when somebody first asks."""
        if self._reason is None and self.finding is not None:
            self._reason = self._make_reason(self.finding)
            self._column.addWidget(self._reason)
        if self._reason is not None:
            self._reason.setVisible(on)

    def _make_reason(self, finding: Finding) -> QWidget:
        reason = QWidget()
        column = QVBoxLayout(reason)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(self._theme, reason, column, 6)
        named = [(finding.why, ""), (finding.notes, t("Depth and skin tone: "))]
        named += [(finding.disagreement, t("Guidance differs: "))]
        named += [(_name_sources(self._pack, finding), t("Sources: "))]
        named += [(finding.id, t("Rule: ")), (_tell_review(self._pack), t("Reviewed: "))]
        for text, lead in named:
            if text:
                column.addWidget(Label(self._theme, lead + text, "label", "text2", wrap=True))
        return reason

    def _add_recording(self, about: str) -> None:
        """Take the decision right under what asks for it; the reasons are for those who ask."""
        self.recording = Recording(self._theme, about)
        self.recording.given.connect(self._decide)
        self.recording.begun.connect(self._keep_begun)
        self.recording.addendum_wanted.connect(self.addendum_wanted)
        self._column.insertWidget(self._column.indexOf(self._depth) + 1, self.recording)


def _name_kind(finding: Finding) -> tuple[str, str, Severity]:
    """Return what a card is made for: of which finding, and whether it is to be decided."""
    return finding.id, finding.item, finding.severity


def _tell_review(pack: Pack) -> str:
    """Return when and by whom the content was reviewed, or that nobody has done so yet."""
    review = pack.review
    day = write_day(review.on) if review.on else ""
    return ", ".join(part for part in (day, review.by) if part) or review.state


def _name_sources(pack: Pack, finding: Finding) -> str:
    return write_sources(pack.source_by_id[code] for code in finding.sources)
