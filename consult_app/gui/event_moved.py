"""The words for a plan that the patient's event moved."""

from __future__ import annotations

from consult_app.domain.plan import EventNote, Note
from consult_app.gui.phrases import write_day
from consult_app.wording import t

BOTH = t(
    "A visit or the test patch would fall too close before the event on {event}. All of them keep "
    "clear of it with the first visit on {before}, and then not again before {after}."
)
AFTER = t(
    "A visit or the test patch would fall too close before the event on {event}. The first visit "
    "with which all of them keep clear of it is on {after}."
)


def tell_note(note: Note) -> str:
    """Return a note of the plan in the window's words.

    The sentence for scripts names days before and after, which reads as if it were the event's.
    """
    if not isinstance(note, EventNote):
        return note.text
    event, after = write_day(note.event), write_day(note.after)
    if note.before is None:
        return AFTER.format(event=event, after=after)
    return BOTH.format(event=event, before=write_day(note.before), after=after)
