"""The protocol of one treatment: areas, concerns, devices, limits, care and what to expect.

`reader` reads it from the content files.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from consult_app.knowledge.parts import InParts
from consult_app.values import dataclass, fields, is_dataclass

if TYPE_CHECKING:  # who needs one part need not load what the others are made of
    from consult_app.knowledge.areas import AreaTree
    from consult_app.knowledge.protocol.care import CareRules
    from consult_app.knowledge.protocol.concern import Concern, Device, DeviceLabel
    from consult_app.knowledge.protocol.outlook import Comparison, OutlookRules
    from consult_app.knowledge.protocol.plan import PlanRules


@dataclass(frozen=True, kw_only=True)
class Protocol(InParts):
    """What planning, care and expectations are judged by.

    Attributes:
        areas: The tree of body areas with their depth caps.
        concerns: Concerns in the order of the reference.
        devices: Device kinds; those out of scope say why.
        labels: What device labels cover.
        plan: Limits, ladder, numbing, topicals, spacing and sentences.
        care: Before-care and aftercare.
        outlook: Expectations, days after, side effects and signs that need a call.
        comparison: Other choices.
    """

    areas: AreaTree
    concerns: tuple[Concern, ...]
    devices: tuple[Device, ...]
    labels: tuple[DeviceLabel, ...]
    plan: PlanRules
    care: CareRules
    outlook: OutlookRules
    comparison: Comparison

    @cached_property
    def concern_by_id(self) -> dict[str, Concern]:
        """Concerns by id."""
        return {concern.id: concern for concern in self.concerns}

    @cached_property
    def device_by_id(self) -> dict[str, Device]:
        """Device kinds by id."""
        return {device.id: device for device in self.devices}

    def ceiling_mm(self, group: str, phototype: int) -> float:
        """Return the depth ceiling in mm of a concern group for a phototype from 1 to 6."""
        ceilings = {ceiling.group: ceiling.by_phototype_mm for ceiling in self.plan.ceiling}
        return ceilings[group][phototype - 1]

    def raised(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each side effect's id and the screening items that make it more likely."""
        for effect in self.outlook.effect:
            yield effect.id, effect.raised_by

    def citations(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the place and source ids of everything that names sources."""
        for field in fields(self):
            yield from find_citations(field.name, getattr(self, field.name))


def find_citations(place: str, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the place and source ids of everything in `value` that names sources."""
    for here, each in find_values(place, value):
        if hasattr(each, "sources"):
            yield here, each.sources


def find_values(place: str, value: object) -> list[tuple[str, Any]]:
    """Return every dataclass in `value` with its place, itself first.

    A place names the fields on the way and what is known by an id or a concern, such as
    `outlook.effect infection.found`.
    """
    found: list[tuple[str, Any]] = []
    _gather(place, value, found)
    return found


def _gather(place: str, value: Any, found: list[tuple[str, Any]]) -> None:  # noqa: ANN401 - any field
    if isinstance(value, tuple):
        for item in value:
            _gather(place, item, found)
    elif names := _names_of(value):
        known_by = getattr(value, "id", "") or getattr(value, "concern", "")
        here = f"{place} {known_by}" if known_by and place else place or known_by
        found.append((here, value))
        for name in names:
            item = getattr(value, name)
            if isinstance(item, tuple) or _names_of(item):
                _gather(f"{here}.{name}", item, found)


def _names_of(value: object) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, nothing for any other value."""
    kind: Any = type(value)
    return _field_names(kind)


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
