"""Treatment: device, cartridge, numbing, what was needled, and what touched the skin."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.expired import explain_expired
from consult_app.domain.treatment import Treatment
from consult_app.gui.commands import with_keys
from consult_app.gui.other_device import tell_other
from consult_app.gui.panel import Panel
from consult_app.gui.panels.treatment.area_row import FROM_PLAN, AreaRow
from consult_app.gui.panels.treatment.beyond_card import BeyondCard
from consult_app.gui.panels.treatment.consumable_row import ConsumableRow
from consult_app.gui.panels.treatment.cream_times import (
    CreamTime,
    show_times,
)
from consult_app.gui.panels.treatment.expired_field import ExpiredField
from consult_app.gui.panels.treatment.products_card import ProductsCard
from consult_app.gui.panels.treatment.refusal import make_refusal, show_refusal
from consult_app.gui.panels.treatment.visit_steps import make_steps
from consult_app.gui.phrases import write_sentence
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.lines import CAPTION, keep_short
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.words import ENGLISH
from consult_app.gui.workspace.begun_after import tell_withheld
from consult_app.gui.workspace.stepping import recall_stepping
from consult_app.gui.workspace.unfinished import recall_begun
from consult_app.knowledge.planning.method import list_end_points, tell_stop
from consult_app.knowledge.told.planned import name_addons
from consult_app.knowledge.visits.added_refused import stands_on_added
from consult_app.knowledge.visits.allergies_elsewhere import find_cream_words
from consult_app.knowledge.visits.beyond import AREAS, CREAM, PRODUCTS, find_beyond
from consult_app.knowledge.visits.beyond_reason import explain, find_unexplained
from consult_app.knowledge.visits.stepping import tell_held
from consult_app.knowledge.visits.treating import is_blocked, stands_on_others
from consult_app.wording import t

ALLERGIES = t("Written among the allergies: {allergies}. Ask before any cream is used.")
TODAY = t("By today's numbers, not confirmed")
OTHERS = t(
    "The consultation was signed by other content or numbers of the clinic. These depths are "
    "worked out by those of today; what was signed, and the handout, may say others."
)
SEE_RECHECK, RECORD_IT = t("See Re-check."), t("Record it in the decision box.")
LOWERS = frozenset({DecisionState.RELATIVE, DecisionState.CHANGE_PLAN})
"""What a smaller depth may settle, so that it can be written."""


class TreatedPanel(Panel):
    """Records what was done; refused as long as something stops the treatment."""

    step = "treated"
    title = t("Treatment")
    subtitle = t("Depths come from the plan. {accept} confirms them as they stand.")

    def build(self) -> None:
        """Make the cards."""
        self._begun = recall_begun(self.desk, self.session.visit)
        self._earlier = recall_stepping(self.desk, self.session.visit)
        self._areas: list[AreaRow] = []
        self.refusal = make_refusal(self)
        self.refusal.set_dismissible(on=False)
        for part in (self.refusal, self._make_areas(), self._make_device(), self._make_numbing()):
            self.pane.body.addWidget(part)
        self.products = ProductsCard(self.theme)
        self.products.edited.connect(lambda products: self._put("products", products))
        self.pane.body.addWidget(self.products)
        self.beyond = BeyondCard(self.theme)
        self.beyond.edited.connect(self._explain)
        self.pane.body.addWidget(self.beyond)
        self.pane.body.addWidget(make_steps(self.theme, self.desk.pack))

    def refresh(self) -> None:
        """Show what is recorded."""
        visit, treatment = self.session.visit, self._treatment
        self.device.set_text(treatment.device)
        self.other.show_text(tell_other(self.desk, visit))
        self.serial.set_text(treatment.serial)
        self.needles.set_value(treatment.needles)
        self.cartridge.show_consumable(treatment.cartridge, visit.visit_date)
        self.numbing.show_consumable(treatment.numbing, visit.visit_date)
        self._show_allergies(visit)
        show_times(treatment, self.on, self.off)
        self.grams.set_value(treatment.numbing_grams)
        self.covered.set_value(treatment.numbing_area_cm2)
        self._show_areas(treatment)
        self.products.show_products(treatment.products, visit.visit_date)
        self.expired.show_visit(visit)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Say whether needling is refused."""
        judgement = self.session.judgement
        advice = RECORD_IT if judgement.decision.state is DecisionState.RELATIVE else SEE_RECHECK
        show_refusal(self, self.refusal, advice)
        planned = name_addons(self.desk.pack, self.session.visit.plan, judgement.plan)
        self.products.offer(planned)
        self._show_beyond()
        self.show_lock()

    def show_lock(self) -> None:
        """Let nothing be recorded as done while it is refused; what was added can be corrected."""
        decision = self.session.judgement.decision
        on = self.session.locked or not self._blocked
        lowers = on or decision.state in LOWERS
        corrects = on or stands_on_added(self.desk.pack, self.session.visit, decision)
        allowed = {self._areas_card: lowers, self.products: corrects, self.beyond: corrects}
        for card in self._cards:
            card.setEnabled(allowed.get(card, on))
        self.confirm.setEnabled(on and any(it.suggested for it in self._treatment.areas))
        super().show_lock()

    @property
    def is_only_read(self) -> bool:
        """Whether it is locked, or nothing can be written because treating is refused."""
        return self.session.locked or self._blocked

    def focus_first(self) -> None:
        """Give the keyboard to the first depth."""
        (self._areas[0].needled if self._areas else self.serial).control.setFocus()

    def places(self) -> dict[str, QWidget]:
        """Return what signing may wait for."""
        reason = self.beyond.reason.control
        found = {"confirm": self.confirm, "expired": self.expired.control, "beyond": reason}
        return {**found, "depth": self._areas[0].needled.control} if self._areas else found

    def accept(self) -> None:
        """Confirm the areas as they stand, or go on when they are."""
        treatment = self._treatment
        if self._blocked:
            return
        if any(it.suggested for it in treatment.areas):
            done = tuple(replace(it, suggested=False) for it in treatment.areas)
            self._put("areas", done)
        else:
            self.wants.emit("panel:after")

    @property
    def _treatment(self) -> Treatment:
        return self.session.visit.treatment or Treatment()

    @property
    def _blocked(self) -> bool:
        supervisor = self.desk.settings.practice.supervisor
        return is_blocked(self.session.visit, self.session.judgement, supervisor)

    @property
    def _cards(self) -> tuple[Card, ...]:
        return (
            *(self._areas_card, self._device_card, self._numbing_card, self.products),
            self.beyond,
        )

    def _put(self, name: str, value: object) -> None:
        self.session.set(f"treatment.{name}", value)

    def _make_areas(self) -> Card:
        self._areas_card = Card(self.theme, t("Areas"))
        self.others = Notice(self.theme, "", "warn", parent=self)
        self.others.set_dismissible(on=False)
        self._areas_card.add(self.others)
        self.held = Notice(self.theme, "", "info", parent=self)
        self.held.set_dismissible(on=False)
        self._areas_card.add(self.held)
        self._lines = QVBoxLayout()
        self._areas_card.add(self._lines)
        if stop := tell_stop(self.desk.pack):
            told = Label(self.theme, write_sentence(stop), "caption", "text2", wrap=True)
            self._areas_card.add(keep_short(told, self.theme.px(CAPTION)))
        self.confirm = Button(self.theme, t("Done as planned"), "secondary", "check")
        self.confirm.setToolTip(with_keys(t("Confirm every line as it stands"), "accept"))
        self.confirm.clicked.connect(self.accept)
        self._areas_card.add(self.confirm)
        return self._areas_card

    def _make_device(self) -> Card:
        card = self._device_card = Card(self.theme, t("Device and cartridge"))
        self.device = TextField(self.theme, t("Device"))
        self.serial = TextField(self.theme, t("Serial number"))
        self.needles = NumberField(self.theme, t("Needles"), lowest=1, highest=200)
        self.cartridge = ConsumableRow(self.theme, t("Cartridge"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setColumnMinimumWidth(0, self.theme.px(145))  # for the names that devices have
        for column, field in enumerate((self.device, self.serial, self.needles)):
            grid.addWidget(field, 0, column)
        card.add(grid)
        self.other = Notice(self.theme, "", "warn", parent=self)
        self.other.set_dismissible(on=False)
        self.expired = ExpiredField(self.theme, self)
        for part in (self.other, self.cartridge, self.expired):
            card.add(part)
        self.device.edited.connect(lambda text: self._put("device", text))
        self.serial.edited.connect(lambda text: self._put("serial", text))
        self.needles.edited.connect(
            lambda value: self._put("needles", None if value is None else int(value))
        )
        self.cartridge.edited.connect(lambda value: self._put("cartridge", value))
        self.expired.edited.connect(self._explain_expired)
        return card

    def _make_numbing(self) -> Card:
        card = self._numbing_card = Card(self.theme, t("Numbing"))
        self.numbing = ConsumableRow(self.theme, t("Numbing cream"), long=True)
        self.allergy = Notice(self.theme, "", "warn", parent=self)
        self.allergy.set_dismissible(on=False)
        card.add(self.allergy)
        card.add(self.numbing)
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        self.on = CreamTime(self.theme, self.session, "numbing_on", t("On at"), "9:10")
        self.off = CreamTime(self.theme, self.session, "numbing_off", t("Off at"), "9:40")
        grid.addWidget(self.on, 0, 0)
        grid.addWidget(self.off, 0, 1)
        self.grams = NumberField(self.theme, t("Amount"), unit="g", lowest=0, decimals=1)
        self.covered = NumberField(self.theme, t("Area covered"), unit="cm²", lowest=0)
        grid.addWidget(self.grams, 0, 2)
        grid.addWidget(self.covered, 0, 3)
        card.add(grid)
        self.over = Notice(self.theme, "", "warn", parent=self)
        self.over.set_dismissible(on=False)
        card.add(self.over)
        self.grams.edited.connect(lambda value: self._put("numbing_grams", value))
        self.covered.edited.connect(lambda value: self._put("numbing_area_cm2", value))
        self.numbing.edited.connect(lambda value: self._put("numbing", value))
        return card

    def _show_allergies(self, visit: Consultation) -> None:
        """Say before it is done which allergies to creams are written, and what went wrong."""
        written = ", ".join(find_cream_words(self.desk.pack, visit, self._begun))
        told = [ALLERGIES.format(allergies=written)] if written else []
        said = self.session.said
        told += [tell_withheld(it) for it in (said.adverse if said is not None else ())]
        self.allergy.show_text("" if self.session.locked else "\n".join(told))

    def _show_beyond(self) -> None:
        """Say beside each field what is beyond its limits, and ask once for the reason."""
        visit, treatment = self.session.visit, self._treatment
        found = find_beyond(self.desk.pack, visit, self.session.judgement)
        for at, row in enumerate(self._areas):
            row.show_beyond(". ".join(it.words for it in found if (it.part, it.at) == (AREAS, at)))
        for part, notice in ((CREAM, self.over), (PRODUCTS, self.products.unfit)):
            notice.show_text("\n".join(it.line for it in found if it.part == part))
        open_now = find_unexplained(self.desk.pack, visit, self.session.judgement)
        asked = (bool(open_now) or any(it.asks for it in found)) and not self.session.locked
        self.beyond.show_reason(treatment.beyond_reason, open_now, asked=asked)

    def _explain(self, reason: str) -> None:
        session = self.session
        told = explain(self.desk.pack, session.visit, session.judgement, reason)
        session.take(told, "treatment.beyond_reason")

    def _explain_expired(self, reason: str) -> None:
        told = explain_expired(self.session.visit, reason)
        self.session.take(told, "treatment.expired_reason")

    def _show_areas(self, treatment: Treatment) -> None:
        pack, others = self.desk.pack, stands_on_others(self.session.last, self.session.judgement)
        self.others.show_text(OTHERS if others else "")
        plan, visit = self.session.judgement.plan, self.session.visit
        self.held.show_text(tell_held(plan, visit, self._earlier))
        for number, area in enumerate(treatment.areas):
            if number == len(self._areas):
                concern = pack.protocol.concern_by_id.get(area.concern)
                label = concern.label if concern else area.concern
                tree = pack.protocol.areas
                place = tree.label(area.area)
                if area.side:
                    place = ENGLISH.area(tree.normalise(area.area), area.side)
                name = f"{place}: {label}"
                row = AreaRow(self.theme, name, list_end_points(pack, area.end_point))
                row.edited.connect(lambda value, at=number: self._set_at("areas", at, value))
                self._areas.append(row)
                self._lines.addWidget(row)
            self._areas[number].show_area(area, TODAY if others else FROM_PLAN)
        # It keeps its place: what moves up beneath would be under the pointer in its stead.
        left = any(it.suggested for it in treatment.areas)
        self.confirm.setVisible(bool(treatment.areas))
        self.confirm.set_text(t("Done as planned") if left else t("All areas are confirmed"))

    def _set_at(self, name: str, at: int, value: object) -> None:
        held = list(getattr(self._treatment, name))
        held[at] = value
        self._put(name, tuple(held))
