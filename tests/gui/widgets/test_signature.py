"""What is signed stays under the hand that signs."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.signature import SignaturePad


def test_a_signature_being_drawn_is_not_taken_from_under_the_hand(
    theme: Theme, qtbot: QtBot
) -> None:
    """A photograph that is kept meanwhile shows the panel anew, and undo may be pressed."""
    pad = SignaturePad(theme)
    qtbot.addWidget(pad)
    pad.resize(450, 200)
    pad.show()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad.paper, left, Qt.KeyboardModifier.NoModifier, QPoint(50, 50))
    pad.set_strokes(())
    QTest.mouseMove(pad.paper, QPoint(90, 60))
    QTest.mouseMove(pad.paper, QPoint(120, 40))
    QTest.mouseRelease(pad.paper, left, Qt.KeyboardModifier.NoModifier, QPoint(120, 40))

    assert len(pad.strokes()) == 1
    assert len(pad.strokes()[0]) > 1
    pad.set_strokes(())
    assert pad.strokes() == ()


def test_a_signature_taken_away_while_it_is_drawn_goes_on_in_none(
    theme: Theme, qtbot: QtBot
) -> None:
    """The next movement of the hand ended in a crash report."""
    pad = SignaturePad(theme)
    qtbot.addWidget(pad)
    pad.resize(450, 200)
    pad.show()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad.paper, left, Qt.KeyboardModifier.NoModifier, QPoint(50, 50))
    pad.clear()
    QTest.mouseMove(pad.paper, QPoint(90, 60))
    QTest.mouseRelease(pad.paper, left, Qt.KeyboardModifier.NoModifier, QPoint(120, 40))
    assert pad.strokes() == ()
