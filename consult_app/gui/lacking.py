"""What beneath a *Yes* is still needed, by the labels of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain.entries import ListName, find_entry
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.counted import list_unnamed
from consult_app.knowledge.told.later_dates import is_later
from consult_app.knowledge.told.still_taken import find_stateless, lacks_state
from consult_app.knowledge.visits.details import (
    DATES,
    STATE,
    lacks_which,
    list_missing,
    name_counted,
)
from consult_app.wording import t

WHICH = t("which of these")
FOR_WHAT = t("what it is given for ({choices})")


def list_lacking(pack: Pack, session: Session, name: ListName, code: str) -> tuple[str, ...]:
    """Return what an entry of that code lacks, or has of a day that cannot be true."""
    visit, facts = session.visit, session.visit.facts
    entry = find_entry(facts, name, code)
    if entry is not None and is_later(entry, visit.visit_date):
        return (DATES["date"],)
    state = (STATE,) if lacks_state(pack, facts, name, code) else ()
    return (*state, *list_missing(session.judgement, name, code))


def list_unchosen(pack: Pack, session: Session, question: Question) -> tuple[str, ...]:
    """Return what is to be chosen before there is an entry: which, or what for."""
    visit = session.visit
    if unnamed := list_unnamed(pack, question, session.judgement.facts or visit.facts):
        choices = "; ".join(name_counted(pack, it) for it in unnamed)
        return (FOR_WHAT.format(choices=choices),)
    if question.id in find_stateless(pack, visit.facts):
        return ()  # which of them was said, and how it stands is asked beneath it
    return (WHICH,) if lacks_which(session.judgement, question.id) else ()


def list_asked(
    pack: Pack,
    session: Session,
    details: Mapping[str, QWidget],
    fields: Mapping[str, Mapping[str, QWidget]],
) -> Iterator[QWidget]:
    """Yield the fields that lack something, in their order, and then the details they stand in.

    Args:
        pack: The content.
        session: The open visit.
        details: What stands on screen of entries, by LIST:CODE.
        fields: Their fields by label, likewise.
    """
    for key, detail in details.items():
        name, _, code = key.partition(":")
        lacking = list_lacking(pack, session, name, code)  # type: ignore[arg-type] # one of the lists
        if lacking:
            yield from (field for label, field in fields.get(key, {}).items() if label in lacking)
            yield detail


def say_missing(
    theme: Theme, column: QVBoxLayout, find: Callable[[], tuple[str, ...]]
) -> Callable[[], None]:
    """Say beneath fields which of them are still needed; return what says it anew."""
    told = Label(theme, "", "caption", "warn", wrap=True)
    column.addWidget(told)

    def show() -> None:
        missing = find()
        told.setText(t("Still needed: {fields}", fields=", ".join(missing)))
        told.setVisible(bool(missing))

    return show
