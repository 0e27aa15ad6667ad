"""The start page: find, begin or resume a consultation, or try it with a sample patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from consult_app.domain.people import Patient
from consult_app.errors import ConsultError
from consult_app.gui.desk import Draft, Records
from consult_app.gui.panel import swap
from consult_app.gui.phrases import write_clock, write_day
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.date_field import DateField, read_date
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane

LISTED = 12
WIDTH = 760


class StartPage(QWidget):
    """One line finds or creates; unfinished work waits below.

    Attributes:
        open_wanted: Open a consultation; carries its id.
        new_wanted: Begin one; carries the `Patient` as far as typed.
        sample_wanted: Begin one with an invented patient.
        file_wanted: Open a case file.
        settings_wanted: Show the settings.
    """

    open_wanted = Signal(str)
    new_wanted = Signal(object)
    sample_wanted = Signal()
    file_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, theme: Theme, records: Records) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName("Start")
        self._theme = theme
        self._records = records
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.px(24), theme.px(24), theme.px(12), theme.px(16))
        outer.addStretch(1)
        pane = ScrollPane(theme)
        pane.setMaximumWidth(theme.px(WIDTH))
        outer.addWidget(pane, 100)
        outer.addStretch(1)
        column = pane.body
        column.setSpacing(theme.px(16))
        column.addWidget(Label(theme, "Microneedling consultation", "title"))
        column.addWidget(self._make_search())
        self.notice = Notice(theme)
        self.notice.hide()
        column.addWidget(self.notice)
        self.sample = self._make_sample()
        column.addWidget(self.sample)
        self._list = Card(theme, "Consultations")
        column.addWidget(self._list)
        column.addLayout(self._make_foot())
        column.addStretch(1)
        self._shown: QWidget | None = None

    def _make_search(self) -> QWidget:
        card = Card(self._theme, name="Find or begin")
        self.search = TextField(
            self._theme,
            "Patient",
            help_text="Name, birth date or record number. Enter opens the first match.",
        )
        self.born = DateField(self._theme, "Date of birth", whole=True)
        self.begin = Button(self._theme, "New consultation", "primary", "plus")
        self.begin.setToolTip("Begin with what was typed (Ctrl+N)")
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        row.addWidget(self.search, 3)
        row.addWidget(self.born, 2)
        card.add(row)
        card.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignRight)
        self.search.edited.connect(lambda _: self.refresh())
        line = self.search.control
        if isinstance(line, QLineEdit):
            line.returnPressed.connect(self._open_first)
        self.begin.clicked.connect(self.begin_new)
        return card

    def _make_sample(self) -> QWidget:
        card = Card(self._theme, "New here?")
        text = "Walk through a whole consultation with an invented patient. Nothing is needed."
        card.add(Label(self._theme, text, "body", "text2", wrap=True))
        button = Button(self._theme, "Try it with a sample patient", "secondary", "flask-conical")
        button.clicked.connect(self.sample_wanted)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        file = Button(self._theme, "Open case file", "ghost", "folder-open")
        file.clicked.connect(self.file_wanted)
        settings = Button(self._theme, "Settings", "ghost", "settings")
        settings.clicked.connect(self.settings_wanted)
        row.addWidget(file)
        row.addWidget(settings)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """List what matches what was typed, or all that is unfinished first."""
        text = self.search.text().strip()
        try:
            found = self._records.find_visits(text) if text else self._records.list_visits()
        except ConsultError as error:
            self.notice.show_text(f"{error.title}. {error.advice}", "stop")
            found = ()
        self._found = tuple(found)
        self.sample.setVisible(not self._found and not text)
        self._list.setVisible(bool(self._found) or bool(text))
        self._show_list(sorted(self._found, key=lambda draft: draft.signed)[:LISTED])

    def begin_new(self) -> None:
        """Begin a consultation with what was typed; a date in the search line counts too."""
        name, born, number = _split(self.search.text())
        chosen = self.born.value()
        if chosen is not None and chosen.whole:
            born = chosen.first_day()
        self.new_wanted.emit(Patient(name=name, date_of_birth=born, record_number=number))
        self.search.set_text("")
        self.born.set_value(None)

    def focus_first(self) -> None:
        """Give the keyboard to the search line."""
        self.search.control.setFocus()

    def _open_first(self) -> None:
        if self._found and self.search.text().strip():
            self.open_wanted.emit(self._found[0].id)
        elif self.search.text().strip():
            self.begin_new()

    def _show_list(self, drafts: Sequence[Draft]) -> None:
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(2))
        for draft in drafts:
            column.addWidget(self._make_line(draft))
        if not drafts:
            text = "No match. Enter or Ctrl+N begins a new consultation with what was typed."
            column.addWidget(Label(self._theme, text, "body", "text2", wrap=True))
        self._shown = swap(self._list.body, self._shown, shown)

    def _make_line(self, draft: Draft) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = draft.name or "Name not given yet"
        words.addWidget(Label(self._theme, name, "strong"))
        words.addWidget(Label(self._theme, _describe(draft), "label", "text2"))
        row.addLayout(words, 1)
        button = Button(self._theme, "Open" if draft.signed else "Resume", "secondary")
        button.setAccessibleName(f"{button.text()} {name}")
        button.clicked.connect(lambda: self.open_wanted.emit(draft.id))
        row.addWidget(button)
        return line


def _describe(draft: Draft) -> str:
    parts = [draft.born and write_day(date.fromisoformat(draft.born)), draft.record_number]
    state = "signed" if draft.signed else "unfinished"
    changed = f"{write_day(draft.changed_at.date())} {write_clock(draft.changed_at)[:5]}"
    parts += [state, changed]
    return " · ".join(part for part in parts if part)


def _split(text: str) -> tuple[str, date | None, str]:
    """Return name, birth date and record number found in one line.

    A date may be written in several words, as in `Ada Berg 30 4 1992`.
    """
    words = text.replace(",", " ").split()
    names, born, number = [], None, ""
    while words:
        found = next(((n, day) for n in (3, 1) if (day := _day_in(" ".join(words[:n])))), None)
        word = words[0]
        if found is not None:
            born = found[1]
        elif any(sign.isdigit() for sign in word):
            number = word
        else:
            names.append(word)
        del words[: found[0] if found else 1]
    return " ".join(names), born, number


def _day_in(text: str) -> date | None:
    try:
        found = read_date(text)
    except ValueError:
        return None
    return found.first_day() if found.whole else None
