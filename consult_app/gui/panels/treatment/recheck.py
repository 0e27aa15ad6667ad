"""Re-check: what is asked again on the day; until it is answered, treating is refused."""

from __future__ import annotations

from collections.abc import Callable

from consult_app.domain.treatment import Supervision
from consult_app.gui.asked import Asked
from consult_app.gui.consent_given import tell_signature
from consult_app.gui.denied_once import DeniedOnce
from consult_app.gui.entry_fields import EntryFields
from consult_app.gui.information import ITEM as INFORMATION
from consult_app.gui.information import InformationGiven
from consult_app.gui.panel import Panel
from consult_app.gui.panels.treatment.consent import NoConsent
from consult_app.gui.panels.treatment.near_event import NearEvent
from consult_app.gui.panels.treatment.new_medicine import SHOWN_FOR, NewMedicine
from consult_app.gui.panels.treatment.patch_first import PatchFirst
from consult_app.gui.panels.treatment.patched import PatchDone
from consult_app.gui.panels.treatment.refusal import make_refusal, show_refusal, show_unread
from consult_app.gui.panels.treatment.supervised import KEPT, show_supervised
from consult_app.gui.photo_set import PhotoSet
from consult_app.gui.phrases import write_day, write_distance
from consult_app.gui.said_last import AT_TREATMENT, list_taken, list_words, tell_age, tell_unnamed
from consult_app.gui.tablets import Tablets
from consult_app.gui.widgets.answer_row import NOT_ASKED, AnswerRow
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.gui.workspace.earlier import list_adverse
from consult_app.gui.workspace.unfinished import list_begun_beside
from consult_app.knowledge.judgement import ANTIVIRAL
from consult_app.knowledge.planning.missed_patch import PATCH_ITEM
from consult_app.knowledge.told.added import find_added, list_asked_for
from consult_app.knowledge.visits.asked_also import is_told_anew, list_also
from consult_app.knowledge.visits.asked_of_day import lacks_end, list_of_day
from consult_app.knowledge.visits.recall import reconfirm, tell_answer
from consult_app.knowledge.visits.supervising import allow
from consult_app.knowledge.visits.treating import answer_again, answer_medicines
from consult_app.wording import t

AT_CONSULTATION = (
    t("At the consultation ({age}): {before}"),
    t("Changed. At the consultation ({age}): {before}"),
)
STANDS_ON = t("All else that was said is of {day}, {age}.")
"""No reference says how old they may be, so their age is told and nothing is refused for it."""
OVER_SINCE = t("If it is over since, answer Yes with the day: a wait counts from that.")
NOT_AGAIN = t("{question}: asked in the consultation, not again before a treatment.")
CONTRADICTED = t("Ask in a return visit where the consultation contradicts itself.")
SAFETY = t("A Yes needs its details. A new medicine needs a return visit; treat after that one.")
TAKEN = t("Told before: {list}. Ask what has changed, and when a cream was last used.")


class RecheckPanel(Panel):
    """Asks again what may have changed since the consultation."""

    step = "recheck"
    title = t("Re-check")
    subtitle = t(
        "Ask all of these on the day. "
        "{answer_no}, {answer_yes} or {answer_unsure} answers and moves on."
    )

    def build(self) -> None:
        """Make the rows."""
        self.refusal = make_refusal(self)
        self.refusal.set_dismissible(on=False)
        self.consent = NoConsent(self.theme, self.session, self.wants.emit, self)
        self.near = NearEvent(self.theme, self.desk, self.session, self)
        self.patch = PatchFirst(self.theme, self.desk, self.session, self)
        self.age = Label(self.theme, "", "body", "text2", wrap=True)
        for told in (self.refusal, self.consent, self.near, self.patch, self.age):
            self.pane.body.addWidget(told)
        since = (*list_words(self.session.said), *list_adverse(self.desk, self.session.visit))
        last = self.session.last
        begun = list_begun_beside(self.desk, self.session.visit, last) if last is not None else ()
        for lines, tone in ((since, "info"), (begun, "warn")):
            if lines:
                self.pane.body.addWidget(Notice(self.theme, "\n".join(lines), tone))
        card = self._card = Card(self.theme, name=t("Asked again today"))
        self._rows: dict[str, AnswerRow] = {}
        self._asked: dict[str, Asked] = {}
        self.once = DeniedOnce(self.desk.pack, self.session)
        for item in self.desk.pack.recheck.items:
            self._ask(item)
        ask = self.desk.pack.recheck.ask
        row = self._add(card, "medicines", ask, lambda _item, state: self._medicines(state))
        row.screens = False  # it stands for a whole group
        self.by_name = NewMedicine(self.theme, self.wants.emit, row)
        row.add_detail(self.by_name, SHOWN_FOR)
        self._ask_also()
        self.pane.body.addWidget(card)
        self.tablets = Tablets(self.theme, self.session, KEPT)
        self.patched = PatchDone(self.theme, self.desk, self.session)
        self.information = InformationGiven(self.theme, self.session)
        self.supervised = TextField(self.theme, "", help_text=KEPT, parent=self)
        self.supervised.edited.connect(self._allow)
        for part in (self.tablets, self.patched, self.information, self.supervised):
            self.pane.body.addWidget(part)
        self.photographs = PhotoSet(self.theme, self.desk, self.session)
        words = t("Before the numbing, from the same angles as before; {compare} compares them.")
        self.pane.body.addWidget(self.photographs.make_card(words))

    def refresh(self) -> None:
        """Show the answers of the day, and those of the consultation beneath."""
        self._ask_also()
        visit = self.session.visit
        treatment = visit.treatment
        for item, row in self._rows.items():
            answer = visit.answers.get(item)
            state = answer.state if answer else None
            if item == "medicines":
                state = treatment.new_medicines if treatment else None
            row.set_answer(state or NOT_ASKED)
            row.set_stop(on=True)
            row.setEnabled(not self.session.locked)
            if item in self._asked:
                row.offer_same(on=not self.session.locked and self._answered_last(item))
                if state == "yes":
                    self._open_details(item).refresh()
            self._tell_before(item, row, state)
        self.supervised.set_text(treatment.supervision.reason if treatment else "")
        self._tell_age()
        self.consent.show_visit()
        self.show_judgement()

    def _tell_age(self) -> None:
        """Say how old the answers are that the treatment stands on, and who signed when."""
        last, day, told = self.session.last, self.session.today, ""
        if last is not None:
            age = write_distance(last.visit_date, day)
            stands = STANDS_ON.format(day=write_day(last.visit_date), age=age)
            told = "\n".join(filter(None, (stands, tell_signature(last, day))))
        self.age.setText(told)
        self.age.setVisible(bool(told))

    def _tell_before(self, item: str, row: AnswerRow, state: str | None) -> None:
        """Say beneath a question what the consultation said, and whether today says otherwise."""
        pack, said, today = self.desk.pack, self.session.said, self.session.today
        if said is None:
            return
        if item == "medicines":
            unnamed = (tell_unnamed(said, it, today) for it in pack.medicine_items)
            if told := next(filter(None, unnamed), ""):
                row.set_caption(told, "warn")
            elif taken := list_taken(pack, said.visit):
                row.set_caption(TAKEN.format(list="; ".join(taken)), "text2")
            return
        before = tell_answer(pack, said.visit, item)
        if not before:
            return
        needed = {it.item for it in self.session.judgement.decision.needed}
        same = tell_answer(pack, self.session.visit, item) == before
        changed = state is not None and item not in needed and not same
        words = AT_TREATMENT if item in said.since else AT_CONSULTATION
        told = words[changed].format(age=tell_age(said, item, today), before=before)
        if state != "yes" and lacks_end(pack, said.visit, item):
            told = f"{told}\n{OVER_SINCE}"
        tone = "warn" if changed or (state == "no" and item in needed) else "text3"
        row.set_caption(*self.once.add(item, told, tone))

    def show_judgement(self) -> None:
        """Say whether needling is refused, and who may allow it."""
        supervisor = self.desk.settings.practice.supervisor.strip()
        decision = self.session.judgement.decision
        for part in (self.tablets, self.patched, self.near, self.patch):
            part.show_visit()
        self.information.show_visit(self.desk.pack)
        against = any(it.against and it.item not in self._rows for it in decision.needed)
        advice = f"{SAFETY} {CONTRADICTED}" if against else SAFETY
        show_refusal(self, self.refusal, advice)
        show_unread(self.refusal, decision)
        show_supervised(self.supervised, self.desk.pack, self.session, supervisor)

    def focus_first(self) -> None:
        """Give the keyboard to the first question not asked yet."""
        open_now = (row for row in self._rows.values() if row.answer() == NOT_ASKED)
        next(open_now, next(iter(self._rows.values()))).take_focus()

    def focus_item(self, item: str) -> bool:
        """Give the keyboard to the question that asks about an item.

        What only the consultation asks has none here; then it is shown where that is said.
        """
        beneath: dict[str, Tablets | PatchDone | InformationGiven] = {ANTIVIRAL: self.tablets}
        beneath |= {INFORMATION: self.information} if self.information.needed else {}
        beneath |= {PATCH_ITEM: self.patched} if PATCH_ITEM not in self._rows else {}
        part = beneath.get(item)
        if part is not None and not part.isHidden():
            self.pane.show_widget(part)
            part.take_focus()
            return True
        row = self._rows.get(item)
        if row is None and item in self.desk.pack.medicine_items:
            row = self._rows["medicines"]
        if row is not None:
            row.take_focus()
            if item in self._asked:
                self._asked[item].take_details()
        else:
            self._show_refusal()
            if question := self.desk.pack.question_by_id.get(item):
                told = NOT_AGAIN.format(question=question.label)
                say_beside(self.theme, self.head.title, told, "info")
        return True

    def accept(self) -> None:
        """Go on to what was done."""
        self.wants.emit("panel:treated")

    def _ask(self, item: str) -> None:
        question = self.desk.pack.question_by_id[item]
        row = self._add(self._card, item, question.asked_as or question.text, self._answer)
        row.reconfirmed.connect(lambda: self._reconfirm(item))
        self._asked[item] = Asked(question, row)

    def _ask_also(self) -> None:
        """Ask also what the consultation left open, or found in the way, and what is past."""
        pack, last, visit = self.desk.pack, self.session.last, self.session.visit
        if last is None:
            return
        of_day = list_of_day(pack, last, visit, self.session.judgement.decision)
        added = list_asked_for(pack, find_added(pack, visit))
        for item in (*list_also(pack, last, visit.visit_date), *of_day, *added):
            if item not in self._rows:
                self._ask(item)

    def _add(
        self, card: Card, item: str, text: str, answer: Callable[[str, str], None]
    ) -> AnswerRow:
        row = AnswerRow(self.theme, text, item=item)
        row.around = lambda: self.pane.one_layout(row)
        row.answered.connect(lambda state: answer(item, state))
        row.advance.connect(lambda: self._move_on(item))
        card.add(row)
        self._rows[item] = row
        return row

    def _allow(self, reason: str) -> None:
        name = self.desk.settings.practice.supervisor.strip()
        pack, session = self.desk.pack, self.session
        given = Supervision(name=name, reason=reason)
        session.take(allow(pack, session.visit, session.judgement, given), "treatment.supervision")

    def _answer(self, item: str, state: str) -> None:
        said = self.once.take(item, state)
        pack, session = self.desk.pack, self.session
        anew = session.last and is_told_anew(pack, session.last, session.visit, item)
        last = session.last if anew else None
        with session.one_step():
            session.take(answer_again(pack, session.visit, last, item, said), "answers")
            if state == "yes":
                self._open_details(item).take_yes()
        self.refresh()  # denied once, nothing of the visit is another

    def _answered_last(self, item: str) -> bool:
        return self.session.last is not None and item in self.session.last.answers

    def _reconfirm(self, item: str) -> None:
        """Take what the consultation said as it stood, details included."""
        last = self.session.last
        if last is not None and self._answered_last(item):
            visit = reconfirm(self.desk.pack, self.session.visit, last, (item,))
            self.session.take(visit, f"answers.{item}")
            self._go_beyond(item)

    def _open_details(self, item: str) -> EntryFields:
        asked = self._asked[item]
        return asked.open_details(self.theme, self.desk.pack, self.session, self.wants.emit)

    def _medicines(self, state: str) -> None:
        said = None if state == NOT_ASKED else state
        pack, last = self.desk.pack, self.session.last
        self.session.take(answer_medicines(pack, self.session.visit, last, said), "answers")

    def _move_on(self, item: str) -> None:
        asked = self._asked.get(item)
        if not (asked.take_details() if asked else self.by_name.take_focus()):
            self._go_beyond(item)

    def _go_beyond(self, item: str) -> None:
        items = list(self._rows)
        if after := items[items.index(item) + 1 :]:
            self._rows[after[0]].take_focus()
        elif self.session.judgement.decision.blocks_treatment and not self.refusal.isHidden():
            self._show_refusal()
        else:
            self.wants.emit("panel:treated")

    def _show_refusal(self) -> None:
        """Stay where it is said why needling may not begin, with the keyboard on what helps."""
        if self.supervised.isHidden() and not self.refusal.take_focus():
            self.setFocus()  # where no key answers another question, or one out of sight
        self.pane.show_widget(self.refusal)
        if not self.supervised.isHidden():
            self.supervised.control.setFocus()
