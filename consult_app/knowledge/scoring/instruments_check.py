"""Checks of the instruments: points, bands and licences that hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from consult_app.errors import Fault
from consult_app.knowledge.scoring.instruments import FILE, Instrument, Instruments, Query

_MAY_SHIP = frozenset({"yes", "attribution"})


def check_instruments(
    instruments: Instruments,
    *,
    concerns: Iterable[str],
    items: Iterable[str],
    conditions: Iterable[str],
) -> Iterator[Fault]:
    """Yield what does not fit together.

    Args:
        instruments: What was read.
        concerns: Known concern ids.
        items: Known screening items.
        conditions: Known codes of conditions.
    """
    licences = {licence.id: licence.ship for licence in instruments.licence}
    known = {"concern": set(concerns), "item": set(items), "condition": set(conditions)}
    for instrument in instruments.instrument:
        place = f"{FILE}: instrument {instrument.id}"
        ship = licences.get(instrument.licence)
        if ship not in _MAY_SHIP:
            reason = f"the licence table says {ship}" if ship else "not in the licence table"
            yield Fault(f"{place}.licence", f"may not be shipped: {reason}")
        if not instrument.sources and not instrument.marks:
            yield Fault(f"{place}.sources", "no source")
        yield from _check_names(instrument, place, known)
        yield from _check_points(instrument, place)
        yield from _check_bands(instrument, place)
        yield from _check_aid(instrument, place)
    yield from _check_proposals(instruments)
    yield from _check_contradictions(instruments, known["item"])
    yield from _check_asked(instruments)


def _check_names(instrument: Instrument, place: str, known: dict[str, set[str]]) -> Iterator[Fault]:
    asks = [item for query in instrument.question for item in query.asks]
    asks += [item for query in instrument.question for opt in query.options for item in opt.asks]
    named = {
        "concern": instrument.concerns,
        "item": asks,
        "condition": [code for query in instrument.question for code in query.raises],
    }
    for kind, names in named.items():
        for name in names:
            if name not in known[kind]:
                yield Fault(place, f'unknown {kind} "{name}"')
    for query in instrument.question:
        texts = [query.text, *(option.text for option in query.options)]
        if not all(text.strip() for text in texts):
            yield Fault(f"{place}.{query.id}", "a wording is empty")


def _check_points(instrument: Instrument, place: str) -> Iterator[Fault]:
    if not instrument.question:
        yield Fault(f"{place}.question", "no question")
    for query in instrument.question:
        points = [option.points for option in query.options]
        if len(set(points)) != len(points):
            yield Fault(f"{place}.{query.id}", "two options with the same points")
        if query.options and query.tiers:
            yield Fault(f"{place}.{query.id}", "options or tiers, not both")
    highest = sum(_highest(query) for query in instrument.question)
    if instrument.kind == "weighted":
        weights = sum(region.weight for region in instrument.region)
        highest = weights
        for query in instrument.question:
            highest *= _highest(query)
    if instrument.maximum is not None and round(highest, 6) != instrument.maximum:
        yield Fault(f"{place}.maximum", f"the points add up to {highest:g}")


def _highest(query: Query) -> float:
    points = [option.points for option in query.options] or [tier.points for tier in query.tiers]
    return max(points, default=query.highest or 0.0)


def _check_bands(instrument: Instrument, place: str) -> Iterator[Fault]:
    """Bands follow one another without gap or overlap, so that no two editions can be mixed."""
    if not instrument.band:
        return
    for before, after in pairwise(instrument.band):
        if after.least != before.most + 1:
            yield Fault(f"{place}.band {after.label}", f"does not follow {before.most}")
    first = instrument.question[0]
    if instrument.kind == "grade":
        lowest, highest = first.lowest, _highest(first)
    else:
        lowest, highest = 0, sum(_highest(query) for query in instrument.question)
    if (instrument.band[0].least, instrument.band[-1].most) != (lowest, highest):
        yield Fault(f"{place}.band", f"does not cover {lowest:g} to {highest:g}")


def _check_aid(instrument: Instrument, place: str) -> Iterator[Fault]:
    steps = {step.id for step in instrument.aid}
    for step in instrument.aid:
        for turn in (step.yes, step.no):
            if turn.grade is None and turn.ask not in steps:
                yield Fault(f"{place}.aid {step.id}", f'leads nowhere: "{turn.ask}"')
            elif turn.grade is not None:
                points = {option.points for option in instrument.question[0].options}
                if turn.grade not in points:
                    yield Fault(f"{place}.aid {step.id}", f"no grade {turn.grade:g}")


def _check_proposals(instruments: Instruments) -> Iterator[Fault]:
    for position, proposal in enumerate(instruments.proposal):
        place = f"{FILE}: proposal {position}"
        instrument = instruments.by_id.get(proposal.instrument)
        queries = {query.id: query for query in instrument.question} if instrument else {}
        query = queries.get(proposal.question)
        if query is None:
            yield Fault(place, f'unknown question "{proposal.instrument} {proposal.question}"')
        elif proposal.points not in {option.points for option in query.options}:
            yield Fault(f"{place}.points", f"not an answer: {proposal.points:g}")


def _check_contradictions(instruments: Instruments, items: set[str]) -> Iterator[Fault]:
    for link in instruments.contradiction:
        place = f"{FILE}: contradiction {link.id}"
        instrument = instruments.by_id.get(link.instrument)
        known = {query.id for query in instrument.question} if instrument else {""}
        if link.question not in known or not (instrument or link.mark):
            yield Fault(place, f'unknown question "{link.instrument} {link.question}"')
        if not link.says.strip() or not link.reference.strip():
            yield Fault(place, "a wording is empty")
        if not link.sources and not link.marks:
            yield Fault(f"{place}.sources", "no source")
        yield from (
            Fault(place, f'unknown item "{item}"') for item in link.items if item not in items
        )


def _check_asked(instruments: Instruments) -> Iterator[Fault]:
    """What a score asks for is told against a *No* to it, so that no two answers stand apart."""
    links = instruments.contradiction
    told = {(link.instrument, link.question, item) for link in links for item in link.items}
    for instrument in instruments.instrument:
        for query in instrument.question:
            asks = {*query.asks, *(item for option in query.options for item in option.asks)}
            for item in sorted(asks):
                if (instrument.id, query.id, item) not in told:
                    place = f"{FILE}: instrument {instrument.id}.{query.id}"
                    yield Fault(place, f'asks for "{item}", and no contradiction tells it')
