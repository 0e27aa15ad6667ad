"""The finder: type a few letters, go to any command, question, patient or lot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from consult_app.gui.dialogs import fit_screen
from consult_app.gui.finding.near import Words, fit
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.speaking import speak
from consult_app.wording import t

ID = Qt.ItemDataRole.UserRole
NAMED = 4
"""Up to this place what is found is called so; beyond, further words or a part of it are met."""
SHORTEST = 3
"""Letters from which the records are offered too."""
LEADS = t("Go to {name}", name="").casefold()
NOTHING = t("Nothing of that name here.")
NOT_HERE = t("No command, question or field of that name. Press Enter to choose the line below.")
CHOSEN = t("No command, question or field of that name. Press Enter again to go there.")
NEAR = t("Nothing of that name here; this comes close.")
_SEVERAL = re.compile(r"(?<=\w\w[^\Wsiu])s\b")
LEAVING = t("Look among patients and lots instead; this visit is kept")


Found = tuple[int, str, str]
"""The place of what was found, its id and its text."""


class Finder(QDialog):
    """Lists what matches; Enter goes there.

    Attributes:
        chosen: Carries the id of what was chosen.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str, str]],
        parent: QWidget,
        *,
        leaves: bool = False,
        here: str = "",
    ) -> None:
        """Make the finder.

        Args:
            theme: The look.
            choices: Id, text and further words to be found by.
            parent: Qt owner.
            leaves: Whether looking among the records leaves a visit; one Enter alone never does
                that, it chooses that line.
            here: The panel in sight, whose fields come first of what matches as well.
        """
        super().__init__(parent)
        self._leaves, self._here = leaves, f"panel:{here}:"
        self.setObjectName("canvas")
        self.setWindowTitle(t("Find"))
        fit_screen(self, theme.px(560), theme.px(480))
        self._choices = choices
        self._words: Words | None = None
        self._more: Iterator[Sequence[tuple[str, str, str]]] = iter(())
        self._moved = False
        self._said = ""
        self._row = QSize(0, theme.px(TARGET))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(12))
        self.search = TextField(theme, t("Command, question, field, patient or lot"))
        self.list = QListWidget()
        self.list.setAccessibleName(t("Matches"))
        self.list.setFont(theme.font("body"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.edited.connect(self._look)
        self.search.control.installEventFilter(self)
        self.list.activated.connect(self._take)
        self._show("")
        self.search.control.setFocus()

    def take_more(self, more: Iterator[Sequence[tuple[str, str, str]]]) -> None:
        """Offer what follows too, one part after the other, each as soon as nothing else is due."""

        def take() -> None:
            if self._take_part():
                QTimer.singleShot(0, self, take)

        self._more = more
        QTimer.singleShot(0, self, take)

    def _take_part(self) -> bool:
        """Offer the next part, and return whether more may follow."""
        # Once it is closed or hidden the visit may be gone, and with it what would be asked.
        part = next(self._more, None) if self.isVisible() else None
        if part:
            self._add_choices(part)
        return part is not None

    def _add_choices(self, more: Sequence[tuple[str, str, str]]) -> None:
        """Offer these as well, and leave what is chosen where the arrow keys moved it to."""
        row = self.list.currentRow()
        moved = self._index(row).data(ID) if row >= 0 and self._moved else None
        self._choices, self._words = [*self._choices, *more], None
        self._show(self.search.text())
        rows = [self._index(row).data(ID) for row in range(self.list.count())]
        if moved in rows:
            self.list.setCurrentRow(rows.index(moved))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys and Enter work while the search line has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                last, row = self.list.count() - 1, self.list.currentRow() + step
                self.list.setCurrentRow(max(self._first, min(last, row)))
                self._moved = True
                self._speak()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._wait_for_rest()
                if self.list.currentRow() < 0 < self.list.count():
                    self.list.setCurrentRow(0)
                    self.search.set_help(CHOSEN)
                    self._speak()
                else:
                    self._take(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _wait_for_rest(self) -> None:
        """Unless something of that name is listed, offer all that is still to come."""
        while not (self._named or self._moved) and self._take_part():
            pass

    def _look(self, text: str) -> None:
        """List what matches what is typed, and have said what Enter would choose."""
        self._moved = False
        self._show(text)
        self._speak()

    def _speak(self) -> None:
        """Have the line that is chosen said: the list has no keyboard of its own."""
        row = self.list.currentRow()
        words = (self.search.help(), self._index(row).data() if row >= 0 else "")
        told = " ".join(filter(None, words))
        if told != self._said:  # what is typed on leads to the same line most of the time
            self._said = told
            speak(self.list, told)

    def _show(self, text: str) -> None:
        """List what matches, else what comes close.

        Where nothing is left by looking among the records, that comes before what is only close: a
        patient may be called so.
        """
        self.list.clear()
        wanted = " ".join(text.casefold().split())
        found = self._find(wanted)
        self._named = any(rank <= 2 * NAMED for rank, _, _ in found)
        near = [] if found else self._find_near(wanted)
        self._add_all(found or (near if self._leaves else []))
        if offered := len(typed := text.strip()) >= SHORTEST:
            where = LEAVING if self._leaves else t("Look for {text} among patients and lots")
            self._add(f"search:{typed}", where.format(text=typed))
        if not self._leaves:
            self._add_all(near)
        self._first = -1 if offered and not (found or near) and self._leaves else 0
        self.list.setCurrentRow(self._first)
        nothing = NOT_HERE if self._first < 0 else NOTHING
        self.search.set_help("" if found or not wanted else NEAR if near else nothing)

    def _find(self, wanted: str) -> list[Found]:
        """Return what matches, by its place among it."""
        return [
            (2 * rank - choice_id.startswith(self._here), choice_id, shown)
            for choice_id, shown, also in self._choices
            if (rank := _rank(wanted, choice_id, shown.casefold(), also.casefold())) is not None
        ]

    def _find_near(self, wanted: str) -> list[Found]:
        """Return what would match if it were not for a slip of the fingers."""
        lines = [f"{shown} {also}".casefold() for _, shown, also in self._choices]
        if self._words is None:
            self._words = Words(lines)
        meant, found = self._words.correct(wanted), []
        for line, (choice_id, shown, also) in zip(lines, self._choices, strict=True):
            close = fit(meant, line)
            rank = _rank(close, choice_id, shown.casefold(), also.casefold()) if close else None
            if rank is not None:
                found.append((rank, choice_id, shown))
        return found

    def _add_all(self, found: list[Found]) -> None:
        for _, choice_id, shown in sorted(found, key=lambda it: it[0]):
            self._add(choice_id, shown)

    def _add(self, choice_id: str, shown: str) -> None:
        # No item is made in Python: with those, clearing the list crashed once in many runs.
        self.list.addItem(shown)
        index, model = self._index(self.list.count() - 1), self.list.model()
        model.setData(index, choice_id, ID)
        model.setData(index, self._row, Qt.ItemDataRole.SizeHintRole)

    def _index(self, row: int) -> QModelIndex:
        return self.list.model().index(row, 0)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            chosen = index.data(ID)
            self.accept()
            self.chosen.emit(chosen)


def _rank(wanted: str, choice_id: str, shown: str, also: str) -> int | None:
    """Return the place of a choice among what was found; None when it was not.

    One and several of a thing are the same, so *allergy* finds *Allergies*. Before anything is
    typed all stand as they are offered.
    """
    if not wanted:
        return 0
    found = (
        _rank_as_written(wanted, choice_id, shown, also),
        _rank_as_written(_as_one(wanted), choice_id, _as_one(shown), _as_one(also)),
    )
    return min((rank for rank in found if rank is not None), default=None)


def _rank_as_written(wanted: str, choice_id: str, shown: str, also: str) -> int | None:
    """Return the place of a choice by the letters alone.

    A whole word comes before the beginning of a longer one, as *sign* is no *Signed*, and each
    comes first where a name begins with it, but for its panel; codes of an answer are many and
    begin with anything. Then comes what a command is called besides, and what has it anywhere.
    """
    words = wanted.split()
    if not all(word in f"{shown} {also}" for word in words):
        return None
    name = shown.rpartition(": ")[2] if choice_id.startswith("panel:") else shown
    name = name.removeprefix(LEADS)
    is_question = choice_id.startswith("item:")
    begins = rf"\b{re.escape(wanted)}"
    whole = rf"{begins}\b"
    is_first = name.startswith(wanted) and not (is_question and shown.endswith(")"))
    tests = (
        is_first and re.search(whole, name),
        re.search(whole, shown),
        is_first,
        re.search(begins, shown),
        all(re.search(rf"\b{re.escape(word)}", shown) for word in words),
        not is_question and re.search(whole, also),
        wanted in shown,
        all(word in shown for word in words),
    )
    return next((rank for rank, met in enumerate(tests) if met), len(tests))


def _as_one(text: str) -> str:
    """Return a text with its words in the singular, as far as their ending tells."""
    return _SEVERAL.sub("", re.sub(r"(?<=\w\w)ies\b", "y", text))
