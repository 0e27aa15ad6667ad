"""One open consultation: its value over time, and what the content says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from PySide6.QtCore import QObject, Signal

from consult_app.domain import change, entries
from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.timeline import Timeline
from consult_app.gui.tasks import attempt
from consult_app.knowledge.judgement import Judgement, checking, could_not_judge
from consult_app.knowledge.told.contradicted import forget_said_again
from consult_app.knowledge.told.on import forget_told
from consult_app.knowledge.visits.later_said import LastSaid

Judge = Callable[[Consultation], Judgement]
State = Literal["yes", "no", "unsure"]
NO_EDITS = (
    *("panel", "focus", "cursor", "unread", "discussion.risks_shown"),
    *("practitioner", "planned_by", "clinic", "locale.country", "locale.paper"),
    *("facts.jurisdiction", "facts.device_profile"),
)
"""Where the work stands, what was shown, who works here: undo takes back what people did."""


class Session(QObject):
    """Holds the consultation that the panels ask and show.

    Panels read `visit` and `judgement` and change the consultation only by the verbs below.

    Args:
        visit: The consultation.
        judge: What the content says of it.
        clock: Local wall-clock time.
        parent: Its owner.
        said: The signed visit that this one follows, with what was said after it; shown beside what
            is asked, never counted.

    Attributes:
        changed: A field changed and was judged; carries its path, or "" for several.
        judged: The content judged again what did not change, or what is written but not understood
            is another; carries the `Judgement`.
        dated: Another day began by the clock, so that ages and *today* are others.
        holding: It is being signed, or is no more.
        refused: A change of what is signed, or is being signed, was refused.
        returned: Undo or redo led back; carries where the change was made, as `locate` told it.
        said: As above, or None.
        last: That visit with the last answers, its findings and scores, or None.
        given_out: SHA-256 of the sheet that was last printed or saved here, or empty.
        given: A sheet was printed or saved; carries in words what became of it.
    """

    changed = Signal(str)
    judged = Signal(object)
    dated, holding, refused = Signal(), Signal(), Signal()
    returned = Signal(str)
    given = Signal(str)

    def __init__(
        self,
        visit: Consultation,
        judge: Judge,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        said: LastSaid | None = None,
    ) -> None:
        super().__init__(parent)
        self._line = Timeline(visit)
        self.said = said
        self.last = said.visit if said is not None else None
        self.given_out = ""
        self._judge = judge
        self._clock = clock
        self._judgement: Judgement | None = None
        self._held = False
        self._depth, self._begun = 0, False
        self._told: list[str] = []
        self.locate: Callable[[frozenset[str]], str] = lambda _fields: ""
        self._judge_now()

    @property
    def visit(self) -> Consultation:
        """The consultation as it is now."""
        return self._line.present

    @property
    def judgement(self) -> Judgement:
        """What the content says of it; never older than the consultation."""
        return self._judgement or self._judge_now()

    @property
    def today(self) -> date:
        """The day by the clock."""
        return self.tell_day()

    def tell_day(self) -> date:
        """Return the day by the clock, for a field that asks for it when it is written in."""
        return self._clock().date()

    @property
    def locked(self) -> bool:
        """Whether it is signed, so that only an addendum can follow."""
        return self.visit.state == "signed"

    @property
    def held(self) -> bool:
        """Whether it is being signed at this moment, so that nothing may change."""
        return self._held

    def says(self, visit: Consultation) -> bool:
        """Return whether it says what it said in an earlier value, wherever the work stands now."""
        where = {name: getattr(self.visit, name) for name in ("panel", "focus", "cursor", "unread")}
        return replace(visit, **where) == self.visit

    def hold(self, *, on: bool) -> None:
        """Refuse changes while the sheet is made and signed: what is signed is what it says."""
        self._held = on
        self.holding.emit()

    def set(self, path: str, value: object) -> None:
        """Set the field at `path`, such as `goals.own_words`."""
        if change.look(self.visit, path) != value:
            self._move(change.put(self.visit, path, value), path)

    def note(self, words: str) -> None:
        """Keep that a person dismissed a warning: it is told no more in this visit."""
        if not self.locked and words not in self.visit.noted:
            self.set("noted", (*self.visit.noted, words))

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Let undo take back in one step whatever is changed meanwhile, told of once at its end."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._begun = self._begun and bool(self._depth)
            self._tell()

    def stay(self, **where: str | int | Mapping[str, str]) -> None:
        """Remember where the work stands: panel, focus, cursor, what is unread. No step of undo.

        What is unread stands on the panels beside what was judged, so they show it anew.
        """
        if not self.locked and not self._held:
            unread = self.visit.unread
            self._line = self._line.stay(replace(self.visit, **where))  # type: ignore[arg-type] # those four
            if self.visit.unread != unread:
                self.judged.emit(self.judgement)

    def fill_in(self, follow: Callable[[Consultation], Consultation]) -> None:
        """Take what the settings say of the practice; no step of undo, and none leads behind it."""
        line, before = self._line.rewrite(follow), self.visit
        if not self._held:
            self._line = line
        if self.visit != before:
            self.changed.emit("")

    def give_out(self, digest: str, words: str) -> None:
        """Remember which sheet left the house, and tell it."""
        self.given_out = digest
        self.given.emit(words)

    def take(self, visit: Consultation, path: str) -> None:
        """Take the next value as a whole; `path` names what it changed."""
        if visit != self.visit:
            self._move(visit, path)

    def answer(self, item: str, state: State | None, *, bulk: bool = False) -> None:
        """Answer a screening item; None takes it back to *Not asked*. Details are kept."""
        visit, answers = self.visit, dict(self.visit.answers)
        before = answers.pop(item, None)
        if before is None or before.state != state:
            visit = forget_said_again(visit, item)
        if state is not None:
            answers[item] = Answer(state=state, bulk=bulk)
        self._move(replace(visit, answers=answers), f"answers.{item}")

    def answer_rest(self, items: Iterable[str]) -> None:
        """Answer *No* for those of `items` not asked yet, recorded as a bulk answer."""
        rest = {item: Answer(state="no", bulk=True) for item in items}
        self._move(replace(self.visit, answers={**rest, **self.visit.answers}), "answers")

    def add_entry(self, name: entries.ListName, code: str) -> None:
        """Add an entry to a list of facts."""
        self.set("facts", entries.add_entry(self.visit.facts, name, code))

    def remove_entry(self, name: entries.ListName, code: str) -> None:
        """Remove the entries of that code."""
        visit = forget_told(self.visit, name, code)
        self.take(replace(visit, facts=entries.remove_entry(visit.facts, name, code)), "facts")

    def change_entry(self, name: entries.ListName, code: str, **attributes: object) -> None:
        """Set attributes of the entry of that code."""
        visit = forget_told(self.visit, name, code, attributes)
        facts = entries.change_entry(visit.facts, name, code, **attributes)
        self.take(replace(visit, facts=facts), f"facts.{name}.{code}")

    def override(self, finding_id: str, reason: str, digest: str) -> None:
        """Set a finding aside with a written reason; an empty reason takes that back."""
        kept = tuple(item for item in self.visit.overrides if item.id != finding_id)
        if reason.strip():
            kept = (*kept, Override(id=finding_id, reason=reason.strip(), digest=digest))
        self.set("overrides", kept)

    def undo(self) -> None:
        """Take back the last change."""
        line, place = self._line, ""
        while line.past:
            line, place = self._stay_put(line.undo()), line.past[-1].place
            if line.present != self.visit:
                break
        self._go(line, place)

    def redo(self) -> None:
        """Do again what was taken back."""
        line, place = self._line, ""
        while line.future:
            line, place = self._stay_put(line.redo()), line.future[-1].place
            if line.present != self.visit:
                break
        self._go(line, place)

    def forget_steps(self) -> None:
        """Drop what could be undone, as at lock and close."""
        self._line = self._line.forget()

    def lock(self, visit: Consultation) -> None:
        """Take the signed consultation as the present one; nothing can be undone behind it."""
        self._line = Timeline(visit)
        self._held = False
        self._judge_now()
        self.changed.emit("")

    def judge_again(self) -> None:
        """Compute the judgement anew, as when the day or the content is another."""
        self.judged.emit(self._judge_now())

    def judge_by(self, judge: Judge) -> None:
        """Have it judged otherwise from now on, as by other content."""
        self._judge = judge
        self.judge_again()

    def _judge_now(self) -> Judgement:
        """Compute the judgement: *checking* first, and *could not be checked* on any error."""
        self._judgement = checking()
        self._judgement = attempt(lambda: self._judge(self.visit), could_not_judge)
        return self._judgement

    def _stay_put(self, line: Timeline[Consultation]) -> Timeline[Consultation]:
        """Return the line with what no undo takes back as it is now."""
        visit = line.present
        for path in NO_EDITS:
            visit = change.put(visit, path, change.look(self.visit, path))
        return line.stay(visit)

    def _go(self, line: Timeline[Consultation], place: str) -> None:
        """Go where a step leads; one that changes nothing to be seen is passed over silently."""
        if self.locked or self._held:
            return
        before, self._line = self.visit, line
        if self.visit != before:
            self._judge_now()
            self.changed.emit("")
            self.returned.emit(place)

    def _move(self, visit: Consultation, path: str) -> None:
        if self.locked or self._held:
            self.refused.emit()
            return
        fields = change.find_changes(self.visit, visit)
        if not fields:
            return
        at = self._clock()
        if self._begun:
            self._line = self._line.extend(visit, fields, at)
        else:
            place = "" if self._line.merges(fields, at) else self.locate(fields)
            self._line = self._line.change(visit, fields, at, place)
        self._begun = bool(self._depth)
        self._judgement = None
        self._told.append(path)
        self._tell()

    def _tell(self) -> None:
        """Tell of what changed, once it is over: it is judged and shown once."""
        if self._told and not self._depth:
            paths, self._told = set(self._told), []
            self._judge_now()
            self.changed.emit(paths.pop() if len(paths) == 1 else "")
