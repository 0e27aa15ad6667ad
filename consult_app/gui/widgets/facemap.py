"""The map on which findings are placed: the face as drawn, the body as a list of buttons."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.body_areas import BODY_AREAS, SCAR_SITES, BodyAreas
from consult_app.gui.widgets.cards import SeverityLegend
from consult_app.gui.widgets.face_canvas import FaceCanvas
from consult_app.gui.widgets.figure import Place, load_picture
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.regions import AreaButton, FaceRegion
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.segmented import ARROWS, Option, Segmented, rove
from consult_app.gui.widgets.words import ENGLISH, Words

_FACE, _BODY = "face", "body"


class FaceMap(QWidget):
    """Face and body to choose from, with the grade of what was found.

    Places are pairs of an area's id and a side: "right" and "left" are the patient's own,
    "" is the middle. The patient's right always stands at the viewer's left.

    Args:
        theme: The look.
        words: Names of areas and sides.
        parent: Qt owner.

    Attributes:
        selected: Emitted with area and side when a person chose a place.
        graded: Emitted with area, side and grade when a key from 0 to 4 was pressed.
    """

    selected = Signal(str, str)
    graded = Signal(str, str, int)

    def __init__(
        self, theme: Theme, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.face_map)
        self._words = words
        self.canvas = FaceCanvas(theme, words)
        self._body = BodyAreas(theme, words)
        self._buttons: dict[Place, AreaButton] = {**self.canvas.regions, **self._body.buttons}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for button in self._buttons.values():
            self._adopt(button)
        self._tabs = Segmented(
            theme,
            words.map_part,
            [Option(_FACE, words.face_tab), Option(_BODY, words.body_tab)],
        )
        self._tabs.set_value(_FACE)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_face_page(theme))
        self._pane = ScrollPane(theme)
        self._pane.body.addWidget(self._body)
        self._pane.body.addStretch(1)
        self._pages.addWidget(self._pane)
        self._tabs.edited.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(SeverityLegend(theme, words=words))
        self._settle()

    def set_findings(self, findings: Mapping[Place, int]) -> None:
        """Show the strongest grade per place, without a signal.

        A paired area told without a side shows on both sides. Areas that the map does not
        draw, such as a group of areas, show nowhere; the list beside the map names them.
        """
        for place, button in self._buttons.items():
            own = findings.get(place, 0)
            both = findings.get((place[0], ""), 0)
            grade = max(own, both)
            if grade != button.grade:
                button.show_grade(grade)

    def set_outline(self, places: Collection[Place]) -> None:
        """Mark where there was a finding at the visit before; an outline is never a finding."""
        for place, button in self._buttons.items():
            button.outlined = place in places or (place[0], "") in places
            button.update()

    def select(self, area: str, side: str = "") -> None:
        """Choose a place, without a signal; one that the map does not have raises KeyError."""
        button = self._buttons[area, side]
        part = _FACE if isinstance(button, FaceRegion) else _BODY
        self._tabs.set_value(part)
        self._turn(part)
        button.setChecked(True)
        self._settle()
        if part == _BODY:
            self._pane.show_widget(button)

    def selection(self) -> Place | None:
        """Return the chosen place, or None."""
        return next((p for p, button in self._buttons.items() if button.isChecked()), None)

    def region(self, area: str, side: str = "") -> AreaButton:
        """Return the button of a place."""
        return self._buttons[area, side]

    def places(self) -> tuple[Place, ...]:
        """Return every place in reading order, for a menu of all of them."""
        return tuple(self._buttons)

    def take_focus(self) -> None:
        """Put the keyboard on the chosen place, or on the first of the part shown."""
        shown = self._shown()
        stop = next((button for button in shown if button.isChecked()), shown[0])
        stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _adopt(self, button: AreaButton) -> None:
        self._group.addButton(button)
        button.clicked.connect(lambda _on=True, place=button.place: self._choose(place))
        button.graded.connect(lambda grade, place=button.place: self.graded.emit(*place, grade))
        button.walked.connect(lambda key, place=button.place: self._walk(place, key))

    def _make_face_page(self, theme: Theme) -> QWidget:
        page = QWidget()
        page.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # anatomy never mirrors
        sides = QHBoxLayout()
        self.right_caption = Label(theme, self._words.patients_right, "caption", "text2")
        self.left_caption = Label(theme, self._words.patients_left, "caption", "text2")
        sides.addWidget(self.right_caption)
        sides.addStretch(1)
        sides.addWidget(self.left_caption)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(sides)
        column.addWidget(self.canvas, 1)
        return page

    def _turn(self, part: str) -> None:
        self._pages.setCurrentIndex(0 if part == _FACE else 1)

    def _choose(self, place: Place) -> None:
        self._settle()
        self.selected.emit(*place)

    def _walk(self, place: Place, key: int) -> None:
        button = self._buttons[place]
        if isinstance(button, FaceRegion):
            there = button.neighbour(key)
        else:
            there = self._step(place, ARROWS[Qt.Key(key)])
        if there is not None:
            target = self._buttons[there]
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            target.click()

    def _step(self, place: Place, way: int) -> Place | None:
        areas = BODY_AREAS + SCAR_SITES
        index = areas.index(place[0]) + way
        return (areas[index], "") if 0 <= index < len(areas) else None

    def _shown(self) -> list[AreaButton]:
        on_face = self._tabs.value() != _BODY
        return [b for b in self._buttons.values() if isinstance(b, FaceRegion) == on_face]

    def _settle(self) -> None:
        buttons = list(self._buttons.values())
        rove([button for button in buttons if isinstance(button, FaceRegion)])
        rove([button for button in buttons if not isinstance(button, FaceRegion)])


def list_face_areas() -> tuple[Place, ...]:
    """Return the places of the drawn face in reading order."""
    return tuple(outline.place for outline in load_picture("face").regions)
