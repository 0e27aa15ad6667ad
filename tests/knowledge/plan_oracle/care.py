"""Care before and after a visit, by hand from the planning reference (3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

Ends = tuple[int, int, int]
Entry = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Cared:
    """For whom and what care is told: the type, the concerns and the places."""

    phototype: int
    pigment: bool
    melasma: bool
    face: bool
    face_or_hands: bool
    near_eyes: bool
    eyes: bool
    body: bool
    scalp: bool
    hair: bool
    cold_sores: bool


ALWAYS_BEFORE = {
    "b_fake_tan": (-7, 0),
    "b_hair_removal": (-7, 0),
    "b_other_tx": (-14, 0),
    "b_energy_tx": (-28, 0),
    "b_nsaid": (-3, 0),
    "b_alcohol": (-1, 0),
    "b_new_products": (-7, 0),
    "b_day0": (0, 0),
}
"""Days before a visit that hold for everyone."""
ALWAYS_BY_HOUR: dict[str, tuple[str, int, Ends]] = {
    "a_gel_only": ("do", 0, (24, 24, 24)),
    "a_makeup": ("avoid", 0, (24, 24, 48)),
    "a_wash_none": ("avoid", 0, (6, 6, 6)),
    "a_wash_water": ("do", 6, (24, 24, 24)),
    "a_cleanser": ("do", 24, (168, 168, 168)),
    "a_moisturise": ("do", 24, (168, 168, 168)),
    "a_sun_none": ("avoid", 0, (72, 72, 72)),
    "a_exercise": ("avoid", 0, (24, 48, 72)),
    "a_hot_water": ("avoid", 0, (24, 24, 24)),
    "a_pool": ("avoid", 0, (72, 72, 168)),
    "a_cool": ("do", 0, (24, 24, 24)),
    "a_alcohol": ("avoid", 0, (24, 24, 24)),
}
ALWAYS_BY_DAY: dict[str, tuple[str, int, Ends]] = {
    "a_spf": ("do", 1, (28, 28, 28)),
    "a_actives": ("avoid", 0, (5, 7, 10)),
    "a_touch": ("avoid", 0, (7, 7, 7)),
    "a_pillow": ("do", 0, (1, 1, 1)),
    "a_nsaid": ("avoid", 0, (3, 3, 3)),
    "a_hair_removal": ("avoid", 0, (7, 14, 14)),
    "a_fake_tan": ("avoid", 0, (7, 7, 7)),
    "a_other_tx": ("avoid", 0, (28, 28, 28)),
    "a_checkin": ("do", 3, (3, 3, 3)),
    "a_photo": ("do", 28, (28, 28, 28)),
}


def tell_care(at: datetime, band: str, who: Cared) -> dict[str, Entry]:
    """Return the care around a visit: for each rule its days or hours."""
    before = {rule: _tell_day(at.date(), *span) for rule, span in _list_before(who)}
    place = "LMH".index(band)
    by_hour = {
        rule: _tell_hour(at, kind, start, ends[place])
        for rule, (kind, start, ends) in _list_hours(who)
    }
    by_day = {
        rule: _tell_day(at.date(), start, ends[place], again=kind == "avoid")
        for rule, (kind, start, ends) in _list_days(who)
    }
    return before | by_hour | by_day


def _list_before(who: Cared) -> Iterator[tuple[str, tuple[int, int]]]:
    yield from ALWAYS_BEFORE.items()
    dark = who.phototype >= 4
    yield "b_sun", (-28 if dark or who.pigment else -14, 0)
    yield "b_actives", (-7 if dark or who.melasma else -5, 0)
    if who.face:
        yield "b_toxin", (-14, 0)
    if who.face_or_hands:
        yield "b_filler", (-28, 0)
    if who.hair:
        yield "b_shave", (-1, -1)
    if who.cold_sores:
        yield "b_cold_sore", (-7, 0)


def _list_hours(who: Cared) -> Iterator[tuple[str, tuple[str, int, Ends]]]:
    yield from ALWAYS_BY_HOUR.items()
    if who.eyes:
        yield "a_eye_makeup", ("avoid", 0, (48, 48, 48))
    if who.hair:
        yield "a_shave", ("avoid", 0, (24, 48, 72))
    if who.body:
        yield "a_loose_clothes", ("do", 0, (48, 48, 48))
    if who.scalp:
        yield "a_hair_wash", ("avoid", 0, (24, 24, 24))


def _list_days(who: Cared) -> Iterator[tuple[str, tuple[str, int, Ends]]]:
    yield from ALWAYS_BY_DAY.items()
    long = who.phototype >= 3 or who.pigment
    yield "a_sunbathe", ("avoid", 0, (28, 28, 28) if long else (14, 14, 28))
    if who.near_eyes:
        yield "a_head_up", ("do", 0, (1, 1, 1))
    if who.face_or_hands:
        yield "a_toxin_filler", ("avoid", 0, (14, 14, 14))
    if who.scalp:
        yield "a_hair_dye", ("avoid", 0, (7, 7, 7))


def _tell_day(day: date, start: int, end: int, *, again: bool = False) -> Entry:
    """Return whole days, the last of them inclusive; allowed again on the next."""
    told = {
        "from": (day + timedelta(days=start)).isoformat(),
        "last_day": (day + timedelta(days=end)).isoformat(),
    }
    if again:
        told["allowed_from"] = (day + timedelta(days=end + 1)).isoformat()
    return told


def _tell_hour(at: datetime, kind: str, start: int, end: int) -> Entry:
    """Return hours by the clock on the wall: 24 hours are the same time of the next day."""
    return {
        "from": _write(at + timedelta(hours=start)),
        "until" if kind == "do" else "allowed_from": _write(at + timedelta(hours=end)),
    }


def _write(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")
