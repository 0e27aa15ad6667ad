"""The safety status starts unchecked and never rests on colour; rail, notice and ring."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import TEXT_SIZES, Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Avatar
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.rail_step import RailStep
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.signature import SignaturePad
from consult_app.gui.widgets.status import STATES, StatusBlock, StatusPill
from consult_app.gui.widgets.words import ENGLISH

Put = Callable[..., QMainWindow]
Press = Callable[..., None]
LEFT = Qt.MouseButton.LeftButton


def test_it_starts_at_not_checked_never_at_green(theme: Theme) -> None:
    for shown in (StatusBlock(theme), StatusPill(theme)):
        assert shown.state == "not_checked"
        assert shown.title == "Not checked yet"


def test_a_headline_without_room_in_one_line_takes_more_and_smaller_ones(theme: Theme) -> None:
    """It was cut with an ellipsis, and what was cut was *in the answers given*."""
    pill = StatusPill(theme)
    pill.show_state("not_checked", "Not complete: questions are still open")
    assert pill.fit_words(600) == ("strong", "Not complete: questions are still open")
    assert pill.fit_words(190) == ("strong", "Not complete: questions\nare still open")
    assert pill.fit_words(85) == ("caption", "Not complete:\nquestions are\nstill open")
    assert pill.fit_words(50)[1].endswith("…")


def test_only_clear_is_green() -> None:
    assert [state for state, (_, tone) in STATES.items() if tone == "ok"] == ["clear"]


def test_no_two_states_share_icon_or_words() -> None:
    assert len({icon for icon, _ in STATES.values()}) == len(STATES)
    assert len(set(ENGLISH.states.values())) == len(STATES)
    assert set(ENGLISH.states) == set(STATES)


def test_nothing_is_called_safe() -> None:
    said = " ".join(ENGLISH.states.values()).lower()
    assert "safe" not in said


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_drawn_and_spoken(theme: Theme, put: Put, state: str) -> None:
    block, pill = StatusBlock(theme), StatusPill(theme)
    window = put(block, pill, height=240)
    block.show_state(state, lines=("Cold sore",))
    pill.show_state(state, lines=("Cold sore",))
    title = ENGLISH.states[state]
    assert block.accessibleName() == f"Safety status: {title}. Cold sore"
    assert pill.accessibleName() == block.accessibleName()
    tint = window.grab().toImage().pixelColor(block.mapTo(window, QPoint(6, 20)))
    assert tint == theme.color(f"{STATES[state][1]}_soft")


def test_a_state_that_does_not_exist_is_refused(theme: Theme) -> None:
    block = StatusBlock(theme)
    with pytest.raises(KeyError):
        block.show_state("fine")
    assert block.state == "not_checked"


def test_one_block_announces_each_change_once(theme: Theme, said: list[str]) -> None:
    speaking, silent = StatusBlock(theme, announces=True), StatusBlock(theme)
    for block in (speaking, silent):
        for state in ("checking", "absolute", "absolute"):
            block.show_state(state)
    assert said == ["Safety status: Do not treat."]


def test_what_is_left_to_ask_is_no_news_by_itself(theme: Theme, said: list[str]) -> None:
    """Each answer of a first visit spoke over the next question, sixty times."""
    block = StatusBlock(theme, announces=True)
    for left in range(5, 0, -1):
        block.show_state("not_checked", "Not complete", count=f"{left} left")
        assert block.lines == (f"{left} left",)
        assert f"{left} left" in block.accessibleName()
    block.show_state("absolute", count="1 left")
    block.show_state("not_checked", "Not complete", count="1 left")
    assert said == [
        "Safety status: Not complete. 5 left",
        "Safety status: Do not treat. 1 left",
        "Safety status: Not complete. 1 left",
    ]


def test_a_step_tells_its_place_and_state(theme: Theme) -> None:
    step = RailStep(theme, 4, 7, "Plan & expectations")
    step.show_state("half", current=True)
    assert step.accessibleName() == "Step 4 of 7, Plan & expectations, partly done, current"
    step.show_state("stop", current=False)
    assert step.accessibleName() == "Step 4 of 7, Plan & expectations, active stop"


def test_every_state_of_a_step_looks_different(theme: Theme, put: Put) -> None:
    step = RailStep(theme, 4, 7, "Plan")
    put(step)
    seen = []
    for state in ("empty", "half", "done", "stop"):
        for current in (False, True):
            step.show_state(state, current=current)
            seen.append(step.grab().toImage())
    assert all(one != other for i, one in enumerate(seen) for other in seen[i + 1 :])


def test_a_compact_step_shows_its_name_as_tool_tip(theme: Theme) -> None:
    step = RailStep(theme, 1, 7, "Start")
    step.set_compact(on=True)
    assert step.toolTip() == "Start"
    with pytest.raises(ValueError, match="soon"):
        step.show_state("soon", current=False)


def test_a_notice_can_be_dismissed_and_shown_again(theme: Theme, put: Put, qtbot: QtBot) -> None:
    notice = Notice(theme, "The event lies inside the usual recovery time.")
    put(notice)
    with qtbot.waitSignal(notice.dismissed, timeout=1000):
        QTest.mouseClick(notice._close, LEFT)
    assert not notice.isVisible()
    notice.show_text("Saving failed.", "stop")
    assert notice.isVisible()
    assert notice.accessibleName() == "Saving failed."


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_a_line_of_a_notice_is_no_longer_than_an_eye_follows(
    theme: Theme, put: Put, percent: int
) -> None:
    said = "The day of the visit lies before that of the last one. "
    theme.set_text_percent(percent)
    notice = Notice(theme, said * 6)
    put(notice).resize(2400, 400)
    QApplication.processEvents()

    line = notice._text
    letters = line.width() / line.fontMetrics().horizontalAdvance(said) * len(said)
    assert 70 < letters < 90
    assert line.height() >= line.heightForWidth(line.width()), "all of it is seen"
    assert notice._close.geometry().right() > notice.width() - 10, "dismissed where it always is"


def test_the_ring_shows_only_while_the_keyboard_is_in_use(
    theme: Theme, put: Put, press: Press, qtbot: QtBot
) -> None:
    one, other = Button(theme, "One"), Chip(theme, "Other")
    window = put(one, other)
    ring = FocusRing(window, theme)
    one.setFocus()
    assert not ring.isVisible()
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(ring.isVisible, timeout=1000)
    assert ring.target is other
    assert ring.geometry().contains(other.mapTo(window, other.rect().center()))
    QTest.mouseClick(one, LEFT)
    qtbot.waitUntil(lambda: not ring.isVisible(), timeout=1000)


def test_a_key_that_takes_the_keyboard_elsewhere_shows_where_it_went(
    theme: Theme, put: Put, qtbot: QtBot
) -> None:
    """After a click, F6 or a jump to what is still needed led to a field that nothing marked."""
    one, other, line = Button(theme, "One"), Button(theme, "Other"), QLineEdit()
    window = put(one, other, line)
    ring = FocusRing(window, theme)
    QShortcut(QKeySequence("Ctrl+J"), window, other.setFocus)
    QTest.mouseClick(line, LEFT)
    QTest.keyClicks(line, "text")
    assert not ring.isVisible(), "who types into a field that was clicked sees the cursor"
    QTest.keyClick(line, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(ring.isVisible, timeout=1000)
    assert ring.target is other
    QTest.mouseClick(one, LEFT)
    other.setFocus()
    qtbot.waitUntil(lambda: not ring.isVisible(), timeout=1000)


def test_a_page_that_only_takes_keys_has_no_ring(
    theme: Theme, put: Put, press: Press, qtbot: QtBot
) -> None:
    """The whole screen of the patient was ringed when a key opened it."""
    one, other, page = Button(theme, "One"), Button(theme, "Other"), QWidget()
    page.setMinimumSize(200, 100)
    ring = FocusRing(put(one, other, page), theme)
    one.setFocus()
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(ring.isVisible, timeout=1000)
    page.setFocus()
    qtbot.waitUntil(lambda: not ring.isVisible(), timeout=1000)


def test_the_ring_stays_within_the_page_that_scrolls(theme: Theme, put: Put, qtbot: QtBot) -> None:
    """It lay over the heading of the page once its control was scrolled away beneath it."""
    pane, heading = ScrollPane(theme), QLabel("Heading")
    fields = [QLineEdit() for _ in range(12)]
    for field in fields:
        field.setMinimumHeight(60)
        pane.body.addWidget(field)
    window = put(heading, pane, height=400)
    ring = FocusRing(window, theme, keyboard=True)
    fields[1].setFocus()
    qtbot.waitUntil(ring.isVisible, timeout=1000)
    bar, top = pane.verticalScrollBar(), pane.viewport().mapTo(window, QPoint(0, 0)).y()

    bar.setValue(fields[1].y() + 40)
    qtbot.waitUntil(lambda: ring.height() < fields[1].height(), timeout=1000)
    assert ring.y() >= top - 6
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: not ring.isVisible(), timeout=1000)


def test_the_ring_follows_a_region_and_moves_nothing(
    theme: Theme, put: Put, press: Press, qtbot: QtBot
) -> None:
    face = FaceMap(theme)
    window = put(face, width=340, height=560)
    ring = FocusRing(window, theme)
    face.select("nose")
    face.take_focus()
    before = face.region("chin").geometry()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: ring.isVisible() and ring.target is face.region("chin"), timeout=1000)
    assert face.region("chin").geometry() == before
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_a_dialog_has_a_ring_of_its_own_at_once_where_the_keyboard_opened_it(
    theme: Theme, put: Put, press: Press, qtbot: QtBot
) -> None:
    one, other = Button(theme, "One"), Button(theme, "Other")
    window = put(one, other)
    below = FocusRing(window, theme)
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(below.isVisible, timeout=1000)
    dialog = QDialog(window)
    keep = Button(theme, "Keep", parent=dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
    keep.setFocus()
    qtbot.waitUntil(lambda: dialog.findChild(FocusRing) is not None, timeout=1000)
    ring = dialog.findChild(FocusRing)
    assert ring is not None
    qtbot.waitUntil(ring.isVisible, timeout=1000)
    assert ring.geometry().contains(keep.geometry())
    assert len(dialog.findChildren(FocusRing)) == 1
    dialog.reject()


def test_the_ring_survives_the_death_of_its_target(
    theme: Theme, put: Put, press: Press, qtbot: QtBot
) -> None:
    one, other = Button(theme, "One"), Button(theme, "Other")
    window = put(one, other)
    ring = FocusRing(window, theme)
    one.setFocus()
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(ring.isVisible, timeout=1000)
    other.deleteLater()
    window.setFocus()
    qtbot.waitUntil(lambda: not ring.isVisible(), timeout=1000)


def test_a_signature_is_kept_as_strokes_of_any_size(theme: Theme, put: Put, qtbot: QtBot) -> None:
    pad = SignaturePad(theme)
    put(pad, width=480, height=260)
    paper = pad.paper
    with qtbot.waitSignal(pad.edited, timeout=1000) as told:
        QTest.mousePress(paper, LEFT, pos=QPoint(40, 40))
        QTest.mouseMove(paper, QPoint(120, 80))
        QTest.mouseRelease(paper, LEFT, pos=QPoint(120, 80))
    strokes = told.args[0]
    assert strokes == pad.strokes()
    assert all(0 <= x <= 1 and 0 <= y <= 1 for stroke in strokes for x, y in stroke)
    again = SignaturePad(theme)
    again.set_strokes(strokes)
    assert again.strokes() == strokes


def test_a_stroke_that_leaves_the_paper_ends_at_its_edge(theme: Theme, put: Put) -> None:
    pad = SignaturePad(theme)
    put(pad, width=480, height=260)
    QTest.mousePress(pad.paper, LEFT, pos=QPoint(40, 40))
    QTest.mouseMove(pad.paper, QPoint(-300, 4000))
    QTest.mouseRelease(pad.paper, LEFT, pos=QPoint(-300, 4000))
    assert pad.strokes()[0][-1] == (0.0, 1.0)


def test_clearing_tells_that_nothing_is_signed(theme: Theme, put: Put, qtbot: QtBot) -> None:
    pad = SignaturePad(theme)
    put(pad, width=480, height=260)
    pad.set_strokes((((0.1, 0.2), (0.3, 0.4)),))
    assert pad.paper.accessibleDescription() == "Signed; strokes: 1"
    with qtbot.waitSignal(pad.edited, timeout=1000) as told:
        QTest.mouseClick(pad._clear, LEFT)
    assert told.args == [()]
    assert not pad._clear.isEnabled()


class Asked(QObject):
    """Notes what a widget asks for: to be painted, or to be laid out anew."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.told: list[QEvent.Type] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note it."""
        if event.type() in {QEvent.Type.Paint, QEvent.Type.LayoutRequest}:
            self.told.append(event.type())
        return False


@pytest.mark.parametrize("kind", ["pill", "avatar"])
def test_what_is_shown_already_asks_for_nothing(kind: str, theme: Theme, put: Put) -> None:
    pill, avatar = StatusPill(theme), Avatar(theme)
    show: dict[str, tuple[QWidget, Callable[[str], None]]] = {
        "pill": (pill, lambda text: pill.show_state("clear", text, ("One line",))),
        "avatar": (avatar, avatar.set_initials),
    }
    widget, tell = show[kind]
    window = put(widget)
    tell("AM")
    for _ in range(3):
        QApplication.processEvents()
    asked = Asked(widget, window)

    tell("AM")
    QApplication.processEvents()
    assert asked.told == []

    tell("BM, who is another")
    QApplication.processEvents()
    assert QEvent.Type.Paint in asked.told


def test_a_pill_speaks_other_lines_of_the_same_headline(theme: Theme) -> None:
    pill = StatusPill(theme)
    pill.show_state("relative", "Decide", ("2 questions open",))
    pill.show_state("relative", "Decide", ("1 question open",))
    assert "1 question open" in pill.accessibleName()
    pill.show_state("defer", "Decide", ("1 question open",))
    assert pill.state == "defer"


def test_a_line_that_is_told_its_own_words_again_is_not_measured_again(theme: Theme) -> None:
    label = Label(theme, "Take care", wrap=True)
    high = label.heightForWidth(200)
    label.setText("Take care")
    assert label._heights == {(200, label.indent()): high}
    label.setText("Take care of the lips, and of the eyes as well")
    assert label.heightForWidth(200) > high
