"""Cases by chance: several things told at once, on days at the edge of their waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Literal

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Condition, Exposure, Facts, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import answers_of
from tests.knowledge.oracle import conditions, medicines, past
from tests.knowledge.oracle.reckoning import Wait, add
from tests.knowledge.visits import make_denied, plan_for

CONCERNS = {
    "cheeks": "acne_rolling",
    "forehead": "fine_lines",
    "neck": "fine_lines",
    "hands": "dull_texture",
    "abdomen": "striae_white",
    "back": "acne_rolling",
    "upper_lip": "wrinkles",
    "thighs": "scar_flat",
}
ZONES = (
    *(("face",), ("cheeks",), ("neck",), ("hands",), ("upper_lip",), ("back",), ("lower_back",)),
    *(("abdomen",), ("perioral", "hands"), ("glabella",), ("thighs",), ("forehead", "chin")),
)
TOLD_ON = tuple(
    map(
        date.fromisoformat,
        (
            *("2026-06-15", "2028-02-29", "2027-02-28", "2026-08-31", "2027-01-01"),
            *("2026-12-31", "2028-03-01", "2026-04-30"),
        ),
    )
)
"""Ends of months and years, and leap days."""
LATER = (0, 0, 1, 7, 14, 28, 60, 180, 183, 184, 365)
ODD_DAYS = tuple(
    map(date.fromisoformat, ("2024-02-29", "2026-02-28", "2025-08-31", "2025-12-31", "2026-01-31"))
)
SOON: Wait = (7, "days")
Device = Literal["generic", "skinpen_precision", "exceed"]
DEVICES: tuple[Device, ...] = ("generic", "generic", "generic", "skinpen_precision", "exceed")
Phototype = Literal[2, 3, 4, 5, 6]
PHOTOTYPES: tuple[Phototype, ...] = (2, 2, 3, 4, 5, 6)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What was told, and the visit in which it was."""

    facts: Facts
    born: date
    visit: Consultation
    areas: tuple[str, ...]


class CaseMaker:
    """Makes by chance what may be told on a day of a treatment that is meant."""

    def __init__(self, chance: Random, told: date, day: date, areas: tuple[str, ...]) -> None:
        self._chance, self._told, self._day, self._areas = chance, told, day, areas

    def make(self, pack: Pack) -> Case:
        """Return a case, as a visit in which everything else was asked and denied."""
        chance, areas = self._chance, self._areas
        born, told = self._choose_birth(), self.tell()
        plan = replace(
            plan_for(areas[0], CONCERNS[areas[0]], str(self._day)),
            targets=tuple(Target(area=area, concern=CONCERNS[area]) for area in areas),
            depth_mm=self._choose_depth(),
        )
        denied = make_denied(pack, plan)
        facts = replace(
            denied.facts,
            **told,
            phototype=chance.choice(PHOTOTYPES),
            device_profile=chance.choice(DEVICES),
        )
        visit = replace(
            denied,
            facts=facts,
            visit_date=self._told,
            started_at=datetime.combine(self._told, datetime.min.time()),
            patient=replace(denied.patient, date_of_birth=born),
            answers=answers_of(pack, replace(facts, date_of_birth=born)),
            allergy_state="known" if facts.allergies else "none_known",
        )
        return Case(facts=facts, born=born, visit=visit, areas=areas)

    def _choose_birth(self) -> date:
        """Return when the patient was born; now and then just 18 on the day, or not yet."""
        if self._chance.random() < 0.85:
            return date(1990, 5, 1)
        almost = add(self._day, (-18 * 12, "months"))
        return self._chance.choice(
            (date(2008, 2, 29), almost, almost + timedelta(days=1), almost - timedelta(days=1))
        )

    def _choose_depth(self) -> float | None:
        return self._chance.choice((None, None, None, 0.25, 0.5, 1.0, 1.5, 2.0))

    def tell(self) -> dict[str, Any]:
        """Return what is told, of several kinds."""
        told: dict[str, list[Any]] = {
            name: []
            for name in ("conditions", "medications", "procedures", "exposures", "allergies")
        }
        said: dict[str, Any] = {}
        for _ in range(self._chance.choice((1, 2, 3, 4))):
            kind, make = self._chance.choice(MAKERS)
            entry = make(self)
            if kind == "person":
                said |= entry
            elif self._is_new(kind, entry, told[kind]):
                told[kind].append(entry)
        return said | {name: tuple(entries) for name, entries in told.items()}

    def _is_new(self, kind: str, entry: Any, told: list[Any]) -> bool:  # noqa: ANN401 - any list
        """Return whether it may be told beside the others; only procedures are told twice."""
        codes = [getattr(it, "code", it) for it in told]
        return kind == "procedures" or getattr(entry, "code", entry) not in codes

    def make_procedure(self) -> Procedure:
        """Return an earlier treatment, near the end of its wait."""
        code = self._chance.choice([*past.WAITS, "filler_permanent", "microneedling"])
        waits: tuple[Wait, ...] = ((7, "days"), (28, "days"), (42, "days"))
        if code in past.WAITS:
            waits = (past.WAITS[code][1], past.WAITS[code][1], past.EXCEED.get(code, SOON))
        depths = (0.25, 0.49, 0.5, 1.5, 1.51, 2.0, None)
        return Procedure(
            code=code,
            date=self._choose_date(*waits),
            zones=self._choose_zones(),
            depth_mm=self._chance.choice(depths) if code == "microneedling" else None,
        )

    def make_medicine(self) -> Medication:
        """Return a medicine that is taken, or was stopped near the end of its wash-out."""
        code = self._chance.choice(MEDICINES)
        stopped = self._chance.random() < 0.65
        steroid = code == "prednisolone"
        return Medication(
            code=code,
            status="stopped" if stopped else "current",
            last_dose=self._choose_date(*WASH_OUTS) if stopped else None,
            zones=self._choose_zones() if code in CREAMS else None,
            mg_per_day=self._chance.choice((4.9, 5.0, 19.9, 20.0, 30.0)) if steroid else None,
            days=self._chance.choice((13, 14, 60, 90, 93, 200)) if steroid else None,
            prescribed=self._chance.choice((True, False)) if code in PRESCRIBED else None,
        )

    def make_condition(self) -> Condition:
        """Return a condition, with whatever is asked of it."""
        code = self._chance.choice(CONDITIONS)
        dated, waits = DATED.get(code, ("", (SOON,)))
        made = Condition(
            code=code,
            status=self._chance.choice(STATES.get(code, (None,))),
            zones=self._choose_zones(),
            uncontrolled=self._chance.choice((True, False)),
            prior_needling_granuloma=self._chance.choice((True, False)),
            iga=self._chance.choice((1, 2, 3, 4)),
            nodules=self._chance.choice((True, False)),
            atopic=self._chance.choice((True, False)),
            hba1c_pct=self._chance.choice((8.4, 8.49, 8.5, 7.0, None)),
        )
        told = not dated or made.status in {"active", "flare", "history"}
        when: Any = {} if told else {dated: self._choose_date(*waits)}
        return replace(made, **when)

    def make_exposure(self) -> Exposure:
        """Return some sun, a sunbed or a self-tan."""
        code = self._chance.choice(("sunbed", "tan", "self_tanner", "sunburn"))
        return Exposure(
            code=code,
            date=self._choose_date((7, "days"), (14, "days"), (28, "days")),
            zones=self._choose_zones(),
            still_inflamed=self._chance.choice((True, False)) if code == "sunburn" else None,
        )

    def make_allergy(self) -> str:
        """Return an allergy."""
        return self._chance.choice(sorted(conditions.ALLERGIES))

    def make_person(self) -> dict[str, Any]:
        """Return a pregnancy or a child at the breast."""
        told: Sequence[dict[str, Any]] = (
            *({"pregnancy": state} for state in conditions.PREGNANCY),
            {"breastfeeding": True},
        )
        return self._chance.choice(told)

    def _choose_zones(self) -> tuple[str, ...]:
        if self._chance.random() < 0.4:
            return (self._chance.choice(self._areas),)
        return self._chance.choice(ZONES)

    def _choose_date(self, *waits: Wait) -> PartialDate | None:
        """Return a day about as long ago as one of the waits, as well as it is remembered."""
        number, unit = self._chance.choice(waits)
        since = self._chance.choice((self._day, self._day, self._told))
        day = add(since, (-number, unit)) + timedelta(self._chance.choice((-5, -1, 0, 0, 1, 2)))
        if self._chance.random() < 0.1:
            day = self._chance.choice(ODD_DAYS)
        day = min(day, self._told)
        known = self._chance.choices(
            (PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year), None),
            (75, 13, 7, 5),
        )
        return known[0]


def make_case(seed: int, pack: Pack) -> Case:
    """Return the case of a seed, always the same."""
    chance = Random(seed)  # noqa: S311 - it has to come again
    told = chance.choice(TOLD_ON)
    day = told + timedelta(days=chance.choice(LATER))
    areas = tuple(chance.sample(sorted(CONCERNS), chance.choice((1, 1, 2))))
    return CaseMaker(chance, told, day, areas).make(pack)


def _list_codes() -> Iterator[str]:
    """Yield the medicines of the oracle."""
    for codes in (
        *(medicines.ANTICOAGULANTS, medicines.ANTIPLATELETS, medicines.BLEEDING_PRONE),
        *(medicines.CANCER, medicines.IMMUNITY, medicines.ORAL_RETINOIDS, medicines.RETINOIDS),
        *(medicines.EXFOLIANTS, medicines.LIGHT),
    ):
        yield from sorted(codes)
    yield from ("isotretinoin", "isotretinoin", "prednisolone", "prednisolone", "scrub")
    yield "potent_topical_steroid"


MEDICINES = tuple(_list_codes())
CREAMS = medicines.RETINOIDS | medicines.EXFOLIANTS | {"scrub", "potent_topical_steroid"}
PRESCRIBED = {"ibuprofen", "naproxen"}
WASH_OUTS: tuple[Wait, ...] = (
    *((3, "days"), (5, "days"), (7, "days"), (14, "days"), (28, "days")),
    (6, "months"),
)
CONDITIONS = (
    *conditions.ANYWHERE,
    *conditions.IN_AREA,
    *sorted(conditions.KOEBNER),
    *sorted(conditions.HEART),
    *conditions.JUDGES,
    "internal_cancer",
    *("scar", "diabetes", "eczema", "keloid_family"),
)
STATES: dict[str, tuple[str, ...]] = {
    "herpes_simplex": ("active", "healed", "healed"),
    "herpes_zoster": ("active",),
    "skin_infection": ("active", "cleared", "cleared"),
    "acute_illness": ("active", "recovered", "recovered"),
    "skin_cancer": ("active", "history"),
    "internal_cancer": ("remission", "endocrine_only"),
    "rosacea": ("flare", "controlled"),
    "eczema": ("active", "cleared", "history"),
    **dict.fromkeys(conditions.KOEBNER, ("active", "stable", "stable")),
}
DATED: dict[str, tuple[str, tuple[Wait, ...]]] = {
    "herpes_simplex": ("date_healed", ((14, "days"),)),
    "skin_infection": ("date_cleared", ((14, "days"),)),
    "acute_illness": ("date_cleared", ((7, "days"),)),
    "scar": ("closed_on", ((6, "months"), (12, "months"))),
    "rosacea": ("flare_ended", ((28, "days"),)),
    "eczema": ("date_cleared", ((14, "days"),)),
    "diabetes": ("hba1c_date", ((6, "months"),)),
    **dict.fromkeys(conditions.HEART, ("date", ((6, "months"),))),
    **dict.fromkeys(conditions.KOEBNER, ("last_activity", ((12, "months"),))),
}
MAKERS: tuple[tuple[str, Callable[[CaseMaker], Any]], ...] = (
    *[("procedures", CaseMaker.make_procedure)] * 6,
    *[("medications", CaseMaker.make_medicine)] * 6,
    *[("conditions", CaseMaker.make_condition)] * 8,
    *[("exposures", CaseMaker.make_exposure)] * 2,
    ("allergies", CaseMaker.make_allergy),
    ("person", CaseMaker.make_person),
)
