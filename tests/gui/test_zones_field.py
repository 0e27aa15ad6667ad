"""Where: several areas are ticked in one go, by key, mouse and finger alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.focus_ring import FocusRing
from consult_app.gui.zones_field import ZonesField
from consult_app.knowledge.loading.loader import load_pack
from consult_app.paths import find_resources


@pytest.fixture
def field(qtbot: QtBot, look: Theme) -> Iterator[ZonesField]:
    tree = load_pack(find_resources() / "content" / "microneedling").protocol.areas
    shown = ZonesField(look, "Where", tree)
    qtbot.addWidget(shown)
    shown.show()
    shown._open()
    yield shown
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def test_space_ticks_and_leaves_the_menu_open(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    for area in ("ears", "neck"):
        menu.setActiveAction(field._actions[area])
        QTest.keyClick(menu, Qt.Key.Key_Space)
        assert menu.isVisible()

    assert field.value() == ("ears", "neck")
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert field.value() == ("ears",), "pressed again it is taken away"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_escape_closes_all_branches_at_once(field: ZonesField) -> None:
    """It left the first of them over half the screen."""
    menu = field._menu
    assert menu is not None
    face = next(it for it in menu.actions() if it.menu() is not None)
    menu.setActiveAction(face)
    QTest.keyClick(menu, Qt.Key.Key_Right)
    branch = QApplication.activePopupWidget()
    assert branch is face.menu()

    QTest.keyClick(branch, Qt.Key.Key_Escape)

    assert QApplication.activePopupWidget() is None
    assert not menu.isVisible()


def test_enter_ticks_and_closes(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    menu.setActiveAction(field._actions["ears"])
    QTest.keyClick(menu, Qt.Key.Key_Return)

    assert field.value() == ("ears",)
    assert not menu.isVisible()


def test_the_mouse_ticks_and_leaves_the_menu_open(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    for area in ("ears", "neck"):
        spot = menu.actionGeometry(field._actions[area]).center()
        QTest.mouseMove(menu, spot)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=spot)

    assert field.value() == ("ears", "neck")
    assert menu.isVisible()


def test_done_closes_the_branch_and_what_it_stands_in(field: ZonesField) -> None:
    """Nothing said how a menu that stays open is closed."""
    menu = field._menu
    assert menu is not None
    menu.setActiveAction(next(it for it in menu.actions() if it.menu() is not None))
    QTest.keyClick(menu, Qt.Key.Key_Right)
    branch = QApplication.activePopupWidget()
    assert isinstance(branch, QMenu)
    cheeks = branch.actionGeometry(field._actions["cheeks"]).center()
    QTest.mouseClick(branch, Qt.MouseButton.LeftButton, pos=cheeks)
    assert branch.isVisible()

    done = branch.actions()[-1]
    QTest.mouseMove(branch, branch.actionGeometry(done).center())
    QTest.mouseClick(branch, Qt.MouseButton.LeftButton, pos=branch.actionGeometry(done).center())

    assert done.text() == "Done"
    assert field.value() == ("cheeks",)
    assert QApplication.activePopupWidget() is None
    assert not menu.isVisible()


def test_done_takes_no_further_column(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    listed = [it for it in menu.actions() if it.isVisible()]
    columns = {menu.actionGeometry(it).x() for it in listed}
    field._done.setVisible(False)
    QApplication.processEvents()
    assert len(columns) == len({menu.actionGeometry(it).x() for it in listed[:-1]})


def test_what_was_chosen_before_is_ticked_in_a_menu_made_later(
    qtbot: QtBot, look: Theme, field: ZonesField
) -> None:
    later = ZonesField(look, "Where", field._tree)
    qtbot.addWidget(later)
    later.set_value(("neck",))
    later._open()
    assert [area for area, action in later._actions.items() if action.isChecked()] == ["neck"]


def test_what_lies_in_two_areas_has_one_tick(field: ZonesField) -> None:
    """Taken back by undo the collarbone stayed ticked in one of its two places."""
    menu = field._menu
    assert menu is not None
    lines = [it for part in menu.findChildren(QMenu) for it in part.actions()]
    twice = [it for it in lines if it.text() == "Collarbone"]
    assert len(twice) == 2
    for it in twice:
        it.trigger()
        assert field.value() == ("collarbone",)
        field.set_value(None)
        assert not [again for again in twice if again.isChecked()]


def test_what_is_never_treated_stands_by_itself(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    listed = {area for area, action in field._actions.items() if action in menu.actions()}
    assert "ears" in listed
    assert not [area for area in listed if field._tree.is_prohibited(area)]

    field._actions["eyelid"].trigger()
    assert field.value() == ("eyelid",)


def test_a_letter_leads_to_what_begins_with_it(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_N)
    assert menu.activeAction() is field._actions["neck"]
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert field.value() == ("neck",)
    QTest.keyClick(menu, Qt.Key.Key_Q)
    assert menu.activeAction() is field._actions["neck"], "nothing begins with it"


def test_letters_lead_into_a_branch(field: ZonesField) -> None:
    """Typing cheek ended at Ears, as each letter was taken by itself and branches were left out."""
    menu = field._menu
    assert menu is not None
    QTest.keyClicks(menu, "c")
    branch = QApplication.activePopupWidget()
    assert isinstance(branch, QMenu)
    QTest.keyClicks(branch, "heek")

    assert branch.activeAction() is field._actions["cheeks"]
    QTest.keyClick(branch, Qt.Key.Key_Return)
    assert field.value() == ("cheeks",)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("upper lip", "upper_lip"),
        ("upper arm", "upper_arms"),
        ("lip", "upper_lip"),
        ("collarbone", "collarbone"),
        ("neck", "neck"),
    ],
)
def test_a_whole_name_leads_to_it_in_whatever_branch(
    field: ZonesField, typed: str, area: str
) -> None:
    """The space of *upper lip* ticked Upper arm, and the cold sores of the face were told there."""
    for letter in typed:
        open_now = QApplication.activePopupWidget()
        assert isinstance(open_now, QMenu)
        QTest.keyClicks(open_now, letter)
    assert field.value() is None

    last = QApplication.activePopupWidget()
    assert isinstance(last, QMenu)
    assert last.activeAction() is field._actions[area]
    QTest.keyClick(last, Qt.Key.Key_Space)
    assert field.value() == (area,)


def test_letters_lead_into_a_branch_from_right_to_left_too(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    for it in (menu, *menu.findChildren(QMenu)):
        it.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClicks(menu, "nos")
    branch = QApplication.activePopupWidget()
    assert isinstance(branch, QMenu)
    assert branch.activeAction() is field._actions["nose"]


def test_the_same_letter_again_leads_on(field: ZonesField) -> None:
    menu = field._menu
    assert menu is not None
    found = []
    for _ in range(3):
        QTest.keyClick(menu, Qt.Key.Key_B)
        found.append(menu.activeAction().text())
    assert len(set(found)) > 1
    assert {it[0] for it in found} == {"B"}


def test_a_branch_that_is_led_to_is_not_opened(field: ZonesField) -> None:
    """It stood open beside a menu that had the keyboard: another place was chosen, unseen."""
    menu = field._menu
    assert menu is not None
    menu.setActiveAction(field._actions["ears"])
    face = next(it for it in menu.actions() if it.menu() is not None)
    QTest.keyClicks(menu, face.text()[:3].lower())
    QApplication.processEvents()

    assert menu.activeAction() is face
    assert QApplication.activePopupWidget() is menu


def test_opened_by_a_key_it_begins_at_its_first_line_and_opens_no_branch(
    field: ZonesField, look: Theme
) -> None:
    """The arrow that should have led into the branch led through what stands beneath it."""
    menu = field._menu
    assert menu is not None
    menu.close()
    FocusRing(field, look)
    QTest.keyClick(field.button, Qt.Key.Key_Space)
    QApplication.processEvents()

    first = menu.actions()[0]
    assert first.menu() is not None
    assert menu.activeAction() is first
    assert QApplication.activePopupWidget() is menu
    QTest.keyClick(menu, Qt.Key.Key_Right)
    branch = QApplication.activePopupWidget()
    assert branch is first.menu()
    QTest.keyClick(branch, Qt.Key.Key_Down)
    assert menu.activeAction() is first
