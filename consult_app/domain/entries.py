"""The lists of facts behind the answers: adding, changing and leaving out entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from consult_app.domain.history import Condition, Exposure, Facts, Medication, Procedure
from consult_app.values import replace

ListName = Literal["conditions", "medications", "procedures", "exposures", "allergies"]
Entry = Condition | Medication | Procedure | Exposure | str

_KINDS: dict[str, Callable[..., Entry]] = {
    "conditions": Condition,
    "medications": Medication,
    "procedures": Procedure,
    "exposures": Exposure,
}
LISTS: tuple[ListName, ...] = ("conditions", "medications", "procedures", "exposures", "allergies")


def code_of(entry: Entry) -> str:
    """Return the code of an entry; allergies are their own code."""
    return entry if isinstance(entry, str) else entry.code


def find_entry(facts: Facts, name: ListName, code: str) -> Entry | None:
    """Return the first entry of that code, or None."""
    entries: tuple[Entry, ...] = getattr(facts, name)
    return next((entry for entry in entries if code_of(entry) == code), None)


def add_entry(facts: Facts, name: ListName, code: str) -> Facts:
    """Return the facts with an entry of that code; one that is there already stays as it is."""
    if find_entry(facts, name, code) is not None:
        return facts
    entry = code if name == "allergies" else _KINDS[name](code=code)
    return _with(facts, name, (*getattr(facts, name), entry))


def remove_entry(facts: Facts, name: ListName, code: str) -> Facts:
    """Return the facts without entries of that code."""
    kept = tuple(entry for entry in getattr(facts, name) if code_of(entry) != code)
    return _with(facts, name, kept)


def change_entry(facts: Facts, name: ListName, code: str, **attributes: Any) -> Facts:  # noqa: ANN401 - each attribute has its own type
    """Return the facts with attributes set on the first entry of that code.

    Raises:
        AttributeError: There is no such entry.
    """
    found = find_entry(facts, name, code)
    if found is None or isinstance(found, str):
        raise AttributeError(f"{name} has no {code} with attributes")
    changed: Any = replace(found, **attributes)
    entries = [changed if entry is found else entry for entry in getattr(facts, name)]
    return _with(facts, name, tuple(entries))


def keep_entries(facts: Facts, keep: Callable[[ListName, Entry], bool]) -> Facts:
    """Return the facts with only the entries that `keep` wants."""
    for name in LISTS:
        kept = tuple(entry for entry in getattr(facts, name) if keep(name, entry))
        if len(kept) != len(getattr(facts, name)):
            facts = _with(facts, name, kept)
    return facts


def add_entries(facts: Facts, entries: Iterable[tuple[ListName, Entry]]) -> Facts:
    """Return the facts with entries besides, each at the end of its list."""
    for name, entry in entries:
        facts = _with(facts, name, (*getattr(facts, name), entry))
    return facts


def _with(facts: Facts, name: ListName, entries: tuple[Entry, ...]) -> Facts:
    change: dict[str, Any] = {name: entries}
    return replace(facts, **change)
