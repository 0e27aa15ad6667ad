"""Says beneath the day of something that has happened that it cannot be one after the visit."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.entries import Entry, ListName
from consult_app.gui.widgets.date_field import DateField
from consult_app.knowledge.told.on import find_told_on
from consult_app.knowledge.told.to_come import is_mistaken
from consult_app.wording import t

TO_COME = t("That day is after the day of the visit. Write the day it was, or leave it empty.")


def say_to_come(
    field: DateField, visit: Consultation, name: ListName, entry: Entry | None, attribute: str
) -> None:
    """Say it of the date of an entry, or take it back once it is another."""
    if entry is not None and is_mistaken(
        entry, attribute, find_told_on(visit, name, entry, attribute)
    ):
        field.set_error(TO_COME)
    elif field.error == TO_COME:
        field.set_error("")
