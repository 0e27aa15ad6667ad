"""How a visit is named beside another visit of the same patient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.dates import write_day


def name_by(
    begun: Mapping[str, str],
    signed: Mapping[str, str],
    visit: Consultation,
    write: Callable[[date], str] = write_day,
    **words: str,
) -> str:
    """Return words with the day of a visit, and when it was signed.

    Args:
        begun: The words by kind of visit, while it is not signed.
        signed: The same for one that is.
        visit: The visit.
        write: Writes a day.
        words: What else they say.
    """
    names, at = (signed if visit.state == "signed" else begun), visit.signed_at or visit.started_at
    text, day = names[name_kind(visit)], write(visit.visit_date)
    return text.format(day=day, signed=write(at.date()), **words)


def name_kind(visit: Consultation) -> str:
    """Return what kind of visit it is, a return visit apart from a first consultation."""
    return "return" if visit.kind == "consultation" and visit.follows else visit.kind
