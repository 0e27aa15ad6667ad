"""Review: changes only, the result as both see it, what became of side effects, how it goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from consult_app.domain.treatment import Review
from consult_app.gui.by_plan import ByPlan
from consult_app.gui.missing_told import tell_missing
from consult_app.gui.next_day import AIMLESS, WHAT_FOR, ComingDay
from consult_app.gui.panel import Panel
from consult_app.gui.photo_set import PhotoSet
from consult_app.gui.scale_form import GradeRow
from consult_app.gui.scored_before import tell_scored
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.columns import ColumnLayout
from consult_app.gui.widgets.fields import Field, TextArea, TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.lines import Points
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.workspace.earlier import list_adverse
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.coming import Coming
from consult_app.wording import t

SCALE = "gais"
TWO_GRADES = 520
"""Width from which both grades stand beside each other, with the text size taken out."""
ADVERSE = (
    Option("none", t("None")),
    Option("resolved", t("Settled")),
    Option("ongoing", t("Still there")),
    Option("new", t("New")),
)
PRESENT = frozenset({"ongoing", "new"})
DECISIONS = (
    Option("continue", t("Continue")),
    Option("change", t("Change the plan")),
    Option("stop", t("Stop")),
)
NEXT = (
    Option("treatment", t("Next treatment")),
    Option("review", t("Review")),
    Option("test_patch", t("Test patch")),
)

ONWARD = t("The treatment from here on")
NOT_ASKED = t("Not said: are there side effects?")
NOT_NAMED = t("Not said: which side effect is there?")
"""Only noted: what the product refuses is a closed list, and neither is on it."""


class ReviewPanel(Panel):
    """Asks only for what changed, and locks the record."""

    step = "review"
    title = t("Review")
    subtitle = t(
        "Compare with the photo from before. Ask the patient's grade before you say yours."
    )
    signs = True

    def build(self) -> None:
        """Make the cards."""
        self._bother: dict[str, NumberField] = {}
        self.pane.body.addWidget(self._make_changes())
        self.pane.body.addWidget(self._make_result())
        self.pane.body.addWidget(self._make_photographs())
        self.pane.body.addWidget(self._make_goals())
        self.pane.body.addWidget(self._make_onward())
        self.before = Card(self.theme, t("Before locking"))
        self.missing = Points(self.theme)
        self.before.add(self.missing)
        self.pane.body.addWidget(self.before)

    def refresh(self) -> None:
        """Show what is recorded."""
        review = self._review
        self.changes.set_text(review.changes)
        self.by_patient.set_value(review.by_patient)
        self.by_practitioner.set_value(review.by_practitioner)
        for concern, field in self._bother.items():
            field.set_value(review.bother.get(concern))
        self.happened.set_text(review.adverse_event)
        self.happened.setVisible(review.adverse not in {None, "none"})
        self.next_day.show_day(review.next_date, self.session.visit.visit_date)
        for choice, value in (
            (self.adverse, review.adverse),
            (self.decision, review.decision),
            (self.next_visit, review.next_visit),
        ):
            if value:
                choice.set_value(value)
            else:
                choice.clear()
        self.by_plan.show_visit()
        self.photographs.refresh()
        self.before.setHidden(self.session.locked)
        found = list_obstacles(self.session.visit, self.session.judgement, self.desk)
        lines = tell_missing(found, self.session, self._list_noted(review))
        self.missing.show_points(lines)

    def focus_first(self) -> None:
        """Give the keyboard to what changed."""
        self.changes.control.setFocus()

    def places(self) -> dict[str, QWidget]:
        """Return how it goes on, and when."""
        return {"decision": self.decision.stop(), "next_date": self.next_day}

    @property
    def _review(self) -> Review:
        return self.session.visit.review or Review()

    def _list_noted(self, review: Review) -> list[str]:
        """Return what is off about the next date, and what nobody said of side effects.

        The latter is said beside the field as well.
        """
        aimless = review.next_date is not None and review.next_visit is None
        noted = [AIMLESS] if aimless else []
        noted += filter(None, [self.by_plan.tell_too_early()])
        unnamed = review.adverse in PRESENT and not review.adverse_event.strip()
        self.happened.set_help(NOT_NAMED if unnamed else "")
        if unnamed:
            return [*noted, NOT_NAMED]
        return noted if review.adverse else [*noted, NOT_ASKED]

    def _put(self, name: str, value: object) -> None:
        self.session.set(f"review.{name}", value)

    def _make_changes(self) -> Card:
        card = Card(self.theme, t("Since the last visit"))
        self.changes = TextArea(self.theme, t("What changed, and only that"), rows=2)
        self.changes.edited.connect(lambda text: self._put("changes", text))
        card.add(self.changes)
        return card

    def _make_result(self) -> Card:
        instrument = self.desk.pack.instruments.by_id[SCALE]
        card = Card(self.theme, instrument.title)
        query = instrument.question[0]
        self.by_patient, self.by_practitioner = (
            GradeRow(self.theme, query, name)
            for name in (t("By the patient"), t("By the practitioner"))
        )
        self._grades = ColumnLayout()
        self._grades.setSpacing(self.theme.px(12))
        for name, title, grade in (
            ("by_patient", t("By the patient"), self.by_patient),
            ("by_practitioner", t("By the practitioner"), self.by_practitioner),
        ):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(self.theme.px(4))
            column.addWidget(Label(self.theme, title, "label_strong"))
            column.addWidget(grade)
            self._grades.addWidget(side)
            grade.edited.connect(lambda points, it=name: self._put(it, int(points)))
        card.add(self._grades)
        self.theme.changed.connect(self._fit)
        return card

    def _fit(self) -> None:
        """Stand both grades beside each other where there is room."""
        super()._fit()
        beside = self.width() >= self.theme.px(TWO_GRADES)
        self._grades.set_groups(((0,), (1,)) if beside else ((0, 1),))

    def _make_photographs(self) -> Card:
        self.photographs = PhotoSet(self.theme, self.desk, self.session)
        words = t("From the same angles as before; then compare them ({compare}).")
        return self.photographs.make_card(words)

    def _make_goals(self) -> Card:
        card = Card(self.theme, t("Goals, scored again"))
        last, pack = self.session.last, self.desk.pack
        scored = tell_scored(self.desk, self.session.visit, last)
        for wish in last.goals.concerns if last is not None else ():
            concern = pack.protocol.concern_by_id.get(wish.concern)
            label = concern.label if concern else wish.concern
            field = NumberField(
                self.theme,
                t("Bother: {label}", label=label),
                unit=t("of 10"),
                lowest=0,
                highest=10,
                help_text=scored.get(wish.concern, ""),
            )
            field.edited.connect(lambda value, it=wish.concern: self._score(it, value))
            self._bother[wish.concern] = field
            card.add(field)
        if not self._bother:
            card.add(Label(self.theme, t("The consultation names no concern."), "body", "text2"))
        return card

    def _make_onward(self) -> Card:
        card = Card(self.theme, t("How it goes on"))
        self.adverse = Segmented(self.theme, t("Side effects since then"), ADVERSE)
        self.happened = TextField(self.theme, t("Which, and what was done"), parent=self)
        self.decision = Segmented(self.theme, ONWARD, DECISIONS)
        self.next_day = ComingDay(self.theme, t("Next date"), self.session.tell_day)
        self.next_visit = Segmented(self.theme, WHAT_FOR, NEXT)
        coming = QGridLayout()
        coming.setHorizontalSpacing(self.theme.px(12))
        coming.addWidget(self.next_day, 0, 0)
        coming.addWidget(Field(self.theme, WHAT_FOR, self.next_visit), 0, 1)
        for line in list_adverse(self.desk, self.session.visit):
            card.add(Label(self.theme, line, "body", wrap=True))
        card.add(Label(self.theme, t("Side effects since then"), "label", "text2"))
        label = Label(self.theme, ONWARD, "label", "text2")
        self.by_plan = ByPlan(self.theme, self.desk, self.session, self._take_day, self)
        for part in (self.adverse, self.happened, label, self.decision, coming, self.by_plan):
            card.add(part)
        self.adverse.edited.connect(lambda value: self._put("adverse", value))
        self.adverse.pressed.connect(self.happened.take_where_shown)
        self.happened.edited.connect(lambda text: self._put("adverse_event", text))
        self.decision.edited.connect(lambda value: self._put("decision", value))
        self.next_visit.edited.connect(lambda value: self._put("next_visit", value))
        self.next_day.edited.connect(
            lambda day: self._put("next_date", day.first_day() if day else None)
        )
        return card

    def _take_day(self, coming: Coming) -> None:
        """Take the day; what a date that was too early is for stays as it was said."""
        said = self._review.next_visit if self._review.next_date is not None else None
        with self.session.one_step():
            self._put("next_date", coming.day)
            self._put("next_visit", said or coming.what)

    def _score(self, concern: str, value: float | None) -> None:
        kept = {it: bother for it, bother in self._review.bother.items() if it != concern}
        self._put("bother", kept if value is None else {**kept, concern: int(value)})
