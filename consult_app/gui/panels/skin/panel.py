"""Skin: skin type, the map of the face and body, and what is seen today."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout

from consult_app.domain.consultation import MapFinding, Side
from consult_app.domain.entries import find_entry
from consult_app.gui.panel import Panel
from consult_app.gui.panels.skin.scales import ScaleCard
from consult_app.gui.panels.skin.today import TodayCard
from consult_app.gui.panels.skin.type_card import TypeCard
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.sliders import SeverityRow
from consult_app.knowledge.assessment import ACNE, ACNE_CODE, assess_phototype

MAP_WIDTH, MAP_HEIGHT, FORM_WIDTH = 318, 460, 456
DARK_MARKS, DARK_MARKS_CODE = "pih", "pih_history"


class SkinPanel(Panel):
    """Records the skin; pressing an area opens its findings."""

    step = "skin"
    title = "Skin"
    subtitle = "Look together with the patient. Choose a region, then what you see there."
    patient_safe = True

    def build(self) -> None:
        """Make the map beside a column of cards."""
        self._sliders: dict[str, SeverityRow] = {}
        self._spot: tuple[str, Side] = ("cheeks", "right")
        self.put_beside(self._make_map(), MAP_WIDTH, MAP_HEIGHT, FORM_WIDTH)
        self.pane.body.addWidget(self._make_type())
        self.pane.body.addWidget(self._make_region())
        self.pane.body.addWidget(self._make_scales())
        self.pane.body.addWidget(self._make_today())

    def refresh(self) -> None:
        """Show the skin as recorded."""
        visit = self.session.visit
        skin = visit.skin
        self.type_card.show_skin(skin)
        self.scales.show_skin(skin, visit.goals.first or visit.plan.primary_concern)
        self.today.show_skin(skin, visit.answers.get(DARK_MARKS))
        self._show_map()
        self._show_region()

    def focus_item(self, item: str) -> bool:
        """Give the keyboard to the skin type; no other screening item is asked here."""
        if item not in {"phototype", "pih"}:
            return False
        self.phototype.take_focus()
        return True

    def focus_first(self) -> None:
        """Give the keyboard to the skin type."""
        self.phototype.take_focus()

    def _make_map(self) -> Card:
        card = Card(self.theme, name="Face and body map")
        self.map = FaceMap(self.theme)
        self.map.selected.connect(self._select)
        self.map.graded.connect(self._grade_by_key)
        card.body.addWidget(self.map, 1)
        return card

    def _make_type(self) -> TypeCard:
        self.type_card = TypeCard(self.theme, self.desk.pack)
        self.phototype = self.type_card.seen
        self.type_card.seen_edited.connect(lambda seen: self._set_type(phototype_seen=seen))
        self.type_card.sheet_edited.connect(lambda sheet: self._set_type(phototype_sheet=sheet))
        self.type_card.tone_edited.connect(lambda tone: self._set_type(monk_tone=tone))
        return self.type_card

    def _make_scales(self) -> ScaleCard:
        self.scales = ScaleCard(self.theme, self.desk.pack)
        self.scales.edited.connect(self._score)
        self.scales.emptied.connect(lambda scale: self._keep_answers(scale, {}))
        self.scales.ask_wanted.connect(lambda item: self.wants.emit(f"item:{item}"))
        return self.scales

    def _make_region(self) -> Card:
        card = Card(self.theme, "Area")
        self.region_card = card
        self.where = MenuButton(self.theme, "Choose area")
        self.where.set_choices([(_key(*place), self._name(*place)) for place in self.map.places()])
        self.where.chosen.connect(self._go_to_place)
        card.header.addWidget(self.where)
        self.copy = Button(self.theme, "Copy to other side", "ghost")
        self.copy.clicked.connect(self._copy_side)
        card.header.addWidget(self.copy)
        concerns = self.desk.pack.protocol.concerns
        self.concerns = ChipGroup(
            self.theme, "Findings in this area", [(item.id, item.label) for item in concerns]
        )
        self.concerns.edited.connect(self._choose)
        card.add(self.concerns)
        self._grades = QVBoxLayout()
        card.add(self._grades)
        self.note = TextField(self.theme, "Note on this area")
        self.note.edited.connect(self._set_note)
        card.add(self.note)
        return card

    def _make_today(self) -> TodayCard:
        self.today = TodayCard(self.theme)
        self.dark_marks = self.today.dark_marks
        self.today.type_edited.connect(lambda value: self.session.set("skin.skin_type", value))
        self.today.traits_edited.connect(self._set_traits)
        self.today.marks_edited.connect(self._set_dark_marks)
        return self.today

    def _set_type(self, **said: object) -> None:
        """Record one of the three ways to the skin type; the facts hold what counts of them."""
        visit = self.session.visit
        skin = replace(visit.skin, **said)  # type: ignore[arg-type] # fields of the assessment
        counts = assess_phototype(self.desk.pack, skin).pigment_risk
        facts = replace(visit.facts, phototype=counts)  # type: ignore[arg-type] # 1 to 6
        self.session.set("skin", skin)
        self.session.set("facts", facts)

    def _score(self, scale: str, place: str, value: float | None) -> None:
        held = self.session.visit.skin.scores.get(scale, {})
        answers = {key: number for key, number in held.items() if key != place}
        if value is not None:
            answers[place] = value
        self._keep_answers(scale, answers)

    def _keep_answers(self, scale: str, answers: dict[str, float]) -> None:
        rest = {key: kept for key, kept in self.session.visit.skin.scores.items() if key != scale}
        self.session.set("skin.scores", {**rest, scale: answers} if answers else rest)
        if scale == ACNE:
            self._tell_acne(answers)

    def _tell_acne(self, answers: dict[str, float]) -> None:
        """Say active acne in Safety too, so that it is asked once; a clear grade says nothing."""
        grade = int(max(answers.values(), default=0))
        if grade:
            self.session.add_entry("conditions", ACNE_CODE)
            self.session.answer(ACNE_CODE, "yes")
        if find_entry(self.session.visit.facts, "conditions", ACNE_CODE) is not None:
            self.session.change_entry("conditions", ACNE_CODE, iga=grade if answers else None)

    def _set_traits(self, chosen: tuple[str, ...]) -> None:
        visit = self.session.visit
        skin = replace(visit.skin, sensitive="sensitive" in chosen, fragile="fragile" in chosen)
        self.session.set("skin", skin)
        self.session.set("plan.fragile", "fragile" in chosen)

    def _set_dark_marks(self, value: str) -> None:
        """Answer the screening question of the same meaning, so that it is asked once."""
        if value == "yes":
            self.session.add_entry("conditions", DARK_MARKS_CODE)
        self.session.answer(DARK_MARKS, "yes" if value == "yes" else "no")

    def _findings_here(self) -> tuple[MapFinding, ...]:
        return tuple(
            finding
            for finding in self.session.visit.skin.findings
            if (finding.area, finding.side) == self._spot
        )

    def _select(self, area: str, side: Side) -> None:
        self._spot = (area, side)
        self._show_region()

    def _name(self, area: str, side: str) -> str:
        label = self.desk.pack.protocol.areas.label(area)
        return f"{label}, {side}" if side else label

    def _go_to_place(self, key: str) -> None:
        area, _, side = key.partition("/")
        self.map.select(area, side)
        self._spot = (area, side)  # type: ignore[assignment] # the map's own places
        self._show_region()

    def _grade_by_key(self, area: str, side: Side, grade: int) -> None:
        self._spot = (area, side)
        here = self._findings_here()
        first = self.session.visit.goals.first
        concern = here[0].concern if here else first
        if concern:
            self._put(concern, grade)

    def _choose(self, chosen: tuple[str, ...]) -> None:
        area, side = self._spot
        here = {finding.concern: finding for finding in self._findings_here()}
        kept = tuple(
            here.get(concern, MapFinding(area=area, side=side, concern=concern, grade=1))
            for concern in chosen
        )
        self._replace_here(kept)

    def _put(self, concern: str, grade: int) -> None:
        area, side = self._spot
        rest = tuple(item for item in self._findings_here() if item.concern != concern)
        new = MapFinding(area=area, side=side, concern=concern, grade=grade)
        self._replace_here((*rest, new) if grade else rest)

    def _set_note(self, text: str) -> None:
        here = self._findings_here()
        if here:
            self._replace_here((replace(here[0], note=text), *here[1:]))

    def _replace_here(self, findings: tuple[MapFinding, ...]) -> None:
        others = tuple(
            item
            for item in self.session.visit.skin.findings
            if (item.area, item.side) != self._spot
        )
        self.session.set("skin.findings", (*others, *findings))

    def _copy_side(self) -> None:
        area, side = self._spot
        other: Side = "left" if side == "right" else "right"
        copied = tuple(replace(finding, side=other) for finding in self._findings_here())
        here = self._spot
        self._spot = (area, other)
        self._replace_here(copied)
        self._spot = here
        self._show_region()

    def _show_map(self) -> None:
        grades: dict[tuple[str, str], int] = {}
        for finding in self.session.visit.skin.findings:
            spot = (finding.area, finding.side)
            grades[spot] = max(grades.get(spot, 0), finding.grade)
        self.map.set_findings(grades)
        if self.map.selection() is None:
            self.map.select(*self._spot)

    def _show_region(self) -> None:
        area, side = self._spot
        self.region_card.set_title(self._name(area, side))
        self.copy.setVisible(bool(side))
        here = {finding.concern: finding for finding in self._findings_here()}
        self.concerns.set_chosen(here)
        self._offer_concerns(area, here)
        self.note.set_text(next((item.note for item in here.values() if item.note), ""))
        self.note.setVisible(bool(here))
        labels = {item.id: item.label for item in self.desk.pack.protocol.concerns}
        for concern in here:
            if concern not in self._sliders:
                row = SeverityRow(self.theme, labels.get(concern, concern))
                row.slider.set_lowest(1)
                row.graded.connect(lambda grade, item=concern: self._regrade(item, grade))
                self._sliders[concern] = row
                self._grades.addWidget(row)
        for concern, row in self._sliders.items():
            row.setVisible(concern in here)
            if concern in here:
                row.set_value(here[concern].grade)

    def _offer_concerns(self, area: str, here: Container[str]) -> None:
        """Offer what the content treats in this area, and what is recorded there already."""
        tree = self.desk.pack.protocol.areas
        for concern in self.desk.pack.protocol.concerns:
            offered = concern.id in here or any(tree.overlap(area, item) for item in concern.areas)
            self.concerns.chip(concern.id).setVisible(offered)
        self.concerns.refit()

    def _regrade(self, concern: str, grade: int) -> None:
        kept = tuple(
            replace(item, grade=grade) if item.concern == concern else item
            for item in self._findings_here()
        )
        self._replace_here(kept)


def _key(area: str, side: str) -> str:
    return f"{area}/{side}"
