"""Goes through what is still needed, from where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication

from consult_app.domain.decision import Needed
from consult_app.gui.panel import Panel
from consult_app.gui.session import Session
from consult_app.gui.widgets.question_place import find_question
from consult_app.gui.widgets.speaking import speak
from consult_app.wording import t


def find_next(items: Sequence[str], here: str, left: Sequence[str]) -> str:
    """Return what comes next; empty where neither says from where to go on.

    A question that was reached and answered hands the keyboard on by itself, which skips nothing.

    Args:
        items: What is still needed, in order.
        here: The question that has the keyboard; empty for none.
        left: What was reached last, then what came after it at that time, all the way round.
    """
    reached, onward = next(iter(left), ""), [it for it in left[1:] if it in items]
    if reached not in items and onward and (here not in items or here == onward[0]):
        return onward[0]
    at = here if here in items else reached
    return items[(items.index(at) + 1) % len(items)] if at in items else ""


class NeededWalk:
    """Leads from one question to the next, again from the first after the last.

    Args:
        session: The open visit.
        steps: Ids of its panels, in order.
        panel: Returns the panel shown.
        go_to: Shows the field of an item.
    """

    def __init__(
        self,
        session: Session,
        steps: Sequence[str],
        panel: Callable[[], Panel],
        go_to: Callable[[str], None],
    ) -> None:
        self._session, self._steps = session, steps
        self._panel, self._go_to = panel, go_to
        self._left: tuple[str, ...] = ()
        self._shown = ""

    def go_on(self) -> None:
        """Show the next question still needed, and say which it is."""
        needed = self._session.judgement.decision.needed
        if not needed:
            return
        at = self._find(needed)
        found = needed[at]
        self._left = tuple(it.item for it in (*needed[at:], *needed[:at]))
        self._go_to(found.item)
        panel = self._panel()
        self._shown = panel.step
        told = t(
            "Still needed, {n} of {count}: {label}", n=at + 1, count=len(needed), label=found.label
        )
        speak(panel, told)

    def _find(self, needed: Sequence[Needed]) -> int:
        """Return the place of the next one: after the keyboard, else from this panel on."""
        items, panel = [it.item for it in needed], self._panel()
        focused = QApplication.focusWidget()
        here = find_question(focused) if focused and panel.isAncestorOf(focused) else ""
        following = find_next(items, here, self._left if panel.step == self._shown else ())
        if following:
            return items.index(following)
        at = self._steps.index(panel.step)
        onward = (n for n, it in enumerate(needed) if it.step in self._steps[at:])
        return next(onward, 0)
