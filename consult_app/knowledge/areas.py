"""The one tree of body areas, read from `areas.toml`.

Both vocabularies of the clinical reference are accepted everywhere; what is stored is the area's
id. Codes that are not in the tree are kept as they are, overlap nothing and have no caps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from consult_app.errors import Fault
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthCaps:
    """Depth limits in mm (planning reference 1.2).

    Attributes:
        min: Smallest useful depth.
        typical: Usual depth for skin-quality work.
        soft: Default limit; may be set aside with a written reason.
        hard: Limit that is refused.
    """

    min: float
    typical: float
    soft: float
    hard: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One part of the body.

    Attributes:
        id: The stored id.
        label: Name in plain words.
        under: Areas it is a part of.
        also: Other ids read as this area.
        region: head_neck, trunk, arms or legs; None when taken from the area above.
        prohibited: Never treated.
        caps_mm: Depth limits; None when they follow from the areas above or below.
        note: Why the limits are what they are.
        sources: Source ids.
        marks: Basis other than a source that was read.
    """

    id: str
    label: str
    under: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    region: str | None = None
    prohibited: bool = False
    caps_mm: DepthCaps | None = None
    note: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AreaTree:
    """All areas, with the questions asked of them.

    Attributes:
        area: The areas, groups before their parts.
    """

    area: tuple[Area, ...]

    @cached_property
    def by_id(self) -> dict[str, Area]:
        """Areas by stored id."""
        return {area.id: area for area in self.area}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name: area.id for area in self.area for name in (area.id, *area.also)}

    def known(self, area: str) -> bool:
        """Return whether the tree has this area under any of its names."""
        return area in self._names

    def normalise(self, area: str) -> str:
        """Return the stored id of `area`; an unknown code stays as it is."""
        return self._names.get(area, area)

    def label(self, area: str) -> str:
        """Return the plain name, or the code itself when it is unknown."""
        found = self.by_id.get(self.normalise(area))
        return found.label if found else area

    def children(self, area: str) -> tuple[str, ...]:
        """Return the parts directly under `area`."""
        here = self.normalise(area)
        return tuple(part.id for part in self.area if here in part.under)

    def ancestors(self, area: str) -> frozenset[str]:
        """Return every area that `area` lies under, itself left out."""
        found = self.by_id.get(self.normalise(area))
        above = set(found.under) if found else set()
        for parent in tuple(above):
            above |= self.ancestors(parent)
        return frozenset(above)

    @cached_property
    def _parts(self) -> dict[str, frozenset[str]]:
        below: dict[str, frozenset[str]] = {}
        for area in reversed(self.area):
            parts = (below.get(part, frozenset()) for part in self.children(area.id))
            below[area.id] = frozenset({area.id}).union(*parts)
        return below

    def parts(self, area: str) -> frozenset[str]:
        """Return `area` with everything under it; empty for an unknown code."""
        return self._parts.get(self.normalise(area), frozenset())

    def within(self, area: str, groups: Iterable[str]) -> bool:
        """Return whether `area` is one of `groups` or lies under one."""
        here = self.normalise(area)
        return any(here in self.parts(group) for group in groups)

    def overlap(self, one: str, other: str) -> bool:
        """Return whether the two share a part: the same area, or one lies under the other."""
        return not self.parts(one).isdisjoint(self.parts(other))

    def regions(self, area: str) -> frozenset[str]:
        """Return the regions `area` touches; a limb scar whose limb is not named touches two."""
        here = self.by_id.get(self.normalise(area))
        if here is None:
            return frozenset()
        if here.region:
            return frozenset((here.region,))
        above = [self.by_id[parent] for parent in here.under]
        regions = frozenset().union(*(self._regions_above(parent) for parent in above))
        return regions or frozenset().union(
            *(self.regions(part) for part in self.children(here.id))
        )

    def _regions_above(self, area: Area) -> frozenset[str]:
        if area.region:
            return frozenset((area.region,))
        return frozenset().union(*(self._regions_above(self.by_id[up]) for up in area.under))

    def region(self, area: str) -> str | None:
        """Return the one region of `area`; None when unknown or when it touches several."""
        regions = self.regions(area)
        return next(iter(regions)) if len(regions) == 1 else None

    def same_region(self, one: str, other: str) -> bool:
        """Return whether the two touch a common region."""
        return not self.regions(one).isdisjoint(self.regions(other))

    def is_prohibited(self, area: str) -> bool:
        """Return whether `area` is never treated."""
        found = self.by_id.get(self.normalise(area))
        return bool(found and found.prohibited)

    def caps(self, area: str, among: Sequence[str] = ()) -> DepthCaps | None:
        """Return the limits to plan `area` by; a group is held to its thinnest part.

        Args:
            area: The area.
            among: Of a group, only parts that overlap one of these count, if there are any.

        Returns:
            The limits; None when the area is unknown, never treated, or none are known for it.
        """
        own = self._own_caps(self.normalise(area))
        if own is not None:
            return own
        parts = [part for part in self.children(area) if self.caps(part)]
        chosen = [part for part in parts if any(self.overlap(part, name) for name in among)]
        caps = [self.caps(part, among) for part in chosen or parts]
        return _thinnest([cap for cap in caps if cap]) if caps else None

    def is_group(self, area: str) -> bool:
        """Return whether `area` takes its limits from its parts."""
        here = self.normalise(area)
        return self._own_caps(here) is None and any(self.caps(part) for part in self.children(here))

    def soft_cap(self, area: str) -> float | None:
        """Return the depth guide in mm: the soft cap, for a group the highest of its parts."""
        own = self._own_caps(self.normalise(area))
        if own is not None:
            return own.soft
        below = [cap for part in self.children(area) if (cap := self.soft_cap(part)) is not None]
        return max(below, default=None)

    def _own_caps(self, area: str) -> DepthCaps | None:
        found = self.by_id.get(area)
        if found is None:
            return None
        if found.caps_mm is not None:
            return found.caps_mm
        above = [caps for parent in found.under if (caps := self._own_caps(parent))]
        return _thinnest(above) if above else None

    def faults(self, place: str) -> list[Fault]:
        """Return what does not fit together, for the content check."""
        names = [name for area in self.area for name in (area.id, *area.also)]
        twice = sorted({name for name in names if names.count(name) > 1})
        found = [Fault(f"{place}: area {name}", "this id is used twice") for name in twice]
        for position, area in enumerate(self.area):
            before = {earlier.id for earlier in self.area[:position]}
            found += [
                Fault(
                    f"{place}: area {area.id}", f'lies under "{parent}", which is not listed before'
                )
                for parent in area.under
                if parent not in before
            ]
        return found


def _thinnest(caps: list[DepthCaps]) -> DepthCaps:
    return DepthCaps(
        min=min(cap.min for cap in caps),
        typical=min(cap.typical for cap in caps),
        soft=min(cap.soft for cap in caps),
        hard=min(cap.hard for cap in caps),
    )
