"""The device of the practice: which it is, and what is printed on it."""

from __future__ import annotations

from collections.abc import Iterable

from consult_app.errors import ConsultError
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.fields import Field, TextField
from consult_app.gui.widgets.number_field import NumberField
from consult_app.knowledge.protocol.concern import Device
from consult_app.settings import DEEPEST_MM, SHALLOWEST_MM, Practice
from consult_app.values import replace
from consult_app.wording import t

PROFILES = (
    ("generic", t("Any other device")),
    ("skinpen_precision", "SkinPen Precision"),
    ("exceed", "Exceed"),
)


class DeviceFields:
    """Edits what the settings say of the device; what is not offered here stays as it was."""

    def __init__(self, theme: Theme, devices: Iterable[Device]) -> None:
        self.profile = ChoiceField(theme, t("Which"), PROFILES)
        asked = t("Empty: each plan asks for it.")
        self.label_max = make_depth(theme, t("Deepest setting on its label"), asked)
        self.serial = TextField(theme, t("Serial number"))
        kinds = [(it.id, it.label) for it in devices if not it.out_of_scope]
        self.kind = ChoiceField(theme, t("Kind of device"), kinds, empty=t("None of these"))
        self.fields: list[Field] = [self.profile, self.label_max, self.serial, self.kind]

    def show_practice(self, practice: Practice) -> None:
        """Show what is kept."""
        self.profile.set_value(practice.device_profile)
        self.label_max.set_value(practice.device_label_max_mm)
        self.serial.set_text(practice.device_serial)
        self.kind.set_value(practice.device_kind)

    def fill_in(self, practice: Practice) -> Practice:
        """Return the practice with what the fields say."""
        return replace(
            practice,
            device_profile=self.profile.value() or practice.device_profile,
            device_label_max_mm=self.label_max.value(),
            device_serial=self.serial.text().strip(),
            device_kind=self.kind.value() or practice.device_kind,
        )

    def check(self) -> None:
        """Never plan by another depth than was written.

        Raises:
            ConsultError: What is written is no depth that a label names.
        """
        title = t("The deepest setting of the device is not one")
        advice = t("Write what its label says, from {lowest} to {highest} mm.")
        check_depth(self.label_max, title, advice)


def make_depth(theme: Theme, label: str, help_text: str) -> NumberField:
    """Return a field for how deep a device, or a practitioner, may go; empty for not set."""
    return NumberField(
        theme,
        label,
        unit="mm",
        lowest=SHALLOWEST_MM,
        highest=DEEPEST_MM,
        decimals=2,
        step=DepthSlider.STEP,
        help_text=help_text,
    )


def check_depth(field: NumberField, title: str, advice: str) -> None:
    """Give the keyboard to a field in which no depth is written.

    Raises:
        ConsultError: There is something in it, and it is none.
    """
    if field.pending():
        field.control.setFocus()
        raise ConsultError(title, advice.format(lowest=SHALLOWEST_MM, highest=DEEPEST_MM))
