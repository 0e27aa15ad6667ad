"""Whatever two places have of one visit and its copies, what is told in either is told after it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from consult_app.custody.beside import list_beside
from consult_app.store.repositories import FileStore
from tests.custody.clinic import Person
from tests.custody.test_beside import AT, begin, carry, keep_draft, person, places, sign

__all__ = ["person", "places"]
WORDS = ("", "latex", "nickel", "pollen, latex", "latex, pollen")
Told = dict[str, tuple[str, str, datetime]]
"""By id, in which state a visit is, what it says of allergies, and when it was saved."""


def fill(store: FileStore, person: Person, chance: random.Random) -> Told:
    """Keep a visit and some of its copies in any state, and return what they say."""
    visit = begin(person)
    names = [visit.id, *list_beside(visit.id)[:3]]
    for name in chance.sample(names, len(names)):
        state = chance.choice(("draft", "put_away", "signed", *([""] if name != visit.id else [])))
        at = AT + timedelta(hours=chance.randrange(8))
        it = replace(visit, id=name, allergies=chance.choice(WORDS))
        if state == "signed":
            sign(store, it, at)
        elif state:
            reason = "copy" if state == "put_away" else ""
            keep_draft(store, replace(it, state=state, put_away=reason), at)  # type: ignore[arg-type] # one of two
    return look(store)


def look(store: FileStore) -> Told:
    told: Told = {}
    for records in (store.drafts, store.consultations):
        for it in records.list():
            assert it.id not in told, "unfinished and signed at once"
            assert it.saved_at is not None
            told[it.id] = (it.state, str(records.get(it.id)["allergies"]), it.saved_at)
    return told


def list_waiting(told: Told) -> list[tuple[str, str, datetime]]:
    """Return ids, words and moments of what was not put away and says something."""
    return [(name, words, at) for name, (state, words, at) in told.items() if state != "put_away"]


@pytest.mark.parametrize("seed", range(24))
def test_nothing_that_is_told_in_either_place_is_lost(
    places: tuple[FileStore, FileStore], person: Person, seed: int
) -> None:
    """But for what was put away: that very visit there, later, or the same words here, before."""
    here, there = places
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    ours, theirs = fill(here, person, chance), fill(there, person, chance)

    carry(here, there)

    now = [words for _, words, _ in list_waiting(look(here))]
    away = [words for state, words, _ in ours.values() if state == "put_away"]
    for name, words, at in list_waiting(ours):
        state, settled, when = theirs.get(name, ("", "", at))
        put_away = state == "put_away" and when > at and settled.startswith(words)
        assert put_away or any(it.startswith(words) for it in now)
    for _, words, _ in list_waiting(theirs):
        assert any(it.startswith(words) for it in (*now, *away))
    signed = {name for name, (state, *_) in ours.items() if state == "signed"}
    assert signed <= {name for name, (state, *_) in look(here).items() if state == "signed"}
