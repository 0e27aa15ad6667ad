"""What the sheet says of medicines and creams: which are fine, which are left out, who is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.history import Facts, Medication
from consult_app.domain.people import Locale
from tests.handout.compose_cases import FIRST, RECIPIENT, REQUEST, make_composed, spaced


@pytest.mark.parametrize("cut", [0, 7, 11])
@pytest.mark.parametrize("first", [FIRST, None])
@pytest.mark.parametrize(
    ("country", "name"), [("GB", "paracetamol"), ("US", "acetaminophen"), ("CA", "acetaminophen")]
)
def test_a_painkiller_that_may_be_taken_stands_where_others_may_not(
    country: str, name: str, first: datetime | None, cut: int
) -> None:
    recipient = replace(RECIPIENT, locale=Locale(country=country, language="en-GB"))
    request = replace(REQUEST, first_session=first)
    text = spaced(make_composed(request, recipient=recipient, cut=cut))
    after = text[text.index("After your visit") :]

    assert f"For pain: {name}, if safe for you." in after


def test_benzoyl_peroxide_is_named_among_what_to_leave_out() -> None:
    used = Medication(code="benzoyl_peroxide", status="current", zones=("cheeks",))
    for facts in (Facts(phototype=2), Facts(phototype=2, medications=(used,))):
        text = spaced(make_composed(facts=facts))
        before, after = text.split("Do not, after your visit")

        assert "strong creams (retinol, acids, benzoyl peroxide, vitamin C), scrubs" in before
        assert "strong creams" in after
        assert ("benzoyl peroxide" in after) == bool(facts.medications)


@pytest.mark.parametrize("code", ["benzoyl_peroxide", "retinol", "glycolic_acid", "scrub"])
def test_who_has_to_stop_a_product_first_is_not_told_of_another(code: str) -> None:
    used = Medication(code=code, status="current", zones=("cheeks",))
    text = spaced(make_composed(facts=Facts(phototype=2, medications=(used,))))

    assert "You have to stop strong creams and scrubs first." in text


@pytest.mark.parametrize(
    ("code", "prescribed", "asked"),
    [
        ("tretinoin_topical", True, True),
        ("tretinoin_topical", None, True),
        ("adapalene", False, False),
        ("benzoyl_peroxide", True, True),
        ("benzoyl_peroxide", None, False),
        ("retinol", False, False),
    ],
)
@pytest.mark.parametrize("first", [FIRST, datetime(2027, 7, 6, 9, 15)])  # noqa: DTZ001 - wall clock
def test_who_prescribed_a_cream_is_asked_where_somebody_did(
    code: str, *, prescribed: bool | None, asked: bool, first: datetime
) -> None:
    used = Medication(code=code, status="current", zones=("cheeks",), prescribed=prescribed)
    facts = Facts(phototype=2, medications=(used,))
    for cut in (0, 7, 8):
        text = spaced(make_composed(replace(REQUEST, first_session=first), facts=facts, cut=cut))

        assert ("the person who prescribed" in text) == asked
        assert ("Start it again on" in text) == (cut < 8)


@pytest.mark.parametrize("first", [FIRST, None])
def test_a_cream_to_stop_is_not_also_one_of_the_medicines_not_to_stop(
    first: datetime | None,
) -> None:
    """Also without dates somebody is named to ask about the cream."""
    used = Medication(code="tretinoin_topical", status="current", zones=("cheeks",))
    request = replace(REQUEST, first_session=first)
    told = {
        cut: spaced(make_composed(request, facts=Facts(phototype=2, medications=(used,)), cut=cut))
        for cut in (0, 8, 11)
    }

    for cut in (0, 8):
        assert "Do not stop any other medicine your doctor gave you." in told[cut]
        assert "the person who prescribed" in told[cut]
    # At last it is said of every medicine, the cream among them.
    assert "Do not stop a medicine your doctor gave you. Ask your doctor first." in told[11]


@pytest.mark.parametrize("cut", [0, 6, 11])
@pytest.mark.parametrize("addons", [(), ("prp",)])
def test_aspirin_from_a_shop_is_left_out_once_somebody_was_asked(
    cut: int, addons: tuple[str, ...]
) -> None:
    """Only a doctor was to stop it, and the list beside it said to leave it out."""
    request = replace(REQUEST, addons=addons)
    bought = Medication(code="aspirin", status="current", prescribed=False)
    text = spaced(make_composed(request, facts=Facts(phototype=2, medications=(bought,)), cut=cut))

    assert "You may bleed or bruise more." in text or "you may bleed or bruise more." in text
    assert "Ask a doctor or pharmacist before you stop it." in text
    assert "aspirin from a shop" in text.partition("Before your visit")[2]
    assert "blood thinner" not in text.lower()


@pytest.mark.parametrize("cut", [0, 6, 8, 11])
@pytest.mark.parametrize("prescribed", [True, None])
@pytest.mark.parametrize("more", [(), (Medication(code="fish_oil", status="current"),)])
def test_aspirin_that_goes_on_is_called_by_its_name_and_left_out_nowhere(
    cut: int, *, prescribed: bool | None, more: tuple[Medication, ...]
) -> None:
    """The only line that named it told a patient of a blood thinner to leave aspirin out."""
    taken = Medication(code="aspirin", status="current", prescribed=prescribed)
    facts = Facts(phototype=2, medications=(taken, *more))
    text = spaced(make_composed(facts=facts, cut=cut))
    harms, _, leaving_out = text.partition("Before your visit")

    assert "aspirin" in harms.lower()
    assert "aspirin" not in leaving_out.lower()
    assert "ibuprofen" in leaving_out
    assert ("fish oil" in leaving_out) is bool(more)


@pytest.mark.parametrize(
    "other",
    [
        Medication(code="apixaban", status="current"),
        Medication(code="clopidogrel", status="current", prescribed=True),
        Medication(code="aspirin", status="current", prescribed=True),
    ],
)
@pytest.mark.parametrize("cut", [0, 6])
def test_beside_what_a_doctor_gave_nobody_stops_a_blood_thinner(
    other: Medication, cut: int
) -> None:
    bought = Medication(code="aspirin", status="current", prescribed=False)
    facts = Facts(phototype=2, medications=(bought, other))
    text = spaced(make_composed(facts=facts, cut=cut)).lower()

    assert "blood thinner" in text
    assert "pharmacist" not in text


@pytest.mark.parametrize("cut", [0, 6, 11])
@pytest.mark.parametrize(
    ("addon", "named"), [("tranexamic_acid", " (tranexamic acid)"), ("other_drug", "")]
)
def test_a_drug_on_the_skin_is_told(addon: str, named: str, cut: int) -> None:
    """It was planned, and the sheet did not say a word of it."""
    text = spaced(make_composed(replace(REQUEST, addons=(addon,)), cut=cut))

    assert f"add a drug on the skin{named}. Your doctor has to agree to it." in text
    assert "drug on the skin" not in spaced(make_composed(cut=cut))


@pytest.mark.parametrize("cut", [0, 6, 11])
@pytest.mark.parametrize("code", ["tretinoin_topical", "retinol"])
def test_a_strong_cream_is_stopped_before_the_test_patch_too(code: str, cut: int) -> None:
    """The patch is needled four weeks before the visit for which the sheet named a day."""
    used = Medication(code=code, status="current", zones=("cheeks",))
    facts = Facts(phototype=5, medications=(used,))
    text = spaced(make_composed(facts=facts, cut=cut))

    assert "Test patch: Monday 9 August 2027." in text
    assert "Stop your strong cream on Monday 2 August for the test patch too." in text
    assert "for the test patch" not in spaced(make_composed(facts=Facts(phototype=5), cut=cut))
    lighter = replace(facts, phototype=2)
    assert "for the test patch" not in spaced(make_composed(facts=lighter, cut=cut))


def test_a_strong_cream_is_stopped_today_where_the_test_patch_is_near() -> None:
    used = Medication(code="retinol", status="current", zones=("cheeks",))
    facts = Facts(phototype=5, medications=(used,))
    text = spaced(make_composed(facts=facts, made_on=date(2027, 8, 4)))

    assert "Stop your strong cream today for the test patch." in text
    assert "Stop your strong cream on Monday 30 August." in text
