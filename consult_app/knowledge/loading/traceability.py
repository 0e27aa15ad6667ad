"""From every fact to its source and back, and how much there is of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consult_app.errors import Fault
from consult_app.knowledge.areas import Area
from consult_app.knowledge.pack.pack import Pack, Source
from consult_app.knowledge.protocol.protocol import Protocol, find_citations, find_values
from consult_app.values import dataclass, fields

_HOUSE = "house rule"
_KNOWN = "general knowledge"
_READ = frozenset({"C", "P"})
_BASIS_CODES = frozenset({"HR", "SEED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """A source and everything that rests on it.

    Attributes:
        source: The source.
        rests: Ids by the part of the content they stand in, such as rules, care, effects.
    """

    source: Source
    rests: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the content says and on what it rests.

    Attributes:
        by_part: Number of entries by part, in the order they are shown.
        sources_read: Sources of which a stored copy was read, in whole or in part.
        sources_known: Sources named from general knowledge, not read again.
        house_rules: Facts marked as a house rule, and rules whose numbers are policy.
        review: Review state in words.
    """

    by_part: Mapping[str, int]
    sources_read: int
    sources_known: int
    house_rules: int
    review: str


def trace_sources(pack: Pack) -> tuple[Footing, ...]:
    """Return every source with what rests on it, in the order of the sources."""
    rests: dict[str, dict[str, dict[str, None]]] = {}
    for part, name, sources in _cite(pack):
        for source in sources:
            rests.setdefault(source, {}).setdefault(part, {})[name] = None
    return tuple(
        Footing(
            source=source,
            rests={part: tuple(names) for part, names in rests.get(source.id, {}).items()},
        )
        for source in pack.sources
    )


def find_unsourced(protocol: Protocol) -> Iterator[Fault]:
    """Yield a fault for every fact of the protocol that names neither a source nor another basis.

    An area that only groups others, without depths of its own, states no fact.
    """
    for field in fields(protocol):
        for place, value in find_values(field.name, getattr(protocol, field.name)):
            bare = [getattr(value, basis, None) for basis in ("sources", "marks")] == [(), ()]
            grouping = isinstance(value, Area) and value.caps_mm is None
            if bare and not grouping:
                yield Fault(f"{field.name}.toml: {place}", "no source and no other basis")


def find_unworded(pack: Pack) -> Iterator[Fault]:
    """Yield a fault for everything the patient's sheet may name without having a word for it."""
    protocol = pack.protocol
    needed: dict[str, list[str]] = {
        "care": [rule.id for rule in protocol.care.rule],
        "concern": [concern.id for concern in protocol.concerns],
        "area": [area.id for area in protocol.areas.area if not area.prohibited],
        "proof": [concern.grade for concern in protocol.concerns],
    }
    for group, names in needed.items():
        known = pack.texts.get(group, {})
        for name in dict.fromkeys(names):
            if name not in known:
                yield Fault(f"texts.toml: {group} {name}", "missing")


def count_pack(pack: Pack) -> Counts:
    """Return how much the content says and on what it rests."""
    protocol = pack.protocol
    house = sum(
        any(mark.startswith(_HOUSE) for mark in getattr(value, "marks", ()))
        for part in (protocol, pack.instruments)
        for field in fields(part)
        for _, value in find_values(field.name, getattr(part, field.name))
    )
    return Counts(
        by_part={
            "screening items": len(pack.questions),
            "screening rules": len(pack.rules),
            "body areas": len(protocol.areas.area),
            "concerns": len(protocol.concerns),
            "care rules": len(protocol.care.rule),
            "side effects": len(protocol.outlook.effect),
            "other treatments": len(protocol.comparison.option),
            "instruments": len(pack.instruments.instrument),
            "numbers a clinic may change": len(pack.limits),
        },
        sources_read=sum(source.mark in _READ for source in _real(pack)),
        sources_known=sum(source.mark not in _READ for source in _real(pack)),
        house_rules=house + sum(rule.policy for rule in pack.rules),
        review=_describe_review(pack),
    )


def write_counts(pack: Pack) -> str:
    """Return the counts as a Markdown table, for the README."""
    counts = count_pack(pack)
    rows = {
        **counts.by_part,
        "sources of which a stored copy was read, most in part": counts.sources_read,
        "sources from general knowledge, not read again": counts.sources_known,
        "house rules and policy numbers": counts.house_rules,
    }
    lines = ["| what | number |", "|---|---|"]
    lines += [f"| {name} | {number} |" for name, number in rows.items()]
    return "\n".join([*lines, f"| review | {counts.review} |"])


def _describe_review(pack: Pack) -> str:
    review = pack.review
    if not review.by:
        return review.state
    return f"{review.state}, {review.by}, {review.on}"


def _real(pack: Pack) -> list[Source]:
    """Return the sources without the codes that stand for a basis of our own."""
    return [source for source in pack.sources if source.id not in _BASIS_CODES]


def _cite(pack: Pack) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield part, id and source ids of everything that names sources."""
    for rule in pack.rules:
        yield "rules", rule.id, rule.sources
    for group, texts in pack.texts.items():
        for key, text in texts.items():
            yield "texts", f"{group}.{key}", text.sources
    parts = {
        "instruments": pack.instruments,
        "body_image": pack.body_image,
        "limits": pack.limits,
    }
    for name, value in parts.items():
        for place, sources in find_citations(name, value):
            yield (*_split(place), sources)
    for place, sources in pack.protocol.citations():
        yield (*_split(place), sources)


def _split(place: str) -> tuple[str, str]:
    """Return part and id of a place such as `outlook.effect infection.study`."""
    part, _, name = place.partition(" ")
    part = part.removeprefix("instruments.").removeprefix("areas.").removeprefix("outlook.")
    return part.replace(".rule", ""), name.split(".")[0] or part.rsplit(".", maxsplit=1)[-1]
