"""A question is *not asked* until somebody answers it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.scrolling import ScrollPane

Press = Callable[..., None]
Put = Callable[..., QMainWindow]


class Painted(AnswerRow):
    """A row that counts how often it is painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Count it."""
        self.painted += 1
        super().paintEvent(event)


def look_at(window: QMainWindow) -> QImage:
    """Return what stands on the screen, not what it would be if it were painted now."""
    picture = window.screen().grabWindow(window.winId())
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.fixture
def row(theme: Theme, put: Put) -> AnswerRow:
    """A row that has the keyboard."""
    question = AnswerRow(theme, "Do you take a blood thinner?")
    put(question, height=300)
    question.take_focus()
    return question


def test_it_starts_as_not_asked(theme: Theme) -> None:
    assert AnswerRow(theme, "Are you pregnant?").answer() == "not_asked"


def test_up_and_down_lead_to_another_question_and_answer_none(
    theme: Theme, put: Put, press: Press
) -> None:
    """As rows stand beneath each other, Down is pressed to go on, and *No* became *Yes* by it."""
    card = Card(theme)
    rows = [AnswerRow(theme, f"Question {number}?") for number in range(4)]
    for row in rows:
        card.add(row)
    rows[1].hide()
    put(card, height=400)
    rows[0].take_focus()
    press(Qt.Key.Key_Right)
    assert rows[0].answer() == "yes"

    press(Qt.Key.Key_Down)
    assert rows[2].has_focus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert rows[3].has_focus()
    press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)

    assert rows[0].has_focus()
    answers = [row.answer() for row in rows]
    assert answers == ["yes", "not_asked", "not_asked", "not_asked"]


def test_enter_never_answers(row: AnswerRow, press: Press) -> None:
    """Whoever presses Enter to go on has not said what the patient said."""
    press(Qt.Key.Key_Return)
    assert row.answer() == "not_asked"


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_N, "no"), (Qt.Key.Key_Y, "yes"), (Qt.Key.Key_U, "unsure")],
)
def test_one_letter_answers_and_asks_to_move_on(
    row: AnswerRow, qtbot: QtBot, key: Qt.Key, answer: str, press: Press
) -> None:
    with qtbot.waitSignals([row.answered, row.advance], timeout=1000):
        press(key)
    assert row.answer() == answer


def test_the_same_letter_again_moves_on_without_an_edit(
    row: AnswerRow, qtbot: QtBot, press: Press
) -> None:
    row.set_answer("no")
    with qtbot.assertNotEmitted(row.answered), qtbot.waitSignal(row.advance, timeout=1000):
        press(Qt.Key.Key_N)


def test_backspace_takes_the_answer_back(row: AnswerRow, qtbot: QtBot, press: Press) -> None:
    row.set_answer("no")
    with qtbot.waitSignal(row.answered, timeout=1000) as told:
        press(Qt.Key.Key_Backspace)
    assert told.args == ["not_asked"]


def test_a_pointer_can_take_the_answer_back_too(row: AnswerRow, qtbot: QtBot) -> None:
    row.set_answer("yes")
    with qtbot.waitSignal(row.answered, timeout=1000) as told:
        QTest.mouseClick(row._undo, Qt.MouseButton.LeftButton)
    assert told.args == ["not_asked"]


def test_equals_confirms_the_previous_answer(row: AnswerRow, qtbot: QtBot, press: Press) -> None:
    with qtbot.waitSignal(row.reconfirmed, timeout=1000):
        press(Qt.Key.Key_Equal)


def test_a_click_answers_and_stays(row: AnswerRow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.advance), qtbot.waitSignal(row.answered, timeout=1000):
        QTest.mouseClick(row._cells.cell("yes"), Qt.MouseButton.LeftButton)


def test_a_letter_with_control_is_a_command_for_others(row: AnswerRow, press: Press) -> None:
    press(Qt.Key.Key_N, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert row.answer() == "not_asked"


def test_letters_typed_into_a_detail_answer_nothing(row: AnswerRow, theme: Theme) -> None:
    which = TextField(theme, "Which one")
    row.add_detail(which)
    row.set_answer("yes")
    which.line.setFocus()
    QTest.keyClicks(which.line, "nun")
    assert which.text() == "nun"
    assert row.answer() == "yes"


def test_details_show_on_yes_and_keep_what_was_typed(row: AnswerRow, theme: Theme) -> None:
    which = TextField(theme, "Which one")
    row.add_detail(which)
    assert not which.isVisible()
    row.set_answer("yes")
    assert which.isVisible()
    which.set_text("apixaban")
    row.set_answer("no")
    assert not which.isVisible()
    row.set_answer("yes")
    assert which.text() == "apixaban"


def test_the_row_says_what_is_not_asked_and_how_old_an_answer_is(row: AnswerRow) -> None:
    assert row._caption.text() == "Not asked"
    row.set_answer("no")
    assert not row._caption.isVisible()
    row.set_caption("answered 3 months ago")
    assert row._caption.text() == "answered 3 months ago"


@pytest.mark.parametrize("width", [340, 900])
def test_an_answer_moves_nothing(row: AnswerRow, press: Press, width: int) -> None:
    row.setFixedSize(width, row.heightForWidth(width))
    QApplication.processEvents()
    before = (row.heightForWidth(width), row._question.geometry())

    press(Qt.Key.Key_N)
    QApplication.processEvents()

    assert (row.heightForWidth(width), row._question.geometry()) == before


def test_going_on_paints_the_answer_and_what_comes_into_sight_alone(
    theme: Theme, put: Put, press: Press
) -> None:
    pane, rows = ScrollPane(theme), [Painted(theme, f"Question {n}?") for n in range(30)]
    for number, asked in enumerate(rows):
        pane.body.addWidget(asked)
        following = rows[(number + 1) % len(rows)]
        asked.around = partial(pane.one_layout, asked)
        asked.advance.connect(partial(pane.show_widget, following))
        asked.advance.connect(following.take_focus)
    put(pane, height=500)
    rows[0].take_focus()
    for _ in range(8):
        press(Qt.Key.Key_N)
    QApplication.processEvents()
    scrolled = pane.verticalScrollBar().value()
    in_sight = [asked for asked in rows if not asked.visibleRegion().isEmpty()]
    before = {asked: asked.painted for asked in rows}

    press(Qt.Key.Key_N)
    QApplication.processEvents()

    assert pane.verticalScrollBar().value() > scrolled > 0
    kept = [it for it in in_sight if it.visibleRegion().boundingRect() == it.rect()]
    anew = {rows.index(it) for it in kept if it.painted > before[it]}
    assert len(kept) > 4
    assert anew <= {8, 9, 10}, "the answered one, the next and what was cut off at the edge"


def test_what_a_yes_opens_is_seen_whole_and_what_stands_above_is_not_painted_anew(
    theme: Theme, put: Put, press: Press
) -> None:
    pane, card = ScrollPane(theme), Card(theme)
    rows = [Painted(theme, f"Question {n}?") for n in range(30)]
    pane.body.addWidget(card)
    which = [TextField(theme, "Which one") for _ in rows]
    for asked, field in zip(rows, which, strict=True):
        card.add(asked)
        asked.add_detail(field)
        asked.around = partial(pane.one_layout, asked)
        asked.advance.connect(field.control.setFocus)
    window = put(pane, height=500)
    rows[12].take_focus()
    QApplication.processEvents()
    scrolled = pane.verticalScrollBar().value()
    in_sight = [asked for asked in rows if not asked.visibleRegion().isEmpty()]
    before = {asked: asked.painted for asked in rows}

    press(Qt.Key.Key_Y)
    QApplication.processEvents()

    assert pane.verticalScrollBar().value() > scrolled > 0
    assert which[12].visibleRegion().boundingRect() == which[12].rect()
    kept = [it for it in in_sight if it.visibleRegion().boundingRect() == it.rect()]
    above = {number for number in range(12) if rows[number] in kept}
    assert len(above) > 3
    assert not {number for number in above if rows[number].painted > before[rows[number]]}
    left = look_at(window)
    pane.viewport().update()
    QApplication.processEvents()
    assert left == look_at(window), "what was left is what painting it anew shows"


def test_a_yes_that_is_clicked_scrolls_only_to_what_would_open_out_of_sight(
    theme: Theme, put: Put
) -> None:
    """Else what is pressed next moves away from under the pointer."""
    pane, rows = ScrollPane(theme), [AnswerRow(theme, f"Question {n}?") for n in range(30)]
    for asked in rows:
        pane.body.addWidget(asked)
        asked.add_detail(TextField(theme, "Which one"))
        asked.around = partial(pane.one_layout, asked)
    put(pane, height=500)

    QTest.mouseClick(rows[1]._cells.cell("yes"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert rows[1]._beneath.isVisible()
    assert pane.verticalScrollBar().value() == 0
    last = [asked for asked in rows if asked.visibleRegion().boundingRect() == asked.rect()][-1]

    QTest.mouseClick(last._cells.cell("yes"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert last.answer() == "yes"
    assert last.visibleRegion().boundingRect() == last.rect(), "with all that it opened"


def test_an_answer_that_does_not_exist_is_refused(row: AnswerRow) -> None:
    with pytest.raises(ValueError, match="maybe"):
        row.set_answer("maybe")
