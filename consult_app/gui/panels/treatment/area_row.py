"""One area as it was needled: depth, passes and end point, from the plan until confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.treatment import TreatedArea
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.number_field import NumberField
from consult_app.wording import t

FROM_PLAN = t("From the plan, not confirmed")
LEFT_OUT = t("0 mm: this area was not needled.")


class AreaRow(QWidget):
    """Edits one line; whatever is written confirms it.

    Attributes:
        edited: Carries the `TreatedArea`.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, name: str, end_points: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._value = TreatedArea(area="", concern="")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addWidget(Label(theme, name, "strong", wrap=True), 1)
        self.suggested = Tag(theme, FROM_PLAN, "info", "info")
        keeps = self.suggested.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # else all beneath moves as a line is confirmed
        self.suggested.setSizePolicy(keeps)
        head.addWidget(self.suggested)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.needled = _make_depth(theme)
        self.needled.set_spoken(t("Depth: {name}", name=name))
        self.passes = NumberField(theme, t("Passes"), lowest=0, highest=20)
        self.passes.set_spoken(t("Passes: {name}", name=name))
        self.end_point = ChoiceField(theme, t("End point"), end_points, empty=t("Not said"))
        self.end_point.set_spoken(t("End point: {name}", name=name))
        for field in (self.needled, self.passes):
            row.addWidget(field, 1)
        row.addWidget(self.end_point, 2)
        column.addLayout(row)
        self._whole = dict(end_points)
        self.reached = Label(theme, "", "caption", "text2", wrap=True)
        self.reached.hide()
        column.addWidget(self.reached)
        self.beyond = Label(theme, "", "label", "warn", wrap=True)
        self.beyond.hide()
        column.addWidget(self.beyond)
        self.needled.edited.connect(lambda value: self._tell(depth_mm=value))
        self.passes.edited.connect(
            lambda value: self._tell(passes=None if value is None else int(value))
        )
        self.end_point.edited.connect(lambda value: self._tell(end_point=value or ""))

    def show_area(self, value: TreatedArea, suggested: str = FROM_PLAN) -> None:
        """Show what is recorded, or where it comes from while nobody confirmed it."""
        self._value = value
        self.suggested.show_text(suggested, "info", "info")
        self.needled.set_value(value.depth_mm)
        self.passes.set_value(value.passes)
        self.end_point.set_value(value.end_point)
        whole = self._whole.get(value.end_point, "")
        self.reached.setText(whole)  # the field has no room for the longer ones
        self.reached.setVisible(bool(whole))
        self.suggested.setVisible(value.suggested)

    def show_beyond(self, words: str) -> None:
        """Say which limit the depth passes, or that the area was left out; empty for neither."""
        words = words or (LEFT_OUT if self._value.depth_mm == 0 else "")
        self.beyond.setText(words)
        self.beyond.setVisible(bool(words))

    def _tell(self, **changes: object) -> None:
        self._value = replace(self._value, suggested=False, **changes)  # type: ignore[arg-type] # its fields
        self.edited.emit(self._value)


def _make_depth(theme: Theme) -> NumberField:
    step = DepthSlider.STEP
    return NumberField(theme, t("Depth"), unit="mm", lowest=0, highest=5, decimals=2, step=step)
