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
        told_by: What people write for it, or for more than it, that is no name of it.
        attributes: Attributes asked for, beyond those every entry of its list has.
        statuses: The statuses it can have; where it can be over, the last one says so.
        ended_on: The attribute whose day, given without a status, says that it is over.
        contains: Numbing creams: their active ingredients.
        given_for: What it is given for, as LIST:CODE; one of these has to be told beside it.
    """

    list: str
    id: str
    label: str
    item: str = ""
    items: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    ended_on: str = ""
    contains: tuple[str, ...] = ()
    given_for: tuple[str, ...] = ()

    @property
    def asked_by(self) -> tuple[str, ...]:
        """The items that ask for it."""
        return (self.item, *self.items) if self.item else self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """Words that say of any condition how it stands, beside the statuses of its code.

    Attributes:
        now: It is there.
        over: It is not there now.
    """

    now: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All codes, in the order of the file.

    Attributes:
        code: The codes.
        status_words: What else a status is called.
    """

    code: tuple[Code, ...]
    status_words: StatusWords = StatusWords()

    @cached_property
    def by_list(self) -> dict[str, dict[str, Code]]:
        """Codes by list and id."""
        found: dict[str, dict[str, Code]] = {}
        for code in self.code:
            found.setdefault(code.list, {})[code.id] = code
        return found

    @cached_property
    def with_purpose(self) -> tuple[Code, ...]:
        """What is told with what it is given for."""
        return tuple(code for code in self.code if code.given_for)

    @cached_property
    def about_allergies(self) -> frozenset[str]:
        """The items that ask for allergies."""
        return self.asked_by("allergies", tuple(self.by_list.get("allergies", ())))

    @cached_property
    def may_be_allergies(self) -> tuple[Code, ...]:
        """What an allergy in words can mean: all that the same items ask for."""
        return tuple(
            code
            for code in self.code
            if code.list == "allergies" or not self.about_allergies.isdisjoint(code.asked_by)
        )

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

    def read_status(self, code: str, status: str | None, *, ended: bool) -> str | None:
        """Return how a condition stands; None when it is not said, or in words nobody knows.

        Args:
            code: Of the condition. One that has no statuses keeps what was said.
            status: As it was said.
            ended: The day on which it was over is given.
        """
        found = self.find("conditions", code)
        if found is None or not found.statuses:
            return status
        word = (status or "").strip().lower().replace(" ", "_")
        if word in found.statuses or word in self.status_words.over:
            return word
        if word in self.status_words.now:
            return next((own for own in found.statuses if own in self.status_words.now), None)
        return found.statuses[-1] if ended else None
