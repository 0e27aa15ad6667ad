"""The calendar file that `handout` writes beside a sheet."""

from __future__ import annotations

from consult_app.commands.speech import say
from consult_app.composed import Composed
from consult_app.errors import FileError


def write_dates(sheet: Composed) -> bytes:
    """Return the calendar file; of a first visit that is refused now it is empty, and that is said.

    Raises:
        FileError: No first visit was asked for.
    """
    if sheet.course.soonest:
        say("plan.first_session: too early, as the sheet says, so --ics has no dates")
    elif sheet.course.unset:
        say("plan.first_session: something has to settle first, so --ics has no dates")
    elif not sheet.plan.session_dates:
        raise FileError("plan.first_session: missing, so there are no dates for --ics")
    return sheet.write_dates().encode()
