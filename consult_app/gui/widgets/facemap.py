"""The map on which findings are placed: the face, and the body from the front and from behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import SeverityLegend
from consult_app.gui.widgets.figure import Place, list_figures, list_places, spread
from consult_app.gui.widgets.figure_canvas import FigureCanvas
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.map_edge import EdgeMarks, EdgeScale
from consult_app.gui.widgets.map_key import MapKey
from consult_app.gui.widgets.regions import Region, Told
from consult_app.gui.widgets.segmented import Option, Segmented, rove
from consult_app.gui.widgets.words import ENGLISH, Words

ROOMY = 380
"""From this height on the keys have room beneath the drawing; else they stand at its sides."""
EDGES = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)


class FigurePage(QWidget):
    """One drawing with the names of the patient's sides above it, never mirrored.

    Attributes:
        canvas: The drawing.
        captions: The names of the sides as they stand from left to right.
    """

    def __init__(self, theme: Theme, name: str, words: Words) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # anatomy never mirrors
        self.canvas = FigureCanvas(theme, name, words)
        names = [words.patients_right, words.patients_left]
        if self.canvas.turned:
            names.reverse()
        self.captions = [Label(theme, name, "caption", "text2") for name in names]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.canvas, 0, 0)
        for caption, edge in zip(self.captions, EDGES, strict=True):
            # No drawing reaches its upper corners.
            caption.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            grid.addWidget(caption, 0, 0, Qt.AlignmentFlag.AlignTop | edge)


class FaceMap(QWidget):
    """Face and body to choose from, with what was found there.

    Places are pairs of an area's id and a side: "right" and "left" are the patient's own,
    "" is the middle. Seen from the front the patient's right stands at the viewer's left. A place
    that two drawings show, such as the left thigh, is one place.

    Args:
        theme: The look.
        words: Names of areas and sides.
        parent: Qt owner.

    Attributes:
        selected: Emitted with area and side when a person chose a place.
        touched: Emitted after that where it was not by key.
        graded: Emitted with area, side and grade when a key from 0 to 4 was pressed.
        turned: Emitted with the name of a drawing when a person turned to it.
    """

    selected = Signal(str, str)
    touched = Signal()
    graded = Signal(str, str, int)
    turned = Signal(str)

    def __init__(
        self, theme: Theme, *, words: Words = ENGLISH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.map)
        self._theme, self._words = theme, words
        self._findings: Mapping[Place, tuple[Told, ...]] = {}
        self._before: dict[Place, frozenset[Place]] = {}
        self._outlined: frozenset[Place] = frozenset()
        self._hatched: dict[Place, frozenset[Place]] = {}
        self._planned: frozenset[Place] = frozenset()
        self._mark = words.in_plan
        self._chosen: Place | None = None
        self._made: dict[str, FigurePage] = {}
        self._stack = QStackedWidget()
        options = [Option(name, words.figures[name]) for name in list_figures()]
        self.tabs = Segmented(theme, words.map_part, options)
        self.tabs.edited.connect(self.turn)
        self.tabs.edited.connect(self.turned)
        self._legend = SeverityLegend(theme, words=words)
        self._key = MapKey(theme, words)
        self._edges = EdgeScale(theme, words), EdgeMarks(theme, words)
        self._elsewhere = Label(theme, "", "caption", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        column.addLayout(self._lay_sides(), 1)
        column.addWidget(self._legend)
        column.addWidget(self._key)
        column.addWidget(self._elsewhere)
        self.turn(options[0].id)

    def _lay_sides(self) -> QGridLayout:
        """Lay the keys at the sides over the lower corners, which the drawing then leaves."""
        sides = QGridLayout()
        sides.addWidget(self._stack, 0, 0)
        for key, edge in zip(self._edges, EDGES, strict=True):
            sides.addWidget(key, 0, 0, Qt.AlignmentFlag.AlignBottom | edge)
        return sides

    @property
    def figure(self) -> str:
        """The drawing that is shown: face, front or back."""
        return self.tabs.value() or ""

    @property
    def page(self) -> FigurePage:
        """The page of the drawing that is shown."""
        return self._made[self.figure]

    def set_findings(self, findings: Mapping[Place, tuple[Told, ...]]) -> None:
        """Show what was found in each place, strongest first, without a signal.

        A paired area told without a side shows on both sides. What the drawing shown does not
        have is named in words beneath it.
        """
        self._findings = findings
        self._show()

    def set_outline(self, places: Collection[Place]) -> None:
        """Mark where there was a finding at the visit before; an outline is never a finding.

        Those that the drawing shown does not have are named in words beneath it.
        """
        self._before = {place: spread((place,)) for place in places}
        self._outlined = frozenset().union(*self._before.values())
        self._show()

    def set_planned(self, places: Collection[Place], mark: str = "") -> None:
        """Mark what is to be treated; a larger area marks all its parts.

        Those that the drawing shown does not have are named in words beneath it. `mark` says where
        it is told; empty: in the plan.
        """
        self._mark = mark or self._words.in_plan
        self._hatched = {place: spread((place,)) for place in places}
        self._planned = frozenset().union(*self._hatched.values())
        self._show()

    def select(self, area: str, side: str = "") -> None:
        """Choose a place, without a signal; one that no drawing has raises KeyError."""
        place = (area, side)
        if place not in self.page.canvas.regions:
            self.turn(next((n for n in list_figures() if place in list_places(n)), ""))
        self._choose(place)

    def leave(self) -> None:
        """Choose no place."""
        self._choose(None)

    def selection(self) -> Place | None:
        """Return the chosen place, or None."""
        return self._chosen

    def region(self, area: str, side: str = "") -> Region:
        """Return the button of a place, on the drawing shown if it has it."""
        place = (area, side)
        shown = self.page.canvas.regions.get(place)
        return shown or next(
            page.canvas.regions[place]
            for page in self._made.values()
            if place in page.canvas.regions
        )

    def take_focus(self) -> None:
        """Put the keyboard on the chosen place, or on the first of the drawing shown."""
        regions = self.page.canvas.regions
        stop = regions.get(self._chosen) if self._chosen else None
        (stop or next(iter(regions.values()))).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Move the keys to the sides where the drawing needs the room beneath it."""
        super().resizeEvent(event)
        self._show_keys()

    def _show_keys(self) -> None:
        roomy = self.height() >= self._theme.px(ROOMY)
        planned = self._mark if self._planned else ""
        self._legend.setVisible(roomy)
        self._key.show_marks(
            planned=planned if roomy else "", outlined=roomy and bool(self._outlined)
        )
        scale, marks = self._edges
        shown = filter(None, (planned, self._words.last_time if self._outlined else ""))
        scale.show_scale(on=not roomy)
        marks.show_texts(*(() if roomy else shown))
        beside = 0 if roomy else max(key.find_width() for key in self._edges)
        self.page.canvas.leave_beside(beside)

    def turn(self, name: str) -> None:
        """Show a drawing, made when it is first shown; one that there is not raises KeyError."""
        if name not in self._made:
            if name not in list_figures():
                raise KeyError(name)
            self._made[name] = self._make(name)
        self.tabs.set_value(name)
        self._stack.setCurrentWidget(self._made[name])
        self._show()
        self._choose(self._chosen)

    def _make(self, name: str) -> FigurePage:
        page = FigurePage(self._theme, name, self._words)
        self._stack.addWidget(page)
        for place, region in page.canvas.regions.items():
            region.clicked.connect(lambda _on=True, there=place: self._touch(there))
            region.taken.connect(lambda there=place: self._press(there))
            region.graded.connect(lambda grade, there=place: self.graded.emit(*there, grade))
            region.walked.connect(lambda way, there=region: self._walk(there, way))
        return page

    def _press(self, place: Place) -> None:
        self._choose(place)
        self.selected.emit(*place)

    def _touch(self, place: Place) -> None:
        self._press(place)
        self.touched.emit()

    def _walk(self, region: Region, way: int) -> None:
        there = region.outline.neighbours[way]
        if there is not None:
            self.page.canvas.regions[there].setFocus(Qt.FocusReason.OtherFocusReason)
            self._press(there)

    def _choose(self, place: Place | None) -> None:
        self._chosen = place
        for page in self._made.values():
            for region in page.canvas.regions.values():
                region.choose(on=region.place == place)
            rove(page.canvas.regions.values())

    def _show(self) -> None:
        regions = self.page.canvas.regions
        for (area, side), region in regions.items():
            told = [*self._findings.get((area, side), ())]
            told += self._findings.get((area, ""), ()) if side else ()
            region.show_state(
                tuple(sorted(told, key=lambda finding: -finding[1])),
                planned=self._mark if (area, side) in self._planned else "",
                outlined=(area, side) in self._outlined,
            )
        self._show_keys()
        drawn = {area for area, _ in regions}
        elsewhere = [
            f"{self._words.area(*place)} {told[0][1] or self._words.ungraded.lower()}"
            for place, told in self._findings.items()
            if place[0] not in drawn and told
        ]
        before = sorted(
            self._words.area(*place)
            for place, parts in self._before.items()
            if not parts & regions.keys() and not self._findings.get(place)
        )
        planned = [
            self._words.area(*place)
            for place, parts in self._hatched.items()
            if not parts & regions.keys()
        ]
        told_of = (
            (self._words.elsewhere, elsewhere),
            (self._words.elsewhere_planned, sorted(planned)),
            (self._words.elsewhere_before, before),
        )
        lines = [
            words.format(places=", ".join(places), mark=self._mark)
            for words, places in told_of
            if places
        ]
        self._elsewhere.setText("\n".join(lines))
        self._elsewhere.setVisible(bool(lines))
