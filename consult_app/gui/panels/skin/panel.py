"""Skin: skin type, the map of the face and body, and what is seen today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import MapFinding, Side
from consult_app.domain.entries import find_entry
from consult_app.domain.history import Condition
from consult_app.gui.panel import Panel
from consult_app.gui.panels.skin.photos import PhotosCard
from consult_app.gui.panels.skin.region_card import RegionCard
from consult_app.gui.panels.skin.scales import ScaleCard
from consult_app.gui.panels.skin.today import TodayCard
from consult_app.gui.panels.skin.type_card import TypeCard
from consult_app.gui.session import State
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.figure import list_figures, list_places, spread
from consult_app.gui.widgets.words import ENGLISH
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.told.answers import told_areas
from consult_app.knowledge.told.assessment import ACNE, ACNE_CODE, assess_phototype
from consult_app.knowledge.told.seen import find_sides, join_findings, tell_seen
from consult_app.wording import t

DARK_MARKS, DARK_MARKS_CODE = "pih", "pih_history"
NOTE = "note"
Place = tuple[str, Side]
FIRST: Place = ("cheeks", "right")
"""Where most patients point, as long as nothing says otherwise."""


class SkinPanel(Panel):
    """Records the skin; pressing an area opens its findings."""

    step = "skin"
    title = t("Skin")
    subtitle = t("Look together with the patient. Choose a region, then what you see there.")
    patient_safe = True

    def build(self) -> None:
        """Make the map beside a column of cards."""
        self._last = ""
        self._spot: Place = FIRST
        self._settled = False
        self.put_beside(self._make_map())
        self.pane.body.addWidget(self._make_type())
        self.pane.body.addWidget(self._make_region())
        self.pane.body.addWidget(self._make_scales())
        self.pane.body.addWidget(self._make_today())
        self.pane.body.addWidget(self._make_photos())

    def refresh(self) -> None:
        """Show the skin as recorded."""
        visit = self.session.visit
        skin = visit.skin
        if not self._settled:
            self._spot = self._find_wished(list_figures()) or FIRST
        self.type_card.show_skin(skin)
        self.scales.show_skin(skin, visit.goals.first or visit.plan.primary_concern)
        self.today.show_skin(skin, visit.answers.get(DARK_MARKS))
        self.photos.show_skin(skin)
        self._show_map()
        self._show_region()

    def focus_item(self, item: str) -> bool:
        """Give the keyboard to the skin type; no other screening item is asked here."""
        if item not in {"phototype", "pih"}:
            return False
        self.phototype.take_focus()
        return True

    def find_field(self, name: str) -> QWidget | None:
        """Return a field by its name; one on the map after the map was turned to it."""
        *_, figure, region = ("", *name.split("/"))
        kind, _, place = region.partition(" ")
        if kind == "region":
            area, _, side = place.partition(" ")
            with suppress(KeyError):
                self.map.turn(figure.removeprefix("figure "))
                self._go_to_place(area, cast("Side", side))
        return super().find_field(name)

    def focus_first(self) -> None:
        """Give the keyboard to the skin type."""
        self.phototype.take_focus()

    def _make_map(self) -> Card:
        card = Card(self.theme, name=t("Face and body map"))
        self.map = FaceMap(self.theme)
        self.map.selected.connect(self._select)
        self.map.touched.connect(lambda: self.pane.show_start(self.region))
        self.map.turned.connect(self._follow_map)
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

    def _make_region(self) -> RegionCard:
        self.region = RegionCard(self.theme, self.desk.pack)
        self.region.chosen.connect(self._go_to_place)
        self.region.copied.connect(self._copy_side)
        self.region.edited.connect(self._replace_here)
        return self.region

    def _make_today(self) -> TodayCard:
        self.today = TodayCard(self.theme)
        self.dark_marks = self.today.dark_marks
        put = self.session.set
        self.today.type_edited.connect(lambda value: put("skin.skin_type", value))
        self.today.sensitive_edited.connect(lambda value: put("skin.sensitive", value))
        self.today.fragile_edited.connect(self._set_fragile)
        self.today.marks_edited.connect(self._set_dark_marks)
        return self.today

    def _make_photos(self) -> PhotosCard:
        self.photos = PhotosCard(self.theme, self.desk, self.session)
        self.photos.edited.connect(lambda chosen: self.session.set("skin.photos", chosen))
        return self.photos

    def _set_type(self, **said: object) -> None:
        """Record one of the three ways to the skin type; the facts hold what counts of them."""
        visit = self.session.visit
        skin = replace(visit.skin, **said)  # type: ignore[arg-type] # fields of the assessment
        counts = assess_phototype(self.desk.pack, skin).pigment_risk
        facts = replace(visit.facts, phototype=counts)  # type: ignore[arg-type] # 1 to 6
        with self.session.one_step():
            self.session.set("skin", skin)
            self.session.set("facts", facts)

    def _score(self, scale: str, place: str, value: float | None) -> None:
        held = self.session.visit.skin.scores.get(scale, {})
        answers = {key: number for key, number in held.items() if key != place}
        if value is not None:
            answers[place] = value
        self._keep_answers(scale, answers)

    def _keep_answers(self, scale: str, answers: dict[str, float]) -> None:
        scores = self.session.visit.skin.scores
        rest = {key: kept for key, kept in scores.items() if key != scale}
        with self.session.one_step():
            self.session.set("skin.scores", {**rest, scale: answers} if answers else rest)
            if scale == ACNE:
                self._tell_acne(scores.get(scale, {}), answers)

    def _tell_acne(self, before: Mapping[str, float], answers: Mapping[str, float]) -> None:
        """Say active acne in Safety too, so that it is asked once; a clear grade says nothing.

        What was told in Safety and is not what stood here before stays as it was said.
        """
        grade = int(max(answers.values(), default=0))
        if grade:
            self.session.add_entry("conditions", ACNE_CODE)
            self.session.answer(ACNE_CODE, "yes")
        told = find_entry(self.session.visit.facts, "conditions", ACNE_CODE)
        if isinstance(told, Condition) and told.iga in {
            None,
            int(max(before.values(), default=-1)),
        }:
            self.session.change_entry("conditions", ACNE_CODE, iga=grade if answers else None)

    def _set_fragile(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        with self.session.one_step():
            self.session.set("skin.fragile", on)
            self.session.set("plan.fragile", on)

    def _set_dark_marks(self, value: State | None) -> None:
        """Answer the screening question of the same meaning, so that it is asked once."""
        with self.session.one_step():
            if value == "yes":
                self.session.add_entry("conditions", DARK_MARKS_CODE)
            self.session.answer(DARK_MARKS, value)

    def _follow_map(self, figure: str) -> None:
        """Choose a place that is shown: what is told next is told of the place in sight."""
        if self._spot not in list_places(figure):
            others = {it for name in list_figures() if name != figure for it in list_places(name)}
            alone = [it for it in (FIRST, *list_places(figure)) if it in list_places(figure)]
            alone = [it for it in alone if it not in others]
            self._spot = self._find_wished([figure]) or cast("Place", alone[0])
            self._settled = True
            self._show_region()
            self._show_choice()

    def _find_wished(self, figures: Sequence[str]) -> Place | None:
        """Return the first place on these drawings of what bothers the patient."""
        tree, goals = self.desk.pack.protocol.areas, self.session.visit.goals
        drawn = [place for figure in figures for place in list_places(figure)]
        drawn.sort(key=lambda place: place[1] == "left")  # as the patient's right comes first
        wishes = sorted(goals.concerns, key=lambda wish: wish.concern != goals.first)
        for area in (area for wish in wishes for area in wish.areas):
            meant = spread([(part, "") for part in _find_drawn(tree, area)])
            if found := next((place for place in drawn if place in meant), None):
                return cast("Place", found)
        return None

    def _select(self, area: str, side: Side) -> None:
        self._spot, self._settled = (area, side), True
        self._show_region()
        if not self.pane.isAncestorOf(self.map):  # else what the next key acts on is out of sight
            self.pane.show_start(self.region)

    def _go_to_place(self, area: str, side: Side) -> None:
        self._select(area, side)
        self._show_choice()

    def _grade_by_key(self, area: str, side: Side, grade: int) -> None:
        self._select(area, side)
        if not self.session.locked:  # there the map is only to be read
            self.region.grade(grade, self._last)

    def _replace_here(self, findings: tuple[MapFinding, ...], changed: str) -> None:
        self._settled = True
        if changed != NOTE:
            self._last = changed
        self._record(self._spot, findings)

    def _record(self, place: tuple[str, Side], findings: tuple[MapFinding, ...]) -> None:
        """Record what is seen in a place, where the map had it before."""
        seen = self.session.visit.skin.findings
        at = next((n for n, it in enumerate(seen) if (it.area, it.side) == place), len(seen))
        rest = [item for item in seen if (item.area, item.side) != place]
        with self.session.one_step():
            self.session.set("skin.findings", (*rest[:at], *findings, *rest[at:]))
            before = {it.concern for it in seen if (it.area, it.side) == place}
            new = [(it.concern, place[0]) for it in findings if it.concern not in before]
            self.session.take(tell_seen(self.desk.pack, self.session.visit, new), "")

    def _copy_side(self) -> None:
        area, side = self._spot
        other: Side = "left" if side == "right" else "right"
        seen = self.session.visit.skin.findings
        there = [item for item in seen if (item.area, item.side) == (area, other)]
        here = [replace(item, side=other) for item in seen if (item.area, item.side) == self._spot]
        self._record((area, other), join_findings(there, here))

    def _show_map(self) -> None:
        visit = self.session.visit
        labels = {item.id: item.label for item in self.desk.pack.protocol.concerns}
        told: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for item in sorted(visit.skin.findings, key=lambda found: -found.grade):
            if item.concern:
                here = told.setdefault((item.area, item.side), [])
                here.append((labels.get(item.concern, item.concern), item.grade))
        self.map.set_findings({place: tuple(found) for place, found in told.items()})
        last = self.session.last
        before = last.skin.findings if last is not None else ()
        self.map.set_outline({(item.area, item.side) for item in before if item.concern})
        tree = self.desk.pack.protocol.areas
        sides = find_sides(self.desk.pack, visit)
        named = told_areas(visit)
        planned = named or {it.area for it in visit.plan.targets}
        self.map.set_planned(
            {(part, sides.get(area, "")) for area in planned for part in _find_drawn(tree, area)},
            ENGLISH.in_case if named else "",
        )
        self._show_choice()

    def _show_choice(self) -> None:
        """Mark the chosen place on the map; a larger area is on no drawing."""
        try:
            self.map.select(*self._spot)
        except KeyError:
            self.map.leave()

    def _show_region(self) -> None:
        goals = self.session.visit.goals
        wished = dict.fromkeys((goals.first, *(wish.concern for wish in goals.concerns)))
        self.region.show_place(
            self._spot, self.session.visit.skin.findings, [it for it in wished if it]
        )


def _find_drawn(tree: AreaTree, area: str) -> tuple[str, ...]:
    """Return the area if a drawing shows it, else the parts it has; itself when there are none."""
    here = tree.normalise(area)
    return (here,) if spread(((here, ""),)) else tree.children(here) or (here,)
