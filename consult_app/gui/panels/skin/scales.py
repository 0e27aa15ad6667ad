"""The scales of the skin assessment: one for the main concern, acne, and more on request."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal

from consult_app.domain.consultation import SkinAssessment
from consult_app.domain.score import Score
from consult_app.gui.phrases import write_sources
from consult_app.gui.scale_form import ScaleForm
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.instruments import Instrument
from consult_app.knowledge.told.assessment import ACNE, PIGMENT, list_scales, score_scale
from consult_app.wording import t, tn

STATUS = {"published": t("Published scale"), "house": t("House grade, not validated")}
NO_CONCERN = t("Choose what matters first on Goals; its scale then stands here.")
NO_SOURCE = t("No source is named for it.")
NO_SCALE = t("This concern has no scale of its own; a photograph is enough.")


class ScaleFold(Fold):
    """One instrument: closed it says its result, open it asks and shows how it came about.

    Attributes:
        edited: A question was answered: its place, and points, number or None.
        emptied: All answers are taken back.
        ask_wanted: Jump to a screening item.
    """

    edited = Signal(str, object)
    emptied = Signal()
    ask_wanted = Signal(str)

    def __init__(self, theme: Theme, instrument: Instrument, pack: Pack) -> None:
        super().__init__(theme, instrument.title)
        self.instrument = instrument
        self._pack = pack
        named = write_sources(pack.source_by_id[it] for it in instrument.sources)
        self.about = Fold(theme, STATUS[instrument.status])
        self.about.body.addWidget(Label(theme, named or NO_SOURCE, "label", "text2", wrap=True))
        self.body.addWidget(self.about)
        self.form = ScaleForm(theme, instrument)
        self.form.edited.connect(self.edited)
        self.body.addWidget(self.form)
        self.result = Label(theme, "", "label_strong", wrap=True)
        self.advice = Label(theme, "", "label", "text2", wrap=True)
        self.body.addWidget(self.result)
        self.body.addWidget(self.advice)
        # The cell chosen and its meaning are the whole result of a plain grade.
        self._says_itself = instrument.kind == "grade" and len(instrument.question) == 1
        self._asks: dict[str, Button] = {}
        self._row = FlowBox(t("What follows from it"))
        self.empty = Button(theme, t("Take back"), "ghost", "rotate-ccw")
        self.empty.set_flush()
        self.empty.clicked.connect(self.emptied)
        self._row.add(self.empty)
        self.body.addWidget(self._row)

    def show_score(self, found: Score, answers: Mapping[str, float]) -> None:
        """Show the answers and what they come to."""
        self.form.show_answers(answers)
        self.show_summary(_sum_up(found))
        self.result.setText(_write_result(found))
        self.result.setVisible(bool(found.inputs) and not self._says_itself)
        self.advice.setText("\n".join((*found.advice, *self.instrument.notes)))
        self.advice.setVisible(bool(self.advice.text()))
        for item in found.asks:
            if item not in self._asks:
                label = self._pack.question_by_id[item].label
                button = Button(
                    self.theme, t("Ask: {label}", label=label), "secondary", "arrow-right"
                )
                button.clicked.connect(lambda _=False, name=item: self.ask_wanted.emit(name))
                self._asks[item] = button
                self._row.add(button)
        for item, button in self._asks.items():
            button.setVisible(item in found.asks)
        self.empty.setVisible(bool(found.inputs))
        self._row.setVisible(bool(found.inputs or found.asks))
        self._row.refit()


class ScaleCard(Card):
    """Shows the scale of the main concern, acne, and every scale that was used.

    Attributes:
        edited: A question was answered: the scale, its place, and points, number or None.
        emptied: All answers to a scale are taken back.
        ask_wanted: Jump to a screening item.
    """

    edited = Signal(str, str, object)
    emptied = Signal(str)
    ask_wanted = Signal(str)

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__(theme, t("Scales"))
        self._pack = pack
        self._added: list[str] = []
        self.folds: dict[str, ScaleFold] = {}
        self.more = MenuButton(theme, t("Another scale"))
        self.more.chosen.connect(self._open_another)
        self.header.addWidget(self.more)
        self.remark = Label(theme, "", "label", "text2", wrap=True)
        self.add(self.remark)
        self._shown: tuple[SkinAssessment, str | None] = (SkinAssessment(), None)

    def show_skin(self, skin: SkinAssessment, concern: str | None) -> None:
        """Show the scales for a main concern with what is recorded."""
        self._shown = (skin, concern)
        main = self._pack.instruments.for_concern(concern or "")
        self.remark.setText(NO_SCALE if concern else NO_CONCERN)
        self.remark.setVisible(main is None)
        offered = [scale for scale in list_scales(self._pack, concern) if scale is not main]
        self.more.set_choices([(scale.id, scale.title) for scale in offered])
        used = [name for name, answers in skin.scores.items() if answers and name != PIGMENT]
        wanted = [*([main.id] if main else []), ACNE, *used, *self._added]
        shown = [name for name in dict.fromkeys(wanted) if name in self._pack.instruments.by_id]
        for name in shown:
            found = score_scale(self._pack, skin, name)
            if found is not None:
                self._find_fold(name).show_score(found, skin.scores.get(name, {}))
        for name, fold in self.folds.items():
            fold.setVisible(name in shown)

    def _find_fold(self, name: str) -> ScaleFold:
        if name not in self.folds:
            fold = ScaleFold(self.theme, self._pack.instruments.by_id[name], self._pack)
            fold.edited.connect(lambda place, value: self.edited.emit(name, place, value))
            fold.emptied.connect(lambda: self.emptied.emit(name))
            fold.ask_wanted.connect(self.ask_wanted)
            self.folds[name] = fold
            # The scale of the main concern stands before acne, whichever was made first.
            if name in self._added or name == ACNE:
                self.add(fold)
            else:
                self.body.insertWidget(1, fold)
        return self.folds[name]

    def _open_another(self, name: str) -> None:
        if name not in self._added:
            self._added.append(name)
        self.show_skin(*self._shown)
        self.folds[name].set_open(on=True)
        # Only once it is laid out can the page scroll to it.
        QTimer.singleShot(0, self.folds[name], self.folds[name].take_focus)


def _sum_up(found: Score) -> str:
    if not found.inputs:
        return t("Not scored")
    if found.missing:
        return t(
            "{n} of {count} answered",
            n=len(found.inputs),
            count=len(found.inputs) + len(found.missing),
        )
    words = found.label.split(";")[0].split(":")[0]
    number = "" if found.value is None else f"{found.value:g}"
    return words if words.startswith(number) else f"{number} {words}".strip()


def _write_result(found: Score) -> str:
    if found.missing:
        still = tn("{n} question is open.", "{n} questions are open.", len(found.missing))
        if found.least is None:
            return still
        return f"{still} {t('So far {least}.', least=f'{found.least:g}')}"
    label = f": {found.label}" if found.label else ""
    return f"{found.formula}{label}"
