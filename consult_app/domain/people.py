"""Who takes part: the patient, the practitioner, the clinic, and where they are."""

from __future__ import annotations

from datetime import date
from typing import Literal

from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The person who asks for treatment.

    Attributes:
        name: As the patient writes it.
        date_of_birth: Needed for the age rules and to tell namesakes apart.
        sex: As recorded by the clinic; no rule depends on it alone.
        record_number: The clinic's own number.
    """

    name: str = field(default="", repr=False)
    date_of_birth: date | None = field(default=None, repr=False)
    sex: str | None = field(default=None, repr=False)
    record_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """The person who assesses and treats."""

    name: str = field(default="", repr=False)
    role: str = ""
    registration: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """Where the patient calls; phone and out-of-hours line stand on the handout."""

    name: str = ""
    phone: str = ""
    out_of_hours: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """Country (ISO 3166 two letters), language tag and paper of the handout."""

    country: str = "GB"
    language: str = "en-GB"
    paper: Literal["A4", "Letter"] = "A4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What the patient needs to take part, shown in the banner."""

    large_print: bool = False
    interpreter: bool = False
    language: str = ""
