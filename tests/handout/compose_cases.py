"""Sheets of made-up patients, and ways to look into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from consult_app.domain.consultation import Antiviral, Side
from consult_app.domain.history import Facts
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.exchange.casefile import settle_facts
from consult_app.handout.compose import Versions, compose_versions, source_texts
from consult_app.handout.compose_case import Course, Recipient
from consult_app.handout.compose_length import list_blocks, list_sections
from consult_app.handout.compose_refused import refuse_day
from consult_app.handout.document import Handout, Section
from consult_app.handout.layout import Layout
from consult_app.handout.layout_file import read_layout
from consult_app.handout.text import write_text
from consult_app.i18n.translator import load_translator
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.planned import deepest_first
from consult_app.paths import find_resources

RESOURCES = find_resources()
MADE_ON = date(2027, 7, 1)
FIRST = datetime(2027, 9, 6, 9, 15)  # noqa: DTZ001 - wall clock
RECIPIENT = Recipient(
    patient=Patient(name="Maya Okafor", date_of_birth=date(1992, 4, 30), record_number="MN-0412"),
    practitioner=Practitioner(name="Lena Hart", role="nurse", registration="NMC 12A"),
    clinic=Clinic(name="Lumen Skin Clinic", phone="020 7946 0123", out_of_hours="020 7946 0199"),
    locale=Locale(),
)
REQUEST = PlanRequest(
    primary_concern="acne_rolling",
    targets=(Target(area="cheeks", concern="acne_rolling"),),
    device_label_max_mm=2.5,
    first_session=FIRST,
)
Sheet = Callable[..., Handout]


@cache
def pack() -> Pack:
    """The content as shipped."""
    return load_pack(RESOURCES / "content" / "microneedling")


@cache
def layout() -> Layout:
    """The sections as shipped."""
    return read_layout(RESOURCES / "handout")


def make_composed(
    request: PlanRequest = REQUEST,
    *,
    cut: int = 0,
    **given: Any,  # noqa: ANN401 - what `make_versions` takes
) -> Handout:
    """Return the sheet of a request."""
    return make_versions(request, **given)[cut]


def make_versions(  # noqa: PLR0913 - all that tests change; all but the request by name
    request: PlanRequest = REQUEST,
    *,
    facts: Facts | None = None,
    recipient: Recipient = RECIPIENT,
    made_on: date = MADE_ON,
    alter: Callable[[Plan], Plan] = lambda plan: plan,
    sections: Layout | None = None,
    sides: Mapping[str, Side] | None = None,
    antiviral: Antiviral | None = None,
    done: int = 0,
    anew: bool = False,
    allowed: tuple[str, ...] = (),
) -> Versions:
    """Return the sheet of a request, from its whole length to its shortest."""
    known = settle_facts(facts or Facts(phototype=2), date(1992, 4, 30), recipient.locale.country)
    plan = alter(resolve(pack(), request, known, today=made_on))
    zones = tuple(line.area for line in plan.lines)
    treated = replace(known, zones=zones, depth_mm=deepest_first(plan), treatment_date=made_on)
    words = load_translator(
        recipient.locale.language, source_texts(pack()), RESOURCES / "translations"
    )
    course = Course(
        facts=known,
        request=request,
        plan=plan,
        screening=screen(pack(), treated, today=made_on),
        sides=sides or {},
        antiviral=antiviral,
        done=done,
        anew=anew,
    )
    return compose_versions(
        pack(),
        recipient=recipient,
        course=refuse_day(pack(), course, made_on, allowed),
        layout=sections or layout(),
        words=words,
        made_on=made_on,
    )


def spaced(handout: Handout) -> str:
    return write_text(handout).replace("\u00a0", " ")


def section(handout: Handout, name: str) -> Section:
    return next(one for one in list_sections(handout) if one.id == name)


def find(handout: Handout, kind: type) -> Any:  # noqa: ANN401 - any kind of block
    return next(block for block in list_blocks(handout) if isinstance(block, kind))


def locale(country: str, language: str) -> Recipient:
    return replace(RECIPIENT, locale=Locale(country=country, language=language))
