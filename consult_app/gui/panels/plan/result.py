"""What the plan resolves to: its outcome, dates, adjustments, conditions and warnings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.finding import Finding
from consult_app.domain.plan import MISSED_PATCH, Adjustment, Plan, PlanOutcome
from consult_app.gui.event_moved import tell_note
from consult_app.gui.panel import swap
from consult_app.gui.panels.plan.device import BESIDE_CREAM
from consult_app.gui.phrases import write_day, write_sentence, write_time, write_weekday
from consult_app.gui.plan_summary import name_day, name_visit, tell_check_up, tell_patch
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import IconLabel, Label, held_to_measure
from consult_app.gui.widgets.months import Mark, Months
from consult_app.gui.workspace.recording import RECORD
from consult_app.knowledge.judgement import ANTIVIRAL, TABLETS_OPEN, Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.met_by_plan import PATCHES, find_met
from consult_app.knowledge.planning.missed_patch import find_asking
from consult_app.knowledge.planning.numbing import PACK_LIMITS
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.visits.waiting import judge_unset
from consult_app.wording import t

OUTCOMES = {
    PlanOutcome.PROCEED: (t("The plan can go ahead as asked"), "check", "ok"),
    PlanOutcome.PROCEED_WITH_ADJUSTMENTS: (t("The plan was changed"), "info", "info"),
    PlanOutcome.PROCEED_WITH_CONDITIONS: (
        t("Something must be recorded before the first visit"),
        "triangle-alert",
        "warn",
    ),
    PlanOutcome.DEFER_THEN_PROCEED: (t("The first visit has to wait"), "calendar-clock", "warn"),
    PlanOutcome.DO_NOT_TREAT: (t("Do not treat"), "octagon-x", "stop"),
}
CHANGE = t("The plan can go ahead with a change, as the decision box says: {labels}")
BANDS = {"L": t("light"), "M": t("medium"), "H": t("deep")}
BEFORE_JUDGED = t("{event} on {day} comes before the best time to judge the result.")
TO_DECIDE = t("Not decided or cleared yet: {labels}")
PATCH_ASKED = t("Test patch: no day is set. The decision box asks for one: {labels}.")
KEPT = t("{told} This plan keeps to it.")
AMOUNTS = {
    "depth_mm": t("Depth in mm"),
    "sessions": t("Visits"),
    "interval_weeks": t("Weeks between"),
    "numbing.grams": t("Numbing cream in grams"),
    "numbing.area_cm2": t("Numbed area in cm²"),
    "numbing.minutes": t("Numbing in minutes"),
}
"""What is changed to another amount; all else the reason names by itself."""


class PlanResult(Card):
    """Shows a `Plan` and nothing it worked out itself.

    Attributes:
        led: Lead to where a decision is recorded that the plan waits for; carries the place.
    """

    led = Signal(str)

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__(theme, t("What comes of it"))
        self._pack = pack
        self._name = pack.name_finding
        self._undecided: tuple[Finding, ...] = ()
        self._noted: frozenset[str] = frozenset()
        self._shown: object = None
        self._content = QWidget()
        self.add(self._content)

    def show_plan(
        self,
        judgement: Judgement,
        event: tuple[str, date | None],
        first: tuple[str, ...] = (),
        noted: Collection[str] = (),
    ) -> None:
        """Show the plan, or what it still needs.

        Args:
            judgement: The resolved plan, or what it still needs. What the decision box shows is no
                warning here again, and what it waits for is recorded there.
            event: The patient's event and its day, to be seen among the visits.
            first: What is to be read before it, such as what is written and not understood.
            noted: Warnings that were dismissed in this visit.
        """
        plan, faults, decision = judgement.plan, judgement.plan_faults, judgement.decision
        self._undecided = find_undecided(decision)
        # A patch for which no time is left is told here as well: the first visit can be moved here.
        here = {it.id for it in self._undecided} & {MISSED_PATCH}
        told = frozenset(finding.id for finding in decision.findings) - here
        shown = (plan, faults, event, told, self._undecided, first, noted)
        if shown == self._shown:
            return
        self._shown = shown
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(6))
        for line in first:
            self._add_line(column, "triangle-alert", "warn", line)
        if plan is None:
            self._add_line(column, "circle", "text2", t("The plan is not complete yet"), "strong")
            for fault in faults:
                self._add_line(column, "circle-dot", "text2", fault)
        else:
            self._noted = frozenset(noted)
            settled = judge_unset(self._pack, judgement) is None
            self._add_plan(column, plan, decision.findings)
            self._add_patch(column, plan, decision.findings, settled=settled)
            self._add_visits(column, plan, settled=settled)
            self._add_end(column, plan, event, settled=settled)
            self._add_notes(column, plan, told)
            marks = _collect_marks(plan, event, settled=settled)
            column.addWidget(Months(self.theme, marks))
        self._content = swap(self.body, self._content, content)

    def _add_plan(self, column: QVBoxLayout, plan: Plan, found: Sequence[Finding]) -> None:
        outcome = _find_outcome(plan, undecided=bool(self._undecided))
        text, icon, tone = OUTCOMES[outcome]
        changing = dict.fromkeys(self._name(it) for it in found if it.resolves_by == "change_plan")
        adjusted = outcome is PlanOutcome.PROCEED_WITH_ADJUSTMENTS
        if adjusted and changing and not plan.adjustments:  # such as a product that is in no field
            text = CHANGE.format(labels="; ".join(changing))
        self._add_line(column, icon, tone, text, "strong")
        if self._undecided:
            labels = dict.fromkeys(map(self._name, self._undecided))
            line = TO_DECIDE.format(labels="; ".join(labels))
            self._add_line(column, "triangle-alert", "warn", line)
            self._add_way(column, f"record:{self._undecided[0].id}")
        if plan.earliest_first_session:
            day = write_weekday(plan.earliest_first_session)
            self._add_line(
                column, "calendar-clock", "warn", t("First visit not before {day}", day=day)
            )

    def _add_patch(
        self, column: QVBoxLayout, plan: Plan, found: Sequence[Finding], *, settled: bool
    ) -> None:
        if plan.coming_patch:  # of one that is past a warning tells
            asked = (note.text for note in plan.warnings if note.id in PATCHES)
            told = ". ".join((tell_patch(plan.coming_patch, settled=settled), *asked))
            self._add_line(column, "calendar", "text2", told)
        if asking := find_asking(self._pack.protocol, plan, found):
            labels = "; ".join(map(self._name, asking))
            self._add_line(column, "calendar", "text2", PATCH_ASKED.format(labels=labels))

    def _add_visits(self, column: QVBoxLayout, plan: Plan, *, settled: bool) -> None:
        bands = {item.session: item.intensity_band for item in plan.session_plan}
        for number, moment in enumerate(plan.session_dates, 1):
            day = f"{write_weekday(moment.date())}, {write_time(moment)}"
            band = BANDS.get(bands.get(number, ""), "")
            visit = name_visit(number, settled=settled)
            self._add_line(
                column,
                "calendar",
                "text2",
                t("{visit}: {day}  ({band})", visit=visit, day=day, band=band),
            )

    def _add_end(
        self,
        column: QVBoxLayout,
        plan: Plan,
        event: tuple[str, date | None],
        *,
        settled: bool,
    ) -> None:
        """Say when the result is judged, and what of the plan was changed."""
        if plan.review_date:
            told = tell_check_up(plan.review_date, settled=settled)
            self._add_line(column, "calendar", "text2", told)
        for line in _tell_early_event(plan, *event):
            self._add_line(column, "info", "info", line)
        for change in plan.adjustments:
            self._add_line(column, "info", "info", _say_change(change))

    def _add_notes(self, column: QVBoxLayout, plan: Plan, told: frozenset[str]) -> None:
        missed = any(note.id == MISSED_PATCH for note in plan.warnings)
        told |= PATCHES if missed else frozenset()  # which is told by what was missed of it
        if any(note.id == PACK_LIMITS for note in plan.warnings):
            told |= BESIDE_CREAM
        met = find_met(self._pack.protocol, plan)
        for note in plan.warnings:
            if note.id in met - PATCHES:  # whose day says so
                self._add_line(column, "info", "info", KEPT.format(told=note.text))
        warnings = (it for it in plan.warnings if it.id not in told | met)
        warnings = (it for it in warnings if tell_note(it) not in self._noted)
        for note in (*plan.conditions, *warnings):
            self._add_line(column, "triangle-alert", "warn", tell_note(note))
            if note.id == TABLETS_OPEN:
                self._add_way(column, f"item:{ANTIVIRAL}")

    def _add_way(self, column: QVBoxLayout, place: str) -> None:
        """Lead to where a decision is recorded, right under what asks for it."""
        record = Button(self.theme, RECORD, "secondary", "pen-line")
        record.clicked.connect(lambda: self.led.emit(place))
        column.addWidget(record, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_line(
        self, column: QVBoxLayout, icon: str, tone: str, text: str, role: str = "body"
    ) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        row.addWidget(IconLabel(self.theme, icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(held_to_measure(Label(self.theme, text, role, wrap=True)), 1)
        column.addLayout(row)


def _find_outcome(plan: Plan, *, undecided: bool) -> PlanOutcome:
    """Return what comes of a plan; it does not go ahead before the decision box's decisions."""
    ahead = {PlanOutcome.PROCEED, PlanOutcome.PROCEED_WITH_ADJUSTMENTS}
    waits = undecided and plan.outcome in ahead
    return PlanOutcome.PROCEED_WITH_CONDITIONS if waits else plan.outcome


def _tell_early_event(plan: Plan, name: str, day: date | None) -> Iterator[str]:
    """Yield that what the patient comes for is before the result can be judged."""
    starts, judged = plan.session_dates[:1], plan.review_date
    if day is not None and judged is not None and starts and starts[0].date() < day < judged:
        yield BEFORE_JUDGED.format(event=name.strip() or t("The event"), day=write_day(day))


def _collect_marks(plan: Plan, event: tuple[str, date | None], *, settled: bool) -> Iterator[Mark]:
    """Yield every day of the plan, and the event the patient told."""
    name, day = event
    if day is not None:
        yield Mark(day=day, label=name.strip() or t("Event"), kind="event")
    if plan.coming_patch:
        yield Mark(
            day=plan.coming_patch, label=name_day(t("Test patch"), settled=settled), kind="check"
        )
    for number, moment in enumerate(plan.session_dates, 1):
        yield Mark(day=moment.date(), label=name_visit(number, settled=settled))
    if plan.review_date:
        yield Mark(
            day=plan.review_date, label=name_day(t("Check-up"), settled=settled), kind="check"
        )


def _say_change(change: Adjustment) -> str:
    reason = write_sentence(change.reason)
    what = AMOUNTS.get(change.field)
    if what is None:
        return reason
    asked, used = change.requested, change.used
    return f"{t('{what}: {asked} asked, {used} used.', what=what, asked=asked, used=used)} {reason}"
