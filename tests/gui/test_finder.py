"""Finding a command, a question or a medicine by any of its names."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui.finder import Finder
from consult_app.gui.sheets import Sheets
from consult_app.gui.theme import Theme
from consult_app.knowledge.loader import load_pack
from consult_app.paths import find_resources


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("Roaccutane", "item:isotretinoin"),
        ("eliquis", "item:anticoagulants"),
        ("isotretinoin", "item:isotretinoin"),
    ],
)
def test_a_brand_name_leads_to_the_question_about_the_medicine(
    qtbot: QtBot, typed: str, item: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pack = load_pack(find_resources() / "content" / "microneedling")
    went: list[str] = []
    Sheets(Theme("light"), pack, window).find(went.append)
    finder = next(child for child in window.findChildren(Finder))

    QTest.keyClicks(finder.search.control, typed)
    finder.list.itemActivated.emit(finder.list.currentItem())

    assert went == [item]
