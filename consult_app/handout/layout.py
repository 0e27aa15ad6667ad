"""Which sections the sheet has, in which order, and when each part is there.

All of it is data in `resources/handout/layout.toml`; code knows the kinds of block. Whether a part
is there depends on tags of the plan (see `compose_case`) and on how much was cut for two pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from consult_app.handout.layout_section import Presence, SectionSpec
from consult_app.values import dataclass, replace


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
class Refill:
    """What comes back together once it is cut, and whether the sheet has to stay as calm for it."""

    id: str
    calm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long the standard sheet may be (planning reference 5.1).

    Attributes:
        cuts: How many steps of cutting the layout knows.
        item: Words after which a list by date begins a new item.
        own_words: How many of somebody's own words are printed, of each thing they are about.
        whole_days: Step of cutting from which waits of three days or more last to the end of the
            day, two things have the longer wait of both, and all that is off through all visits
            the longest; a wait may be made longer, never shorter (planning reference 3.1). What
            begins when something ends names that and not the time again.
        air: Points between rows for which a sheet of two pages is shortened further than it needs.
        air_until: Step of cutting beyond which nothing is cut for the sake of air.
        record: Last step of cutting at which every page says the record number.
        refills: What may come back once it is cut, what is worth most first.
        fronts: What may stand on the first side where that saves a page, what is moved first first.
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
    refills: tuple[Refill, ...] = ()
    fronts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Who settles what is open before the first visit; what is named in neither waits for a doctor.

    Attributes:
        talk: Ids of findings that patient and practitioner settle between them.
        doctor: Ids of findings that have to be over and end with what a doctor says.
        dated: Ids of findings about what the lists by date tell when to stop.
    """

    talk: tuple[str, ...] = ()
    doctor: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()


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
            for item in (*block.items, *block.statement, *block.lines, *block.also):
                yield from (item.text, item.title)
            yield from (name.text for name in block.names)
