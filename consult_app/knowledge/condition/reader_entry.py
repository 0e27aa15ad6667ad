"""Reading entry tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast

from consult_app.knowledge.condition.compare import NAMES, Comparator
from consult_app.knowledge.condition.entry import (
    ActiveCheck,
    AttributeCheck,
    Check,
    DateCheck,
    EntryTest,
    GivenCheck,
    MissingCheck,
    OnCheck,
    PlaceCheck,
    StatusCheck,
)
from consult_app.knowledge.condition.match import Truth
from consult_app.knowledge.condition.reader_value import read_parts, read_span
from consult_app.knowledge.condition.terms import (
    ENTRY_KINDS,
    SHARED_ATTRIBUTES,
    Terms,
    attribute_terms,
)
from consult_app.scalars import quote

Table = Mapping[str, Any]
DateKind = Literal["within", "since", "older", "starts_within"]

_PLACES = ("overlap", "region", "elsewhere")
_SPANS = ("within", "since", "older", "starts_within", "active")
_CHECKED = frozenset({"status", "place", "on", "where", "missing", "given", *_SPANS})
_KEYS = _CHECKED | {"entry", "code", "open", "count"}
_ALLERGY_KEYS = frozenset({"entry", "code", "count"})
_MISSING = {"yes": Truth.YES, "no": Truth.NO, "unknown": Truth.UNKNOWN}


def read_entry(data: Table, place: str, terms: Terms) -> EntryTest:
    """Return the entry test written in a table."""
    name = data["entry"]
    if name not in (*ENTRY_KINDS, "allergies"):
        terms.blame(f"{place}.entry", f"not a list of the facts: {quote(name)}")
        return EntryTest(name="", codes=())
    terms.check_keys(data, _ALLERGY_KEYS if name == "allergies" else _KEYS, place)
    if "code" not in data:
        terms.blame(f"{place}.code", "missing")
    codes = terms.read_codes(name, data["code"], f"{place}.code") if "code" in data else ()
    checks = () if name == "allergies" else _Entry(name, codes, place, terms).read_checks(data)
    least = _read_count(data.get("count", {"at_least": 1}), f"{place}.count", terms)
    if data.get("open", False) not in (True, False):
        terms.blame(f"{place}.open", "not true or false")
    return EntryTest(
        name=name,
        codes=codes,
        checks=checks,
        items=terms.vocabulary.asked_by(name, codes),
        open=bool(data.get("open", False)),
        least=least,
    )


class _Entry:
    """Reads the further keys of one entry test."""

    def __init__(self, name: str, codes: tuple[str, ...], place: str, terms: Terms) -> None:
        self._name = name
        self._codes = codes
        self._place = place
        self._terms = terms
        self._attributes = attribute_terms(name)

    def read_checks(self, data: Table) -> tuple[Check, ...]:
        """Return the checks in the order of the keys."""
        checks: list[Check] = []
        for key in data:
            if key in _SPANS:
                checks.append(self._read_date(key, data[key]))
            elif key in _CHECKED:
                checks += self._readers()[key](data[key], f"{self._place}.{key}")
        return tuple(checks)

    def _readers(self) -> dict[str, Callable[[Any, str], list[Check]]]:
        return {
            "status": self._read_status,
            "place": self._read_place,
            "on": self._read_on,
            "where": self._read_where,
            "missing": self._read_missing,
            "given": self._read_given,
        }

    def _read_status(self, data: object, place: str) -> list[Check]:
        statuses = self._terms.read_names(data, place)
        known = self._known_statuses()
        for status in statuses:
            if status not in known:
                self._terms.blame(place, f'status "{status}" is not listed for these codes')
        return [StatusCheck(frozenset(statuses))]

    def _known_statuses(self) -> frozenset[str]:
        if self._name == "medications":
            return frozenset(("current", "stopped"))
        found = (self._terms.vocabulary.find(self._name, code) for code in self._codes)
        return frozenset(status for code in found if code for status in code.statuses)

    def _read_place(self, data: object, place: str) -> list[Check]:
        if data == "anywhere":
            return []
        self._check_attribute("zones", place)
        if data == "face":
            return [OnCheck(("face",))]
        if data not in _PLACES:
            self._terms.blame(place, f"not a place: {quote(data)}")
        return [PlaceCheck(cast("Literal['overlap', 'region', 'elsewhere']", data))]

    def _read_on(self, data: object, place: str) -> list[Check]:
        self._check_attribute("zones", place)
        return [OnCheck(self._terms.read_areas(data, place))]

    def _read_where(self, data: object, place: str) -> list[Check]:
        if not isinstance(data, Mapping) or not data:
            self._terms.blame(place, f"not a table of attributes: {quote(data)}")
            return []
        return [
            AttributeCheck(name, self._read_comparator(name, table, f"{place}.{name}"))
            for name, table in data.items()
            if self._check_attribute(name, f"{place}.{name}")
        ]

    def _read_comparator(self, name: str, table: object, place: str) -> Comparator:
        if not isinstance(table, Mapping):
            self._terms.blame(place, f"not a table of comparisons: {quote(table)}")
            return Comparator(())
        self._terms.check_keys(table, NAMES | {"missing"}, place)
        term = self._attributes[name]
        parts = read_parts(table, term, place, self._terms)
        if table.get("missing", "no") not in _MISSING:
            self._terms.blame(f"{place}.missing", "not yes, no or unknown")
        return Comparator(parts, _MISSING.get(str(table.get("missing")), Truth.UNKNOWN))

    def _read_missing(self, data: object, place: str) -> list[Check]:
        names = self._terms.read_names(data, place)
        return [MissingCheck(name) for name in names if self._check_attribute(name, place)]

    def _read_given(self, data: object, place: str) -> list[Check]:
        names = self._terms.read_names(data, place)
        return [GivenCheck(name) for name in names if self._check_attribute(name, place)]

    def _read_date(self, kind: str, data: object) -> Check:
        place = f"{self._place}.{kind}"
        span, names = read_span(data, place, self._terms)
        if not names:
            self._terms.blame(f"{place}.of", "missing")
        for name in names:
            known = self._check_attribute(name, f"{place}.of")
            if known and self._attributes[name].kind != "date":
                self._terms.blame(f"{place}.of", f'"{name}" is not a date')
        if kind == "active":
            if self._name != "medications":
                self._terms.blame(place, "only medicines are taken or stopped")
            return ActiveCheck(DateCheck("within", span, names))
        return DateCheck(cast("DateKind", kind), span, names)

    def _check_attribute(self, name: str, place: str) -> bool:
        """Note an attribute that entries do not have, or that some code does not list."""
        if name not in self._attributes:
            self._terms.blame(place, f'unknown attribute "{name}"')
            return False
        if name not in SHARED_ATTRIBUTES[self._name]:
            found = (self._terms.vocabulary.find(self._name, code) for code in self._codes)
            without = [code.id for code in found if code and name not in code.attributes]
            if without:
                problem = f'attribute "{name}" is not listed for {", ".join(without)}'
                self._terms.blame(place, problem)
        return True


def _read_count(data: object, place: str, terms: Terms) -> int:
    if isinstance(data, Mapping) and data.keys() == {"at_least"}:
        number = data["at_least"]
        if type(number) is int and number > 0:
            return number
    terms.blame(place, "not { at_least = N }")
    return 1
