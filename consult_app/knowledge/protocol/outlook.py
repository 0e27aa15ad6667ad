"""What `outlook.toml` and `comparison.toml` hold (planning reference 2 and 4).

A number that no source gives is None and is printed as *not known*, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from consult_app.knowledge.protocol.concern import Span
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence with its sources."""

    text: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How good the proof is, for the practitioner and in the patient's words."""

    id: str
    meaning: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What needling may do for one concern, and what it will not (planning reference 2.3).

    Attributes:
        concern: Concern id.
        found: What studies found.
        range: The honest range to show.
        less_percent: How much less, in percent from low to high; None when no number is known.
        will_not: What it will not do; empty when the reference names nothing.
        maintenance: What keeps the result; empty when the reference names nothing.
    """

    concern: str
    found: tuple[Statement, ...]
    range: str
    less_percent: Span | None = None
    will_not: str = ""
    maintenance: str = ""
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksThere:
    """How the skin looks besides, by intensity band, where one of `areas` was needled."""

    areas: tuple[str, ...]
    looks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DowntimeRow:
    """How the skin looks, by intensity band, on `days` after the session.

    `bands` are those of which `say` is true; empty where it is of all.
    """

    days: Span
    hours: Span | None = None
    looks: Mapping[str, str]
    more: tuple[LooksThere, ...] = ()
    say: str
    bands: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many in 100, for whom.

    Attributes:
        words: As the patient reads it.
        per_100: From low to high; None when not known.
        phototypes: For these; empty for all.
        areas: Where any planned area overlaps one of these; empty for all.
        not_areas: Not for lines that overlap one of these.
        concerns: For these concerns; empty for all.
        not_concerns: Not for these concerns.
    """

    words: str
    per_100: Span | None = None
    phototypes: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    not_areas: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    not_concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A side effect (planning reference 2.5).

    Attributes:
        id: Stable id.
        label: In words.
        when: When it shows.
        rate: Numbers by skin type and area; the first that fits is used.
        action: What to do.
        level: Where it stands on the handout.
        raised_by: Screening items; with a finding of one it is more likely for this patient.
        raised_areas: Areas; where one of them is planned it is more likely too.
        raised_warnings: What a plan warns of; with one of these it is more likely too.
        raised_words: What is said then instead of a rate that is not theirs; empty where it is.
        end_points: Needling has it that ends with one of these; empty for all.
        found: What studies counted; empty where no number is known.
    """

    id: str
    label: str
    when: str
    rate: tuple[Rate, ...]
    action: str
    level: Literal["normal", "some", "rare", "emergency", "benefit"]
    raised_by: tuple[str, ...] = ()
    raised_areas: tuple[str, ...] = ()
    raised_warnings: tuple[str, ...] = ()
    raised_words: str = ""
    end_points: tuple[str, ...] = ()
    found: tuple[Statement, ...] = ()
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A sign that needs a call, and how soon (planning reference 2.6)."""

    id: str
    sign: str
    who: str
    urgency: Literal["emergency", "today", "now", "one_two_days", "few_days"]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookRules:
    """Everything in `outlook.toml`."""

    grade: tuple[Grade, ...]
    early_change: Statement
    range_note: Statement
    expectation: tuple[Expectation, ...]
    downtime: tuple[DowntimeRow, ...]
    downtime_note: Statement
    effect: tuple[Effect, ...]
    safety_review: tuple[Statement, ...]
    red_flag: tuple[RedFlag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One treatment, or none, beside needling (planning reference 4).

    Attributes:
        days_treated: Days you look treated.
        marks_light: Dark marks in phototypes I-III.
        marks_dark: Dark marks in phototypes IV-VI.
        cost: Relative cost of a course, 0 none to 4 very high (house rule).
        evidence: Evidence against needling.
    """

    id: str
    label: str
    what: str
    days_treated: str
    visits: str
    pain: str
    marks_light: str
    marks_dark: str
    best_for: str
    weak_for: str
    cost: Span
    evidence: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything in `comparison.toml`."""

    cost_words: Mapping[str, str]
    option: tuple[Option, ...]
    correction: tuple[Statement, ...]
