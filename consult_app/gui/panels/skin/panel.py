"""Skin: skin type, the map of the face and body, and what is seen today."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from consult_app.domain.consultation import MapFinding, Side
from consult_app.gui.panel import Panel
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.sliders import SeverityRow

# Own words for the six descriptions of the original two questions (screening reference 2.1, S56).
PHOTOTYPES = (
    ("I", "Always burns, never tans", "#F6E3D4"),
    ("II", "Burns easily, tans little", "#EBCDB4"),
    ("III", "Sometimes burns, tans gradually", "#D9AC86"),
    ("IV", "Burns little, tans well", "#B98A61"),
    ("V", "Rarely burns, tans deeply", "#8A5A3C"),
    ("VI", "Never burns, deeply pigmented", "#55352A"),
)
SKIN_TYPES = (("dry", "Dry"), ("normal", "Normal"), ("combination", "Mixed"), ("oily", "Oily"))
TRAITS = (("sensitive", "Stings or reddens easily"), ("fragile", "Thin or fragile"))
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
        self.pane.body.addWidget(self._make_today())

    def refresh(self) -> None:
        """Show the skin as recorded."""
        visit = self.session.visit
        skin = visit.skin
        number = visit.facts.phototype
        if number is None:
            self.phototype.clear()
            self._type_words.setText("Not chosen yet")
        else:
            self.phototype.set_value(str(number))
            self._type_words.setText(PHOTOTYPES[number - 1][1])
        if skin.skin_type is None:
            self.skin_type.clear()
        else:
            self.skin_type.set_value(skin.skin_type)
        self.traits.set_chosen([key for key, _ in TRAITS if getattr(skin, key)])
        told = visit.answers.get(DARK_MARKS)
        if told is None or told.state == "unsure":
            self.dark_marks.clear()
        else:
            self.dark_marks.set_value(told.state)
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

    def _make_type(self) -> Card:
        card = Card(self.theme, "Skin type")
        options = [
            Option(str(number), roman, f"Type {roman}, {words}", swatch)
            for number, (roman, words, swatch) in enumerate(PHOTOTYPES, 1)
        ]
        self._type_words = Label(self.theme, "", "label", "text2")
        card.header.addWidget(self._type_words)
        self.phototype = Segmented(self.theme, "Skin type", options)
        self.phototype.edited.connect(self._set_phototype)
        card.add(self.phototype)
        return card

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

    def _make_today(self) -> Card:
        card = Card(self.theme, "Skin today")
        self.skin_type = Segmented(
            self.theme, "An hour after washing", [Option(*item) for item in SKIN_TYPES]
        )
        self.skin_type.edited.connect(lambda value: self.session.set("skin.skin_type", value))
        self.traits = ChipGroup(self.theme, "Skin traits", TRAITS)
        self.traits.edited.connect(self._set_traits)
        self.dark_marks = Segmented(
            self.theme,
            "Dark marks after spots or bites",
            [Option("no", "No"), Option("yes", "Yes")],
        )
        self.dark_marks.edited.connect(self._set_dark_marks)
        card.add(Label(self.theme, "An hour after washing, with nothing put on", "label", "text2"))
        card.add(self.skin_type)
        card.add(self.traits)
        row = QHBoxLayout()
        row.addWidget(
            Label(self.theme, "Do spots or bites leave dark marks for months?", wrap=True), 1
        )
        row.addWidget(self.dark_marks)
        card.add(row)
        return card

    def _set_phototype(self, value: str) -> None:
        visit = self.session.visit
        number = int(value)
        facts = replace(visit.facts, phototype=number)  # type: ignore[arg-type] # 1 to 6
        self.session.set("skin", replace(visit.skin, phototype_seen=number))
        self.session.set("facts", facts)

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
