"""What stands beside an entry as *so* or *not so*, such as whether a virus is under control.

A choice that nobody made is no *No*: rules that go by it take it as unknown, and where one does the
question stays open. What older programs kept of a chip that was not on is the same nothing, as it
may have been denied or never asked. In a case file what is left out was asked and denied.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from consult_app.domain import change
from consult_app.domain.entries import LISTS, Entry, ListName, code_of
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace

ASKED = frozenset(
    {"nodules", "atopic", "uncontrolled", "prior_needling_granuloma", "still_inflamed"}
)
"""The attributes of which *not so* is the calmer. That a medicine was prescribed is none of them:
where nobody said it, its rule counts it as bought."""


def find_unsaid(pack: Pack, facts: Facts) -> frozenset[str]:
    """Return the questions under which something is told and not whether such a thing is so."""
    return frozenset(
        item
        for name in LISTS
        for entry in getattr(facts, name)
        if _find_open(pack, name, entry)
        for item in pack.vocabulary.asked_by(name, (code_of(entry),))
    )


def say_denied(pack: Pack, facts: Facts, *, open_now: Collection[str] = ()) -> Facts:
    """Return the facts of a case file with the *No* that its format says of what it leaves out.

    Args:
        pack: The content.
        facts: As the file tells them.
        open_now: Questions that are going to be asked: of what they ask for nothing is said.
    """
    for name in LISTS:
        told = tuple(_say_denied(pack, open_now, name, it) for it in getattr(facts, name))
        if told != getattr(facts, name):
            facts = change.put(facts, name, told)
    return facts


def name_open(pack: Pack, facts: Facts) -> Facts:
    """Return facts for a case file, which names as not answered what else it would deny."""
    unsaid = find_unsaid(pack, facts) - {*facts.unanswered}
    if not unsaid:
        return facts
    return replace(facts, unanswered=(*facts.unanswered, *sorted(unsaid)))


def _say_denied(pack: Pack, open_now: Collection[str], name: ListName, entry: Entry) -> Entry:
    asking = pack.vocabulary.asked_by(name, (code_of(entry),))
    if isinstance(entry, str) or not asking.isdisjoint(open_now):
        return entry
    denied: dict[str, Any] = dict.fromkeys(_find_open(pack, name, entry), False)
    return replace(entry, **denied)


def _find_open(pack: Pack, name: ListName, entry: Entry) -> tuple[str, ...]:
    """Return what is asked of an entry of its code and not said."""
    known = pack.vocabulary.find(name, code_of(entry))
    if known is None or isinstance(entry, str):
        return ()
    asked = ASKED.intersection(known.attributes)
    return tuple(it for it in asked if getattr(entry, it) is None)
