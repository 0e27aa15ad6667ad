"""The decision box: may this go ahead, why, and what is still to be asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.decision import Decision, DecisionState, Needed
from consult_app.domain.finding import Finding, Severity
from consult_app.gui.commands import write_keys
from consult_app.gui.phrases import write_day, write_sources
from consult_app.gui.tasks import attempt
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Rule
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import IconLabel, Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.status import StatusBlock
from consult_app.knowledge.pack import Pack
from consult_app.wording import t, tn

NEEDED_SHOWN = 6
_TONES = {
    Severity.ABSOLUTE: ("octagon-x", "stop", t("Do not treat")),
    Severity.DEFER: ("calendar-clock", "warn", t("Wait")),
    Severity.RELATIVE: ("triangle-alert", "warn", t("Decide or clear")),
    Severity.PRECAUTION: ("info", "info", t("Take care")),
}


class DecisionBox(QFrame):
    """Shows a `Decision` value and nothing it worked out itself.

    Args:
        theme: The look.
        pack: The content that its findings name.
        speaks: Whether a screen reader is told of every change.

    Attributes:
        go_wanted: Jump to the field of a screening item; carries the item id.
        override_given: A finding is set aside; carries id, reason and digest.
    """

    go_wanted = Signal(str)
    override_given = Signal(str, str, str)

    def __init__(self, theme: Theme, pack: Pack, *, speaks: bool = True) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(t("Decision"))
        self._theme = theme
        self._pack = pack
        self._shown: Decision | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(12))
        column.setSpacing(theme.px(12))
        column.addWidget(Label(theme, t("Decision"), "section"))
        self.block = StatusBlock(theme, announces=speaks)
        column.addWidget(self.block)
        self._pane = ScrollPane(theme)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._cards: list[FindingCard] = []
        self._needed = NeededList(theme)
        self._needed.go_wanted.connect(self.go_wanted)
        self._column.addWidget(self._needed)
        self._column.addStretch(1)
        self._pane.body.addWidget(self._content)
        column.addWidget(self._pane, 1)
        self.show_decision(Decision())

    def show_decision(self, decision: Decision) -> None:
        """Show the decision; an unchanged one is left as it is.

        When it cannot be shown, the box says so: what stood here before may hold no longer.
        """
        if decision != self._shown:
            self._shown = attempt(lambda: self._draw(decision), self._draw_failure)

    def _draw_failure(self, _error: Exception) -> None:
        self.block.show_state("could_not_check")
        self._content.hide()

    def _draw(self, decision: Decision) -> Decision:
        cards = [self._find_card(finding) for finding in decision.findings]
        for card in self._cards:
            if card not in cards:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        for place, card in enumerate(cards):
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
        self._cards = cards
        self._needed.show_needed(decision.needed)
        self._needed.setVisible(bool(decision.needed))
        self.block.show_state(_block_state(decision), decision.headline, _block_lines(decision))
        self._content.show()
        return decision

    def _find_card(self, finding: Finding) -> FindingCard:
        """Return the card of a finding: the one there is, so that a reason begun in it stays."""
        for card in self._cards:
            if card.finding == finding:
                return card
        card = FindingCard(self._theme, self._pack, finding)
        card.go_wanted.connect(self.go_wanted)
        card.override_given.connect(self.override_given)
        return card


class NeededList(QWidget):
    """The first of the questions still needed, each a way to its field.

    Attributes:
        go_wanted: Jump to the field of a screening item; carries the item id.
    """

    go_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Rule(theme))
        self._heading = Label(theme, "", "strong")
        column.addWidget(self._heading)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(0)
        column.addLayout(self._questions)
        self._rest = Label(theme, "", "label", "text2")
        column.addWidget(self._rest)
        self._buttons: list[Button] = []

    def show_needed(self, needed: tuple[Needed, ...]) -> None:
        """Show how many there are, the first of them, and how many more."""
        shown = needed[:NEEDED_SHOWN]
        rest = len(needed) - len(shown)
        while len(self._buttons) < len(shown):
            self._add_button()
        self._items = tuple(question.item for question in shown)
        self._heading.setText(t("Still needed ({n})", n=len(needed)))
        for number, button in enumerate(self._buttons):
            if number < len(shown):
                button.set_text(shown[number].label)
            button.setVisible(number < len(shown))
        self._rest.setText(t("and {rest} more", rest=rest))
        self._rest.setVisible(bool(rest))

    def _add_button(self) -> None:
        place, keys = len(self._buttons), write_keys("next_needed")
        button = Button(self._theme, "", "ghost", "circle")
        button.set_flush(on=True)
        button.setToolTip(t("Go to this question ({keys} goes to the next one)", keys=keys))
        button.clicked.connect(lambda: self.go_wanted.emit(self._items[place]))
        self._questions.addWidget(button)
        self._buttons.append(button)


class FindingCard(QWidget):
    """One finding: what it is, what to do, and on request why.

    Attributes:
        finding: What it shows.
        go_wanted: Jump to its field.
        override_given: Set aside with a reason: id, reason, digest.
    """

    go_wanted = Signal(str)
    override_given = Signal(str, str, str)

    def __init__(self, theme: Theme, pack: Pack, finding: Finding) -> None:
        super().__init__()
        self._theme, self._pack, self.finding = theme, pack, finding
        icon, tone, word = _TONES[finding.severity]
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(IconLabel(theme, icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        label = pack.question_by_id[finding.item].label
        head.addWidget(Label(theme, label, "label_strong", wrap=True), 1)
        column.addLayout(head)
        column.addWidget(Label(theme, _when(finding, word), "label", tone, wrap=True))
        column.addWidget(Label(theme, finding.action, "label", "text2", wrap=True))
        self._reason: QWidget | None = None
        column.addLayout(self._make_buttons())

    def _show_reason(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show why, or hide it; it is made when somebody first asks."""
        if self._reason is None:
            self._reason = self._make_reason()
            self._column.addWidget(self._reason)
        self._reason.setVisible(on)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(20))
        about = self._pack.question_by_id[self.finding.item].label
        why = Button(self._theme, t("Why"), "ghost", "chevron-down")
        why.setCheckable(True)
        why.toggled.connect(self._show_reason)
        go = Button(self._theme, t("Go"), "ghost", "arrow-right")
        go.setToolTip(t("Jump to the field"))
        go.clicked.connect(lambda: self.go_wanted.emit(self.finding.item))
        for button in (why, go):
            button.set_flush(on=True)
            button.setAccessibleName(f"{button.text()}: {about}")
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _make_reason(self) -> QWidget:
        finding = self.finding
        reason = QWidget()
        column = QVBoxLayout(reason)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(6))
        named = [(finding.why, ""), (finding.notes, t("Depth and skin tone: "))]
        named += [(finding.disagreement, t("Guidance differs: "))]
        named += [(_name_sources(self._pack, finding), t("Sources: "))]
        named += [(finding.id, t("Rule: ")), (_tell_review(self._pack), t("Reviewed: "))]
        for text, lead in named:
            if text:
                column.addWidget(Label(self._theme, lead + text, "label", "text2", wrap=True))
        if finding.severity is Severity.RELATIVE:
            self._add_override(column)
        return reason

    def _add_override(self, column: QVBoxLayout) -> None:
        finding = self.finding
        field = TextField(self._theme, t("Decision recorded, with the reason"))
        keep = Button(self._theme, t("Record the reason"), "secondary")
        keep.clicked.connect(
            lambda: self.override_given.emit(finding.id, field.text(), finding.digest)
        )
        column.addWidget(field)
        column.addWidget(keep)


def _block_state(decision: Decision) -> str:
    if decision.state is DecisionState.INCOMPLETE:
        return "not_checked"
    return str(decision.state)


def _block_lines(decision: Decision) -> tuple[str, ...]:
    if decision.needed:
        count = len(decision.needed)
        return (tn("{n} question still open", "{n} questions still open", count),)
    return ()


def _when(finding: Finding, word: str) -> str:
    if finding.severity is Severity.DEFER and finding.until:
        return t("Not before {day}", day=write_day(finding.until))
    if finding.severity is Severity.DEFER and finding.open:
        return t("Wait: no date can be given yet")
    if finding.resolves_by == "change_plan":
        return t("Change the plan")
    return word


def _tell_review(pack: Pack) -> str:
    """Return when and by whom the content was reviewed, or that nobody has done so yet."""
    review = pack.review
    day = write_day(review.on) if review.on else ""
    return ", ".join(part for part in (day, review.by) if part) or review.state


def _name_sources(pack: Pack, finding: Finding) -> str:
    return write_sources(pack.source_by_id[code] for code in finding.sources)
