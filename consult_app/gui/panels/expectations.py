"""Expectations: honest ranges, days after, harms and other choices, for the patient to see."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.domain.plan import Plan
from consult_app.gui.panel import Panel, swap
from consult_app.gui.phrases import write_choice, write_day, write_sentence
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.fields import TextArea
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.outlook import side_effects

LEVELS = (
    ("normal", "Almost everyone"),
    ("some", "Some people"),
    ("rare", "Few people, but you should know"),
)
NOT_KNOWN = "Number not known"
LEAD_WIDTH = 170
TOP = Qt.AlignmentFlag.AlignTop
DARKEST = 6  # an unknown skin type is shown the higher numbers


class ExpectationsPanel(Panel):
    """Shown to the patient; showing the harms counts as *risks shown*."""

    step = "expectations"
    title = "What to expect"
    subtitle = "Look at this together. Numbers come from studies; unknown ones say so."
    patient_safe = True

    def build(self) -> None:
        """Make the cards; they are filled from the plan."""
        self._shown: object = None
        self.may = Card(self.theme, "What it may do, and not do")
        self.days = Card(self.theme, "How your skin will look")
        self.harms = Card(self.theme, "Possible harms")
        self.choices = Card(self.theme, "Other choices")
        self._contents: dict[str, QWidget] = {}
        for card in (self.may, self.days, self.harms, self.choices):
            self.pane.body.addWidget(card)
        self.pane.body.addWidget(self._make_talk())

    def refresh(self) -> None:
        """Show what was talked about."""
        talk = self.session.visit.discussion
        self.agreed.set_text(talk.agreed_range)
        self.questions.set_text(talk.questions)
        self.must_avoid.set_text(talk.must_avoid)
        self.discussed.setChecked(talk.discussed)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Fill the cards from the plan, and record that the risks were shown."""
        judgement = self.session.judgement
        plan = judgement.plan
        key = (plan.lines, plan.session_plan[:1], plan.review_date) if plan else None
        if key != self._shown or not self._contents:
            self._shown = key
            self._fill(plan)
        shown = self.session.visit.discussion.risks_shown
        if plan is not None and self.isVisible() and not shown and not self.session.locked:
            self.session.set("discussion.risks_shown", value=True)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count the harms as shown once they are, also where work resumes on this panel."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.show_judgement)

    def focus_first(self) -> None:
        """Give the keyboard to *discussed*, and show the top: the patient reads from there."""
        self.discussed.setFocus()
        self.pane.verticalScrollBar().setValue(0)

    def _make_talk(self) -> Card:
        card = Card(self.theme, "Talked about")
        self.agreed = TextArea(self.theme, "What we agreed to expect", rows=2)
        self.questions = TextArea(self.theme, "Questions the patient raised", rows=2)
        self.must_avoid = TextArea(self.theme, "What the patient wants to avoid above all", rows=2)
        self.discussed = Chip(self.theme, "Discussed with the patient")
        for field in (self.agreed, self.questions, self.must_avoid, self.discussed):
            card.add(field)
        put = self.session.set
        self.agreed.edited.connect(lambda text: put("discussion.agreed_range", text))
        self.questions.edited.connect(lambda text: put("discussion.questions", text))
        self.must_avoid.edited.connect(lambda text: put("discussion.must_avoid", text))
        self.discussed.clicked.connect(lambda on: put("discussion.discussed", on))
        return card

    def _fill(self, plan: Plan | None) -> None:
        if plan is None:
            waiting = "Follows when the plan has an area, a skin type and a first date."
            self._put("may", self.may, [(waiting, "", "body")])
            for name, card in (("days", self.days), ("harms", self.harms)):
                self._put(name, card, [(waiting, "", "body")])
        else:
            self._put("may", self.may, self._list_benefits(plan))
            self._put("days", self.days, self._list_days(plan))
            self._put("harms", self.harms, self._list_harms())
        self._put("choices", self.choices, self._list_choices())

    def _list_benefits(self, plan: Plan) -> Iterable[tuple[str, str, str]]:
        protocol = self.desk.pack.protocol
        grades = {grade.id: grade.words for grade in protocol.outlook.grade}
        labels = {concern.id: concern.label for concern in protocol.concerns}
        wanted = dict.fromkeys(line.concern for line in plan.lines)
        for item in protocol.outlook.expectation:
            if item.concern not in wanted:
                continue
            grade = plan.evidence.get(item.concern)
            proof = grades.get(grade.grade, "") if grade else ""
            says = (write_sentence(item.range), write_sentence(proof))
            yield labels.get(item.concern, item.concern), " ".join(filter(None, says)), "strong"
            if item.will_not:
                yield "", write_sentence(f"It will not {write_choice(item.will_not)}"), "body"
        if plan.first_visible_window:
            first, last = plan.first_visible_window[0], plan.first_visible_window[-1]
            yield "First change", f"{write_day(first)} to {write_day(last)}.", "body"
        if plan.review_date:
            yield "Best time to judge", f"From {write_day(plan.review_date)}.", "body"

    def _list_days(self, plan: Plan) -> Iterable[tuple[str, str, str]]:
        band = plan.session_plan[0].intensity_band if plan.session_plan else "H"
        for row in self.desk.pack.protocol.outlook.downtime:
            days = f"Day {row.days.first}"
            if row.days.last != row.days.first:
                days += f" to {row.days.last}"
            says = (write_sentence(row.looks.get(band, "")), write_sentence(row.say))
            yield days, " ".join(filter(None, says)), "body"

    def _list_harms(self) -> Iterable[tuple[str, str, str]]:
        visit = self.session.visit
        effects = side_effects(
            self.desk.pack.protocol,
            phototype=visit.facts.phototype or DARKEST,
            targets=visit.plan.targets,
        )
        for level, heading in LEVELS:
            yield heading, "", "strong"
            for found in effects:
                if found.effect.level == level:
                    yield found.effect.label, write_sentence(found.words or NOT_KNOWN), "body"

    def _list_choices(self) -> Iterable[tuple[str, str, str]]:
        for option in self.desk.pack.protocol.comparison.option:
            facts = (
                ("", option.what),
                ("Days you look treated: ", option.days_treated),
                ("Visits: ", option.visits),
                ("Pain: ", option.pain),
                ("Best for: ", option.best_for),
            )
            words = " ".join(
                write_sentence(lead + fact) for lead, fact in facts if fact.strip("- ")
            )
            yield option.label, words, "body"

    def _put(self, name: str, card: Card, lines: Iterable[tuple[str, str, str]]) -> None:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(20))
        grid.setVerticalSpacing(self.theme.px(10))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self.theme.px(LEAD_WIDTH))
        for number, (head, text, role) in enumerate(lines):
            lead = Label(self.theme, head, "strong" if text else role, wrap=True)
            if text:
                lead.setMaximumWidth(self.theme.px(LEAD_WIDTH))
                # Both begin on one line, however many lines the longer one takes.
                grid.addWidget(lead, number, 0, TOP)
                grid.addWidget(Label(self.theme, text, "body", wrap=True), number, 1, TOP)
            else:
                grid.addWidget(lead, number, 0, 1, 2)
        self._contents[name] = swap(card.body, self._contents.get(name), content)
