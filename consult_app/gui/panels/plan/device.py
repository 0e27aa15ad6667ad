"""Device, numbing cream and add-ons of the plan."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.domain.history import Numbing
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.gui.phrases import begin_lower, write_sentence
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NumberField
from consult_app.knowledge.planning.numbing import AMOUNT_OPEN, PACK_LIMITS
from consult_app.knowledge.protocol.concern import Device
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.values import replace
from consult_app.wording import t

BESIDE = (
    (0, 0, 1, 2),
    (0, 2, 1, 1),
    (1, 0, 1, 3),
    (2, 0, 1, 2),
    *((3, column, 1, 1) for column in range(3)),
)
"""Where its fields stand while there is room beside each other, as a grid has it."""
NO_CREAM = "none"
"""A product like the others: that there is to be none was said."""
ONCE = t("Written once in Settings, it stands in every plan.")
AMOUNT = (t("Amount"), t("Pack limit"))
AREA = (t("Area"), t("Pack area"))
"""What is asked for of a cream, and of one whose limits only its pack names."""
FROM_PACK = t("Until it is typed in, the handout does not say that the cream is put on.")
BESIDE_CREAM = frozenset({AMOUNT_OPEN, PACK_LIMITS})
"""What is told beside a cream whose limits its pack names, and settled there with two amounts."""
CHOOSE = t("Choose what is put on as the numbing cream, with its own amounts.")
USABLE = {"yes", "addon", "prescriber"}


class DeviceCard(Card):
    """Edits these fields of the plan request.

    Attributes:
        edited: Carries the changed fields by name.
    """

    edited = Signal(dict)

    def __init__(self, theme: Theme, protocol: Protocol) -> None:
        super().__init__(theme, t("Device, numbing, add-ons"))
        self._products = protocol.plan.numbing
        self._topicals = protocol.plan.topical
        self._devices = protocol.device_by_id
        self._others: tuple[str, ...] = ()
        devices = [(item.id, item.label) for item in protocol.devices if not item.out_of_scope]
        self.device = ChoiceField(theme, t("Device"), devices)
        self.label_max = NumberField(
            theme,
            t("Deepest setting on its label"),
            unit="mm",
            lowest=0.25,
            highest=2.5,
            decimals=2,
            step=DepthSlider.STEP,
        )
        products = [(item.id, item.label) for item in self._products]
        self.numbing = ChoiceField(
            theme,
            t("Numbing cream"),
            products,
            help_text=_tell_pain(protocol),
            empty=t("Not said"),
        )
        self.grams = NumberField(theme, AMOUNT[0], unit="g", lowest=0, decimals=1)
        self.area = NumberField(theme, AREA[0], unit="cm²", lowest=0)
        self.minutes = NumberField(theme, t("Time on"), unit="min", lowest=0)
        self._amounts = (self.grams, self.area, self.minutes)
        self._kind = self._cream = ""
        self._given = Numbing()
        self._lay_out()
        self._add_allergy()
        self._add_topicals()
        self._connect()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(self.theme.px(12))
        for column in range(len(self._amounts)):  # as wide without the amounts of a cream
            self._grid.setColumnStretch(column, 1)
        self.other = Notice(self.theme, "", "info", parent=self)
        self.other.set_dismissible(on=False)
        self.place(False)
        self.add(self._grid)

    def place(self, narrow: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Put the fields beside each other, or beneath where there is no room for that."""
        fields = (self.device, self.label_max, self.other, self.numbing, *self._amounts)
        for row, (field, beside) in enumerate(zip(fields, BESIDE, strict=True)):
            self._grid.addWidget(field, *((row, 0, 1, 3) if narrow else beside))

    def _add_allergy(self) -> None:
        self.allergy = Notice(self.theme, "", "warn", parent=self)
        self.unjudged = Notice(self.theme, "", "info", parent=self)
        self.replaced = Notice(self.theme, "", "warn", parent=self)
        for notice in (self.allergy, self.unjudged, self.replaced):
            notice.set_dismissible(on=False)
            self.add(notice)

    def _add_topicals(self) -> None:
        theme, topicals = self.theme, self._topicals
        fit = [(item.id, item.short or item.label) for item in topicals if item.allowed in USABLE]
        unfit = [(item.id, item.label, "stop") for item in topicals if item.allowed == "no"]
        self.addons = ChipGroup(theme, t("Goes on the needled skin"), fit)
        self.refused = ChipGroup(theme, t("Must not touch needled skin"), unfit)
        self.more = Fold(theme, t("Must not touch needled skin for 24 hours"))
        self.more.body.addWidget(self.refused)
        self.add(Label(theme, t("Goes on the needled skin"), "label", "text2"))
        self.add(self.addons)
        self.add(self.more)

    def show_request(self, plan: PlanRequest, other: str = "", *, once: bool = False) -> None:
        """Show the fields as recorded, and that the practice has another device.

        Args:
            plan: What is recorded.
            other: That it has; empty where it has not.
            once: Say that the label has to be written only once.
        """
        self.label_max.set_help(ONCE if once else "")
        self.other.show_text(other)
        self._kind = plan.device_kind
        self.device.set_value(plan.device_kind)
        kind = self._devices.get(plan.device_kind)
        self.device.set_help(_describe(kind) if kind else "")
        self.label_max.set_value(plan.device_label_max_mm)
        self._show_addons(plan.addons)
        numbing = plan.numbing
        code = numbing.product if numbing else None
        found = next((item.id for item in self._products if code in (item.id, *item.also)), "")
        self._cream, self._given = found, numbing or Numbing()
        self.numbing.set_value(found)
        self.grams.set_value(numbing.grams if numbing else None)
        self.area.set_value(numbing.area_cm2 if numbing else None)
        self.minutes.set_value(numbing.minutes if numbing else None)
        for field in self._amounts:
            field.setVisible(found not in ("", NO_CREAM) or bool(code and not found))
        self._ask_pack(found)

    def find_open(self) -> QWidget:
        """Return what is not said of the cream: which it is, or the first of its amounts."""
        empty = [it for it in self._amounts if not it.isHidden() and it.value() is None]
        return (empty[0] if empty else self.numbing).control

    def _ask_pack(self, product: str) -> None:
        """Ask for the most that the pack allows where the content has no limits of a cream."""
        asks = any(it.id == product and it.pack_limits for it in self._products)
        for field, words in ((self.grams, AMOUNT), (self.area, AREA)):
            field.set_label(words[asks])
        # Once is enough for both: beneath the first that is open.
        empty = next((it for it in (self.grams, self.area) if it.value() is None), None)
        for field in (self.grams, self.area):
            field.set_help(FROM_PACK if asks and field is empty else "")

    def show_allergies(self, written: tuple[str, ...], unjudged: tuple[str, ...]) -> None:
        """Say which allergies are written that no answer settles, or nothing judges.

        Args:
            written: Those to what creams hold, as they are written; empty where nothing is.
            unjudged: Those that the content does not know.
        """
        told = t(
            "Written among the allergies: {written}. Ask before any cream is used, and answer the "
            "question about numbing cream on Safety.",
            written=", ".join(written),
        )
        self.allergy.show_text(told if written else "")
        told = t("Not judged by Consult, you decide: {list}", list=", ".join(unjudged))
        self.unjudged.show_text(told if unjudged else "", "info")

    def show_plan(self, plan: Plan | None) -> None:
        """Say beside the cream when the plan goes by another one, or by none for now, and why."""
        changes = plan.adjustments if plan is not None else ()
        told = [it.reason for it in changes if it.field == "numbing.product"]
        told += [CHOOSE] if told else []
        notes = plan.warnings if plan is not None else ()
        told += [it.text for it in notes if it.id == PACK_LIMITS]
        self.replaced.show_text(" ".join(told))

    def _connect(self) -> None:
        self.device.edited.connect(self._change_device)
        self.label_max.edited.connect(
            lambda value: self.edited.emit({"device_label_max_mm": value})
        )
        self.addons.edited.connect(lambda _: self._tell_addons())
        self.refused.edited.connect(lambda _: self._tell_addons())
        self.numbing.edited.connect(lambda _: self._change_cream())
        for field in self._amounts:
            field.edited.connect(lambda _: self._tell_numbing())

    def _show_addons(self, addons: tuple[str, ...]) -> None:
        """Show what is planned; what no chip stands for is kept as it is."""
        names = {name: item.id for item in self._topicals for name in (item.id, *item.also)}
        ids = [names.get(addon, addon) for addon in addons]
        self.addons.set_chosen(ids)
        self.refused.set_chosen(ids)
        asked = self.refused.chosen()
        self.more.show_summary(t("{n} asked for and taken out", n=len(asked)) if asked else "")
        self._others = tuple(addon for addon in addons if addon not in names)

    def _tell_addons(self) -> None:
        chosen = (*self.addons.chosen(), *self.refused.chosen(), *self._others)
        self.edited.emit({"addons": chosen})

    def _change_device(self, kind: str) -> None:
        """Take another kind of device, whose label nobody has read yet."""
        if kind != self._kind:
            self.label_max.forget()
            self.edited.emit({"device_kind": kind, "device_label_max_mm": None})

    def _change_cream(self) -> None:
        """Take another cream, of which nobody said how much; amounts are those of one cream."""
        if self.numbing.value() != self._cream:
            for field in self._amounts:
                field.forget()
        self._tell_numbing()

    def _tell_numbing(self) -> None:
        self.edited.emit({"numbing": self._read_numbing()})

    def _read_numbing(self) -> Numbing | None:
        product = next((item for item in self._products if item.id == self.numbing.value()), None)
        if product is None:
            return None
        if product.id == NO_CREAM:
            return Numbing(product=NO_CREAM)
        # What a case file tells of it, such as that it was prescribed, stays with the same cream.
        same = self._given.product in (product.id, *product.also)
        return replace(
            self._given if same else Numbing(),
            product=next(iter(product.also), product.id),
            contains=product.contains,
            grams=self.grams.value(),
            area_cm2=self.area.value(),
            minutes=self.minutes.value(),
        )


def _describe(device: Device) -> str:
    """Say what a device is, how its depth is set, and what is to know of it."""
    depth = t("Depth: {control}", control=begin_lower(device.depth_control))
    return " ".join(write_sentence(it) for it in (device.what, depth, device.note) if it)


def _tell_pain(protocol: Protocol) -> str:
    """Return how much needling hurt in studies (planning reference 1.7): it is never pain free."""
    found = (
        t("{where}: {pain} of 10", where=it.where, pain=it.of_10)
        + (f" ({it.note})" if it.note else "")
        for it in protocol.plan.pain
    )
    return t("Average pain in studies. {found}.", found="; ".join(found))
