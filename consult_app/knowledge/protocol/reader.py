"""Reading the protocol of a treatment from its seven content files.

Unknown fields are refused, and what one file names must stand in another. The loader calls
`read_protocol` and reports its faults with those of screening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import tomli

from consult_app.errors import Fault
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.protocol.care import CareRules
from consult_app.knowledge.protocol.concern import Concern, Device, DeviceLabel
from consult_app.knowledge.protocol.outlook import Comparison, OutlookRules
from consult_app.knowledge.protocol.plan import PlanRules
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.knowledge.protocol.sentences import WARNINGS, check_sentences
from consult_app.record import collect
from consult_app.values import dataclass

T = TypeVar("T")

_PHOTOTYPES = 6
_BANDS = {"L", "M", "H"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """Everything in `concerns.toml`."""

    concern: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """Everything in `devices.toml`."""

    device: tuple[Device, ...]
    label: tuple[DeviceLabel, ...]


def read_protocol(folder: Path, faults: list[Fault]) -> Protocol | None:
    """Return the protocol in `folder`, or None when it has faults, which are added to `faults`."""
    before = len(faults)
    areas = _read(AreaTree, folder, "areas", faults)
    concerns = _read(Concerns, folder, "concerns", faults)
    devices = _read(Devices, folder, "devices", faults)
    plan = _read(PlanRules, folder, "plan", faults)
    care = _read(CareRules, folder, "care", faults)
    outlook = _read(OutlookRules, folder, "outlook", faults)
    comparison = _read(Comparison, folder, "comparison", faults)
    # Each is also asked by name, so that the type checker knows that none is missing.
    if not (areas and concerns and devices and plan and care and outlook and comparison):
        return None
    protocol = Protocol(
        areas=areas,
        concerns=concerns.concern,
        devices=devices.device,
        labels=devices.label,
        plan=plan,
        care=care,
        outlook=outlook,
        comparison=comparison,
    )
    faults += areas.faults("areas.toml")
    faults += _check(protocol)
    return None if len(faults) > before else protocol


def _read(kind: type[T], folder: Path, name: str, faults: list[Fault]) -> T | None:
    file = f"{name}.toml"
    try:
        data = tomli.loads((folder / file).read_text("utf-8"))
    except OSError as error:
        faults.append(Fault(file, f"cannot be read: {error.strerror}"))
        return None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(file, f"not TOML: {error}"))
        return None
    return collect(kind, data, file, faults)


def _check(protocol: Protocol) -> list[Fault]:
    """Return what one file names and another does not have."""
    return [
        *_check_ids(protocol),
        *_check_names(protocol),
        *_check_numbers(protocol),
        *check_sentences(protocol.plan),
    ]


def _check_ids(protocol: Protocol) -> Iterator[Fault]:
    lists: dict[str, Iterable[str]] = {
        "concerns.toml": [concern.id for concern in protocol.concerns],
        "devices.toml": [device.id for device in protocol.devices],
        "care.toml": [rule.id for rule in protocol.care.rule],
        "outlook.toml": [effect.id for effect in protocol.outlook.effect],
        "comparison.toml": [option.id for option in protocol.comparison.option],
    }
    for file, ids in lists.items():
        seen: set[str] = set()
        for name in ids:
            if name in seen:
                yield Fault(f"{file}: {name}", "this id is used twice")
            seen.add(name)


def _check_names(protocol: Protocol) -> Iterator[Fault]:
    groups = {ceiling.group for ceiling in protocol.plan.ceiling}
    expected = {item.concern for item in protocol.outlook.expectation}
    for concern in protocol.concerns:
        place = f"concerns.toml: {concern.id}"
        if concern.group not in groups:
            yield Fault(place, f'no ceiling for the group "{concern.group}"')
        if concern.id not in expected:
            yield Fault(place, "outlook.toml does not say what to expect")
        yield from _check_areas(protocol, place, concern.areas)
    for label in protocol.labels:
        place = f"devices.toml: {label.id}"
        yield from _check_areas(protocol, place, label.areas)
        yield from _check_concerns(protocol, place, label.concerns)
    yield from _check_care(protocol.care)
    yield from _check_concerns(protocol, "outlook.toml", expected)
    yield from _check_effects(protocol)
    minutes = protocol.plan.minutes
    yield from _check_areas(protocol, "plan.toml: minutes", minutes.area)
    yield from _check_concerns(protocol, "plan.toml: minutes", minutes.scars)


def _check_effects(protocol: Protocol) -> Iterator[Fault]:
    points = {point.id for point in protocol.plan.end_point}
    for effect in protocol.outlook.effect:
        place = f"outlook.toml: {effect.id}"
        yield from _check_areas(protocol, f"{place}.raised_areas", effect.raised_areas)
        for name in effect.end_points:
            if name not in points:
                yield Fault(place, f'no end point is called "{name}"')
        for name in effect.raised_warnings:
            if name not in WARNINGS:
                yield Fault(f"{place}.raised_warnings", f'no plan warns of "{name}"')


def _check_care(care: CareRules) -> Iterator[Fault]:
    traits = {trait.id for trait in care.trait}
    rules = {rule.id for rule in care.rule}
    for rule in care.rule:
        place = f"care.toml: {rule.id}"
        for name in (*rule.applies, *filter(None, [rule.dark])):
            if name not in traits:
                yield Fault(place, f'no trait is called "{name}"')
        for name in (*rule.joins, *rule.names, *filter(None, [rule.follows])):
            if name not in rules:
                yield Fault(place, f'no rule is called "{name}"')


def _check_areas(protocol: Protocol, place: str, areas: Iterable[str]) -> Iterator[Fault]:
    for area in areas:
        if area not in protocol.areas.by_id:
            yield Fault(place, f'no area is stored as "{area}"')


def _check_concerns(protocol: Protocol, place: str, concerns: Iterable[str]) -> Iterator[Fault]:
    for concern in sorted(concerns):
        if concern not in protocol.concern_by_id:
            yield Fault(place, f'no concern is called "{concern}"')


def _check_numbers(protocol: Protocol) -> Iterator[Fault]:
    for ceiling in protocol.plan.ceiling:
        if len(ceiling.by_phototype_mm) != _PHOTOTYPES:
            yield Fault(f"plan.toml: ceiling {ceiling.group}", "not one depth for each phototype")
    bands: dict[str, Mapping[str, object]] = {
        "plan.toml: event_buffer": protocol.plan.event_buffer.days,
        **{f"care.toml: {rule.id}": rule.end for rule in protocol.care.rule},
        **{
            f"outlook.toml: downtime {n}": row.looks
            for n, row in enumerate(protocol.outlook.downtime)
        },
    }
    for place, values in bands.items():
        if set(values) != _BANDS:
            yield Fault(place, "not one value for each of the bands L, M, H")
