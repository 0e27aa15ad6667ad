"""Two concerns and four visits with much to say: what gives way before a third page is taken."""

from __future__ import annotations

import io
import json
from datetime import datetime
from functools import cache

import pikepdf
import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.exchange.casefile import read_case
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import ClinicPage, Figure, Handout, Table
from consult_app.handout.fonts import open_typeface
from consult_app.handout.letterhead import fit_head
from consult_app.handout.pieces import Setting
from consult_app.handout.style import STANDARD, standard
from consult_app.paths import find_resources
from consult_app.values import replace
from tests.handout.compose_cases import RECIPIENT, REQUEST, make_versions
from tests.handout.reading_order import find_missing, plain
from tests.handout.test_said_back import SAID
from tests.handout.validators import find_faults
from tests.handout.validators_cases import COLD_SORES, Change, make_case, treat
from tests.handout.validators_reading import find_misplaced, read

PROGRAM = Program(clock=lambda: datetime(2031, 1, 1))  # noqa: DTZ001 - wall clock
PAGE = "https://harbour.example/care"
CLINIC: Change = {
    "clinic.name": "The Willow Tree Dermatology and Aesthetic Centre",
    "clinic.address": "Suite 4, 22 Old Market Place, Newtown NT1 2AB",
}
DEEP = treat(("cheeks", "acne_icepick"), ("temples", "acne_icepick"))
PLASMA: Change = {"plan.addons": ["prp"], "facts.addons": ["prp"]}
FULL: dict[str, tuple[Change, str]] = {
    "deep scars with plasma": ({**DEEP, **PLASMA}, ""),
    "deep scars with plasma and a page": ({**DEEP, **PLASMA}, PAGE),
    "brown patches and a page": (treat(("forehead", "acne_boxcar"), ("cheeks", "melasma")), PAGE),
}
"""By a name: how the plan differs from that of the example with cold sores, and the clinic's page.

On Letter each took a third page.
"""


def _read_case(changes: Change) -> str:
    case = json.loads(make_case(COLD_SORES))
    for path, value in {**changes, **CLINIC, "plan.sessions": 4}.items():
        room, name = path.split(".")
        case[room][name] = value
    return json.dumps(case)


@cache
def _compose(name: str) -> Composed:
    changes, page = FULL[name]
    case = read_case(_read_case(changes), "handout")
    look = ClinicLook(page=page)
    return PROGRAM.compose(case, paper="Letter", visit=SAID, look=look)


@pytest.mark.parametrize("name", FULL)
def test_a_full_plan_of_two_concerns_is_one_sheet(name: str) -> None:
    assert _compose(name).drawn.pages == 2


@pytest.mark.parametrize("name", FULL)
def test_nothing_of_it_is_lost_or_misplaced(name: str) -> None:
    sheet = _compose(name)
    found = read(sheet.drawn.pdf)

    assert find_missing(plain(found.said), sheet.handout, "standard") == ""
    assert list(find_misplaced(found)) == []
    assert find_faults(sheet.drawn.pdf) == []


def test_all_that_one_patient_can_add_stays_on_one_sheet() -> None:
    """Dark skin, brown patches, cold sores, a blood thinner, plasma: it took a third page."""
    case = json.loads(make_case(COLD_SORES))
    facts, plan = case["facts"], case["plan"]
    cream = {"product": "emla", "contains": ["lidocaine", "prilocaine"], "grams": 10}
    numbing = {**cream, "area_cm2": 100, "minutes": 60}
    facts.pop("depth_mm", None)
    facts |= {
        "phototype": 5,
        "zones": ["forehead", "cheeks"],
        "procedures": [],
        "jurisdiction": "US",
        "conditions": [
            {"code": "herpes_simplex", "status": "healed", "zones": ["perioral"]},
            {"code": "melasma", "zones": ["cheeks"]},
        ],
        "medications": [{"code": "apixaban", "status": "current", "prescribed": True}],
        "anaesthetic": numbing,
        "addons": ["prp"],
    }
    facts["conditions"][0]["date_healed"] = "2027-03"
    plan |= {"numbing": numbing, "addons": ["prp"], "sessions": 4, "interval_weeks": None}
    plan["first_session"] = "2027-09-27T14:00"
    plan["primary_concern"] = "wrinkles"
    plan["targets"] = [
        {"area": "forehead", "concern": "wrinkles"},
        {"area": "cheeks", "concern": "melasma"},
    ]
    case["locale"] = {"country": "US", "language": "en-US", "paper": "Letter"}

    sheet = PROGRAM.compose(read_case(json.dumps(case), "handout"), paper="Letter")

    assert sheet.drawn.pages == 2
    text = sheet.write_text().replace("\u00a0", " ")
    assert "It will not take lines away, lift loose skin or" in text
    assert "From today, SPF 50 sunscreen every morning." in text


def _list_versions(page: str = "") -> tuple[Handout, ...]:
    recipient = replace(RECIPIENT, look=ClinicLook(page=page))
    return make_versions(REQUEST, recipient=recipient)[:]


def test_areas_have_numbers_only_as_long_as_a_picture_shows_them() -> None:
    for handout in _list_versions():
        blocks = list(list_blocks(handout))
        (table,) = (block for block in blocks if isinstance(block, Table) and not block.meters)
        assert table.numbered == any(isinstance(block, Figure) for block in blocks)


def test_the_code_of_a_page_goes_before_the_picture_and_its_address_stays() -> None:
    for handout in _list_versions(PAGE):
        blocks = list(list_blocks(handout))
        (page,) = (block for block in blocks if isinstance(block, ClinicPage))
        assert page.url == PAGE
        assert "code" in page.words or not page.coded
        if page.coded:
            assert any(isinstance(block, Figure) for block in blocks)
    assert not page.coded


def test_an_address_without_a_code_can_be_pressed() -> None:
    sheet = _compose("brown patches and a page")
    (page,) = (it for it in list_blocks(sheet.handout) if isinstance(it, ClinicPage))
    assert not page.coded
    with pikepdf.open(io.BytesIO(sheet.drawn.pdf)) as pdf:
        links = [str(note.A.URI) for side in pdf.pages for note in side.get("/Annots", ())]
    assert links == [PAGE]
    assert f'href="{PAGE}"' in sheet.write_html()
    assert '<img class="code"' not in sheet.write_html()


def _measure_head(address: str) -> float:
    face = open_typeface(find_resources() / "fonts", "standard")
    sheet = replace(_list_versions()[0], clinic_name=CLINIC["clinic.name"], clinic_address=address)
    return fit_head(sheet, 526, Setting(face, standard(STANDARD[-1]), ())).height


def test_an_address_stands_on_one_line_beside_a_name_of_two() -> None:
    assert _measure_head(CLINIC["clinic.address"]) == _measure_head("Newtown")


THINNED: Change = {
    "facts.medications": [
        {"code": code, "status": "current", "prescribed": True}
        for code in ("apixaban", "adapalene")
    ]
}


def test_what_is_said_elsewhere_or_explains_goes_before_a_third_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a strong cream it is said as of every medicine to ask first; no date is lost."""
    monkeypatch.setattr(Versions, "relieve", lambda _: ())  # it makes room without that
    case = read_case(_read_case({**DEEP, **PLASMA, **THINNED}), "handout")
    sheet = PROGRAM.compose(case, paper="Letter", visit=SAID)
    text = sheet.write_text()

    assert sheet.drawn.pages == 2
    assert "prescribed your strong cream" not in text
    assert "Do not stop a medicine your doctor gave you. Ask your doctor first." in text
    assert "strong creams (retinol" in text
    assert find_faults(sheet.drawn.pdf) == []
    assert list(find_misplaced(read(sheet.drawn.pdf))) == []


AREAS = (("cheeks", "nose"), ("chin_jaw", "temples"), ("upper_lip", "cheeks"))
CONCERNS = (
    ("melasma", "acne_boxcar"),
    ("acne_icepick", "melasma"),
    ("pih", "acne_icepick"),
    ("acne_icepick", "acne_icepick"),
)


def _compose_full(areas: tuple[str, str], concerns: tuple[str, str], more: Change) -> Composed:
    case = _read_case({**treat(*zip(areas, concerns, strict=True)), **more})
    return PROGRAM.compose(read_case(case, "handout"), paper="Letter", visit=SAID)


def _has_picture(sheet: Composed) -> bool:
    return any(isinstance(block, Figure) for block in list_blocks(sheet.handout))


@pytest.mark.parametrize("areas", AREAS)
@pytest.mark.parametrize("concerns", CONCERNS)
def test_two_concerns_with_everything_that_may_be_said_are_one_sheet(
    areas: tuple[str, str], concerns: tuple[str, str]
) -> None:
    """Cold sores, a thinner, a strong cream, plasma, open questions, a long address, own words."""
    sheet = _compose_full(areas, concerns, {**PLASMA, **THINNED})
    text = sheet.write_text()

    assert sheet.drawn.pages == 2
    # What is known is said once, and what is not known for all of it.
    assert text.count("No one knows how often") + text.count("No number given: no one") == 1
    assert "0\u00a0to\u00a017\u00a0people" in text
    assert "only a doctor may stop it" in text


@pytest.mark.parametrize("areas", AREAS)
def test_the_picture_stays_where_only_the_other_side_is_full(areas: tuple[str, str]) -> None:
    sheet = _compose_full(areas, ("acne_icepick", "acne_icepick"), {})
    (table,) = (it for it in list_blocks(sheet.handout) if isinstance(it, Table) and not it.meters)

    assert sheet.drawn.pages == 2
    assert _has_picture(sheet)
    assert table.numbered
    assert "The numbers match those in the picture." in sheet.write_text()
    assert find_faults(sheet.drawn.pdf) == []
    assert list(find_misplaced(read(sheet.drawn.pdf))) == []


def test_it_goes_where_it_would_cost_a_third_page() -> None:
    sheet = _compose_full(AREAS[0], CONCERNS[3], PLASMA)
    (table,) = (it for it in list_blocks(sheet.handout) if isinstance(it, Table) and not it.meters)

    assert sheet.drawn.pages == 2
    assert not _has_picture(sheet)
    assert not table.numbered
