"""Which sections the sheet has, in which order, and when each part is there.

All of it is data in `resources/handout/layout.toml`; code knows the kinds of block. Whether a part
is there depends on tags of the plan (see `compose_case`) and on how much was cut for two pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal

from consult_app.handout.document import Icon, Tone
from consult_app.values import dataclass, replace

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
    """

    when: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    from_cut: int = 0
    until_cut: int | None = None

    def holds(self, tags: frozenset[str], cut: int) -> bool:
        """Return whether the part is there."""
        if cut < self.from_cut or (self.until_cut is not None and cut > self.until_cut):
            return False
        if self.one_of and tags.isdisjoint(self.one_of):
            return False
        return tags.issuperset(self.when) and tags.isdisjoint(self.unless)

    def steps(self) -> Iterator[int]:
        """Yield the steps of cutting from which it may be there, or no longer."""
        yield self.from_cut
        yield from _after(self.until_cut)


def _after(last: int | None) -> tuple[int, ...]:
    return () if last is None else (last + 1,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Presence):
    """One text: its id, or the ids that make a key point.

    Once it is cut, one that `returns` comes back where what is printed without it leaves room.
    One that is `weighed` says itself how good the proof is.
    """

    text: str
    title: str = ""
    icon: Icon = ""
    returns: bool = False
    weighed: bool = False

    def is_told(self, tags: frozenset[str], cut: int, *, refilled: bool) -> bool:
        """Return whether the text is there, or comes back where room is left."""
        return self.holds(tags, 0 if refilled and self.returns else cut)


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
        urgency: Which box of whom to call.
        also: Under it, what has to be seen elsewhere.
        lines: Labels to sign at.
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
    urgency: Literal["clinic", "emergency"] = "clinic"
    also: tuple[Item, ...] = ()
    lines: tuple[Item, ...] = ()
    count: int = 0
    numbered: bool = False
    coded: bool = False

    def steps(self) -> Iterator[int]:
        """Yield the steps of cutting at which anything of it may change."""
        for part in (*self.items, *self.also, *self.lines):
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

    def list_returning(self) -> Iterator[Item]:
        """Yield the texts that may come back once they are cut."""
        return (item for part in self.block for item in part.items if item.returns)

    def heading_at(self, cut: int) -> str:
        """Return the id of the heading, empty where it has been cut."""
        gone = self.heading_until_cut is not None and cut > self.heading_until_cut
        return "" if gone else self.heading

    def tone_at(self, cut: int) -> Tone:
        """Return how it is set off, plain where there is no room for a card."""
        gone = self.tone_until_cut is not None and cut > self.tone_until_cut
        return "plain" if gone else self.tone


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpec:
    """Sections in columns side by side.

    Attributes:
        sections: Their ids in reading order.
        shares: Parts of the width, one for each column.
        flows: The sections run down two columns, one after the other.
        takes: Ids of sections of other rows that stand here, last, where that saves a page.
    """

    sections: tuple[str, ...]
    shares: tuple[float, ...] = (1.0,)
    flows: bool = False
    takes: tuple[str, ...] = ()

    def rearrange(self, moved: AbstractSet[str]) -> RowSpec:
        """Return the row with what it takes, and without what others do."""
        kept = tuple(name for name in self.sections if name not in moved)
        return replace(self, sections=kept + self.takes, takes=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One side of the sheet."""

    title: str = ""
    row: tuple[RowSpec, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Healing:
    """The rows of the healing table, and how red the skin is in each, 0 to 4, by band."""

    rows: tuple[str, ...]
    redness: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long the standard sheet may be (planning reference 5.1).

    Attributes:
        cuts: How many steps of cutting the layout knows.
        item: Words after which a list by date begins a new item.
        own_words: How many of somebody's own words are printed, of each thing they are about.
        whole_days: Step of cutting from which waits of three days or more last to the end of the
            day, and two things have the longer wait of both; a wait may be made longer, never
            shorter (planning reference 3.1).
        air: Points between rows for which a sheet of two pages is shortened further than it needs.
        air_until: Step of cutting beyond which nothing is cut for the sake of air.
        record: Last step of cutting at which every page says the record number.
        short_dates: Step of cutting from which lists by date shorten the names of days and months.
    """

    cuts: int
    item: int
    own_words: int
    short_dates: int
    whole_days: int
    air: float
    air_until: int
    record: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Who settles what is open before the first visit; what is named in neither waits for a doctor.

    Attributes:
        talk: Ids of findings that patient and practitioner settle between them.
        doctor: Ids of findings that have to be over and end with what a doctor says.
    """

    talk: tuple[str, ...] = ()
    doctor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagGroup(Presence):
    """A tag of its own that holds when its presence does."""

    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole layout.

    Attributes:
        budget: How long the sheet may be.
        page: The sides in order.
        section: The sections, in any order.
        group: Tags that hold when others do.
        healing: The rows of the healing table.
        settling: Who settles what is open before the first visit.
    """

    budget: Budget
    page: tuple[PageSpec, ...]
    section: tuple[SectionSpec, ...]
    group: tuple[TagGroup, ...] = ()
    healing: Healing
    settling: Settling = Settling()

    def find(self, section: str) -> SectionSpec:
        """Return the section with this id."""
        return next(spec for spec in self.section if spec.id == section)

    def rearrange(self) -> Layout:
        """Return the layout with the sections where rows take them; the same where none does."""
        moved = {name for page in self.page for row in page.row for name in row.takes}
        if not moved:
            return self
        return replace(
            self,
            page=tuple(
                replace(page, row=tuple(row.rearrange(moved) for row in page.row))
                for page in self.page
            ),
        )

    def texts(self) -> Iterator[str]:
        """Return the ids of every text the layout names."""
        yield from (section.heading for section in self.section)
        for block in (block for section in self.section for block in section.block):
            for item in (*block.items, *block.lines, *block.also):
                yield from (item.text, item.title)
