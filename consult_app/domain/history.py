"""The facts a consultation collects for screening.

Keys and codes are those of the fact vocabulary (screening reference 0.6). Anything absent was asked
and denied; what was not asked or not sure is named in `unanswered`. An attribute of None means that
it was not said, never that there is none or that it is not so; a case file denies what is so or not
so by leaving it out, which is said of its facts where it is read (`knowledge/told/unsaid.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from consult_app.domain.partial_date import PartialDate
from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something the patient has or had; only the attributes of its code are used.

    Attributes:
        code: A code of the vocabulary; unknown codes are kept and fire no rule.
        status: Such as active, healed, history, flare, controlled, remission, endocrine_only.
        zones: Where, as area ids; None when the place is not given.
        date: Of the event (heart attack, stroke and alike).
        date_healed: Cold sores: when the last scab had gone.
        date_cleared: Infection, illness, rash: when it had cleared.
        closed_on: Scar: when the wound closed.
        flare_ended: Rosacea: end of the last flare.
        last_activity: Psoriasis and alike: when a new patch last appeared.
        iga: Acne grade 0 to 4.
        nodules: Acne with any nodule or cyst.
        atopic: Eczema that is atopic.
        uncontrolled: Not under control (virus load, seizures within 6 months, ...).
        prior_needling_granuloma: Lumps after an earlier needling.
        hba1c_pct: Latest HbA1c in percent.
        hba1c_date: Date of that test.
    """

    code: str
    status: str | None = None
    zones: tuple[str, ...] | None = None
    date: PartialDate | None = None
    date_healed: PartialDate | None = None
    date_cleared: PartialDate | None = None
    closed_on: PartialDate | None = None
    flare_ended: PartialDate | None = None
    last_activity: PartialDate | None = None
    iga: int | None = None
    nodules: bool | None = None
    atopic: bool | None = None
    uncontrolled: bool | None = None
    prior_needling_granuloma: bool | None = None
    hba1c_pct: float | None = None
    hba1c_date: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """A medicine taken or put on the skin.

    Attributes:
        code: A code of the vocabulary.
        status: Taken now, or stopped.
        last_dose: Last dose, capsule or application.
        zones: Where, for creams.
        prescribed: Whether a prescriber gave it.
        mg_per_day: Daily dose in mg (prednisolone equivalent for steroids).
        days: For how many days.
    """

    code: str
    status: Literal["current", "stopped"] | None = None
    last_dose: PartialDate | None = None
    zones: tuple[str, ...] | None = None
    prescribed: bool | None = None
    mg_per_day: float | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """An earlier treatment; `date` is its day (last fraction for radiotherapy), depth in mm."""

    code: str
    date: PartialDate | None = None
    zones: tuple[str, ...] | None = None
    depth_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Sun, sunbed or self-tan; `date` is the last day of it, or the first day of a planned one."""

    code: str
    date: PartialDate | None = None
    zones: tuple[str, ...] | None = None
    still_inflamed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbing:
    """A numbing cream as planned.

    Attributes:
        product: A product code (emla, lidocaine4, ...).
        contains: Active ingredients, such as lidocaine, prilocaine, tetracaine, benzocaine.
        grams: Amount in grams.
        area_cm2: Area covered in square centimetres.
        minutes: Contact time in minutes.
        after_needling: Put on needled or broken skin.
        prescribed: Prescribed for this patient.
        self_applied: Put on by the patient.
    """

    product: str | None = None
    contains: tuple[str, ...] = ()
    grams: float | None = None
    area_cm2: float | None = None
    minutes: float | None = None
    after_needling: bool = False
    prescribed: bool = False
    self_applied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifestyle:
    """Habits and events that count for healing."""

    smoker: bool = False
    alcohol_24h: bool = False
    event_within_7_days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """Whether the patient can and does consent today.

    Attributes:
        lacks_capacity: Cannot understand, retain, weigh or communicate the decision.
        under_pressure: The wish is not the patient's own.
        cannot_explain_risks: Cannot repeat the main risks after help.
        intoxicated: By alcohol or drugs today.
        in_crisis: Acute psychosis, mania, suicidal thoughts or crisis.
        risks_given_on: Day the written information was given.
    """

    lacks_capacity: bool = False
    under_pressure: bool = False
    cannot_explain_risks: bool = False
    intoxicated: bool = False
    in_crisis: bool = False
    risks_given_on: date | None = None


Jurisdiction = Literal["UK", "US", "AU", "EU", "OTHER"]


Modality = Literal["needling", "rf_needling"]
MODALITIES = frozenset(get_args(Modality))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the screening rules may read (screening reference 0.6)."""

    consult_date: date | None = None
    treatment_date: date | None = None
    date_of_birth: date | None = field(default=None, repr=False)
    sex: str | None = None
    jurisdiction: Jurisdiction | None = None
    device_profile: str = "generic"
    isotretinoin_profile: Literal["label", "consensus"] = "label"
    indication: str | None = None
    modality: Modality = "needling"
    phototype: Literal[1, 2, 3, 4, 5, 6] | None = None
    zones: tuple[str, ...] | None = None
    depth_mm: float | None = None
    addons: tuple[str, ...] = ()
    topicals_planned: tuple[str, ...] = ()
    pregnancy: Literal["no", "possible", "trying", "yes"] = "no"
    breastfeeding: bool = False
    conditions: tuple[Condition, ...] = ()
    medications: tuple[Medication, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    allergies: tuple[str, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    anaesthetic: Numbing | None = None
    lifestyle: Lifestyle = Lifestyle()
    consent: ConsentFacts = ConsentFacts()
    unanswered: tuple[str, ...] = ()
