"""A *No* to what ever was, against a *Yes* of an earlier visit: it is taken when it is said twice.

Most often it means "not now". Taken at once it would end the alert and the precautions of what was
told, on the very day on which they are for. So it is at a return visit with what still has to wait
by what was told before, which a *No* would end.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.gui.session import Session, State
from consult_app.gui.widgets.answer_row import NOT_ASKED
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.over_since import find_too_soon, list_before
from consult_app.wording import t

TWICE = t(
    "Left open: it asks whether it ever was. If the Yes was wrong, come back and choose No again; "
    "else confirm it."
)
WAITS = t("Left open. {told} If the Yes was wrong, come back and choose No again.")
"""The keyboard has gone on, as after every answer: a No by habit is not the second one."""


class DeniedOnce:
    """Knows which questions were denied once while a panel is shown.

    A first No is no step of undo by itself, as nothing of the visit is another; it is let go of in
    its turn all the same, and with whatever is taken back before it.

    Args:
        pack: Tells what is asked once and for all.
        session: The visit that is open, and what was said last.
    """

    def __init__(self, pack: Pack, session: Session) -> None:
        self._pack, self._session = pack, session
        self._once: dict[str, Consultation] = {}
        session.returned.connect(self._follow_steps)

    def take(self, item: str, state: str) -> State | None:
        """Return what is recorded of an answer that was chosen; None for not asked."""
        again = item in self._once and item not in self._session.visit.answers
        self._once.pop(item, None)
        if state != "no" or again or not self._is_against(item):
            return None if state == NOT_ASKED else state  # type: ignore[return-value] # a row's states
        self._once[item] = self._session.visit
        return None

    def deny(self, item: str) -> bool:
        """Return whether what is no question was denied before; the first time is remembered."""
        if self._once.pop(item, None) is not None:
            return True
        self._once[item] = self._session.visit
        return False

    def is_denied(self, item: str) -> bool:
        """Return whether it was denied once, and left open."""
        return item in self._once

    def forget(self, item: str) -> None:
        """Begin anew: something else was said."""
        self._once.pop(item, None)

    def let_go(self) -> str:
        """Forget the last first No, where nothing was changed after it; return its question."""
        item = next(reversed(self._once), "")
        if not item or not self._stands(item):
            return ""
        del self._once[item]
        return item

    def add(self, item: str, told: str, tone: str) -> tuple[str, str]:
        """Return what stands beneath a question, with that it was denied once while that is so."""
        if item not in self._once or item in self._session.visit.answers:
            return told, tone
        waits = "" if self._pack.question_by_id[item].ever else self._tell_waiting(item)
        left = WAITS.format(told=waits) if waits else TWICE
        return "\n".join(filter(None, (told, left))), "warn"

    def _stands(self, item: str) -> bool:
        """Return whether a first No is the last thing that was done."""
        open_now = item not in self._session.visit.answers and not self._session.locked
        return open_now and self._session.says(self._once[item])

    def _follow_steps(self, _place: str) -> None:
        """Keep after undo or redo only what was denied since what stands there now."""
        self._once = {it: visit for it, visit in self._once.items() if self._stands(it)}

    def _is_against(self, item: str) -> bool:
        """Return whether it was a *Yes* before, and is no *No* of this visit already."""
        now = self._session.visit.answers.get(item)
        question = self._pack.question_by_id.get(item)
        said = (it.visit.answers.get(item) for it in self._list_before())
        if question is None or not any(it is not None and it.state == "yes" for it in said):
            return False
        return (now is None or now.state != "no") and (
            (question.ever and not self._was_denied(item)) or bool(self._tell_waiting(item))
        )

    def _was_denied(self, item: str) -> bool:
        """Return whether the last answer was a *No*: what ever was is denied once and for all."""
        said = self._session.said
        last = said.visit.answers.get(item) if said is not None else None
        return said is not None and item in said.told and last is not None and last.state == "no"

    def _tell_waiting(self, item: str) -> str:
        """Return that what was told before still has it wait, at a consultation; else empty."""
        visit, facts = self._session.visit, self._session.judgement.facts
        if visit.kind != "consultation" or facts is None:
            return ""
        question = self._pack.question_by_id[item]
        waits = (
            find_too_soon(self._pack, it, visit, facts, question) for it in self._list_before()
        )
        return next((it.words for it in waits if it is not None), "")

    def _list_before(self) -> tuple[LastSaid, ...]:
        return list_before(self._session.said, self._session.visit)
