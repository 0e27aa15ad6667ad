"""The body-image screen: two questions, and further ones only when they give reason to ask."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.gui.phrases import write_sources
from consult_app.gui.session import Session
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.question_rows import ChoiceRow
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.body_image import (
    ITEM,
    BodyImageResult,
    BodyQuestion,
    screen_body_image,
)
from consult_app.wording import t

NONE = "0"
FOR_PRACTITIONER = t("For you: ")


class SeveralRow(QWidget):
    """A question of which any number of answers hold; *none of these* is an answer too.

    Attributes:
        edited: The sum of the points, or None when nothing is said.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, question: BodyQuestion) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Label(theme, question.text, "body", wrap=True))
        self._points = {f"{option.points:g}": int(option.points) for option in question.options}
        options = [(f"{option.points:g}", option.text) for option in question.options]
        self.chips = ChipGroup(theme, question.text, [*options, (NONE, t("None of these"))])
        self.chips.edited.connect(self._tell)
        self._shown: tuple[str, ...] = ()
        column.addWidget(self.chips)

    def set_value(self, points: float | None) -> None:
        """Show an answer, without a signal."""
        said = int(points or 0)
        chosen = tuple(key for key, bit in self._points.items() if said & bit)
        self._shown = () if points is None else chosen or (NONE,)
        self.chips.set_chosen(self._shown)

    def _tell(self, chosen: tuple[str, ...]) -> None:
        newly_none = NONE in chosen and NONE not in self._shown
        said = [self._points[key] for key in chosen if key != NONE]
        self.edited.emit(0 if newly_none else sum(said) if said else None)


class BodyImageScreen(QWidget):
    """Asks what has to be asked, one part after the other, and says what it means."""

    def __init__(self, theme: Theme, pack: Pack, session: Session) -> None:
        super().__init__()
        self._pack, self._session = pack, session
        body = pack.body_image
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.fold = Fold(theme, t("Body-image questions"))
        column.addWidget(self.fold)
        self.crisis = Notice(theme, "", "stop", parent=self)
        self.crisis.set_dismissible(on=False)
        self.crisis.setMinimumHeight(theme.px(TARGET))
        self.rows: dict[str, ChoiceRow | SeveralRow] = {}
        for question in body.question:
            row = self._make_row(theme, question)
            row.edited.connect(lambda points, name=question.id: self._answer(name, points))
            self.rows[question.id] = row
            self.fold.body.addWidget(row)
            if question.role == "harm":
                self.fold.body.addWidget(self.crisis)
        self.meaning = Label(theme, "", "label_strong", wrap=True)
        self.formula = Label(theme, "", "caption", "text3", wrap=True)
        self.fold.body.addWidget(self.meaning)
        self.fold.body.addWidget(self.formula)
        flags = "; ".join(flag.text for flag in body.red_flag)
        facts = "\n".join(fact.text for fact in body.fact)
        about = t("Red flags without a score: {flags}.\n{facts}", flags=flags, facts=facts)
        self._about = Fold(theme, t("Red flags and figures"))
        self._about.body.addWidget(Label(theme, about, "label", "text2", wrap=True))
        self.sources = Label(theme, "", "label", "text2", wrap=True)
        self._about.body.addWidget(self.sources)
        self.fold.body.addWidget(self._about)

    def open_questions(self) -> None:
        """Open the questions and give the first one the keyboard."""
        self.fold.set_open(on=True)
        first = next(iter(self.rows.values()))
        QTimer.singleShot(0, first, first.setFocus)

    def show_visit(self) -> None:
        """Show the answers, the questions that follow from them, and what they mean."""
        answers = self._session.visit.body_image
        found = screen_body_image(self._pack.body_image, answers)
        for question in self._pack.body_image.question:
            # A crisis told earlier stays in sight even when its question is no longer asked.
            told = question.role == "harm" and found.crisis
            row = self.rows[question.id]
            row.setVisible(question.id in found.ask or told)
            row.set_value(answers.get(question.id))
        outcome = self._pack.body_image.outcome
        self.crisis.show_text(outcome.crisis_text if found.crisis else "", "stop")
        said = [text for text in found.advice if text != outcome.crisis_text]
        self.meaning.setText("\n".join(said))
        self.meaning.setVisible(bool(said))
        self.formula.setText(found.formula)
        named = write_sources(self._pack.source_by_id[it] for it in found.sources)
        self.sources.setText(t("Sources: ") + named if named else "")
        self.formula.setVisible(found.complete and bool(answers))
        self.fold.show_summary(_sum_up(found))

    def _make_row(self, theme: Theme, question: BodyQuestion) -> ChoiceRow | SeveralRow:
        if question.several:
            return SeveralRow(theme, question)
        lead = FOR_PRACTITIONER if question.who == "practitioner" else ""
        options = [(option.points, option.text) for option in question.options]
        row = ChoiceRow(theme, f"{lead}{question.text}", options)
        row.combo.searches = False  # N, Y and U answer the question above it
        return row

    def _answer(self, name: str, points: float | None) -> None:
        held = self._session.visit.body_image
        answers = {key: number for key, number in held.items() if key != name}
        if points is not None:
            answers[name] = int(points)
        with self._session.one_step():
            self._session.set("body_image", answers)
            self._settle_question()

    def _settle_question(self) -> None:
        """Answer the screening question once the screen is complete; a *Yes* by hand stands."""
        visit = self._session.visit
        found = screen_body_image(self._pack.body_image, visit.body_image)
        held = visit.answers.get(ITEM)
        if not found.complete:
            return
        if found.codes:
            self._session.answer(ITEM, "yes")
        elif held is None or held.state == "no":
            self._session.answer(ITEM, "no")


def _sum_up(found: BodyImageResult) -> str:
    if not found.inputs:
        return t("Not asked")
    if not found.complete:
        count = len(found.ask)
        return t("{n} of {count} answered", n=count - len(found.missing), count=count)
    return t("Positive: assess first") if found.codes else t("Nothing found")
