"""What an instrument of the skin assessment gave, with everything it was worked out from."""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One result (screening reference 2).

    The words are kept with the number: scales run in different directions and have editions.

    Attributes:
        instrument: Its id.
        edition: Whose points and bands were used, where more than one circulates.
        status: published, or house for a grade of our own that was not validated.
        value: The number; None while an answer is missing, or when the instrument gives none.
        level: Id of the band or option reached; empty while an answer is missing.
        label: The same in words.
        least: The smallest number that the answers given can still come to.
        least_label: The band of that number in words.
        formula: How the number came about, from the answers given.
        inputs: The answers, by question id.
        missing: Questions not answered yet.
        raises: Codes of conditions to put among the facts.
        asks: Screening items to ask because of it.
        advice: Sentences for the practitioner.
        offer_first_mm: A depth in mm to offer for the first session; never a limit.
        sources: Source ids.
    """

    instrument: str
    edition: str = ""
    status: str = ""
    value: float | None = None
    level: str = ""
    label: str = ""
    least: float | None = None
    least_label: str = ""
    formula: str = ""
    inputs: Mapping[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    offer_first_mm: float | None = None
    sources: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question was answered."""
        return not self.missing
