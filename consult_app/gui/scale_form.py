"""The questions of one instrument, laid out by their kind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.question_rows import ChoiceRow, NumberRow
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.yes_no import YesNo
from consult_app.knowledge.scoring.instruments import Instrument, Query
from consult_app.knowledge.scoring.scoring import Asked, ask, decide_grade
from consult_app.wording import t

CELLS, CELL_TEXT = 6, 34
"""As many cells stand side by side, with so many letters in all."""


class GradeRow(QWidget):
    """A grade: cells with its numbers, and beneath them what each number means.

    Attributes:
        edited: The points chosen.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, query: Query, name: str = "") -> None:
        """Make the row; `name` tells it apart where the same is asked twice."""
        super().__init__()
        self._points = {f"{option.points:g}": option.points for option in query.options}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Label(theme, query.text, "label", "text2", wrap=True))
        texts = [option.text for option in query.options]
        plain = sum(map(len, texts)) <= CELL_TEXT
        cells = [
            Option(key, text if plain else _first_word(text), text)
            for key, text in zip(self._points, texts, strict=True)
        ]
        self.cells = Segmented(theme, f"{name}: {query.text}" if name else query.text, cells)
        self.cells.edited.connect(lambda key: self.edited.emit(self._points[key]))
        column.addWidget(self.cells)
        self._meanings: dict[str, Label] = {}
        for key, text in zip(self._points, () if plain else texts, strict=False):
            self._meanings[key] = Label(theme, text, "label", "text2", wrap=True)
            column.addWidget(self._meanings[key])
        self.setFocusProxy(self.cells)

    def set_value(self, points: float | None) -> None:
        """Show a grade, without a signal."""
        key = "" if points is None else f"{points:g}"
        if key in self._points:
            self.cells.set_value(key)
        else:
            self.cells.clear()
        for name, label in self._meanings.items():
            label.set_tone("text" if name == key else "text2")
            label.set_role("label_strong" if name == key else "label")


class AidFold(Fold):
    """Leads to a grade by questions answered yes or no; what was answered is not recorded.

    Attributes:
        decided: The grade that the answers lead to.
    """

    decided = Signal(float)

    def __init__(self, theme: Theme, instrument: Instrument) -> None:
        super().__init__(theme, t("Help me grade"))
        self._instrument = instrument
        self._said: dict[str, bool] = {}
        self.steps: dict[str, YesNo] = {}
        self._labels: dict[str, Label] = {}
        for step in instrument.aid:
            self._labels[step.id] = Label(theme, step.text, wrap=True)
            row = self.steps[step.id] = YesNo(theme, step.text)
            row.edited.connect(lambda said, key=step.id: self._answer(key, said))
            row.advance.connect(lambda key=step.id: self._lead_on(key))
            self.body.addWidget(self._labels[step.id])
            self.body.addWidget(row)
        self._show_path()

    def _answer(self, step: str, said: str) -> None:
        self._said.pop(step, None)
        if said:
            self._said[step] = said == "yes"
        self._show_path()
        grade = decide_grade(self._instrument, self._said)
        if isinstance(grade, float | int):
            self.decided.emit(float(grade))

    def _lead_on(self, step: str) -> None:
        """Give the keyboard to the question that an answer led to, where it led to one."""
        asked = decide_grade(self._instrument, self._said)
        if isinstance(asked, str) and asked != step:
            self.steps[asked].take_focus()

    def _show_path(self) -> None:
        """Show the questions answered on the way, and the next one."""
        aid = {step.id: step for step in self._instrument.aid}
        on_path, name = [], self._instrument.aid[0].id
        while name:
            on_path.append(name)
            said = self._said.get(name)
            turn = None if said is None else aid[name].yes if said else aid[name].no
            name = turn.ask if turn else ""
        for key, row in self.steps.items():
            row.setVisible(key in on_path)
            self._labels[key].setVisible(key in on_path)


class ScaleForm(QWidget):
    """Asks every question of an instrument.

    Attributes:
        edited: A question was answered: its place, and points, number or None.
    """

    edited = Signal(str, object)

    def __init__(self, theme: Theme, instrument: Instrument) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self.rows: dict[str, GradeRow | ChoiceRow | NumberRow] = {}
        group = ""
        for asked in ask(instrument):
            if asked.query.group and asked.query.group != group:
                group = asked.query.group
                self._column.addWidget(Label(theme, group, "strong"))
            row = _make_row(theme, instrument, asked)
            row.edited.connect(lambda value, place=asked.place: self.edited.emit(place, value))
            self.rows[asked.place] = row
            self._column.addWidget(row)
        self.aid = AidFold(theme, instrument) if instrument.aid else None
        if self.aid is not None:
            first = instrument.question[0].id
            self.aid.decided.connect(lambda grade: self.edited.emit(first, grade))
            self._column.addWidget(self.aid)

    def show_answers(self, answers: Mapping[str, float]) -> None:
        """Show what is recorded, without a signal."""
        for place, row in self.rows.items():
            row.set_value(answers.get(place))


def _make_row(
    theme: Theme, instrument: Instrument, asked: Asked
) -> GradeRow | ChoiceRow | NumberRow:
    query = asked.query
    words = f"{asked.region}: {query.text}" if asked.region else query.text
    first = instrument.kind == "grade" and query is instrument.question[0]
    if not query.options:
        decimals = 0 if query.whole or query.unit == "lesions" else 1
        return NumberRow(
            theme,
            words,
            unit=query.unit,
            lowest=query.lowest,
            highest=query.highest,
            decimals=decimals,
        )
    if first and len(query.options) <= CELLS and not query.halves:
        return GradeRow(theme, query)
    return ChoiceRow(theme, words, _list_options(query))


def _list_options(query: Query) -> list[tuple[float, str]]:
    """Return the answers with their points; where halves count, those between two as well."""
    options = [(option.points, option.text) for option in query.options]
    if not query.halves:
        return options
    named = {points for points, _ in options}
    lowest, highest = min(named), max(named)
    between = [lowest + step / 2 for step in range(int((highest - lowest) * 2))]
    options += [
        (
            points,
            t(
                "{points} between {low} and {high}",
                points=f"{points:g}",
                low=f"{points - 0.5:g}",
                high=f"{points + 0.5:g}",
            ),
        )
        for points in between
        if points not in named
    ]
    return sorted(options)


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].rstrip(":")
