"""The whole sheet of one patient, kept word for word in a file that people can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pytest_regressions.file_regression import FileRegressionFixture

from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import compose, source_texts
from consult_app.handout.compose_case import Course, Recipient
from consult_app.handout.layout_file import read_layout
from consult_app.handout.text import write_text
from consult_app.i18n.translator import load_translator
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.planned import deepest_first
from consult_app.paths import find_resources

RESOURCES = find_resources()
CASE = """{
  "format": "consult-case/1",
  "locale": {"country": "GB", "language": "en-GB", "paper": "A4"},
  "clinic": {"name": "Lumen Skin Clinic", "phone": "020 7946 0123", "out_of_hours": "020 7946 0199",
             "address": "12 Elm Row, London"},
  "practitioner": {"name": "Lena Hart", "role": "nurse", "registration": "NMC 12A"},
  "patient": {"name": "Maya Okafor", "date_of_birth": "1992-04-30", "sex": "F",
              "record_number": "MN-0412"},
  "facts": {"consult_date": "2027-07-01", "phototype": 5, "sex": "F",
            "conditions": [{"code": "herpes_simplex", "status": "healed", "zones": ["perioral"],
                            "date_healed": "2026-01-10"}],
            "medications": [{"code": "apixaban", "status": "current", "prescribed": true}]},
  "plan": {"primary_concern": "acne_rolling",
           "targets": [{"area": "cheeks", "concern": "acne_rolling"},
                       {"area": "forehead", "concern": "pih"}],
           "device_kind": "automated_pen", "device_label_max_mm": 2.5,
           "first_session": "2027-09-06T09:15", "interval_weeks": 6,
           "numbing": {"product": "lidocaine4", "contains": ["lidocaine"], "grams": 8,
                       "area_cm2": 150, "minutes": 45}}
}"""


def test_the_sheet_of_one_patient_reads_as_agreed(file_regression: FileRegressionFixture) -> None:
    """Dark skin, cold sores, a blood thinner: what is said to this patient, in this order."""
    case = read_case(CASE, "handout")
    assert case.facts
    assert case.plan
    pack = load_pack(RESOURCES / "content" / "microneedling")
    today = date(2027, 7, 1)
    plan = resolve(pack, case.plan, case.facts, today=today)
    planned = replace(
        case.facts,
        zones=tuple(line.area for line in plan.lines),
        depth_mm=deepest_first(plan),
        treatment_date=plan.session_dates[0].date(),
    )
    handout = compose(
        pack,
        recipient=Recipient(
            patient=case.patient or Patient(),
            practitioner=case.practitioner or Practitioner(),
            clinic=case.clinic or Clinic(),
            locale=case.locale or Locale(),
        ),
        course=Course(
            facts=case.facts,
            request=case.plan,
            plan=plan,
            screening=screen(pack, planned, today=today),
        ),
        layout=read_layout(RESOURCES / "handout"),
        words=load_translator("en-GB", source_texts(pack), RESOURCES / "translations"),
        made_on=today,
        cut=0,
    )

    file_regression.check(write_text(handout), encoding="utf-8")
