"""Scoring: answers to an instrument become one result with its formula (screening reference 2).

Four ways of scoring, closed: grade, sum, weighted, counts. Answers are the points of the options
chosen or the numbers counted, by question id; of a weighted instrument by `region.question`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import prod

from consult_app.domain.score import Score
from consult_app.errors import Fault, InputError
from consult_app.knowledge.condition import Situation, Truth
from consult_app.knowledge.scoring.instruments import (
    Band,
    Instrument,
    Instruments,
    Kind,
    Option,
    Query,
)
from consult_app.values import dataclass

Answers = Mapping[str, float]

TITLE = "These answers cannot be scored"
ADVICE = "Nothing was scored. Correct the places named and try again."


def score(instrument: Instrument, answers: Answers) -> Score:
    """Return what the answers given come to.

    A question that was not answered leaves the value open; `least` then says the smallest number
    it can still become.

    Raises:
        InputError: An answer is none of the question's; every fault is named.
    """
    asked = {question.place: question for question in ask(instrument)}
    faults = [*_find_faults(instrument, asked, answers)]
    if faults:
        raise InputError(TITLE, tuple(faults), ADVICE)
    given = {place: answers[place] for place in asked if place in answers}
    sum_up = _KINDS[instrument.kind]
    least, formula = sum_up(instrument, given)
    missing = tuple(place for place in asked if place not in given)
    value = least if instrument.numbered and not missing else None
    band = _find_band(instrument, least)
    reached = _reach(instrument, band, given) if not missing else _NOTHING
    hit = [*_find_hits(asked, given)]
    return Score(
        instrument=instrument.id,
        edition=instrument.edition,
        status=instrument.status,
        value=value,
        level=reached.level,
        label=reached.label,
        least=least if instrument.numbered else None,
        least_label=band.label if band else "",
        formula=formula + (f" = {least:g}" if instrument.kind != "grade" else ""),
        inputs=given,
        missing=missing,
        raises=_gather(item.query.raises for item in hit),
        asks=_gather(item.asks for item in hit),
        advice=(*reached.advice, *_gather((item.advice,) for item in hit if item.advice)),
        offer_first_mm=band.offer_first_mm if band and not missing else None,
        sources=_gather((instrument.sources, *(query.query.sources for query in asked.values()))),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as asked: its place among the answers, and the words of its region."""

    place: str
    query: Query
    region: str = ""
    weight: float = 1.0


def ask(instrument: Instrument) -> tuple[Asked, ...]:
    """Return every question as asked, in order."""
    if not instrument.region:
        return tuple(Asked(query.id, query) for query in instrument.question)
    return tuple(
        Asked(f"{region.id}.{query.id}", query, region.text, region.weight)
        for region in instrument.region
        for query in instrument.question
    )


def propose(instruments: Instruments, instrument: Instrument, situation: Situation) -> Answers:
    """Return the answers that the facts give; what they leave open is left out, never *no*."""
    answers: dict[str, float] = {}
    for query in instrument.question:
        found = [
            (proposal.points, proposal.when.match(situation).truth)
            for proposal in instruments.proposal
            if proposal.instrument == instrument.id and proposal.question == query.id
        ]
        sure = [points for points, truth in found if truth is Truth.YES]
        if sure:
            answers[query.id] = max(sure)
        elif query.otherwise is not None and all(truth is Truth.NO for _, truth in found):
            answers[query.id] = query.otherwise
    return answers


def decide_grade(instrument: Instrument, answers: Mapping[str, bool]) -> float | str | None:
    """Return where the decision aid leads: a grade, or the id of the next question to ask.

    None when the instrument has no aid.
    """
    steps = {step.id: step for step in instrument.aid}
    step = instrument.aid[0] if instrument.aid else None
    while step is not None:
        answer = answers.get(step.id)
        if answer is None:
            return step.id
        turn = step.yes if answer else step.no
        if turn.grade is not None:
            return turn.grade
        step = steps[turn.ask]
    return None


@dataclass(frozen=True, slots=True)
class _Reached:
    level: str
    label: str
    advice: tuple[str, ...] = ()


_NOTHING = _Reached("", "")


@dataclass(frozen=True, slots=True)
class _Hit:
    """An answer with something to raise, ask or say."""

    query: Query
    asks: tuple[str, ...]
    advice: str


def _sum(_instrument: Instrument, given: Answers) -> tuple[float, str]:
    return sum(given.values()), " + ".join(f"{points:g}" for points in given.values())


def _grade(instrument: Instrument, given: Answers) -> tuple[float, str]:
    first = instrument.question[0]
    if first.id not in given:
        return 0.0, ""
    return given[first.id], f"grade {given[first.id]:g}"


def _weigh(instrument: Instrument, given: Answers) -> tuple[float, str]:
    total, parts = 0.0, []
    for region in instrument.region:
        places = [f"{region.id}.{query.id}" for query in instrument.question]
        if all(place in given for place in places):
            factors = [region.weight, *(given[place] for place in places)]
            total += prod(factors)
            parts.append(" x ".join(f"{factor:g}" for factor in factors))
    return round(total, 2), " + ".join(parts)


def _count(instrument: Instrument, given: Answers) -> tuple[float, str]:
    points = {
        query.id: _points(query, given[query.id])
        for query in instrument.question
        if query.id in given
    }
    scored = [f"{number:g}" for number in points.values() if number]
    return sum(points.values()), " + ".join(scored) or "0"


_KINDS: dict[Kind, Callable[[Instrument, Answers], tuple[float, str]]] = {
    "grade": _grade,
    "sum": _sum,
    "weighted": _weigh,
    "counts": _count,
}


def _points(query: Query, number: float) -> float:
    """Return the points of an answer: of its tier, or the answer itself."""
    if not query.tiers:
        return number
    return next((tier.points for tier in query.tiers if tier.holds(number)), 0.0) if number else 0.0


def _find_band(instrument: Instrument, points: float) -> Band | None:
    return next((band for band in instrument.band if band.least <= points <= band.most), None)


def _reach(instrument: Instrument, band: Band | None, given: Answers) -> _Reached:
    """Return the level of a complete result and its words, with what was recorded beside it."""
    if instrument.kind != "grade":
        return _Reached(band.id or band.label, band.label, band.advice) if band else _NOTHING
    first, *others = instrument.question
    chosen = option_of(first, given[first.id])
    words = band.label if band else _word(first, given[first.id])
    beside = [_word(query, given[query.id]) for query in others]
    level = (chosen.id if chosen else "") or (str(band.value) if band else f"{given[first.id]:g}")
    return _Reached(level, "; ".join([words, *beside]), band.advice if band else ())


def option_of(query: Query, answer: float) -> Option | None:
    """Return the option chosen; of an answer between two, the lower one."""
    return max(
        (option for option in query.options if option.points <= answer),
        key=lambda option: option.points,
        default=None,
    )


def _word(query: Query, answer: float) -> str:
    option = option_of(query, answer)
    if option is None:
        return f"{query.text}: {answer:g} {query.unit}".strip()
    above = min((other.points for other in query.options if other.points > answer), default=0.0)
    between = f"{answer:g} (between {option.points:g} and {above:g})"
    return option.text if option.points == answer else between


def _find_hits(asked: Mapping[str, Asked], given: Answers) -> Iterator[_Hit]:
    for place, answer in given.items():
        query = asked[place].query
        option = option_of(query, answer)
        if option and (option.asks or option.advice):
            yield _Hit(query, option.asks, option.advice)
        if _points(query, answer) > 0 and (query.raises or query.asks):
            yield _Hit(query, query.asks, "")


def _gather(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _find_faults(
    instrument: Instrument, asked: Mapping[str, Asked], answers: Answers
) -> Iterator[Fault]:
    for place, answer in answers.items():
        if place not in asked:
            yield Fault(f"{instrument.id}.{place}", "no question has this id")
        elif not _takes(asked[place].query, answer):
            yield Fault(f"{instrument.id}.{place}", f"not an answer to it: {answer:g}")


def _takes(query: Query, answer: float) -> bool:
    if not query.options:
        high = query.highest is None or answer <= query.highest
        return query.lowest <= answer and high and (not query.whole or answer == int(answer))
    points = [option.points for option in query.options]
    half = query.halves and answer * 2 == int(answer * 2) and min(points) <= answer <= max(points)
    return answer in points or half
