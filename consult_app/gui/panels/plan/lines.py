"""The lines of the plan: area, concern, and the depth the resolver proposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation, MapFinding, Side
from consult_app.domain.plan import PlanLine, SessionDepth, Target
from consult_app.gui.panels.plan.end_points import EndPoints
from consult_app.gui.panels.plan.line_words import tell_line
from consult_app.gui.places import name_place
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label, held_to_measure
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.clinic import Ceiling
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.method import find_method
from consult_app.knowledge.told.planned import has_place_for_melasma
from consult_app.knowledge.told.seen import find_line_sides, find_one_sided
from consult_app.wording import t

SEVERITIES = (("mild", t("Mild")), ("moderate", t("Moderate")), ("severe", t("Marked or severe")))
Sides = Mapping[tuple[str, str], Side]
"""By area and concern the side on which a line is meant."""
CONCERN, AREA = t("Concern"), t("Area")
NO_CONCERN = t("Nothing is planned there yet: choose the concern as well.")
NO_AREA = t("Nothing is planned for it yet: choose the area as well.")
ONE_SIDED = t("The map shows it on one side alone ({places}); all of {area} is planned.")


class LineRow(QWidget):
    """One line: what is treated and how deep.

    Attributes:
        edited: Carries the changed `Target`.
        removed: The line is to go.
    """

    edited = Signal(object)
    removed = Signal()

    def __init__(
        self, theme: Theme, pack: Pack, target: Target, side: Side, seen: Sequence[MapFinding] = ()
    ) -> None:
        super().__init__()
        self._target = target
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(6))
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        known = pack.protocol.concern_by_id.get(target.concern)
        concern = known.label if known else ""
        self._pack, self._known = pack, known
        area = name_place(pack, target.area, side)
        head.addWidget(Label(theme, f"{area}: {concern or target.concern}", "strong", wrap=True), 1)
        self.severity = Segmented(
            theme, t("{area}: how marked", area=area), [Option(*it) for it in SEVERITIES]
        )
        self.severity.set_value(target.severity or "")
        self.severity.edited.connect(self._set_severity)
        self.remove = Button(theme, t("Remove"), "ghost", "x")
        self.remove.set_compact(on=True)
        self.remove.setAccessibleName(t("Remove {area}, {concern}", area=area, concern=concern))
        self.remove.clicked.connect(self.removed)
        head.addWidget(self.remove)
        column.addLayout(head)
        column.addWidget(self._lay_out_marks(theme))
        places = ", ".join(name_place(pack, it.area, it.side) for it in seen)
        told = ONE_SIDED.format(places=places, area=area)
        self.one_sided = Label(theme, told, "label", "warn", wrap=True)
        self.one_sided.setVisible(bool(seen))
        column.addLayout(held_to_measure(self.one_sided))
        self.depth_words = Label(theme, "", "label", "text2", wrap=True)
        column.addLayout(held_to_measure(self.depth_words))

    def _lay_out_marks(self, theme: Theme) -> FlowBox:
        row = FlowBox(t("How marked"), gap=theme.px(12))
        row.add(self.severity)
        if has_place_for_melasma(self._pack.protocol.areas, self._target):
            melasma = Chip(theme, t("Melasma here"), "warn")
            melasma.setChecked(self._target.melasma_here)
            melasma.clicked.connect(self._set_melasma)
            row.add(melasma)
        return row

    def show_depth(
        self,
        line: PlanLine | None,
        first: SessionDepth | None,
        phototype: int | None,
        ceiling: Ceiling | None,
        *,
        suggested: bool,
    ) -> None:
        """Show the resolved depth, what sets it, and the method, or that there is none yet.

        Args:
            line: What was resolved.
            first: Its first session.
            phototype: Of the skin.
            ceiling: The clinic's ceiling where it holds the line.
            suggested: Nobody asked for a depth or accepted the plan yet.
        """
        if line is None or first is None:
            self.depth_words.setText(t("No depth yet"))
            return
        method = find_method(self._pack, self._known, phototype) if self._known else None
        self.depth_words.setText(tell_line(line, first, method, ceiling, suggested=suggested))

    def _set_severity(self, value: str) -> None:
        self.edited.emit(replace(self._target, severity=value))  # type: ignore[arg-type] # one of the three

    def _set_melasma(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.edited.emit(replace(self._target, melasma_here=on))


class PlanLines(QWidget):
    """All lines with the way to add one.

    Attributes:
        edited: Carries the new tuple of targets.
        ways: Other ways to come by lines stand here.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__()
        self._theme = theme
        self._pack = pack
        self._targets: tuple[Target, ...] = ()
        self._shown: object = None
        self._unplanned: Mapping[str, Target] = {}
        self._rows: list[LineRow] = []
        self._concern = self._area = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._lines = QVBoxLayout()
        column.addLayout(self._lines)
        self.points = EndPoints(theme, pack)
        column.addLayout(held_to_measure(self.points))
        row = QHBoxLayout()
        row.addWidget(Label(theme, t("Add"), "label", "text2"))
        self.concern = MenuButton(theme, CONCERN)
        self.area = MenuButton(theme, AREA)
        self.concern.chosen.connect(lambda concern: self._choose(concern=concern))
        self.area.chosen.connect(lambda area: self._choose(area=area))
        row.addWidget(self.concern)
        row.addWidget(self.area)
        self.seen = MenuButton(theme, t("From Goals and map"))
        self.seen.chosen.connect(self._add_seen)
        row.addWidget(self.seen)
        self.ways = QHBoxLayout()
        row.addLayout(self.ways)
        row.addStretch(1)
        column.addLayout(row)
        self.half = Label(theme, "", "label", "warn", wrap=True)
        column.addWidget(self.half)
        self._choose()

    def show_unplanned(self, targets: tuple[Target, ...], sides: Sides) -> None:
        """Offer what the map shows and no line covers, with the side where one is meant."""
        concerns = self._pack.protocol.concern_by_id
        self._unplanned = {f"{it.area}:{it.concern}": it for it in targets}
        labels = {
            key: f"{name_place(self._pack, it.area, sides[it.area, it.concern])}: "
            f"{concerns[it.concern].label}"
            for key, it in self._unplanned.items()
        }
        self.seen.set_choices(list(labels.items()), "")
        self.seen.setVisible(bool(labels))

    def show_visit(self, visit: Consultation) -> None:
        """Show the lines, each with its side; unchanged ones are left alone."""
        targets = visit.plan.targets
        sides = find_line_sides(self._pack, visit, targets)
        one_sided = find_one_sided(self._pack, visit, targets)
        if (targets, sides, one_sided) == self._shown:
            return
        self._targets, self._shown = targets, (targets, sides, one_sided)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, target in enumerate(targets):
            line = (target.area, target.concern)
            row = LineRow(self._theme, self._pack, target, sides[line], one_sided.get(line, ()))
            row.edited.connect(self._changer(number))
            row.removed.connect(self._remover(number))
            self._rows.append(row)
            self._lines.addWidget(row)

    def take_focus(self) -> None:
        """Give the keyboard to the first line, or to adding one."""
        if self._rows:
            self._rows[0].severity.take_focus()
        else:
            self.concern.setFocus()

    def show_judgement(self, judgement: Judgement, visit: Consultation) -> None:
        """Show the resolved depths, and the method in this skin type, beside their lines."""
        plan, facts = judgement.plan, judgement.facts
        lines = {
            (line.area, line.concern): (line, ceiling)
            for line, ceiling in zip(plan.lines if plan else (), judgement.ceilings, strict=False)
        }
        depths = plan.session_plan[0].depths if plan and plan.session_plan else ()
        phototype = facts.phototype if facts is not None else None
        suggested = visit.plan.depth_mm is None and not visit.plan_accepted
        for row, target in zip(self._rows, self._targets, strict=False):
            same = (target.area, target.concern)
            line, ceiling = lines.get(same, (None, None))
            first = next((item for item in depths if (item.area, item.concern) == same), None)
            row.show_depth(line, first, phototype, ceiling, suggested=suggested)
        self.points.explain(row.depth_words.text() for row in self._rows)

    def _choose(self, *, concern: str = "", area: str = "") -> None:
        """Take a concern or an area, in any order; both of them are a line."""
        concern, area = concern or self._concern, area or self._area
        whole = bool(concern and area)
        self._concern, self._area = ("", "") if whole else (concern, area)
        self._offer()
        if whole:
            self.edited.emit((*self._targets, Target(area=area, concern=concern)))

    def _offer(self) -> None:
        """Offer what goes with the one that is chosen, and name that one."""
        known, tree = self._pack.protocol.concerns, self._pack.protocol.areas
        fits = [it for it in known if not self._area or self._area in it.areas]
        chosen = [it for it in known if it.id == self._concern]
        self.concern.set_choices([(it.id, it.label) for it in fits], self._concern)
        self.concern.set_text(chosen[0].label if chosen else CONCERN)
        areas = dict.fromkeys(area for it in chosen or known for area in it.areas)
        self.area.set_choices([(area, tree.label(area)) for area in areas], self._area)
        self.area.set_text(tree.label(self._area) if self._area else AREA)
        self.half.setText(NO_AREA if self._concern else NO_CONCERN)
        self.half.setVisible(bool(self._concern or self._area))

    def _add_seen(self, key: str) -> None:
        self.edited.emit((*self._targets, self._unplanned[key]))

    def _changer(self, number: int) -> Callable[[Target], None]:
        def change(target: Target) -> None:
            targets = list(self._targets)
            targets[number] = target
            self.edited.emit(tuple(targets))

        return change

    def _remover(self, number: int) -> Callable[[], None]:
        def remove() -> None:
            targets = self._targets
            self.edited.emit(targets[:number] + targets[number + 1 :])

        return remove
