"""Says beneath the day of something that has happened that it cannot be one after the visit."""

from __future__ import annotations

from datetime import date

from consult_app.domain.entries import Entry
from consult_app.gui.widgets.date_field import DateField
from consult_app.knowledge.to_come import is_mistaken
from consult_app.wording import t

TO_COME = t("That day is after the day of the visit. Write the day it was, or leave it empty.")


def say_to_come(field: DateField, entry: Entry | None, attribute: str, told_on: date) -> None:
    """Say it of the date of an entry, or take it back once it is another."""
    if is_mistaken(entry, attribute, told_on):
        field.set_error(TO_COME)
    elif field.error == TO_COME:
        field.set_error("")
