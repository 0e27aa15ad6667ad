"""After: pain, reaction, adverse event, the next date, and signing."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.domain.partial_date import PartialDate
from consult_app.domain.treatment import Treatment
from consult_app.gui.by_plan import ByPlan, tell_too_early
from consult_app.gui.commands import fill_keys
from consult_app.gui.consent_given import list_lacking
from consult_app.gui.handout.of_day import find_moved
from consult_app.gui.missing_told import tell_missing
from consult_app.gui.next_day import AIMLESS, WHAT_FOR, ComingDay
from consult_app.gui.panel import Panel
from consult_app.gui.panels.treatment.refusal import is_refused, make_refusal, tell_refused
from consult_app.gui.phrases import write_day
from consult_app.gui.today import tell_event_of_day
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import Field, TextArea, TextField
from consult_app.gui.widgets.lines import Points
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.antiviral import tell_unrecorded
from consult_app.knowledge.visits.begun import is_behind
from consult_app.knowledge.visits.coming import Coming
from consult_app.wording import t

TREATED = (
    Option("yes", t("Treated today")),
    Option("no", t("Not treated")),
    Option("absent", t("Did not come")),
)
ADVERSE = (Option("none", t("No adverse event")), Option("described", t("Adverse event")))
NOT_NAMED = t("Not said: what happened?")
UNWRITTEN = {
    "depth_mm": t("depth"),
    "passes": t("passes"),
    "end_point": t("end point"),
    "lot": t("lot of the cartridge"),
    "numbing_on": t("when the cream was put on"),
    "numbing_off": t("when the cream was taken off"),
    "numbing_grams": t("how much cream"),
    "numbing_area_cm2": t("area of the cream"),
}
"""What a treatment may lack, in words."""
OTHER_SHEET = t(
    "The sheet kept before does not hold as it is. {handout} shows the sheet of this day, or what "
    "no longer holds."
)
NEXT = (Option("treatment", t("Next treatment")), Option("review", t("Review")))


class AfterPanel(Panel):
    """Asks how it went, and locks the record."""

    step = "after"
    title = t("After")
    subtitle = t("Sign and lock with {accept}. Finish later is always allowed.")
    signs = True

    def build(self) -> None:
        """Make the cards."""
        outcome = Card(self.theme, t("How it went"))
        self.treated = Segmented(self.theme, t("Treated"), TREATED)
        self.refusal = make_refusal(self)
        self.pain = NumberField(self.theme, t("Pain"), unit=t("of 10"), lowest=0, highest=10)
        self.reaction = TextArea(self.theme, t("Immediate reaction"), rows=2)
        self.adverse = Segmented(self.theme, t("Adverse event"), ADVERSE)
        self.happened = TextField(self.theme, t("What happened, and what was done"), parent=self)
        for part in (
            self.treated,
            self.refusal,
            self.pain,
            self.reaction,
            self.adverse,
            self.happened,
        ):
            outcome.add(part)
        onward = Card(self.theme, t("Next"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        self.next_day = ComingDay(self.theme, t("Next date"), self.session.tell_day)
        self.next_visit = Segmented(self.theme, WHAT_FOR, NEXT)
        grid.addWidget(self.next_day, 0, 0)
        grid.addWidget(Field(self.theme, WHAT_FOR, self.next_visit), 0, 1)
        onward.add(grid)
        self.by_plan = ByPlan(self.theme, self.desk, self.session, self._take_day, self)
        onward.add(self.by_plan)
        self.missing = Points(self.theme)
        self.before = Card(self.theme, t("Before locking"))
        self.before.add(self.missing)
        for card in (outcome, onward, self.before):
            self.pane.body.addWidget(card)
        self._connect()

    def refresh(self) -> None:
        """Show what is recorded."""
        treatment = self._treatment
        self.pain.set_value(treatment.pain)
        self.reaction.set_text(treatment.reaction)
        self.happened.set_text(treatment.adverse_event)
        self.happened.setVisible(treatment.adverse == "described")
        self.next_day.show_day(treatment.next_date, self.session.visit.visit_date)
        treated = {True: "yes", False: "no", None: ""}[treatment.treated]
        treated = "absent" if treatment.absent else treated
        for field, value in (
            (self.treated, treated),
            (self.adverse, treatment.adverse or ""),
            (self.next_visit, treatment.next_visit or ""),
        ):
            if value:
                field.set_value(value)
            else:
                field.clear()
        self.show_judgement()

    def show_judgement(self) -> None:
        """Say what still stands in the way of signing."""
        refused = is_refused(self)
        if refused and self._treatment.treated:
            tell_refused(self.refusal, self.session.judgement.decision)
        elif not refused:
            self.refusal.hide()
        self._name_day()
        self.by_plan.show_visit()
        self.before.setHidden(self.session.locked)
        found = list_obstacles(self.session.visit, self.session.judgement, self.desk)
        noted = filter(None, (*self._list_noted(), tell_unrecorded(self.session.judgement)))
        lines = tell_missing(found, self.session, tuple(noted))
        self.missing.show_points(lines)

    def _name_day(self) -> None:
        """Let nobody take the day of the record for today's where it is not."""
        visit = self.session.visit
        behind = is_behind(visit, self.session.today)
        day = t("Treated on {day}", day=write_day(visit.visit_date))
        cell = self.treated.cell("yes")
        cell.show_text(day if behind else TREATED[0].text)
        cell.setAccessibleName(cell.words)

    def _list_noted(self) -> list[str]:
        """Return what nobody wrote of the treatment, and what nobody said of an adverse event.

        The latter is said beside the field as well.
        """
        treatment = self._treatment
        left = ", ".join(UNWRITTEN[it] for it in treatment.unwritten) if treatment.treated else ""
        noted = [] if treatment.treated is False else [*list_lacking(self.session.last)]
        noted += [t("Not written on Treatment: {list}.", list=left)] if left else []
        noted += filter(None, [self._tell_moved()])
        aimless = treatment.next_date is not None and treatment.next_visit is None
        noted += [AIMLESS] if aimless else []
        session = self.session
        judged = (self.desk.pack, session.visit, session.judgement)
        noted += filter(None, [tell_too_early(*judged), tell_event_of_day(*judged)])
        unnamed = treatment.adverse == "described" and not treatment.adverse_event.strip()
        self.happened.set_help(NOT_NAMED if unnamed else "")
        if unnamed:
            return [*noted, NOT_NAMED]
        asked = (
            []
            if treatment.adverse or treatment.absent
            else [t("Not said: was there an adverse event?")]
        )
        return [*noted, *asked]

    def focus_first(self) -> None:
        """Give the keyboard to the first question."""
        self.treated.take_focus()

    def places(self) -> dict[str, QWidget]:
        """Return whether the patient was treated, and when what is next."""
        return {"treated": self.treated.stop(), "next_date": self.next_day}

    @property
    def _treatment(self) -> Treatment:
        return self.session.visit.treatment or Treatment()

    def _connect(self) -> None:
        put = self.session.set
        self.treated.edited.connect(self._set_treated)
        self.pain.edited.connect(
            lambda value: put("treatment.pain", None if value is None else int(value))
        )
        self.reaction.edited.connect(lambda text: put("treatment.reaction", text))
        self.adverse.edited.connect(lambda value: put("treatment.adverse", value))
        self.adverse.pressed.connect(self.happened.take_where_shown)
        self.happened.edited.connect(lambda text: put("treatment.adverse_event", text))
        self.next_day.edited.connect(self._set_next_day)
        self.next_visit.edited.connect(lambda value: put("treatment.next_visit", value))

    def _tell_moved(self) -> str:
        """Return what to say of the sheet at home where this treatment has overtaken it."""
        if not self._treatment.treated:
            return ""
        moved = find_moved(self.desk, self.session)
        return fill_keys(OTHER_SHEET) if moved else ""

    def _set_next_day(self, day: PartialDate | None) -> None:
        """Take the day; what is said of one that is too early comes into sight beneath it."""
        self.session.set("treatment.next_date", day.first_day() if day else None)
        if not self.by_plan.isHidden():
            QTimer.singleShot(0, self, lambda: self.pane.show_widget(self.by_plan))

    def _take_day(self, coming: Coming) -> None:
        with self.session.one_step():
            self.session.set("treatment.next_date", coming.day)
            self.session.set("treatment.next_visit", coming.what)

    def _set_treated(self, value: str) -> None:
        if value == "yes" and is_refused(self):
            self.refresh()
            tell_refused(self.refusal, self.session.judgement.decision)
            return
        with self.session.one_step():
            self.session.set("treatment.treated", value == "yes")
            self.session.set("treatment.absent", value == "absent")
