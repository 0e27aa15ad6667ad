"""Agree: the decision, teach-back, consents and signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QWidget

from consult_app.domain.consultation import Agreement, Stroke
from consult_app.domain.decision import DecisionState
from consult_app.gui.handout.printed_words import refuse
from consult_app.gui.panel import Panel
from consult_app.gui.signed_by import SignedBy
from consult_app.gui.signed_words import SignedWords
from consult_app.gui.thinking import ThinksAboutIt
from consult_app.gui.today import is_treated_today, tell_event
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.fields import TextArea
from consult_app.gui.widgets.labels import MEASURE, Label, held_to_measure
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.widgets.signature import SignaturePad
from consult_app.gui.widgets.yes_no import YesNo
from consult_app.knowledge.visits.agreeing import AGAIN, sign_as, sign_for, tell_change
from consult_app.knowledge.visits.locking import find_signature_obstacles, is_agreed
from consult_app.knowledge.visits.obstacle import Obstacle, read_texts
from consult_app.wording import t

DECISIONS = (
    ("go_ahead", t("Go ahead")),
    ("think", t("Think about it")),
    ("no", t("No")),
    ("not_suitable", t("Not suitable")),
)
DECLINED = frozenset({"think", "no", "not_suitable"})
NOTHING_TO_SIGN = t("Nothing is to be signed now. Only who goes ahead signs.")
TONIGHT = "tonight"
NIGHT_AFTER = t("What will you put on your skin the night after your visit, and what not?")
# The prompts of the teach-back (planning reference 5.5).
PROMPTS = (
    (TONIGHT, t("What will you put on your skin tonight, and what not?")),
    ("again", t("When can you wear make-up, train, or use your strong cream again?")),
    ("call", t("What would make you call us, and what would make you call for an ambulance?")),
)
ON_SHEET = t("Once marked as understood, these words stand on the handout where there is room.")
UNHEARD = t("How did it go? Mark it for the words as they stand now.")
OUTCOMES = (
    ("understood", t("Understood")),
    ("explained_again", t("Explained again")),
    ("needs_interpreter", t("Needs interpreter")),
)
CONSENTS = (
    ("photos_record", t("Photographs for the record")),
    ("photos_teaching", t("Photographs for teaching")),
    ("photos_marketing", t("Photographs for marketing")),
)
STILL_KEPT = t("Photographs are kept with this record. They have to be taken out where they stand.")


class AgreePanel(Panel):
    """Records what the patient decided, in their words and with their hand."""

    step = "agree"
    title = t("Agree")
    subtitle = t(
        "The patient says it back in their own words, decides, and signs if they go ahead."
    )
    said = t("The patient's words")
    onward = t("Go to the photographs")
    on_sheet = ON_SHEET
    separate = t("Separate consents")
    letters = MEASURE
    choices: tuple[tuple[str, str], ...] = DECISIONS
    patient_safe = True

    def build(self) -> None:
        """Make the cards."""
        self.pane.body.addWidget(self._make_teach_back())
        self.pane.body.addWidget(self._make_decision())
        self.pane.body.addWidget(self._make_consents())
        self.pane.body.addWidget(self._make_signature())

    def refresh(self) -> None:
        """Show what is recorded."""
        agreement = self.session.visit.agreement
        tonight = dict(PROMPTS)[TONIGHT] if is_treated_today(self.session.visit) else NIGHT_AFTER
        self._prompts[TONIGHT].setText(tonight)
        self.words[TONIGHT].control.setAccessibleName(tonight)
        for prompt, field in self.words.items():
            said = agreement.teach_back.words.get(prompt, "")
            field.set_text(said)
            self.warn(field, said)
        _show(self.outcome, agreement.teach_back.outcome)
        heard = agreement.teach_back.outcome is not None or self.outcome.isHidden()
        heard = heard or self.session.locked
        words = any(it.strip() for it in agreement.teach_back.words.values())
        self.unheard.show_text(UNHEARD if words and not heard else "", "info")
        offered = dict(self.choices)
        _show(self.decision, agreement.decision if agreement.decision in offered else None)
        for key in self.consents:
            self._show_consent(key)
        refused = agreement.photos_record is False and bool(self.session.visit.skin.pictures)
        self.kept.show_text(STILL_KEPT if refused else "", "warn")
        self.pad.set_strokes(agreement.signature)
        self.on_paper.setChecked(agreement.signed_on_paper)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Let the patient sign only when nothing stands in the way, and say what does."""
        visit = self.session.visit
        if not self.for_patient:
            self.signed_by.show_visit()
            self.thinks.show_visit()
        self.too_near.show_text(tell_event(self.desk.pack, visit, self.session.judgement), "warn")
        obstacles = find_signature_obstacles(visit, self.session.judgement, self.desk.pack)
        signed = bool(visit.agreement.signature)
        self.pad.setEnabled(signed or not obstacles)
        self.pad.paper.setEnabled(not obstacles)  # what is there can be cleared, not added to
        self.on_paper.setEnabled(visit.agreement.signed_on_paper or not obstacles)
        declined = visit.agreement.decision in DECLINED and not is_agreed(visit)
        self.signed_words.setVisible(not declined)
        self.signed_words.show_visit(self.desk.pack, visit, self.session.judgement.plan)
        if declined:
            self.notice.show_text(NOTHING_TO_SIGN, "info")
        else:
            lead = "" if is_agreed(visit) else t("Not to be signed yet.")
            told = " ".join((lead, *self.tell(obstacles))).strip() if obstacles else ""
            judgement = self.session.judgement
            changed = tell_change(visit, judgement.plan, judgement.decision.findings)
            again = AGAIN if changed else ""
            self.notice.show_text(" ".join(filter(None, (changed, again, told))), "warn")

    def warn(self, field: TextArea, said: str) -> None:
        """Say under the words which of them keep them off the sheet."""
        refuse(field, self.desk.pack, said)

    def tell(self, obstacles: Sequence[Obstacle]) -> tuple[str, ...]:
        """Return why it cannot be signed."""
        return read_texts(obstacles)

    def focus_first(self) -> None:
        """Give the keyboard to the first prompt, or to what is left where nobody is treated."""
        stops = self.session.judgement.decision.state is DecisionState.ABSOLUTE
        if stops and not self.for_patient:
            self.decision.take_focus()
        else:
            self.words[PROMPTS[0][0]].control.setFocus()

    def places(self) -> dict[str, QWidget]:
        """Return the words, how it went, the decision, and where it is said that it is signed."""
        return {
            **{prompt: field.control for prompt, field in self.words.items()},
            "teach_back": self.outcome.stop(),
            "decision": self.decision.stop(),
            "signature": self.on_paper,
        }

    def _make_teach_back(self) -> Card:
        card = Card(self.theme, t("In your own words"))
        self.words = {}
        self._prompts: dict[str, Label] = {}
        for prompt, text in PROMPTS:
            self._prompts[prompt] = label = Label(self.theme, text, "body", wrap=True)
            card.add(label)
            field = TextArea(self.theme, self.said, rows=2)
            field.control.setAccessibleName(text)
            field.edited.connect(lambda said, key=prompt: self._say(key, said))
            field.edited.connect(lambda said, it=field: self.warn(it, said))
            self.words[prompt] = field
            card.add(field)
        self.outcome = Segmented(self.theme, t("Teach-back"), [Option(*item) for item in OUTCOMES])
        self.outcome.edited.connect(self._conclude)
        card.add(self.outcome)
        self.unheard = Notice(self.theme, "", "info", parent=self)
        self.unheard.set_dismissible(on=False)
        card.add(self.unheard)
        card.add(Label(self.theme, self.on_sheet, "caption", "text2", wrap=True))
        return card

    def _make_decision(self) -> Card:
        card = Card(self.theme, t("Decision"))
        self.decision = Segmented(
            self.theme, t("Decision"), [Option(*item) for item in self.choices]
        )
        self.decision.edited.connect(self._decide)
        card.add(self.decision)
        self.thinks = ThinksAboutIt(self.theme, self.session, self.desk, self)
        self.thinks.acted.connect(lambda: self.wants.emit("panel:plan:first_session"))
        card.add(self.thinks.day)
        card.add(self.thinks)
        self.too_near = Notice(self.theme, parent=self)
        self.too_near.set_dismissible(on=False)
        card.add(self.too_near)
        text = self.desk.pack.texts["texts"]["consent"].text
        card.add(held_to_measure(Label(self.theme, text, "body", wrap=True)))
        return card

    def _make_consents(self) -> Card:
        card = Card(self.theme, self.separate)
        self.consents: dict[str, YesNo] = {}
        for key, text in CONSENTS:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(Label(self.theme, text), 1)
            choice = YesNo(self.theme, text)
            choice.edited.connect(lambda said, name=key: self._consent(name, said))
            line.addWidget(choice)
            self.consents[key] = choice
            card.add(row)
        for choice, after in pairwise(self.consents.values()):
            choice.advance.connect(after.take_focus)
        self.kept = Notice(self.theme, parent=self)
        self.kept.set_dismissible(on=False)
        self.kept.set_action(self.onward)
        self.kept.acted.connect(lambda: self.wants.emit("panel:skin"))
        card.add(self.kept)
        return card

    def _make_signature(self) -> Card:
        card = Card(self.theme, t("Signature"))
        self.notice = Notice(self.theme)
        self.notice.set_dismissible(on=False)
        card.add(self.notice)
        self.signed_by = SignedBy(self.theme, self.session, self)
        card.add(self.signed_by)
        self.signed_words = SignedWords(self.theme, self.letters)
        card.add(self.signed_words)
        self.pad = SignaturePad(self.theme)
        self.pad.edited.connect(self._sign)
        card.add(self.pad)
        self.on_paper = Chip(self.theme, t("Signed on paper"))
        self.on_paper.clicked.connect(self._sign_on_paper)
        card.add(self.on_paper)
        return card

    def _say(self, prompt: str, text: str) -> None:
        words = dict(self.session.visit.agreement.teach_back.words)
        words[prompt] = text
        with self.session.one_step():
            self.session.set("agreement.teach_back.words", words)
            # Other words were not heard yet: as understood they would be printed.
            if self.session.visit.agreement.teach_back.outcome == "understood":
                self.session.set("agreement.teach_back.outcome", None)

    def _conclude(self, outcome: str) -> None:
        """Record how it went; who needs an interpreter needs one at every visit."""
        with self.session.one_step():
            self.session.set("agreement.teach_back.outcome", outcome)
            if outcome == "needs_interpreter":
                self.session.set("needs.interpreter", True)

    def _consent(self, key: str, said: str) -> None:
        """Record yes or no; what is taken back is as it was before anybody said anything."""
        value = said == "yes" if said else getattr(Agreement(), key)
        self.session.set(f"agreement.{key}", value)
        self._show_consent(key)

    def _show_consent(self, key: str) -> None:
        value = getattr(self.session.visit.agreement, key)
        _show(self.consents[key], None if value is None else "yes" if value else "no")

    def _decide(self, value: str) -> None:
        agreement = self.session.visit.agreement
        changed = replace(agreement, decision=value, wording_version=self.desk.pack.consent_wording)  # type: ignore[arg-type] # one of the four
        self.session.set("agreement", changed)

    def _sign(self, strokes: tuple[Stroke, ...]) -> None:
        agreement = self.session.visit.agreement
        at = self.desk.clock() if strokes else None
        self._keep(replace(agreement, signature=strokes, signed_at=at), anew=bool(strokes))

    def _sign_on_paper(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._keep(replace(self.session.visit.agreement, signed_on_paper=on), anew=on)

    def _keep(self, signed: Agreement, *, anew: bool) -> None:
        """Keep a signature with what it is for: the words, the plan, what was found, and who.

        Of two the one that stays is for what it was given for.
        """
        if anew:
            signed = replace(signed, wording_version=self.desk.pack.consent_wording)
            signed = sign_as(signed, self.session.visit.patient)
        if anew or not (signed.signature or signed.signed_on_paper):
            asked, judgement = self.session.visit.plan, self.session.judgement
            signed = sign_for(signed, asked, judgement.plan, judgement.decision.findings)
        self.session.set("agreement", signed)


def _show(choice: Segmented, value: str | None) -> None:
    if value is None:
        choice.clear()
    else:
        choice.set_value(value)
