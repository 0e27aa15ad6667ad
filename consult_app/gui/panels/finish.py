"""Finish: what is still missing, the handout, and signing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from consult_app.domain.decision import DecisionState
from consult_app.domain.finding import Finding
from consult_app.gui.begun_before import tell_past_visit
from consult_app.gui.commands import fill_keys
from consult_app.gui.missing_told import NOTHING_MISSING, tell_unread
from consult_app.gui.panel import Panel, swap
from consult_app.gui.phrases import write_clock, write_day
from consult_app.gui.plan_summary import sum_up_plan
from consult_app.gui.severity import find_sign
from consult_app.gui.still_open import UNSIGNED, ends, list_open
from consult_app.gui.today import tell_start
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import ROW, FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.lines import CAPTION, Lines, Marked, keep_short
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.decision_box import NOT_JUDGED, YOU_DECIDE
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.told.planned import find_cream, name_addons
from consult_app.knowledge.visits.agreeing import AGAIN, DOUBT, tell_change, tell_signer
from consult_app.knowledge.visits.antiviral import tell_antiviral
from consult_app.knowledge.visits.begun import is_behind
from consult_app.knowledge.visits.handing_over import find_no_sheet, hands_over
from consult_app.knowledge.visits.locking import UNANSWERED, is_agreed
from consult_app.knowledge.visits.obstacle import Obstacle, read_texts
from consult_app.knowledge.visits.waiting import judge_unset
from consult_app.values import replace
from consult_app.wording import t

Groups = tuple[tuple[str | Marked, ...], ...]
"""The lines of a card, in groups that may stand side by side."""
BEFORE_SIGNING = t(
    "The handout that is kept is the one made at signing. Its Ref tells whether one printed "
    "before is the same."
)
OPEN_QUESTIONS = "screening_incomplete"
"""The condition that the decision box tells, question by question."""
NONE_YET = t("There is a handout once the plan is complete.")
OUTDATED = t(
    "The handout has changed since it was printed or saved. Print it again and give the patient "
    "the new one."
)
MAY = t("May be locked with {accept}, but this is open:")
MAY_INCOMPLETE = t("May be locked with {accept}, but is not complete:")
OTHER_LANGUAGE = t(
    "The patient prefers {wanted}, the handout is in {written}. Patient details ({identity}) offer "
    "the languages there are; otherwise read it through with an interpreter."
)
NOT_THEIRS = t("Decision: {decision}.")
"""Who is suitable is for the practitioner to say."""
TODAY = t("To be treated today.")
PLANNED_BY = t("Planned by {planner}. {signer} signs.")
DECISIONS = {
    None: t("open"),
    "go_ahead": t("go ahead"),
    "think": t("think about it"),
    "no": t("no"),
    "not_suitable": t("not suitable"),
}


class FinishPanel(Panel):
    """Shows what will be signed, and lets the handout be seen, printed and saved."""

    step = "finish"
    title = t("Finish")
    subtitle = t("Print the handout, then sign and lock. Finish later is always allowed.")
    open_when_signed = True
    signs = True

    def build(self) -> None:
        """Make the cards."""
        self._contents: dict[Card, tuple[Groups, QWidget]] = {}
        self.handout = self._make_handout()
        self.missing = Card(self.theme, t("Before locking"))
        self.summary = Card(self.theme, t("Summary for the record"))
        for card in (self.missing, self.handout, self.summary):
            self.pane.body.addWidget(card)

    def refresh(self) -> None:
        """Show the record as it would be signed."""
        self.show_judgement()

    def show_judgement(self) -> None:
        """Say what is missing, and sum up."""
        visit = self.session.visit
        judgement = self.session.judgement
        kept = visit.handout is not None
        made = hands_over(visit, judgement)
        for button in (self.see, self.print, self.save):
            button.setEnabled(kept or made)
        none = "" if kept or made else find_no_sheet(visit, judgement) or NONE_YET
        self.about.setText(none or BEFORE_SIGNING)
        if self.session.locked and visit.signed_at is not None:
            at = f"{write_day(visit.signed_at.date())}, {write_clock(visit.signed_at)}"
            self.missing.set_title(t("This record"))
            lines: list[str | Marked] = [t("Signed and locked {at}.", at=at)]
            if visit.handout is None:
                lines.append(t("No handout was kept with it."))
            else:
                pages = visit.handout.pages
                lines.append(t("The handout is kept with it ({kept} pages).", kept=pages))
            if visit.handout and self.session.given_out not in ("", visit.handout.sha256):
                lines.append(OUTDATED)
            lines += read_texts(list_open(self.desk.pack, visit, judgement))
        else:
            lines = self._tell_missing()
        self._put(self.missing, (tuple(lines),))
        self.spoken.show_text(self._tell_language(), "info")
        self._put(self.summary, self._sum_up())

    def focus_first(self) -> None:
        """Give the keyboard to the preview, and show the top: what is open is read first."""
        self.see.setFocus()
        self.pane.verticalScrollBar().setValue(0)

    def _tell_missing(self) -> list[str | Marked]:
        """Return what keeps the record open, and what is open though it may be locked.

        All questions stand in one line; the decision box leads to each.
        """
        visit, judgement = self.session.visit, self.session.judgement
        found = list_obstacles(visit, judgement, self.desk)
        labels = {UNANSWERED.format(label=it.label): it.label for it in self.desk.pack.questions}
        asked = [it for it in found if it.text in labels]
        still = "; ".join(labels[it.text] for it in asked)
        told: list[str | Marked] = []
        if asked:
            told.append(lead_to(replace(asked[0], text=UNANSWERED.format(label=still))))
        told += [lead_to(it) for it in found if it not in asked]
        told += tell_unread(self.session)
        noted = list_open(self.desk.pack, visit, judgement, {it.place for it in found})
        if (past := tell_past_visit(visit, self.session.today)) and not ends(visit):
            noted = (Obstacle(text=past, place="item:first_session"), *noted)
        if noted and not told:
            incomplete = judgement.decision.state is DecisionState.INCOMPLETE
            told.append(fill_keys(MAY_INCOMPLETE if incomplete else MAY))
        return [*told, *map(lead_to, noted)] or [fill_keys(NOTHING_MISSING)]

    def _make_handout(self) -> Card:
        card = Card(self.theme, t("Handout"))
        row = FlowBox(t("Handout"), gap=ROW)
        self.see = Button(self.theme, t("See the handout"), "secondary", "file-text")
        self.print = Button(self.theme, t("Print"), "secondary", "printer")
        self.save = Button(self.theme, t("Save"), "secondary", "download")
        wishes = ((self.see, "handout"), (self.print, "print"), (self.save, "save"))
        for button, wish in wishes:
            button.clicked.connect(lambda _=False, wanted=wish: self.wants.emit(wanted))
            row.add(button)
        card.add(row)
        self.spoken = Notice(self.theme, parent=self)
        self.spoken.set_dismissible(on=False)
        card.add(self.spoken)
        self.given = Notice(self.theme, "", "ok", speaks=True, parent=self)
        self.session.given.connect(self.given.show_text)
        card.add(self.given)
        self.about = Label(self.theme, BEFORE_SIGNING, "caption", "text2", wrap=True)
        card.add(keep_short(self.about, self.theme.px(CAPTION)))
        return card

    def _tell_language(self) -> str:
        """Return that the patient prefers another language than the sheet's; empty otherwise."""
        visit = self.session.visit
        wanted = visit.needs.language.strip()
        if not wanted:
            return ""
        written = dict(self.desk.sheet_languages).get(visit.locale.language, visit.locale.language)
        if wanted.casefold() in written.casefold():
            return ""
        return fill_keys(OTHER_LANGUAGE, wanted=wanted, written=written)

    def _sum_up(self) -> Groups:
        """Return what was found, and what is planned and decided."""
        visit = self.session.visit
        plan = self.session.judgement.plan
        settled = judge_unset(self.desk.pack, self.session.judgement) is None
        summed = sum_up_plan(self.desk.pack, visit, plan, settled=settled) if plan else ()
        lines: list[str | Marked] = [*summed, *self._list_more()]
        decided = visit.agreement.decision
        said = NOT_THEIRS if decided == "not_suitable" else t("Patient's decision: {decision}.")
        lines.append(said.format(decision=DECISIONS[decided]))
        lines += [self._tell_signature()] if decided == "go_ahead" else []
        lines += [self._tell_today()] if visit.agreement.treat_today else []
        if planner := visit.planned_by.name.strip():
            lines.append(PLANNED_BY.format(planner=planner, signer=visit.practitioner.name))
        return tuple(self._list_found()), tuple(lines)

    def _tell_today(self) -> str:
        """Return that it is to be treated today, and where the plan begins later, that and why."""
        visit, words = self.session.visit, TODAY
        if is_behind(visit, self.session.today):
            words = t("To be treated on {day}.", day=write_day(visit.visit_date))
        return f"{words} {tell_start(visit, self.session.judgement)}".strip()

    def _list_found(self) -> list[str | Marked]:
        """Return what the decision box says."""
        decision = self.session.judgement.decision
        elsewhere = decision.state is DecisionState.INCOMPLETE and not self.session.locked
        found: list[str | Marked] = []
        if not elsewhere:  # said in the card above and the decision box
            found.append(t("Decision box: {headline}.", headline=decision.headline))
        found += [self._mark(it) for it in decision.findings]
        for words, names in ((NOT_JUDGED, decision.unknown), (YOU_DECIDE, decision.unjudged)):
            if names:
                told = t("{told}.", told=words.format(list=", ".join(names)))
                found.append(Marked(text=told, icon="triangle-alert", tone="warn"))
        return found

    def _list_more(self) -> Iterator[str | Marked]:
        """Yield what it is done with, what was decided, and what is to be recorded first."""
        visit, judgement = self.session.visit, self.session.judgement
        plan = judgement.plan
        if plan is None:
            return
        yield self._tell_device()
        if kept := name_addons(self.desk.pack, visit.plan, plan):
            yield t("Goes on the needled skin: {list}.", list=", ".join(kept))
        cream = find_cream(visit.plan, plan)
        if visit.plan.numbing is None:
            yield t("Numbing cream: not said.")
        elif cream is None:
            yield t("No numbing cream.")
        else:
            creams = self.desk.pack.protocol.plan.numbing
            names = {name: it.label for it in creams for name in (it.id, *it.also)}
            yield t("Numbing cream: {product}.", product=names.get(cream, cream) or t("not named"))
        if told := tell_antiviral(visit, judgement):
            yield told
        found = {OPEN_QUESTIONS, *(it.id for it in judgement.decision.findings)}
        for note in plan.conditions:
            if note.id not in found:
                yield Marked(text=note.text, icon="triangle-alert", tone="warn")

    def _tell_device(self) -> str:
        """Return the device and how deep it goes by its label."""
        plan = self.session.visit.plan
        known = self.desk.pack.protocol.device_by_id.get(plan.device_kind)
        return t(
            "Device: {device}, deepest setting on its label {depth} mm.",
            device=known.label if known else plan.device_kind,
            depth=f"{plan.device_label_max_mm:g}",
        )

    def _mark(self, finding: Finding) -> Marked:
        """Return a finding with what it asks for in front, or with the reason it was decided by."""
        recorded = self.session.judgement.decision.recorded
        sign = find_sign(finding, recorded)
        about = self.desk.pack.name_finding(finding)
        reason = recorded.get(finding.id)
        text = f"{sign.words}: {about}. {finding.action}"
        if reason:  # which follows the words that speak of it
            text = f"{about}. {sign.words}: {reason}"
        return Marked(text=text, icon=sign.icon, tone=sign.tone)

    def _tell_signature(self) -> str:
        """Return whether the patient signed; a record that goes ahead may be locked without."""
        judgement = self.session.judgement
        found = judgement.decision.findings
        changed = tell_change(self.session.visit, judgement.plan, found)
        again = AGAIN if changed and not self.session.locked else ""
        doubt = DOUBT if tell_signer(self.session.visit) == DOUBT else ""
        return " ".join(filter(None, (self._tell_how(), changed, again, doubt)))

    def _tell_how(self) -> str:
        agreement = self.session.visit.agreement
        if agreement.signature and agreement.signed_at is not None:
            at = f"{write_day(agreement.signed_at.date())}, {write_clock(agreement.signed_at)}"
            return t("The patient signed here on {at}.", at=at)
        return t("The patient signed on paper.") if is_agreed(self.session.visit) else UNSIGNED

    def _put(self, card: Card, groups: Groups) -> None:
        """Show the lines of a card, unless they stand there."""
        shown, old = self._contents.get(card, ((), None))
        if old is None or shown != groups:
            content = Lines(self.theme, groups)
            content.led.connect(self.wants)
            self._contents[card] = (groups, swap(card.body, old, content))


def lead_to(found: Obstacle) -> Marked:
    """Return the line of what is open, which leads there."""
    return Marked(text=found.text, place=found.place)
