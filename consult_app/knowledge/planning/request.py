"""A plan request settled against the protocol: what is asked for, by whom, on which skin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date

from consult_app.domain.consultation import MapFinding
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.history import Condition, Facts, Numbing, Procedure
from consult_app.domain.plan import Adjustment, NeedledToday, Note, PlanRequest, Target
from consult_app.errors import Fault, InputError
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.planning.thin_skin import is_fragile
from consult_app.knowledge.protocol.concern import Concern, Device
from consult_app.knowledge.protocol.pace import find_primary
from consult_app.knowledge.protocol.plan import NumbingProduct
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.knowledge.screening.decided import is_covered
from consult_app.knowledge.told.graded import Grade
from consult_app.knowledge.told.planned import add_planned
from consult_app.values import dataclass, replace

_TITLE = "This cannot be planned"
_ADVICE = "Correct the places named below. Nothing was written."
_YEARS_AHEAD = 10
_FACE = "face"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicLimits:
    """What the clinic and the practitioner add to the request.

    Attributes:
        operator_max_mm: The practitioner's trained or insured maximum; None for none.
        deeper_areas: Areas whose soft cap a reason sets aside, up to which mm; None for any depth.
        antiviral_decided: The prescriber's decision on antiviral tablets is recorded.
        recorded: Ids of findings with a written reason, and digests of what it was written for.
        needled: What the records know was needled here, from which the least interval counts.
        scars, grades: What the map shows; how much there is of what screening asks about.
        today: What was needled on the day that a sheet is about; None for a plan.
    """

    operator_max_mm: float | None = None
    deeper_areas: tuple[tuple[str, float | None], ...] = ()
    antiviral_decided: bool = False
    recorded: frozenset[tuple[str, str]] = frozenset()
    needled: tuple[Procedure, ...] = ()
    scars: tuple[MapFinding, ...] = ()
    grades: tuple[Grade, ...] = ()
    today: NeedledToday | None = None

    def settles(self, finding: Finding) -> bool:
        """Return whether the finding is one that may be decided, and its decision is recorded."""
        return finding.severity is Severity.RELATIVE and is_covered(finding, self.recorded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What a check has to say about the plan."""

    adjustments: tuple[Adjustment, ...] = ()
    conditions: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()

    def __add__(self, other: Remarks) -> Remarks:
        return Remarks(
            adjustments=self.adjustments + other.adjustments,
            conditions=self.conditions + other.conditions,
            warnings=self.warnings + other.warnings,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The request with everything looked up that planning needs.

    Attributes:
        targets: Lines that can be treated; `removed` says which were taken out and why.
        day: The day asked for, of the first session, else that of the consultation.
        phototype: 1 to 6.
        fragile: The thin-skin rule holds.
        told: The day on which the facts were told, which bounds what is known by month or year.
        moved_to: The day to which the first session has to move.
    """

    protocol: Protocol
    request: PlanRequest
    facts: Facts
    limits: ClinicLimits
    targets: tuple[Target, ...]
    removed: tuple[Adjustment, ...]
    primary: Concern
    device: Device
    day: date
    phototype: int
    fragile: bool
    told: date
    moved_to: date | None = None

    @property
    def dark(self) -> bool:
        """Whether the ladder for darker skin holds (phototype IV to VI)."""
        return self.phototype in self.protocol.plan.ladder.phototypes

    def concern(self, target: Target) -> Concern:
        """Return the concern of a line."""
        return self.protocol.concern_by_id[target.concern]

    def label(self, area: str) -> str:
        """Return the plain name of an area."""
        return self.protocol.areas.label(area)

    def warn(self, note: str, **values: object) -> Note:
        """Return the warning with that id, its braces filled in; days as people write them."""
        written = {
            name: write_day(value) if isinstance(value, date) else value
            for name, value in values.items()
        }
        return Note(id=note, text=self.protocol.plan.warnings[note].format(**written))

    def reason(self, name: str, **values: object) -> str:
        """Return the reason with that id, its braces filled in."""
        return self.protocol.plan.reasons[name].format(**values)

    def in_area(self, zones: tuple[str, ...] | None, area: str) -> bool | None:
        """Return whether any of `zones` overlaps `area`; None when none was given."""
        if not zones:
            return None
        return any(self.protocol.areas.overlap(zone, area) for zone in zones)

    def in_plan(self, zones: tuple[str, ...] | None) -> bool | None:
        """Return whether any of `zones` overlaps a planned area; None when none was given."""
        if not zones:
            return None
        return any(self.in_area(zones, target.area) for target in self.targets)

    def plans(self, group: str) -> bool:
        """Return whether any planned area overlaps `group`."""
        return bool(self.in_plan((group,)))

    def entries(self, *codes: str) -> Iterator[Condition]:
        """Yield the conditions of the facts with one of these codes."""
        return (entry for entry in self.facts.conditions if entry.code in codes)

    def melasma_in(self, area: str) -> bool:
        """Return whether melasma is planned or known in `area`; no place given counts for faces."""
        if any(
            (target.melasma_here or target.concern == "melasma")
            and self.protocol.areas.overlap(target.area, area)
            for target in self.targets
        ):
            return True
        on_face = self.protocol.areas.overlap(area, _FACE)
        seen = (self.in_area(entry.zones, area) for entry in self.entries("melasma"))
        return any(on_face if here is None else here for here in seen)


def settle_order(
    protocol: Protocol, request: PlanRequest, facts: Facts, *, today: date, limits: ClinicLimits
) -> Order:
    """Return the request looked up in the protocol.

    Raises:
        InputError: Something named is unknown, out of scope or not a usable number.
    """
    faults = tuple(_find_faults(protocol, request, facts))
    if faults or facts.phototype is None:
        raise InputError(_TITLE, faults, _ADVICE)
    targets, removed = _sort_targets(protocol, request)
    first = request.first_session
    day = first.date() if first else facts.treatment_date or facts.consult_date or today
    return Order(
        protocol=protocol,
        request=request,
        facts=facts,
        limits=limits,
        targets=targets,
        removed=removed,
        primary=protocol.concern_by_id[find_primary(request, (it.concern for it in targets))],
        device=protocol.device_by_id[request.device_kind],
        day=day,
        phototype=facts.phototype,
        fragile=is_fragile(protocol, request, facts, day),
        told=facts.consult_date or day,
    )


def find_numbing(protocol: Protocol, product: str | None) -> NumbingProduct | None:
    """Return the cream called `product` in either vocabulary; None when it is not known."""
    rows = protocol.plan.numbing
    return next((row for row in rows if product in (row.id, *row.also)), None)


def describe_facts(order: Order, depth_mm: float | None, day: date) -> Facts:
    """Return the facts as screening sees this plan: areas, first depth, day and products."""
    request, plan = order.request, order.protocol.plan
    screened = {name: row.screened_as for row in plan.topical for name in (row.id, *row.also)}
    products = (screened.get(addon) for addon in request.addons)
    return replace(
        add_planned(order.facts, order.protocol.areas, order.targets),
        zones=tuple(target.area for target in request.targets),
        depth_mm=depth_mm,
        treatment_date=day,
        addons=_unite(order.facts.addons, [name for name in request.addons if name == "prp"]),
        topicals_planned=_unite(order.facts.topicals_planned, [name for name in products if name]),
        anaesthetic=_describe_cream(order),
        indication=order.facts.indication or _name_indication(order),
    )


def _describe_cream(order: Order) -> Numbing | None:
    numbing = order.request.numbing or order.facts.anaesthetic
    if numbing is None or numbing.product == "none":
        return None
    row = find_numbing(order.protocol, numbing.product)
    if row is None:
        return numbing
    code = row.also[0] if row.also else row.id
    return replace(numbing, product=code, contains=_unite(numbing.contains, list(row.contains)))


def _name_indication(order: Order) -> str:
    """Return what the primary concern is for, by where it is itself treated."""
    its = [target for target in order.targets if target.concern == order.primary.id]
    areas = (order.protocol.areas.normalise(target.area) for target in its)
    named = (order.primary.indication_at.get(area) for area in areas)
    return next(filter(None, named), order.primary.indication)


def _unite(known: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))


def _sort_targets(
    protocol: Protocol, request: PlanRequest
) -> tuple[tuple[Target, ...], tuple[Adjustment, ...]]:
    kept, removed = [], []
    for position, target in enumerate(request.targets):
        if protocol.areas.caps(target.area) is not None:
            kept.append(target)
            continue
        why = "prohibited" if protocol.areas.is_prohibited(target.area) else "no_depths"
        reason = protocol.plan.reasons[why].format(area=protocol.areas.label(target.area))
        place = f"targets[{position}].area"
        removed.append(Adjustment(field=place, requested=target.area, used=None, reason=reason))
    return tuple(kept), tuple(removed)


def _find_faults(protocol: Protocol, request: PlanRequest, facts: Facts) -> Iterator[Fault]:
    if facts.phototype is None:
        yield Fault("facts.phototype", "missing")
    yield from _find_target_faults(protocol, request)
    device = protocol.device_by_id.get(request.device_kind)
    if device is None:
        yield Fault("plan.device_kind", f'not a known device: "{request.device_kind}"')
    elif device.out_of_scope:
        yield Fault("plan.device_kind", device.out_of_scope)
    yield from _find_number_faults(protocol, request)


def _find_target_faults(protocol: Protocol, request: PlanRequest) -> Iterator[Fault]:
    if not request.targets:
        yield Fault("plan.targets", "missing: at least one area and concern")
    for position, target in enumerate(request.targets):
        place = f"plan.targets[{position}]"
        if not protocol.areas.known(target.area):
            yield Fault(f"{place}.area", f'not a known area: "{target.area}"')
        if target.concern not in protocol.concern_by_id:
            yield Fault(f"{place}.concern", f'not a known concern: "{target.concern}"')
    primary = request.primary_concern
    if primary is not None and primary not in protocol.concern_by_id:
        yield Fault("plan.primary_concern", f'not a known concern: "{primary}"')


def _find_number_faults(protocol: Protocol, request: PlanRequest) -> Iterator[Fault]:
    step = protocol.plan.limits.step_mm
    label = request.device_label_max_mm
    if label is not None and label < step:
        yield Fault("plan.device_label_max_mm", f"less than {step:g} mm")
    if request.depth_mm is not None and request.depth_mm <= 0:
        yield Fault("plan.depth_mm", "not more than 0 mm")
    if request.sessions is not None and request.sessions < 1:
        yield Fault("plan.sessions", "less than 1")
    if request.interval_weeks is not None and request.interval_weeks < 1:
        yield Fault("plan.interval_weeks", "less than 1 week")
    first = request.first_session
    if first is not None and first.tzinfo is not None:
        yield Fault("plan.first_session", "not a local time: leave out the time zone")
    if first is not None and first.year > MAXYEAR - _YEARS_AHEAD:
        yield Fault("plan.first_session", "too far in the future")
