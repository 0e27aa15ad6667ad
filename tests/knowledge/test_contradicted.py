"""A *No* against what Skin or Plan says is open until it, or what was seen, is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from consult_app.domain.consultation import Answer, Consultation, SkinAssessment
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Numbing
from consult_app.errors import ContentError
from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.contradicted import SAID_AGAIN, forget_said_again, say_again
from consult_app.knowledge.visits.locking import find_obstacles, may_treat_today
from tests.knowledge.visits import make_denied, plan_for

TINY = Path(__file__).with_name("tiny")
TODAY = date(2026, 6, 15)
NO, BULK = Answer(state="no"), Answer(state="no", bulk=True)
Scores = dict[str, dict[str, float]]

# What is said, and the questions whose No it contradicts: written here once more, so that a link
# that is lost from the content is missed.
LINKS: list[tuple[str, Scores, list[str]]] = [
    ("Skin says Glogau III or IV, keratoses", {"glogau": {"grade": 3}}, ["actinic_keratosis"]),
    ("Skin says Glogau III or IV, keratoses", {"glogau": {"grade": 4}}, ["actinic_keratosis"]),
    (
        "Skin says acne scars grade 4, which may be keloids",
        {"goodman_baron": {"grade": 4}},
        ["keloid"],
    ),
    ("Skin says raised scars counted", {"goodman_baron_count": {"keloidal": 0.5}}, ["keloid"]),
    ("Skin says hypertrophic scars (ECCA)", {"ecca": {"hypertrophic_early": 40}}, ["keloid"]),
    ("Skin says keloid or hypertrophic scars (ECCA)", {"ecca": {"keloid_late": 50}}, ["keloid"]),
    ("Skin says active acne (IGA)", {"iga": {"grade": 1}}, ["acne"]),
    ("Skin says melasma (mMASI)", {"mmasi": {"left_malar.area": 1}}, ["melasma"]),
    (
        "Skin says stretch marks under 12 months old",
        {"striae": {"under_12_months": 1}},
        ["scar_age"],
    ),
    ("Plan says past dark marks", {"pigment": {"past_pih": 2}}, ["pih"]),
    ("Plan says melasma in the area", {"pigment": {"melasma": 2}}, ["melasma"]),
    ("Plan says sun, sunbed or a tan within 28 days", {"pigment": {"uv": 2}}, ["tan"]),
    ("Plan says a photosensitising drug", {"pigment": {"photosensitiser": 1}}, ["photosensitiser"]),
    (
        "Plan says mild acne or rosacea in the area",
        {"pigment": {"inflamed": 1}},
        ["acne", "rosacea"],
    ),
    ("Plan says sun holiday or outdoor work ahead", {"pigment": {"sun_ahead": 1}}, ["tan"]),
]
SILENT: list[Scores] = [
    {"glogau": {"grade": 2}},
    {"goodman_baron": {"grade": 3}},
    {"goodman_baron_count": {"keloidal": 0, "papular": 3}},
    {"ecca": {"hypertrophic_early": 0, "keloid_late": 0, "m_shaped": 75}},
    {"iga": {"grade": 0}},
    {"mmasi": {"left_malar.area": 0, "left_malar.darkness": 0}},
    {"striae": {"under_12_months": 0, "stage": 1, "grade": 3}},
    {"pigment": {"past_pih": 0, "melasma": 0, "uv": 0, "photosensitiser": 0, "sun_ahead": 0}},
    {"pigment": {"hormones": 1, "below_neck": 1, "phototype": 3, "depth": 2}},
]


@pytest.fixture
def denied(pack: Pack) -> Consultation:
    """A visit of somebody healthy: all was denied, one question after the other."""
    pores = plan_for("cheeks", "pores")
    return make_denied(pack, replace(pores, numbing=Numbing(product="none")))


def look(pack: Pack, visit: Consultation) -> Judgement:
    return judge(pack, visit, today=TODAY)


def needed(pack: Pack, visit: Consultation) -> dict[str, str]:
    return {it.item: it.against for it in look(pack, visit).decision.needed}


def lines(told: str, items: list[str]) -> dict[str, str]:
    return dict.fromkeys(items, f"{told}; Safety says No: which is right?")


def test_all_links_of_the_content_are_told_here(pack: Pack) -> None:
    by_score = {link.says for link in pack.instruments.contradiction if link.instrument}
    assert by_score - {"it stings or reddens with most products"} == {
        told.partition(" says ")[2] for told, _, _ in LINKS
    }


@pytest.mark.parametrize(("told", "scores", "items"), LINKS)
@pytest.mark.parametrize("answer", [NO, BULK])
def test_a_no_against_what_is_scored_or_ticked_is_open_and_names_both(
    pack: Pack, denied: Consultation, answer: Answer, told: str, scores: Scores, items: list[str]
) -> None:
    assert look(pack, denied).decision.state is DecisionState.CLEAR
    visit = replace(denied, skin=SkinAssessment(scores=scores))
    visit = replace(visit, answers={**visit.answers, **dict.fromkeys(items, answer)})

    decision = look(pack, visit).decision

    assert {it.item: it.against for it in decision.needed} == lines(told, items)
    assert [it.label for it in decision.needed] == [
        pack.question_by_id[item].label for item in items
    ]
    assert {it.step for it in decision.needed} == {"safety"}
    assert decision.state is not DecisionState.CLEAR
    assert decision.blocks_treatment
    assert not may_treat_today(look(pack, visit))


@pytest.mark.parametrize(
    ("mark", "told", "items"),
    [
        ("fragile", "Skin says thin or fragile", ["healing"]),
        ("sensitive", "Skin says it stings or reddens with most products", ["rosacea", "eczema"]),
    ],
)
def test_a_no_against_what_the_skin_is_today_is_open(
    pack: Pack, denied: Consultation, mark: str, told: str, items: list[str]
) -> None:
    skin = replace(SkinAssessment(), **{mark: True})  # type: ignore[arg-type] # both are flags
    assert needed(pack, replace(denied, skin=skin)) == lines(told, items)


@pytest.mark.parametrize("scores", SILENT)
def test_what_says_nothing_of_a_question_opens_none(
    pack: Pack, denied: Consultation, scores: Scores
) -> None:
    assert needed(pack, replace(denied, skin=SkinAssessment(scores=scores))) == {}


SETTLED = [
    (scores, items) for told, scores, items in LINKS if not told.endswith(("(IGA)", "counted"))
]


@pytest.mark.parametrize(("scores", "items"), SETTLED)
def test_a_no_that_is_said_again_stands_and_is_recorded(
    pack: Pack, denied: Consultation, scores: Scores, items: list[str]
) -> None:
    visit = replace(denied, skin=SkinAssessment(scores=scores))
    for item in items:
        visit = say_again(pack, visit, item)

    decision = look(pack, visit).decision

    assert decision.needed == ()
    assert decision.state is DecisionState.CLEAR
    assert {it.id for it in visit.overrides} == {SAID_AGAIN + item for item in items}
    assert all(" says " in it.reason and "said again" in it.reason for it in visit.overrides)


def test_all_that_contradicts_one_no_is_told_in_one_line(pack: Pack, denied: Consultation) -> None:
    scores: Scores = {"mmasi": {"chin.area": 1}, "pigment": {"uv": 2, "sun_ahead": 1, "melasma": 2}}

    assert needed(pack, replace(denied, skin=SkinAssessment(scores=scores))) == {
        "melasma": "Skin says melasma (mMASI); Plan says melasma in the area; Safety says No: "
        "which is right?",
        "tan": "Plan says sun, sunbed or a tan within 28 days; sun holiday or outdoor work ahead; "
        "Safety says No: which is right?",
    }


def test_a_no_said_again_against_one_thing_does_not_stand_against_more(
    pack: Pack, denied: Consultation
) -> None:
    severe = replace(denied, skin=SkinAssessment(scores={"goodman_baron": {"grade": 4}}))
    said = say_again(pack, severe, "keloid")
    assert needed(pack, said) == {}

    more: Scores = {"goodman_baron": {"grade": 4}, "ecca": {"keloid_late": 50}}
    assert list(needed(pack, replace(said, skin=SkinAssessment(scores=more)))) == ["keloid"]
    many: Scores = {"ecca": {"keloid_late": 150}}
    few = replace(denied, skin=SkinAssessment(scores={"ecca": {"keloid_late": 50}}))
    again = replace(say_again(pack, few, "keloid"), skin=SkinAssessment(scores=many))
    assert list(needed(pack, again)) == ["keloid"]


@pytest.mark.parametrize("answer", [BULK, Answer(state="no", reconfirmed=True)])
def test_what_was_not_said_by_itself_is_not_said_again(
    pack: Pack, denied: Consultation, answer: Answer
) -> None:
    """Taken back and filled in for the group, or taken over from the last visit."""
    severe = replace(denied, skin=SkinAssessment(scores={"goodman_baron": {"grade": 4}}))
    said = say_again(pack, severe, "keloid")
    later = replace(said, answers={**said.answers, "keloid": answer})

    assert list(needed(pack, later)) == ["keloid"]
    assert list(needed(pack, forget_said_again(said, "keloid"))) == ["keloid"]


@pytest.mark.parametrize(
    ("scores", "item"),
    [({"iga": {"grade": 2}}, "acne"), ({"goodman_baron_count": {"keloidal": 4}}, "keloid")],
)
def test_a_score_that_is_a_condition_by_itself_is_settled_by_no_further_no(
    pack: Pack, denied: Consultation, scores: Scores, item: str
) -> None:
    visit = say_again(pack, replace(denied, skin=SkinAssessment(scores=scores)), item)

    assert list(needed(pack, visit)) == [item]
    assert visit.overrides == ()


def test_a_yes_to_either_question_tells_why_the_skin_stings(
    pack: Pack, denied: Consultation
) -> None:
    answers = {**denied.answers, "eczema": Answer(state="yes")}
    visit = replace(denied, skin=SkinAssessment(sensitive=True), answers=answers)

    assert "rosacea" not in needed(pack, visit)


def test_what_was_asked_again_at_a_treatment_is_not_held_against_an_older_tick(
    pack: Pack, denied: Consultation
) -> None:
    skin = SkinAssessment(fragile=True, scores={"pigment": {"photosensitiser": 1}})
    visit = replace(denied, skin=skin)
    assert {"healing", "photosensitiser"} <= set(needed(pack, visit))

    treated = needed(pack, replace(visit, kind="treatment"))

    assert "healing" in treated, "nobody asked that again"
    assert "medicines" not in treated


def test_it_is_named_first_and_where_a_stop_question_holds_the_record_open(
    pack: Pack, denied: Consultation
) -> None:
    open_now = {item: it for item, it in denied.answers.items() if item != "pregnancy"}
    visit = replace(
        denied, answers=open_now, skin=SkinAssessment(scores={"goodman_baron": {"grade": 4}})
    )

    assert list(needed(pack, visit)) == ["keloid", "pregnancy"]
    assert "keloid" in pack.stop_items
    told = [it.text for it in find_obstacles(visit, look(pack, visit), pack)]
    label = pack.question_by_id["keloid"].label
    assert f"Answered No, but Skin or Plan says otherwise: {label}." in told


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ('instrument = "shine"\nquestion = "ear"', 'unknown question "shine ear"'),
        ('instrument = "gloss"\nquestion = "nose"', 'unknown question "gloss nose"'),
        ("", 'unknown question " "'),
        ('mark = "fragile"\nitems = ["x"]', 'unknown item "x"'),
        ('mark = "fragile"\nsays = ""', "a wording is empty"),
        ('mark = "fragile"\nsources = []', ".sources: no source"),
        ('mark = "fragile"\nsources = ["B2"]', 'unknown source "B2"'),
    ],
)
def test_a_fault_in_a_link_is_named(load_tiny: Callable[..., Pack], link: str, fault: str) -> None:
    usual = {"says": 'says = "it shines"', "items": "items = []", "sources": 'sources = ["A1"]'}
    rest = "\n".join(text for name, text in usual.items() if f"{name} =" not in link)
    table = f'[[contradiction]]\nid = "shiny"\nreference = "1"\n{link}\n{rest}\n'
    text = (TINY / "instruments.toml").read_text("utf-8")

    with pytest.raises(ContentError) as error:
        load_tiny(instruments=f"{text}\n{table}")

    assert any(fault in line for line in error.value.details), error.value.details


def test_what_a_score_asks_for_has_a_link(load_tiny: Callable[..., Pack]) -> None:
    text = (TINY / "instruments.toml").read_text("utf-8")
    item = load_tiny().questions[0].id
    asked = text.replace('text = "Nose?"', f'text = "Nose?", asks = ["{item}"]')

    with pytest.raises(ContentError) as error:
        load_tiny(instruments=asked)

    assert any("no contradiction tells it" in line for line in error.value.details)
