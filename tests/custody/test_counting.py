"""What goes with a patient is counted as people know it."""

from __future__ import annotations

from datetime import date

from consult_app.custody.erasing import Case, foretell
from consult_app.store.erasing import Belongings


def tell(*away: str) -> str:
    """Return what is foretold of a patient with two visits that are not signed."""
    gone = Belongings(
        patient_id="p1", consultations=("a",), drafts=("b", "c"), put_away=away, attachments=("k",)
    )
    day = date(2026, 6, 15)
    return foretell(Case(belongings=gone, last_entry=day, years=0, free_from=day))


def test_a_visit_that_was_put_away_is_not_called_unfinished() -> None:
    assert tell("c").endswith("1 signed visit, 1 unfinished visit, 1 visit put away, 1 file.")
    assert tell().endswith("1 signed visit, 2 unfinished visits, 1 file.")
