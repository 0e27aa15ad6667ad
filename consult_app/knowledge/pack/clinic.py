"""A clinic's own numbers, laid over the content inside the limits that the content names.

    pack = apply_changes(load_pack(folder), changes)

gives content that judges by the clinic's numbers, says so beside each of them, and carries another
version, so that a record shows by which numbers a consultation was judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from consult_app.errors import Fault, InputError
from consult_app.knowledge.pack.clinic_limits import FILE, Limit
from consult_app.knowledge.pack.clinic_places import look, put
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.rule_digest import fingerprint
from consult_app.values import replace

if TYPE_CHECKING:  # the content is read without the settings
    from consult_app.settings import LimitChange

TITLE = "These clinic settings cannot be used"
ADVICE = "The numbers in use are kept. Correct the settings named."

Ceiling = tuple[float, float]
_SENTENCES = ("conditions", "warnings", "reasons")


def apply_changes(pack: Pack, changes: Iterable[LimitChange]) -> Pack:
    """Return the content with a clinic's changes.

    Args:
        pack: The content as it ships.
        changes: In the order they were made; of several for one number the last counts.

    Raises:
        InputError: A change names no limit, does not start from the number that held, or lies
            outside its limits; every fault is named and nothing is changed.
    """
    listed = tuple(changes)
    faults = tuple(find_faults(pack, listed))
    if faults:
        raise InputError(TITLE, faults, ADVICE)
    limits = {limit.id: limit for limit in pack.limits}
    moved = _find_moved(pack, listed)
    changed = pack
    for name, number in moved.items():
        changed = put(changed, limits[name], number)
    if not moved:
        return replace(pack, changes=listed)
    mark = _mark(moved)
    return replace(
        changed,
        rules=tuple(
            rule if rule is old else replace(rule, digest=_renew(old.digest, mark))
            for old, rule in zip(pack.rules, changed.rules, strict=True)
        ),
        version=_name_version(pack, moved),
        changes=listed,
    )


def find_changes_of(
    pack: Pack, changes: Sequence[LimitChange], version: str
) -> Sequence[LimitChange] | None:
    """Return as many of a clinic's changes as had been made when a version judged.

    Args:
        pack: The content as it ships.
        changes: In the order they were made, up to today.
        version: The version kept with a record.

    Returns:
        None where no state of these numbers had that version, as after an update of the content.
    """
    states = (changes[:count] for count in range(len(changes), -1, -1))
    return next(
        (it for it in states if _name_version(pack, _find_moved(pack, it)) == version), None
    )


def _find_moved(pack: Pack, changes: Iterable[LimitChange]) -> dict[str, float]:
    """Return the numbers that are not those of the reference, by the limits' ids."""
    defaults = {limit.id: limit.default for limit in pack.limits}
    numbers = {change.limit: change.after for change in changes}
    return {name: number for name, number in numbers.items() if number != defaults.get(name)}


def _name_version(pack: Pack, moved: dict[str, float]) -> str:
    return f"{pack.version}+clinic.{_mark(moved)}" if moved else pack.version


def _mark(moved: dict[str, float]) -> str:
    return fingerprint(moved)[:8]


def settle_number(pack: Pack, limit: str) -> float:
    """Return the number in use: the clinic's, or the default of the limit."""
    default = next(item.default for item in pack.limits if item.id == limit)
    set_here = [change.after for change in pack.changes if change.limit == limit]
    return set_here[-1] if set_here else default


def find_ceiling(
    pack: Pack, concern: str, phototype: int | None, depth_mm: float
) -> Ceiling | None:
    """Return the clinic's depth ceiling in mm and the reference's, where it holds a depth.

    Args:
        pack: The content by the clinic's numbers.
        concern: What is treated.
        phototype: The skin type; None while it is not known.
        depth_mm: How deep the line may go at most.

    Returns:
        None where the ceiling is that of the reference, or something else holds the depth.
    """
    known = pack.protocol.concern_by_id.get(concern)
    if known is None or phototype is None:
        return None
    step = pack.protocol.plan.limits.step_mm
    for limit in pack.limits:
        if any(it.ceiling == known.group and phototype in it.phototypes for it in limit.at):
            number = settle_number(pack, limit.id)
            if number != limit.default and depth_mm <= number < depth_mm + step:
                return number, limit.default
    return None


def check_limits(pack: Pack) -> Iterator[Fault]:
    """Yield a fault for every limit that does not fit the content: its number is not there."""
    seen: set[str] = set()
    for limit in pack.limits:
        place = f"{FILE}: limit {limit.id}"
        if limit.id in seen:
            yield Fault(place, "this id is used twice")
        seen.add(limit.id)
        if problem := limit.refuse(limit.default):
            yield Fault(f"{place}.default", problem)
        if not limit.sources and not limit.marks:
            yield Fault(f"{place}.sources", "no source and no other basis")
        found = look(pack, limit)
        if not found:
            yield Fault(f"{place}.at", "no such number in the content")
        yield from (
            Fault(f"{place}.default", f"the content says {limit.say(number)}")
            for number in dict.fromkeys(found)
            if number != limit.default
        )
        yield from _check_sentences(pack, limit, place)


def _check_sentences(pack: Pack, limit: Limit, place: str) -> Iterator[Fault]:
    for said in limit.says:
        table, _, name = said.partition(".")
        if table not in _SENTENCES or name not in getattr(pack.protocol.plan, table):
            yield Fault(f"{place}.says", f'no such sentence: "{said}"')


def find_faults(pack: Pack, changes: Sequence[LimitChange]) -> Iterator[Fault]:
    """Yield what is wrong with a clinic's changes; without those named the others hold."""
    limits = {limit.id: limit for limit in pack.limits}
    held = {limit.id: limit.default for limit in pack.limits}
    for position, change in enumerate(changes):
        place = f"changes[{position}] {change.limit}"
        limit = limits.get(change.limit)
        if limit is None:
            yield Fault(place, "no number of the content has this id")
            continue
        found = tuple(_find_wrong(limit, change, held[limit.id], place))
        yield from found
        if not found:
            held[limit.id] = change.after


def _find_wrong(limit: Limit, change: LimitChange, held: float, place: str) -> Iterator[Fault]:
    if not change.who.strip():
        yield Fault(f"{place}.who", "missing")
    if change.before != held:
        yield Fault(f"{place}.before", f"until then it was {limit.say(held)}")
    if problem := limit.refuse(change.after):
        yield Fault(f"{place}.after", problem)


def _renew(digest: str, mark: str) -> str:
    return fingerprint({"rule": digest, "clinic": mark})
