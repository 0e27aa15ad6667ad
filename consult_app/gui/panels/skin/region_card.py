"""The chosen area: what is seen there, how marked it is, and a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from consult_app.domain.consultation import MapFinding, Side
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.figure import Place, list_figures, list_places
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.menus import open_beneath
from consult_app.gui.widgets.sliders import SeverityRow
from consult_app.gui.widgets.words import ENGLISH
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t

OFFERED = 6
"""So many concerns are offered at a glance; the others stand in a menu."""
NEVER = t("Never treated. What you see here is recorded and does not go into the plan.")
COPY = {
    "": t("Copy to the other side"),
    "left": t("Copy to the right side"),
    "right": t("Copy to the left side"),
}


class RegionCard(Card):
    """Asks what is seen in one area.

    Attributes:
        edited: What is now recorded there, and the concern or "note" that was changed.
        chosen: Another area was chosen from the menu: area and side.
        copied: What is recorded here is to be recorded on the other side too.
    """

    edited = Signal(object, str)
    chosen = Signal(str, str)
    copied = Signal()

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__(theme, name=t("Area"))
        self._tree = pack.protocol.areas
        self._concerns = {concern.id: concern for concern in pack.protocol.concerns}
        self._place: tuple[str, Side] = ("", "")
        self._here: dict[str, MapFinding] = {}
        self._seen: tuple[MapFinding, ...] = ()
        self._wished: tuple[str, ...] = ()
        self.rows: dict[str, SeverityRow] = {}
        self._make_head()
        self.concerns = ChipGroup(
            theme,
            t("Findings in this area"),
            [(item.id, item.label) for item in self._concerns.values()],
        )
        self.concerns.edited.connect(self._choose)
        self.add(self.concerns)
        self.more = MenuButton(theme, t("Another concern"))
        self.more.chosen.connect(lambda concern: self._choose((*self._here, concern)))
        self.concerns.add(self.more)
        # Beneath, so that what is pressed next does not move away from the pointer.
        self._grades = QVBoxLayout()
        self.add(self._grades)
        self.hint = Label(theme, "", "label", "text2", wrap=True)
        self.add(self.hint)
        self.note = TextField(theme, t("Note on this area"))
        self.note.edited.connect(self._set_note)
        self.add(self.note)

    def show_place(
        self, place: tuple[str, Side], seen: Sequence[MapFinding], wished: Iterable[str]
    ) -> None:
        """Show what is recorded in a place.

        Args:
            place: Area and side.
            seen: The whole map.
            wished: The concerns of Goals, which are offered first.
        """
        area, side = self._place = place
        self._seen, self._wished = tuple(seen), tuple(wished)
        found = [item for item in seen if (item.area, item.side) == place]
        self._here = {item.concern: item for item in found if item.concern}
        self.where.set_text(ENGLISH.area(area, side))
        self.copy.setVisible(bool(side))
        self.copy.setEnabled(bool(found))
        self.copy.set_text(COPY.get(side, COPY[""]))
        self.hint.setText(NEVER if self._tree.is_prohibited(area) else "")
        self.hint.setVisible(bool(self.hint.text()))
        self.note.set_text(next((item.note for item in found if item.note), ""))
        self.concerns.set_chosen(self._here)
        self._offer()
        self._show_grades()

    def put(self, concern: str, grade: int) -> None:
        """Record a concern with its grade here; grade 0 takes it away."""
        kept = {**self._here, concern: self._make(concern, grade)}
        if not grade:
            kept.pop(concern)
        self._tell(kept, concern)

    def grade(self, number: int, concern: str) -> bool:
        """Grade the concern meant by a key: the only one here, the one given, or the first wished.

        Returns whether there is one; else the card says what to do first.
        """
        meant = next(iter(self._here), "") if len(self._here) == 1 else ""
        if not meant and concern in {*self._here, *self._offered()}:
            meant = concern
        offered = {*self._here, *self._offered()} & self._concerns.keys()
        meant = meant or next((it for it in (*self._here, *self._wished) if it in offered), "")
        if meant:
            self.put(meant, number)
            return True
        self.hint.setText(t("Choose first what you see here; then the keys 0 to 4 grade it."))
        self.hint.show()
        return False

    def _make_head(self) -> None:
        head = QHBoxLayout()
        self.where = Button(self.theme, t("Choose area"), "ghost", "chevron-down", trailing=True)
        self.where.set_role("section")
        self.where.set_flush()
        self.where.setToolTip(t("Every area, with what is recorded there"))
        self.where.clicked.connect(self.open_menu)
        self.copy = Button(self.theme, COPY[""], "ghost")
        self.copy.clicked.connect(self.copied)
        head.addWidget(self.where)
        head.addStretch(1)
        head.addWidget(self.copy)
        self.add(head)

    def open_menu(self) -> QMenu:
        """Open the menu of all areas, those of each drawing under its name, and return it."""
        menu = QMenu(self)
        menu.setAccessibleName(t("Areas"))
        drawn = {place for name in list_figures() for place in list_places(name)}
        told = {area for area, _ in drawn}
        others = [area for area in self._tree.area if area.id not in told]
        parts: list[tuple[str, Iterable[Place]]] = [
            (ENGLISH.figures[name], list_places(name)) for name in list_figures()
        ]
        parts.append((t("Larger areas"), [(it.id, "") for it in others if not it.prohibited]))
        parts.append((t("Never treated"), [(it.id, "") for it in others if it.prohibited]))
        for title, places in parts:
            branch = menu.addMenu(title)
            for place in places:
                action = branch.addAction(self._say(place))
                action.setData(place)
                action.setCheckable(True)
                action.setChecked(place == self._place)
        menu.triggered.connect(lambda action: self.chosen.emit(*action.data()))
        open_beneath(menu, self.where)
        return menu

    def _say(self, place: Place) -> str:
        """Return the name of a place with what is recorded there."""
        found = [it for it in self._seen if (it.area, it.side) == place and it.concern]
        told = ENGLISH.tell([(self._label(it.concern), it.grade) for it in found])
        name = ENGLISH.area(*place)
        return f"{name}: {told}".replace("&", "&&") if told else name

    def _label(self, concern: str) -> str:
        found = self._concerns.get(concern)
        return found.label if found else concern

    def _offered(self) -> list[str]:
        """Return what the content treats in this area, what the patient wished for first."""
        area, _ = self._place
        fitting = [
            concern.id
            for concern in self._concerns.values()
            if self._tree.is_prohibited(area)
            or any(self._tree.overlap(area, item) for item in concern.areas)
        ]
        first = [concern for concern in self._wished if concern in fitting]
        return list(dict.fromkeys((*first, *fitting)))

    def _offer(self) -> None:
        fitting = self._offered()
        shown = list(dict.fromkeys((*self._here, *fitting)))[: max(OFFERED, len(self._here))]
        for concern in self._concerns:
            self.concerns.chip(concern).setVisible(concern in shown)
        rest = [concern for concern in fitting if concern not in shown]
        self.more.set_choices([(concern, self._label(concern)) for concern in rest])
        self.more.setVisible(bool(rest))
        self.concerns.refit()

    def _show_grades(self) -> None:
        for concern in self._here:
            if concern not in self.rows:
                row = SeverityRow(self.theme, self._label(concern))
                row.graded.connect(lambda grade, item=concern: self._grade(item, grade))
                self.rows[concern] = row
                self._grades.addWidget(row)
        for concern, row in self.rows.items():
            row.setVisible(concern in self._here)
            if concern in self._here:
                row.set_value(self._here[concern].grade)

    def _grade(self, concern: str, grade: int) -> None:
        """Record what its slider says; the keyboard of one that goes is on its chip."""
        if not grade:
            self.concerns.chip(concern).setFocus(Qt.FocusReason.OtherFocusReason)
        self.put(concern, grade)

    def _make(self, concern: str, grade: int) -> MapFinding:
        area, side = self._place
        known = self._here.get(concern, MapFinding(area=area, side=side, concern=concern))
        return replace(known, grade=grade)

    def _choose(self, chosen: tuple[str, ...]) -> None:
        kept = {item: self._here.get(item) or self._make(item, 0) for item in chosen}
        changed = set(kept) ^ set(self._here)
        self._tell(kept, next(iter(changed), ""))

    def _set_note(self, _text: str) -> None:
        self._tell(self._here, "note")

    def _tell(self, kept: dict[str, MapFinding], changed: str) -> None:
        """Tell what is recorded; the one note of the area stands with its first finding."""
        area, side = self._place
        note = self.note.text()
        found = [replace(item, note="") for item in kept.values()]
        if note and not found:
            found = [MapFinding(area=area, side=side)]
        if note:
            found[0] = replace(found[0], note=note)
        self.edited.emit(tuple(found), changed)
