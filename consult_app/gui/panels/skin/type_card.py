"""The skin type: six descriptions, the ten questions, the tone, and how they combine."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from consult_app.domain.consultation import SkinAssessment
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.question_rows import ChoiceRow
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.scoring import score
from consult_app.knowledge.told.assessment import SHEET, TONE, assess_phototype
from consult_app.wording import t

# Own words for the six descriptions of the original two questions (screening reference 2.1, S56).
PHOTOTYPES = (
    ("I", t("Always burns, never tans"), "#F6E3D4"),
    ("II", t("Burns easily, tans little"), "#EBCDB4"),
    ("III", t("Sometimes burns, tans gradually"), "#D9AC86"),
    ("IV", t("Burns little, tans well"), "#B98A61"),
    ("V", t("Rarely burns, tans deeply"), "#8A5A3C"),
    ("VI", t("Never burns, deeply pigmented"), "#55352A"),
)


class TypeCard(Card):
    """Asks for the skin type in up to three ways and says which one counts.

    Attributes:
        seen_edited: The practitioner's view, 1 to 6.
        sheet_edited: The answers to the ten questions, by question id.
        tone_edited: The skin tone 1 to 10, or None.
    """

    seen_edited = Signal(int)
    sheet_edited = Signal(object)
    tone_edited = Signal(object)

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__(theme, t("Skin type"))
        self._pack = pack
        self._sheet: Mapping[str, int] = {}
        options = [
            Option(str(number), roman, t("Type {roman}, {words}", roman=roman, words=words), swatch)
            for number, (roman, words, swatch) in enumerate(PHOTOTYPES, 1)
        ]
        self._words = Label(theme, "", "label", "text2")
        self.header.addWidget(self._words)
        self.seen = Segmented(theme, t("Skin type"), options)
        self.seen.edited.connect(lambda value: self.seen_edited.emit(int(value)))
        self.add(self.seen)
        self.add(self._make_meanings())
        self.fold = Fold(theme, t("Ten questions and skin tone"))
        self.add(self.fold)
        # Beneath the questions: above them its coming would move what is answered next.
        self.combined = Label(theme, "", "label", "text2", wrap=True)
        self.add(self.combined)
        self.rows: dict[str, ChoiceRow] = {}
        self._make_sheet()
        self._make_tone()

    def _make_meanings(self) -> QGridLayout:
        """Put the six descriptions where patients can read them before one is chosen."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(16))
        grid.setVerticalSpacing(self.theme.px(2))
        half = len(PHOTOTYPES) // 2
        self._meanings: list[Label] = []
        for number, (roman, words, _) in enumerate(PHOTOTYPES):
            label = Label(self.theme, f"{roman}  {words}", "label", "text2", wrap=True)
            self._meanings.append(label)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label, number % half, number // half, top)
        return grid

    def show_skin(self, skin: SkinAssessment) -> None:
        """Show what is recorded and how it combines."""
        for number, label in enumerate(self._meanings, start=1):
            chosen = number == skin.phototype_seen
            label.set_role("label_strong" if chosen else "label")
            label.set_tone("text" if chosen else "text2")
        self._sheet = skin.phototype_sheet
        if skin.phototype_seen is None:
            self.seen.clear()
            self._words.setText(t("Not chosen yet"))
        else:
            self.seen.set_value(str(skin.phototype_seen))
            self._words.setText(t("Your own view"))
        for name, row in self.rows.items():
            row.set_value(skin.phototype_sheet.get(name))
        self.tone.set_value(skin.monk_tone)
        found = assess_phototype(self._pack, skin)
        several = bool(skin.phototype_sheet or skin.monk_tone)
        self.combined.setVisible(several)
        if found.pigment_risk is None:
            self.combined.setText(t("Nothing counts yet."))
        else:
            counts = t("Type {roman} counts for pigment risk", roman=_roman(found.pigment_risk))
            if found.sun_advice:
                sun = t("type {roman} for sun advice", roman=_roman(found.sun_advice))
                counts = f"{counts}, {sun}"
            self.combined.setText(f"{counts} ({found.formula}).")
        self.fold.show_summary(self._sum_up(skin))

    def _sum_up(self, skin: SkinAssessment) -> str:
        sheet = self._pack.instruments.by_id[SHEET]
        parts = []
        if skin.phototype_sheet:
            found = score(sheet, skin.phototype_sheet)
            told = len(found.inputs)
            whole = (
                t("Sheet {value}: type {label}", value=f"{found.value:g}", label=found.label)
                if found.value is not None
                else ""
            )
            parts.append(
                whole or t("{n} of {count} answered", n=told, count=told + len(found.missing))
            )
        if skin.monk_tone is not None:
            parts.append(t("tone {number}", number=skin.monk_tone))
        return ", ".join(parts) or t("Optional")

    def _make_sheet(self) -> None:
        for query in self._pack.instruments.by_id[SHEET].question:
            options = [(option.points, option.text) for option in query.options]
            row = ChoiceRow(self.theme, query.text, options)
            row.edited.connect(lambda points, name=query.id: self._answer(name, points))
            self.rows[query.id] = row
            self.fold.body.addWidget(row)

    def _make_tone(self) -> None:
        query = self._pack.instruments.by_id[TONE].question[0]
        options = [(option.points, option.text) for option in query.options]
        self.tone = ChoiceRow(
            self.theme,
            t("Monk skin tone (optional)"),
            options,
            name=t("Monk skin tone. {question}", question=query.text),
        )
        self.tone.edited.connect(
            lambda points: self.tone_edited.emit(None if points is None else int(points))
        )
        self.fold.body.addWidget(self.tone)

    def _answer(self, name: str, points: float | None) -> None:
        answers = {key: value for key, value in self._sheet.items() if key != name}
        if points is not None:
            answers[name] = int(points)
        self.sheet_edited.emit(answers)


def _roman(number: int) -> str:
    return PHOTOTYPES[number - 1][0]
