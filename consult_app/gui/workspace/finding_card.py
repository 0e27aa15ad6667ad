"""One finding in the decision box."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.finding import Finding, Severity
from consult_app.gui.phrases import write_day, write_sources
from consult_app.gui.severity import find_sign
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.knowledge.pack import Pack
from consult_app.wording import t


class FindingCard(QWidget):
    """One finding: what it is, what to do, and on request why.

    Attributes:
        finding: What it shows; None as long as it waits for one.
        go_wanted: Jump to its field.
        override_given: Set aside with a reason: id, reason, digest.
    """

    go_wanted = Signal(str)
    override_given = Signal(str, str, str)

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
        """Show a finding, once for each card."""
        self.finding = finding
        about = self._pack.question_by_id[finding.item].label
        self._name.setText(about)
        self.show_recorded({})
        self._action.setText(finding.action)
        for button in (self._why, self._go):
            button.setAccessibleName(f"{button.text()}: {about}")

    def show_recorded(self, recorded: Mapping[str, str]) -> None:
        """Say what is asked for, or with which reason it was decided.

        Args:
            recorded: The reasons of the findings that were decided, by their ids.
        """
        if self.finding is None:
            return
        sign = find_sign(self.finding, recorded)
        reason = recorded.get(self.finding.id, "")
        self._icon.show_icon(sign.icon, sign.tone)
        self._when.set_tone(sign.tone)
        self._when.setText(f"{sign.words}: {reason}" if reason else sign.words)

    def _want_go(self) -> None:
        if self.finding is not None:
            self.go_wanted.emit(self.finding.item)

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
        if finding.severity is Severity.RELATIVE:
            self._add_override(column, finding)
        return reason

    def _add_override(self, column: QVBoxLayout, finding: Finding) -> None:
        field = TextField(self._theme, t("Decision recorded, with the reason"))
        keep = Button(self._theme, t("Record the reason"), "secondary")
        keep.clicked.connect(
            lambda: self.override_given.emit(finding.id, field.text(), finding.digest)
        )
        column.addWidget(field)
        column.addWidget(keep)


def _tell_review(pack: Pack) -> str:
    """Return when and by whom the content was reviewed, or that nobody has done so yet."""
    review = pack.review
    day = write_day(review.on) if review.on else ""
    return ", ".join(part for part in (day, review.by) if part) or review.state


def _name_sources(pack: Pack, finding: Finding) -> str:
    return write_sources(pack.source_by_id[code] for code in finding.sources)
