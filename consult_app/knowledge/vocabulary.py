"""The codes that facts are written in (screening reference 0.6)."""

from __future__ import annotations

from functools import cached_property

from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of the vocabulary.

    Attributes:
        list: Where it stands: conditions, medications, procedures, exposures, allergies, or the
            name of a fact with codes, such as anaesthetic.product, topicals_planned, addons.
        id: The code.
        label: Its name in the field's words.
        item: The screening item that asks for it; empty for codes without one.
        items: The items, when several ask for it.
        also: Brand names and other names it is found by.
        attributes: Attributes asked for, beyond those every entry of its list has.
        statuses: The statuses it can have.
        contains: Numbing creams: their active ingredients.
    """

    list: str
    id: str
    label: str
    item: str = ""
    items: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()

    @property
    def asked_by(self) -> tuple[str, ...]:
        """The items that ask for it."""
        return (self.item, *self.items) if self.item else self.items


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All codes, in the order of the file.

    Attributes:
        code: The codes.
    """

    code: tuple[Code, ...]

    @cached_property
    def by_list(self) -> dict[str, dict[str, Code]]:
        """Codes by list and id."""
        found: dict[str, dict[str, Code]] = {}
        for code in self.code:
            found.setdefault(code.list, {})[code.id] = code
        return found

    def find(self, name: str, code: str) -> Code | None:
        """Return the code of that list, or None when the vocabulary does not have it."""
        return self.by_list.get(name, {}).get(code)

    def label(self, name: str, code: str) -> str:
        """Return the name of a code, or the code itself when it is unknown."""
        found = self.find(name, code)
        return found.label if found else code

    def asked_by(self, name: str, codes: tuple[str, ...]) -> frozenset[str]:
        """Return the items that ask for any of these codes of a list."""
        listed = self.by_list.get(name, {})
        return frozenset(item for code in codes if code in listed for item in listed[code].asked_by)
