"""The keys of the map, where the drawing leaves no room beneath it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.figure import list_figures
from consult_app.gui.widgets.map_edge import EdgeKey
from tests.gui.painted_words import seen

WIDTH = 278
"""Of the map in its card beside the form."""


@pytest.fixture
def face(theme: Theme, put: Callable[..., QMainWindow]) -> FaceMap:
    """A map with a plan and the visit before, as low as in a window of 960x540."""
    widget = FaceMap(theme)
    put(widget, width=WIDTH, height=316)
    widget.set_planned({("nose", "")})
    widget.set_outline({("cheeks", "left")})
    return widget


def list_keys(face: FaceMap) -> list[str]:
    """Return what the keys in sight say."""
    for _ in range(3):
        QApplication.processEvents()
    keys = [it for it in seen(face) if it.height() and not isinstance(it, EdgeKey)]
    keys = [it for it in keys if it in (face._legend, face._key)]
    edges: list[QWidget] = [it for it in face._edges if it.height()]
    return [it.accessibleName() for it in (*keys, *edges)]


@pytest.mark.parametrize("height", [240, 316, 379, 381, 560])
def test_what_the_colours_and_marks_mean_is_told_at_every_height(
    face: FaceMap, height: int
) -> None:
    """In a small window nothing said what the dashed area was."""
    face.window().resize(WIDTH, height)
    for name in list_figures():
        face.turn(name)
        grades, marks = list_keys(face)
        assert grades.endswith("3 Marked, 4 Severe")
        assert marks == "In the plan, Seen last visit"


@pytest.mark.parametrize("percent", [100, 130])
def test_the_keys_stand_beside_the_drawing_and_not_over_it(
    face: FaceMap, theme: Theme, percent: int
) -> None:
    theme.set_text_percent(percent)
    face.window().resize(theme.px(WIDTH), theme.px(316))
    for name in list_figures():
        face.turn(name)
        assert len(list_keys(face)) == 2
        canvas = face.page.canvas
        shift = canvas.mapTo(face, QPoint())
        drawn = canvas.transform().mapRect(QRectF(*canvas._picture.view)).translated(shift)
        for key in face._edges:
            place = QRectF(key.geometry())
            assert face._stack.geometry().contains(key.geometry()), (name, "whole")
            assert not place.intersects(drawn), name
            assert place.top() > shift.y() + face.page.captions[0].height(), name


def test_a_mark_that_is_not_on_the_map_is_not_in_its_keys(face: FaceMap) -> None:
    face.set_planned(())
    assert list_keys(face)[1:] == ["Seen last visit"]
    face.set_outline(())
    assert len(list_keys(face)) == 1
    assert face._edges[1].accessibleName() == ""
