"""Instruments are shipped only where their licence lets us, and their points hold together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app.errors import ContentError
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.instruments import Instruments
from consult_app.paths import find_resources

TINY = Path(__file__).with_name("tiny")


@pytest.fixture(scope="module")
def instruments() -> Instruments:
    """The instruments as shipped."""
    return load_pack(find_resources() / "content" / "microneedling").instruments


def test_everything_the_reference_wants_is_there(instruments: Instruments) -> None:
    assert set(instruments.by_id) == {
        "phototype_sheet",
        "phototype_quick",
        "monk",
        "glogau",
        "goodman_baron",
        "goodman_baron_count",
        "ecca",
        "iga",
        "wrinkle_class",
        "wrinkles",
        "laxity",
        "pores",
        "mmasi",
        "striae",
        "skin_type",
        "gais",
        "pigment",
    }


def test_nothing_is_shipped_that_the_licence_table_keeps_out(instruments: Instruments) -> None:
    licences = {licence.id: licence for licence in instruments.licence}
    for instrument in instruments.instrument:
        assert licences[instrument.licence].ship in ("yes", "attribution")
    kept_out = [row.tools for row in instruments.licence if row.ship not in ("yes", "attribution")]
    names = [name.strip() for row in kept_out for name in row.replace("(", ",").split(",")]
    titles = " ".join(instrument.title for instrument in instruments.instrument)
    assert [name for name in names if name in titles] == []


def test_a_house_grade_says_so_in_its_title(instruments: Instruments) -> None:
    for instrument in instruments.instrument:
        if instrument.status == "house" and instrument.id not in ("skin_type", "laxity"):
            assert "not validated" in instrument.title


def test_nothing_is_asked_about_ancestry(instruments: Instruments) -> None:
    asked = " ".join(query.text for item in instruments.instrument for query in item.question)
    words = asked.lower()
    assert not any(word in words for word in ("ethnic", "ancest", "grandparent", "race"))


@pytest.mark.parametrize(
    ("concern", "instrument"),
    [
        ("acne_rolling", "goodman_baron"),
        ("wrinkles", "glogau"),
        ("melasma", "mmasi"),
        ("striae_white", "striae"),
        ("pores", "pores"),
        ("laxity", "laxity"),
    ],
)
def test_each_main_concern_has_one_scale(
    instruments: Instruments, concern: str, instrument: str
) -> None:
    found = instruments.for_concern(concern)
    assert found is not None
    assert found.id == instrument
    assert instruments.for_concern("scar_flat") is None


def test_improvement_says_which_way_it_runs(instruments: Instruments) -> None:
    gais = instruments.by_id["gais"]
    assert gais.edition == "1 is best"


def test_weights_of_regions_add_up_to_one(instruments: Instruments) -> None:
    weights = [region.weight for region in instruments.by_id["mmasi"].region]
    assert weights == [0.3, 0.3, 0.3, 0.1]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('licence = "own"', 'licence = "bought"', ".licence: may not be shipped: the licence"),
        ('licence = "own"', 'licence = "found"', ".licence: may not be shipped: not in the"),
        ('sources = ["A1"]', "sources = []", ".sources: no source"),
        ('sources = ["A1"]', 'sources = ["B2"]', '.sources: unknown source "B2"'),
        ("least = 2", "least = 1", ".band shiny: does not follow 1"),
        ("least = 2", "least = 3", ".band shiny: does not follow 1"),
        ("most = 3", "most = 4", ".band: does not cover 0 to 3"),
        ('text = "Nose?"', 'text = ""', ".nose: a wording is empty"),
        ('points = 1, text = "yes"', 'points = 0, text = "yes"', ".nose: two options with the"),
        ("points = 2\nwhen", "points = 3\nwhen", "proposal 0.points: not an answer: 3"),
        ('question = "chin"', 'question = "ear"', 'proposal 0: unknown question "shine ear"'),
        ('"dark_marks" }', '"light_marks" }', 'unknown code "light_marks" in conditions'),
        ('status = "house"', 'status = "house"\nmaximum = 4', ".maximum: the points add up to 3"),
        ('status = "house"', 'status = "house"\nconcerns = ["x"]', 'unknown concern "x"'),
        ('text = "Nose?"', 'text = "Nose?", asks = ["x"]', 'unknown item "x"'),
        ('text = "Nose?"', 'text = "Nose?", raises = ["x"]', 'unknown condition "x"'),
        ('text = "Nose?"', 'text = "Nose?", colour = 1', "unknown field"),
        (
            'status = "house"',
            (
                'status = "house"\n'
                'aid = [{ id = "a", text = "?", yes = { ask = "b" }, no = { grade = 7 } }]'
            ),
            'aid a: leads nowhere: "b"',
        ),
    ],
)
def test_a_fault_in_an_instrument_is_named(
    load_tiny: Callable[..., Pack], old: str, new: str, fault: str
) -> None:
    text = (TINY / "instruments.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(ContentError) as error:
        load_tiny(instruments=text.replace(old, new, 1))
    assert any(fault in line for line in error.value.details), error.value.details


def test_bands_of_another_edition_that_overlap_are_refused(load_tiny: Callable[..., Pack]) -> None:
    """The second ten-question phototype sheet has bands that share a number."""
    text = (TINY / "instruments.toml").read_text("utf-8").replace("least = 2", "least = 1")
    with pytest.raises(ContentError):
        load_tiny(instruments=text)


def test_a_missing_file_or_question_of_the_body_image_screen_is_a_fault(
    load_tiny: Callable[..., Pack],
) -> None:
    text = (TINY / "body_image.toml").read_text("utf-8")
    for changed in (text.replace('role = "harm"', 'role = "habits"'), None):
        with pytest.raises(ContentError) as error:
            load_tiny(body_image=changed)
        assert all("body_image.toml" in line for line in error.value.details)
    with pytest.raises(ContentError) as error:
        load_tiny(body_image=text.replace('positive = "dark_marks"', 'positive = "x"'))
    assert error.value.details == ('body_image.toml: outcome: unknown condition "x"',)
