"""Reading comparisons and lengths of time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consult_app.knowledge.condition.compare import NAMES, NUMBER_NAMES, Operand, Value
from consult_app.knowledge.condition.terms import Kind, Term, Terms
from consult_app.knowledge.dates import Span
from consult_app.scalars import quote

_UNITS = ("days", "weeks", "months")
_TYPES: dict[Kind, tuple[type, ...]] = {
    "flag": (bool,),
    "number": (int, float),
    "text": (str,),
    "list": (str,),
}


def read_parts(
    table: Mapping[str, Any], term: Term, place: str, terms: Terms
) -> tuple[tuple[str, Operand], ...]:
    """Return the comparisons of a table, checked against the kind of value compared."""
    parts: list[tuple[str, Operand]] = []
    for name in table:
        if name not in NAMES:
            continue
        if name in NUMBER_NAMES and term.kind != "number":
            terms.blame(f"{place}.{name}", "compares numbers only")
        values = table[name] if name == "in" else [table[name]]
        for value in values if isinstance(values, list) else [values]:
            _check_value(value, name, term, f"{place}.{name}", terms)
        parts.append((name, frozenset(values) if name == "in" else table[name]))
    if not parts:
        terms.blame(place, "no comparison")
    return tuple(parts)


def read_span(data: object, place: str, terms: Terms) -> tuple[Span, tuple[str, ...]]:
    """Return a length of time and the attributes it is counted from."""
    if not isinstance(data, Mapping):
        terms.blame(place, f"not a length of time: {quote(data)}")
        return Span(), ()
    terms.check_keys(data, frozenset((*_UNITS, "of")), place)
    given = {unit: data[unit] for unit in _UNITS if unit in data}
    if len(given) != 1 or not all(type(number) is int and number >= 0 for number in given.values()):
        terms.blame(place, "needs one of days, weeks, months as a whole number, 0 or more")
        given = {}
    names = terms.read_names(data["of"], f"{place}.of") if "of" in data else ()
    return Span(**given), names


def _check_value(value: Value, name: str, term: Term, place: str, terms: Terms) -> None:
    kinds = _TYPES.get(term.kind, ())
    fits = isinstance(value, kinds) and isinstance(value, bool) == (term.kind == "flag")
    if not fits:
        terms.blame(place, f"not a {term.kind}: {quote(value)}")
    elif term.choices and name not in NUMBER_NAMES and value not in term.choices:
        known = ", ".join(map(str, term.choices))
        terms.blame(place, f"not one of {known}: {quote(value)}")
