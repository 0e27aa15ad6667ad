"""The names of the numbing creams are read whole in the treatment record."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame

from consult_app.domain.treatment import Consumable
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.test_beyond_limits import begin
from tests.gui.touring import make_last


@pytest.mark.parametrize("name", ["Lidocaine 4%", "Lidocaine 2.5% + prilocaine 2.5%"])
def test_the_name_of_a_cream_is_read_whole(window: MainWindow, desk: Desk, name: str) -> None:
    """At 1366 dots its last strength was cut."""
    window.resize(1366, 768)
    workspace, panel = begin(window, desk, make_last(desk))
    workspace.session.set("treatment.numbing", Consumable(name=name))
    QApplication.processEvents()

    line = panel.numbing.name.control
    assert isinstance(line, QLineEdit)
    assert line.text() == name
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    assert line.fontMetrics().horizontalAdvance(name) < room.width()
