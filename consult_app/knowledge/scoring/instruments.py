"""What `instruments.toml` holds: the instruments of the skin assessment (screening reference 2, 3).

Questions, options, points, bands and words are content; the four ways of scoring are code, in
`scoring`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from consult_app.errors import Fault
from consult_app.knowledge.condition import Condition
from consult_app.knowledge.condition.reader import read_condition
from consult_app.knowledge.condition.terms import Terms
from consult_app.knowledge.scoring.contradiction import Contradiction
from consult_app.record import collect
from consult_app.values import dataclass

FILE = "instruments.toml"

Kind = Literal["grade", "sum", "weighted", "counts"]
Ship = Literal["yes", "attribution", "numbers only", "cite only", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Whether a tool may be shipped (screening reference 2.16; not legal advice)."""

    id: str
    tools: str
    ship: Ship
    basis: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose.

    Attributes:
        points: What it counts; also how it is stored.
        text: In words.
        id: Names the option where it has no number.
        asks: Screening items to ask because of it.
        advice: A sentence for the practitioner.
    """

    points: float
    text: str
    id: str = ""
    asks: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Points for a number counted: up to `up_to`, below `below`, or with neither any number."""

    points: float
    up_to: float | None = None
    below: float | None = None

    def holds(self, number: float) -> bool:
        """Return whether the number lies in this tier or under it."""
        if self.below is not None:
            return number < self.below
        return self.up_to is None or number <= self.up_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question of an instrument: options to choose from, or a number.

    Attributes:
        id: Id within the instrument.
        text: As asked.
        group: Heading it stands under.
        note: For the practitioner.
        options: Answers to choose from.
        halves: Half points between two options are allowed.
        tiers: Points by the number counted.
        unit: Unit of the number.
        lowest: Smallest number.
        highest: Largest number.
        whole: Only whole numbers.
        otherwise: Points when no proposal holds for sure; None when that says nothing.
        raises: Codes of conditions when it scores any points.
        asks: Screening items to ask when it scores any points.
        sources: Source ids beyond those of the instrument.
    """

    id: str
    text: str
    group: str = ""
    note: str = ""
    options: tuple[Option, ...] = ()
    halves: bool = False
    tiers: tuple[Tier, ...] = ()
    unit: str = ""
    lowest: float = 0.0
    highest: float | None = None
    whole: bool = False
    otherwise: float | None = None
    raises: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of whole points, both ends inclusive, and what it means.

    Attributes:
        value: Its place in the order of bands.
        label: In words.
        id: Names it; the label does when empty.
        least, most: First and last of its points.
        advice: Sentences for the practitioner.
        offer_first_mm: A depth in mm to offer for the first session.
    """

    value: int
    label: str
    id: str = ""
    least: int
    most: int
    advice: tuple[str, ...] = ()
    offer_first_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part that is scored by itself, with its weight."""

    id: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where an answer of a decision aid leads: to another of its questions or to a grade."""

    ask: str = ""
    grade: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """One question of a decision aid, answered yes or no."""

    id: str
    text: str
    yes: Turn
    no: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument.

    Attributes:
        id: Stable id.
        title: Its name.
        kind: How it is scored.
        status: published, or house for a grade of our own that was not validated.
        licence: Row of the licence table that lets it be shipped.
        edition: Whose points and bands these are, where more than one circulates.
        who: Who answers.
        concerns: Concerns it is the one scale for.
        optional: For those who want more than a ten-minute consultation needs.
        numbered: Its result is a number.
        maximum: Highest number it can give, for the check of its points.
        question: Its questions in order; of a grade the first is the grade.
        band: Ranges of points.
        region: Parts scored by themselves.
        aid: Decision aid for the grade, first question first.
    """

    id: str
    title: str
    kind: Kind
    status: Literal["published", "house"]
    licence: str
    edition: str = ""
    who: Literal["patient", "practitioner", "both"] = "patient"
    concerns: tuple[str, ...] = ()
    optional: bool = False
    numbered: bool = True
    maximum: float | None = None
    question: tuple[Query, ...]
    band: tuple[Band, ...] = ()
    region: tuple[Region, ...] = ()
    aid: tuple[Aid, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhototypeRule:
    """How sheet, view and skin tone become a phototype (screening reference 2.1, first trap).

    Attributes:
        tone_from: From this Monk tone on ...
        tone_at_least: ... the phototype for pigment risk is at least this.
    """

    tone_from: int
    tone_at_least: int
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An answer that the facts give: these points when the condition holds."""

    instrument: str
    question: str
    points: float
    when: Condition


@dataclass(frozen=True, kw_only=True)
class Instruments:
    """Everything in `instruments.toml`."""

    phototype: PhototypeRule | None = None
    licence: tuple[Licence, ...] = ()
    instrument: tuple[Instrument, ...] = ()
    proposal: tuple[Proposal, ...] = ()
    contradiction: tuple[Contradiction, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Instrument]:
        """Instruments by id."""
        return {instrument.id: instrument for instrument in self.instrument}

    def for_concern(self, concern: str) -> Instrument | None:
        """Return the one scale for a main concern; None where a photograph is enough."""
        return next((item for item in self.instrument if concern in item.concerns), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ProposalTable:
    instrument: str
    question: str
    points: float
    when: object


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    phototype: PhototypeRule | None = None
    licence: tuple[Licence, ...] = ()
    instrument: tuple[Instrument, ...] = ()
    proposal: tuple[_ProposalTable, ...] = ()
    contradiction: tuple[Contradiction, ...] = ()


def read_instruments(
    data: Mapping[str, Any], terms: Terms | None, faults: list[Fault]
) -> Instruments:
    """Return what the file says; faults are added to `faults`, those of conditions to `terms`."""
    file = collect(_File, data, FILE, faults)
    if file is None or terms is None:
        return Instruments()
    return Instruments(
        phototype=file.phototype,
        licence=file.licence,
        instrument=file.instrument,
        proposal=tuple(
            Proposal(
                instrument=table.instrument,
                question=table.question,
                points=table.points,
                when=read_condition(table.when, f"{FILE}: proposal {place}", terms),
            )
            for place, table in enumerate(file.proposal)
        ),
        contradiction=file.contradiction,
    )
