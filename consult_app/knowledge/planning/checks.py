"""What a plan has to say beside its depths: conditions before the first session, and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Note, SessionPlan
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.dates import add_months, age_on
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.depth import Line, millimetres, planned_in
from consult_app.knowledge.planning.request import Order, Remarks
from consult_app.knowledge.protocol.concern import DeviceLabel
from consult_app.knowledge.screening.opinion import find_opinion
from consult_app.knowledge.told.decided_plan import Reach, find_reach, mark_for, mark_plan
from consult_app.knowledge.told.planned import depths_of
from consult_app.values import replace

_ANTICOAGULANT = "anticoagulant_current"
_COLD_SORES = "hsv_history_face"
_LABEL, _DEPTH = "device_label_mismatch", "facts.depth_mm"
_FACE = "face"
_US = "US"

# A plan can be made without these; each has a warning of its own.
_MAY_BE_LEFT_OUT = ("facts.date_of_birth", "facts.anaesthetic.")


def has_facial_cold_sores(findings: Iterable[Finding]) -> bool:
    """Return whether screening found cold sores of the face and a face area planned.

    Sores of the neck, scalp or ears lie in the same region and are none of the face.
    """
    return any(finding.id == _COLD_SORES for finding in findings)


def check_findings(
    pack: Pack,
    order: Order,
    screening: Screening,
    findings: tuple[Finding, ...],
    sessions: Sequence[SessionPlan],
) -> Remarks:
    """Return the conditions and warnings that screening and the history ask for.

    What was decided is held against the whole of the plan, as far as its sessions go.
    """
    devices = (order.request.device_kind, order.facts.device_profile)
    day, tree = depths_of(sessions[0]), order.protocol.areas
    reach = find_reach(tree, sessions, day, order.phototype, devices)
    marked = mark_plan(pack, replace(screening, findings=findings), reach).findings
    conditions = [
        *_conditions_of_history(order, findings, reach),
        *_conditions_of_findings(order, marked),
    ]
    conditions += _open_questions(pack, order, screening)
    shown = (
        finding
        for finding in findings
        if finding.severity is Severity.PRECAUTION or finding.resolves_by == "change_plan"
    )
    warnings = [Note(id=finding.id, text=finding.action) for finding in shown]
    if not order.facts.date_of_birth:
        warnings.append(order.warn("age_not_known"))
    return Remarks(conditions=tuple(conditions), warnings=tuple(warnings))


def check_lines(order: Order, lines: tuple[Line, ...], sessions: int) -> Remarks:
    """Return what has to be known about the areas, depths and the device's label."""
    warnings = list(_warn_of_skin(order))
    for line in lines:
        warnings += _warn_of_line(order, line, sessions)
        warnings += _warn_of_label(order, line, sessions)
    if any(line.first_max < line.cap for line in lines):
        first = order.protocol.plan.ladder.first_session_mm
        warnings.append(order.warn("start_low", depth=f"{first:g}"))
    for area in _shared_areas(order, lines):
        warnings.append(order.warn("spot_treat", area=order.label(area)))
    return Remarks(warnings=tuple(dict.fromkeys(warnings)))


def _condition(order: Order, name: str, **values: object) -> Note:
    return Note(id=name, text=order.protocol.plan.conditions[name].format(**values))


def _open_questions(pack: Pack, order: Order, screening: Screening) -> Iterator[Note]:
    """Yield the condition that what is not known has to be asked."""
    gaps = (gap.item for gap in screening.gaps if not gap.place.startswith(_MAY_BE_LEFT_OUT))
    labels = tuple(_name_question(pack, item) for item in dict.fromkeys(gaps))
    if labels:
        yield _condition(order, "screening_incomplete", items="; ".join(labels))


def _name_question(pack: Pack, item: str) -> str:
    """Return the question in words; one that is not known here is kept as it was given."""
    question = pack.question_by_id.get(item)
    return question.label if question else item


def _conditions_of_history(
    order: Order, findings: tuple[Finding, ...], reach: Reach
) -> Iterator[Note]:
    if has_facial_cold_sores(findings) and not order.limits.antiviral_decided:
        yield _condition(order, "antiviral_decision")
    limits = order.limits
    opinion = find_opinion(order.protocol, order.targets, order.facts, limits.scars, limits.grades)
    if opinion is not None and not limits.settles(mark_for(opinion, reach)):
        yield _condition(order, "scar_specialist_opinion")


def _conditions_of_findings(order: Order, findings: tuple[Finding, ...]) -> Iterator[Note]:
    for finding in findings:
        if order.limits.settles(finding):
            continue
        if finding.id == _ANTICOAGULANT and finding.severity is not Severity.ABSOLUTE:
            yield _condition(order, "anticoagulant_prescriber_view")
        elif _must_be_settled(finding):
            yield Note(id=finding.id, text=finding.action)


def _must_be_settled(finding: Finding) -> bool:
    """Return whether a decision, a clearance or an event has to be recorded first."""
    if finding.severity is Severity.DEFER:
        return finding.open
    return finding.severity is Severity.RELATIVE and finding.resolves_by != "change_plan"


def _warn_of_skin(order: Order) -> Iterator[Note]:
    if order.fragile:
        yield order.warn("fragile")
    if any(not entry.zones for entry in order.entries("melasma")) and order.plans(_FACE):
        yield order.warn("melasma_place_unknown")
    if order.request.device_label_max_mm is None:
        yield order.warn("no_label_maximum")


def _warn_of_line(order: Order, line: Line, sessions: int) -> Iterator[Note]:
    areas, limits = order.protocol.areas, order.protocol.plan.limits
    area, concern = order.label(line.target.area), line.concern.label
    depth = f"{millimetres(line.wanted):g}"
    if not _is_offered(areas, line):
        yield order.warn("not_offered", area=area, concern=concern)
    if areas.is_group(line.target.area):
        yield order.warn("group_area", area=area)
    if line.wanted < line.floor:
        yield order.warn("depth_below_usual", area=area, depth=depth, concern=concern)
    heads = order.device.heads_mm
    if heads and millimetres(line.wanted) < min(heads):
        yield order.warn("device_cannot_set_depth", area=area, depth=depth)
    deepest = millimetres(planned_in(order, line, sessions))
    if deepest > limits.face_unevaluated_mm and areas.overlap(line.target.area, _FACE):
        yield order.warn("face_unevaluated", area=area)
    if order.melasma_in(line.target.area) and line.concern.id != "melasma":
        yield order.warn("melasma", area=area)
    yield from _warn_of_scar_age(order, line)


def _is_offered(areas: AreaTree, line: Line) -> bool:
    """Return whether the concern is offered on the area, for a group on one of its parts."""
    area, offered = line.target.area, line.concern.areas
    if areas.within(area, offered):
        return True
    return areas.is_group(area) and any(areas.overlap(area, part) for part in offered)


def _warn_of_scar_age(order: Order, line: Line) -> Iterator[Note]:
    if line.concern.id != "scar_burn":
        return
    months = next(
        row.months for row in order.protocol.plan.scar_age if row.concern == line.concern.id
    )
    closed = [
        entry.closed_on
        for entry in order.entries("scar")
        if order.in_area(entry.zones, line.target.area) is not False
    ]
    if not closed or any(_is_young(order, day, months) for day in closed):
        yield order.warn("burn_scar_age", area=order.label(line.target.area))


def _is_young(order: Order, closed: PartialDate | None, months: int) -> bool:
    if closed is None:
        return True
    first = order.moved_to or order.day
    return first < add_months(min(closed.last_day(), order.told), months)


def is_outside_label(order: Order, line: Line, sessions: int, findings: Iterable[Finding]) -> bool:
    """Return whether what is known of labels does not cover a line: its use, skin, age or depth.

    What screening finds too deep for the device it finds of the whole plan.
    """
    if any(finding.id == _LABEL and _DEPTH in finding.because for finding in findings):
        return True
    return any(True for _ in _warn_of_label(order, line, sessions))


def _warn_of_label(order: Order, line: Line, sessions: int) -> Iterator[Note]:
    known = [row for row in order.protocol.labels if row.device == order.facts.device_profile]
    if not known and order.facts.jurisdiction != _US:
        return
    area, concern = order.label(line.target.area), line.concern.label
    rows = [row for row in known or order.protocol.labels if _covers(order, line, row)]
    if not rows:
        yield order.warn("outside_cleared_use", area=area, concern=concern)
    elif all(order.phototype not in row.phototypes for row in rows):
        yield order.warn("label_phototype", area=area, concern=concern)
    deepest = millimetres(planned_in(order, line, sessions))
    most = max((row.max_mm for row in known if row.max_mm), default=None)
    if most is not None and deepest > most:
        yield order.warn("label_depth", area=area, depth=f"{most:g}")


def _covers(order: Order, line: Line, row: DeviceLabel) -> bool:
    within = order.protocol.areas.within(line.target.area, row.areas)
    return within and line.concern.id in row.concerns and not _is_too_young(order, row)


def _is_too_young(order: Order, row: DeviceLabel) -> bool:
    born, first = order.facts.date_of_birth, order.moved_to or order.day
    return row.min_age is not None and born is not None and age_on(first, born=born) < row.min_age


def _shared_areas(order: Order, lines: tuple[Line, ...]) -> Iterator[str]:
    """Yield areas with two lines of different depth."""
    areas = order.protocol.areas
    seen: dict[str, set[int]] = {}
    for line in lines:
        seen.setdefault(areas.normalise(line.target.area), set()).add(line.wanted)
    return (area for area, depths in seen.items() if len(depths) > 1)
