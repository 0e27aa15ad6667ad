"""The patient view is light, whatever the look of the practitioner's window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.patient_view.choice import OwnAgreePanel
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.theme import Theme, load_tokens
from consult_app.gui.widgets.writing import Area
from tests.gui.conftest import room_of
from tests.gui.touring import workspace_of

LIGHT, DARK = load_tokens("light"), load_tokens("dark")
SURFACES = ("canvas", "surface")
SIDES = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)


@pytest.fixture(autouse=True)
def _still_cursor(qapp: QApplication) -> None:
    """No cursor blinks in a picture."""
    qapp.setCursorFlashTime(0)


@pytest.fixture(name="side", params=SIDES)
def _side(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Lay out from either side."""
    qapp.setLayoutDirection(request.param)
    yield
    qapp.setLayoutDirection(SIDES[0])


def settle() -> None:
    """Let what is shown be laid out and painted."""
    for _ in range(6):
        QApplication.processEvents()


def show(window: MainWindow, qtbot: QtBot) -> PatientView:
    """Open the patient view and wait for its words."""
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told)
    settle()
    return view


def picture(widget: QWidget) -> QImage:
    """Return what is seen of a widget."""
    settle()
    return widget.grab().toImage()


def walk(view: PatientView) -> list[QImage]:
    """Return pictures of every part and of what follows the last, each from top and to its end."""
    view.turn(-view.at)
    seen = []
    for at in range(view.count):
        assert view.slide is not None
        bar = view.slide.pane.verticalScrollBar()
        bar.setValue(bar.minimum())
        seen.append(picture(view))  # and laid out, so that its end is known
        bar.setValue(bar.maximum())
        seen.append(picture(view))
        if at < view.count - 1:
            view.turn(1)
    return seen


def colours(image: QImage) -> set[str]:
    """Return every colour of a picture."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in places}


def names(*inks: QColor) -> set[str]:
    """Return colours as `colours` tells them."""
    return {ink.name() for ink in inks}


def choice_of(view: PatientView) -> OwnAgreePanel:
    """Turn to the patient's own choice."""
    view.turn(view.count - 1 - view.at)
    assert isinstance(view.slide, OwnAgreePanel)
    return view.slide


@pytest.mark.usefixtures("side")
def test_no_part_of_it_shows_the_look_of_the_window(
    window: MainWindow, look: Theme, qtbot: QtBot
) -> None:
    """It is the same to the dot in either look, and also when that is changed beneath it."""
    window.show_visit(window.desk.sample_visit())
    expected = walk(show(window, qtbot))
    window.run("patient_view")

    look.choose("dark")
    view = show(window, qtbot)

    assert len(expected) > 12
    assert walk(view) == expected
    for name in ("light", "dark"):
        look.choose(name)
        assert walk(view) == expected, name


def test_the_work_stays_dark(window: MainWindow, look: Theme, qtbot: QtBot) -> None:
    look.choose("dark")
    window.show_visit(replace(window.desk.sample_visit(), panel="goals"))
    before, sheet = colours(picture(window)), QApplication.instance().styleSheet()  # type: ignore[union-attr] # there is one
    light, dark = (names(*(it[name] for name in SURFACES)) for it in (LIGHT, DARK))
    assert dark <= before
    assert not light & before

    view = show(window, qtbot)
    assert names(LIGHT["canvas"]) <= colours(picture(window))
    assert picture(workspace_of(window)).pixelColor(2, 300) == DARK["surface"]
    choice_of(view)
    window.run("patient_view")

    after = colours(picture(window))
    assert dark <= after
    assert not light & after
    assert QApplication.palette().color(QApplication.palette().ColorRole.Window) == DARK["canvas"]
    assert QApplication.instance().styleSheet() == sheet  # type: ignore[union-attr] # there is one


def test_what_opens_over_it_is_light(window: MainWindow, look: Theme, qtbot: QtBot) -> None:
    """Tips and the menus of fields are windows of their own, for which the sheet counts too."""
    look.choose("dark")
    window.show_visit(window.desk.sample_visit())
    view = show(window, qtbot)

    QToolTip.showText(view.end.mapToGlobal(QPoint()), view.end.toolTip(), view.end)
    (tip,) = [it for it in QApplication.topLevelWidgets() if it.inherits("QTipLabel")]
    assert names(LIGHT["text"], LIGHT["surface"]) <= colours(picture(tip))
    QToolTip.showText(QPoint(), "Work", workspace_of(window).banner.lock)
    (tip,) = [it for it in QApplication.topLevelWidgets() if it.inherits("QTipLabel")]
    assert names(DARK["text"], DARK["surface"]) <= colours(picture(tip))
    QToolTip.hideText()

    field = choice_of(view).findChildren(Area)[0]
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
    menu = field.createStandardContextMenu()
    menu.popup(field.mapToGlobal(QPoint()))
    assert isinstance(menu, QMenu)
    seen = colours(picture(menu))
    assert names(LIGHT["surface"], LIGHT["text3"]) <= seen
    assert not names(DARK["surface"], DARK["text"]) & seen
    menu.close()


def test_the_ring_goes_by_what_it_lies_on(frame: Frame, look: Theme, qtbot: QtBot) -> None:
    look.choose("dark")
    room = room_of(frame)
    room.show_visit(room.desk.sample_visit())
    view = show(room, qtbot)

    view.onward.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.onward, Qt.Key.Key_Backtab)
    qtbot.waitUntil(frame.ring.isVisible)
    seen = colours(picture(frame.ring))
    assert LIGHT["focus"].name() in seen
    assert DARK["focus"].name() not in seen

    room.run("patient_view")
    QTest.keyClick(room, Qt.Key.Key_Tab)
    qtbot.waitUntil(frame.ring.isVisible)
    assert DARK["focus"].name() in colours(picture(frame.ring))


def test_it_follows_contrast_and_text_size(window: MainWindow, look: Theme, qtbot: QtBot) -> None:
    look.choose("dark")
    window.show_visit(window.desk.sample_visit())
    view = show(window, qtbot)
    firm = load_tokens("light", high_contrast=True)
    before, ends = view.theme.text_percent, view.end.height()

    QApplication.styleHints().accessibility().contrastPreferenceChanged.emit(
        Qt.ContrastPreference.HighContrast
    )
    assert view.theme.color("card_line") == firm["card_line"] != LIGHT["card_line"]
    look.set_text_percent(130)
    view.use(window.desk)
    settle()

    assert view.theme.text_percent > before
    assert view.end.height() > ends
    assert not view.theme.dark


def test_what_stands_there_until_the_words_come_is_light_too(
    window: MainWindow, look: Theme
) -> None:
    """A black block stood beneath *One moment*."""
    look.choose("dark")
    window.show_visit(window.desk.sample_visit())
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    assert not view.is_told
    assert view.slide is not None
    seen = view.grab().toImage()
    below = view.slide.pane.viewport()
    for place in (QPoint(5, below.height() - 5), QPoint(below.width() // 2, below.height() // 2)):
        shade = seen.pixelColor(below.mapTo(view, place))
        assert shade == view.theme.color("canvas"), place
