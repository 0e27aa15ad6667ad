"""The parts of a section of the sheet, and when each is there: texts, blocks and the section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from consult_app.handout.document import Icon, Tone
from consult_app.values import dataclass

Kind = Literal[
    "paragraph",
    "bullets",
    "key_points",
    "figure",
    "areas",
    "concerns",
    "visits",
    "dated",
    "later",
    "running",
    "healing",
    "call",
    "own_words",
    "clinic_page",
    "write_lines",
    "choice",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When a part is there.

    Attributes:
        when: Tags that must all hold.
        one_of: Tags of which one must hold; empty asks for none.
        unless: Tags of which none may hold.
        from_cut: First step of cutting at which it appears.
        until_cut: Last step of cutting at which it is still there; None stays for good.
        returns: With what it comes back once it is cut, where what is printed leaves room for that.
    """

    when: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    from_cut: int = 0
    until_cut: int | None = None
    returns: str = ""

    def holds(self, tags: frozenset[str], cut: int) -> bool:
        """Return whether the part is there."""
        is_back = bool(self.returns) and name_return(self.returns) in tags
        is_cut = self.until_cut is not None and cut > self.until_cut and not is_back
        if cut < self.from_cut or is_cut:
            return False
        if self.one_of and tags.isdisjoint(self.one_of):
            return False
        return tags.issuperset(self.when) and tags.isdisjoint(self.unless)

    def steps(self) -> Iterator[int]:
        """Yield the steps of cutting from which it may be there, or no longer."""
        yield self.from_cut
        yield from _after(self.until_cut)


def name_return(name: str) -> str:
    """Return the tag that holds where what `returns` with this name is back."""
    return f"back:{name}"


def name_front(name: str) -> str:
    """Return the tag that holds where what has this name stands on the first side."""
    return f"front:{name}"


def _after(last: int | None) -> tuple[int, ...]:
    return () if last is None else (last + 1,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Presence):
    """One text: its id, or the ids that make a key point.

    One that is `weighed` says itself how good the proof is.
    """

    text: str
    title: str = ""
    icon: Icon = ""
    weighed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Presence):
    """Other words for a care rule in a list by date, or for what to do as the skin heals.

    The rule's id, or `act_` and the row, and that of the words.
    """

    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSpec(Presence):
    """One block of a section.

    Attributes:
        kind: What builds it.
        items: Its texts, for the kinds that are made of texts.
        lead: Larger type, for paragraphs.
        mark: Mark of the bullets.
        most: At most so many texts, the first that hold; None takes all.
        phase, list: Which dated list: before or after, do or avoid.
        skip: Care rules that another part of the sheet tells.
        names: What has other words here.
        urgency: Which box of whom to call.
        also: Under it, what has to be seen elsewhere.
        lines: Labels to sign at.
        statement: What is signed; it stands above the lines wherever they do.
        count: How many lines to write on.
        numbered: Its rows say the numbers of the picture.
        coded: It has a code to scan.
    """

    kind: Kind
    items: tuple[Item, ...] = ()
    lead: bool = False
    mark: Literal["dot", "tick", "cross", "box"] = "dot"
    most: int | None = None
    phase: Literal["before", "after"] = "after"
    list: Literal["do", "avoid"] = "do"
    skip: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    urgency: Literal["clinic", "emergency"] = "clinic"
    also: tuple[Item, ...] = ()
    lines: tuple[Item, ...] = ()
    statement: tuple[Item, ...] = ()
    count: int = 0
    numbered: bool = False
    coded: bool = False

    def steps(self) -> Iterator[int]:
        """Yield the steps of cutting at which anything of it may change."""
        for part in (*self.items, *self.also, *self.lines, *self.statement, *self.names):
            yield from part.steps()
        yield from Presence.steps(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec(Presence):
    """One section: its heading and blocks in reading order.

    Attributes:
        heading_until_cut: Last step of cutting at which the heading stands; None keeps it.
        tone: How it is set off.
        tone_until_cut: Last step of cutting at which it is set off; None keeps it.
    """

    id: str
    heading: str = ""
    tone: Tone = "plain"
    block: tuple[BlockSpec, ...]
    heading_until_cut: int | None = None
    tone_until_cut: int | None = None

    def steps(self) -> Iterator[int]:
        """Yield the steps of cutting at which anything of it may change."""
        for part in self.block:
            yield from part.steps()
        for last in (self.heading_until_cut, self.tone_until_cut):
            yield from _after(last)
        yield from Presence.steps(self)

    def list_returning(self) -> Iterator[Presence]:
        """Yield the blocks and texts that may come back once they are cut."""
        for part in self.block:
            yield from (
                it for it in (part, *part.items, *part.lines, *part.statement) if it.returns
            )

    def heading_at(self, cut: int) -> str:
        """Return the id of the heading, empty where it has been cut."""
        gone = self.heading_until_cut is not None and cut > self.heading_until_cut
        return "" if gone else self.heading

    def tone_at(self, cut: int) -> Tone:
        """Return how it is set off, plain where there is no room for a card."""
        gone = self.tone_until_cut is not None and cut > self.tone_until_cut
        return "plain" if gone else self.tone
