"""From which day on the duty to keep a patient's record counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consult_app.errors import ConsultError
from consult_app.store.repositories import FileStore
from consult_app.wording import t


@dataclass(frozen=True, slots=True, kw_only=True)
class LastEntry:
    """The last day that counts for a patient.

    Attributes:
        day: The day of the last entry, or of the latest visit where that is later.
        entered: The day of the last entry; None where no record tells it any more.
    """

    day: date
    entered: date | None


def find_last_entry(store: FileStore, patient_id: str) -> LastEntry:
    """Return from which day on the years count.

    A visit may be dated after the day on which it was entered. The later of both counts, so that
    nothing goes sooner than it may.

    Raises:
        ConsultError: Nobody can tell.
    """
    kinds = (store.patients, store.consultations, store.drafts)
    rows = [row for records in kinds for row in records.of_patient(patient_id)]
    saved = [row.saved_at.date() for row in rows if row.saved_at]
    days = [*saved, *(date.fromisoformat(row.visit_date) for row in rows if row.visit_date)]
    visits = [row for row in rows if row.state]
    if not days or any(not row.visit_date and row.saved_at is None for row in visits):
        raise ConsultError(
            t("When the last entry was cannot be told, because a record is damaged."),
            t("Restore it from a backup first. Nothing was changed."),
        )
    return LastEntry(day=max(days), entered=max(saved, default=None))


def add_years(day: date, years: int) -> date:
    """Return the day that many years later; of 29 February the day after where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)
