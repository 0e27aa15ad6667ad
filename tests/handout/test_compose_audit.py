"""Line by line, the sheet holds what the reference asks of it, and what is raised comes first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from consult_app.domain.consultation import Agreement, Consultation, Discussion, TeachBack
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.domain.plan import Plan, PlanRequest, Target
from consult_app.errors import ContentError
from consult_app.handout.compose_length import list_blocks, list_sections
from consult_app.handout.document import Bullets, Choice, DatedList, Handout, Quotes
from consult_app.handout.layout import Layout
from consult_app.handout.layout_file import read_layout
from consult_app.handout.own_words import OwnWords, take_words
from consult_app.handout.readability import measure
from tests.handout.compose_cases import (
    FIRST,
    RECIPIENT,
    REQUEST,
    RESOURCES,
    find,
    layout,
    make_composed,
    pack,
    section,
    spaced,
)

LAST = layout().budget.cuts
"""The step of cutting that leaves the fewest words."""

RED_FLAGS = {
    "rf_redness": (
        *("redness that spreads", "worse after day 3", "stays past day 7"),
        *("gets hot", "hurts more"),
    ),
    "rf_pus": ("pus", "yellow crusts", "bad smell", "fever of 38 °C"),
    "rf_hsv": ("blisters or a cold sore",),
    "rf_eye": ("Eye pain", "red eye", "blisters near it", "change in sight", "emergency eye care"),
    "rf_rash": ("hives", "itch that spreads", "swelling that does not go down"),
    "rf_lumps": ("hard lumps, even months later",),
    "rf_colour": ("darker or lighter",),
    "rf_numb": ("numb patch the next day", "weak face"),
    "rf_bleed": ("bleeding after 10 minutes of pressing: call now",),
    "rf_emergency": ("to breathe", "tongue swell", "pass out", "a fit", "blue or grey", "odd way"),
}  # fmt: skip
"""Words by which a patient knows each sign of planning reference 2.6."""

TOLD_IN_WORDS = {
    "a_checkin": "We call or message you",
    "a_loose_clothes": "loose, clean, soft clothes",
    "a_photo": "Photo and skin check on",
    "a_pillow": "Clean hands, clean ",
    "a_spf": "clean hat in the sun, not sunscreen",
    "b_cold_sore": "Your doctor decides if you need tablets.",
    "b_day0": "Eat first. Bring your medicine list",
    "b_shave": "If you shave there, do it the day before.",
    "b_test_patch": "Test patch",
}
"""Care rules that stand in a sentence of their own and not in a list by date."""

NO_FACE = {"a_other_tx": "a_other_tx_body", "b_other_tx": "b_other_tx_body"}
OTHER_WORDS: dict[str, dict[str, str]] = {
    "scalp": {"a_makeup": "a_makeup_scalp", **NO_FACE},
    "thighs, dark skin": {
        "a_makeup": "a_makeup_body",
        "a_wash_none": "a_wash_none_body",
        **NO_FACE,
    },
}
"""By a plan: care rules that have other words where no face is treated."""

MARKS = Condition(code="pih_history")
COLD_SORES = Condition(code="herpes_simplex", status="healed")
KELOID = Condition(code="keloid", zones=("chest",))
THINNER = Medication(code="apixaban", status="current", prescribed=True)
PLANS: dict[str, tuple[PlanRequest, Facts]] = {
    "cheeks": (REQUEST, Facts(phototype=2)),
    "eyes and thin skin": (
        replace(
            REQUEST,
            primary_concern="fine_lines",
            targets=(Target(area="crows_feet", concern="fine_lines"),),
        ),
        Facts(phototype=3),
    ),
    "scalp": (
        replace(
            REQUEST,
            primary_concern="hair_aga",
            targets=(Target(area="scalp", concern="hair_aga"),),
        ),
        Facts(phototype=2),
    ),
    "thighs, dark skin": (
        replace(
            REQUEST,
            primary_concern="striae_white",
            targets=(Target(area="thighs", concern="striae_white"),),
        ),
        Facts(phototype=5, sex="F"),
    ),
    "cold sores, dark skin": (REQUEST, Facts(phototype=6, conditions=(COLD_SORES,))),
}
SAID = OwnWords(
    said={
        "tonight": "only the\ngel, **nothing** else",
        "call": "pus or a fever",
        "must_avoid": "looking red at the wedding",
    }
)


def name_care(name: str, rule: str) -> str:
    """Return the words of a care rule in the lists of a plan."""
    return pack().texts["care"][OTHER_WORDS.get(name, {}).get(rule, rule)].text


@pytest.mark.parametrize("cut", [0, LAST])
@pytest.mark.parametrize("name", PLANS)
def test_every_red_flag_is_told_in_plain_words(name: str, cut: int) -> None:
    request, facts = PLANS[name]
    text = spaced(make_composed(request, facts=facts, cut=cut))

    assert {flag.id for flag in pack().protocol.outlook.red_flag} == RED_FLAGS.keys()
    face = name not in ("scalp", "thighs, dark skin")
    for flag, signs in RED_FLAGS.items():
        if flag != "rf_eye" or face:
            assert [sign for sign in signs if sign not in text] == [], flag


@pytest.mark.parametrize("cut", [0, 1, 3, 4, 6, 7, LAST])
@pytest.mark.parametrize("name", PLANS)
def test_every_care_rule_of_the_plan_is_told(name: str, cut: int) -> None:
    """Nothing of the calendar is lost, however far the sheet is cut."""
    told: list[tuple[str, ...]] = []

    def note(plan: Plan) -> Plan:
        told.append(tuple(entry.rule for entry in plan.care_calendar["session_1"]))
        return plan

    request, facts = PLANS[name]
    handout = make_composed(request, facts=facts, cut=cut, alter=note)
    text = spaced(handout)
    lists = [block for block in list_blocks(handout) if isinstance(block, DatedList)]
    dated = " ".join(item.text for block in lists for item in block.items)

    # What has no day between two visits stands apart from what was named in one breath with it.
    waits = re.findall(r"^x (?:Before|Through)[^:]*(?::\d\d[^:]*)?: (.*)\.$", text, re.MULTILINE)
    things = {thing for wait in waits for thing in re.split("[;,] ", wait)}

    assert told[0]
    # Hair is not washed for longer than skin, and the longer wait counts.
    longer = ("a_wash_none", "a_wash_water") if name == "scalp" else ()
    for rule in (rule for rule in told[0] if rule not in longer):
        words = name_care(name, rule)
        short = {
            "a_photo": "Photo and skin check",
            "a_checkin": "We call",
            "b_cold_sore": "Take cold sore tablets if your doctor tells you to",
        }
        in_words = (TOLD_IN_WORDS.get(rule, words), short.get(rule, words))
        in_text = any(told in text for told in in_words)
        assert words in dated or in_text or things.issuperset(words.split(", ")), rule


@pytest.mark.parametrize("cut", [0, 1, 3, 4, 6, 7, LAST])
def test_healing_may_take_longer_is_never_cut(cut: int) -> None:
    """The range of the introductory articles, a few days up to a week or more, must be kept."""
    assert "a week or more." in spaced(make_composed(cut=cut))


RAISED: dict[str, tuple[PlanRequest, Facts]] = {
    "**Dark patches:** in studies of brown skin, 0": (REQUEST, Facts(phototype=5)),
    "**You take a blood thinner.**": (REQUEST, Facts(phototype=2, medications=(THINNER,))),
    "**Cold sores:** needling can": (REQUEST, Facts(phototype=2, conditions=(COLD_SORES,))),
    "**Thick scars:** more likely for you": (REQUEST, Facts(phototype=2, conditions=(KELOID,))),
    "**Rows of tiny scars:** about 7": (
        replace(REQUEST, device_kind="dermaroller"),
        Facts(phototype=2),
    ),
    "**Plasma:** taking blood": (replace(REQUEST, addons=("prp",)), Facts(phototype=2)),
    "**Bruises:** more likely where": (replace(REQUEST, fragile=True), Facts(phototype=2)),
    "**Dark patches:** in studies of stretch marks, 0": PLANS["thighs, dark skin"],
    "darker or lighter": (REQUEST, Facts(phototype=2, conditions=(MARKS,))),
    "a number for this part": (
        replace(REQUEST, targets=(Target(area="neck", concern="scar_flat"),)),
        Facts(phototype=2, conditions=(MARKS,)),
    ),
    "**Almost everyone:**": (REQUEST, Facts(phototype=2)),
}
"""The first harm a patient reads, by the plan and what is known of them."""


@pytest.mark.parametrize("cut", [0, 5, LAST])
@pytest.mark.parametrize("first", RAISED)
def test_raised_risks_come_first_with_a_number_or_that_it_is_not_known(
    first: str, cut: int
) -> None:
    request, facts = RAISED[first]
    harms = section(make_composed(request, facts=facts, cut=cut), "harms").blocks[0]

    assert isinstance(harms, Bullets)
    assert cut == LAST or first.lower() in harms.items[0].lower()
    assert "No change" in harms.items[-1]
    common = next(place for place, item in enumerate(harms.items) if "Almost everyone" in item)
    for raised in harms.items[:common]:
        assert re.search(r"\d|No one knows|have a number|number is known", raised)


def test_the_patients_own_words_stand_as_they_were_said() -> None:
    recipient = replace(RECIPIENT, own_words=SAID)
    handout = make_composed(recipient=recipient)
    (agreed,) = section(handout, "agreed").blocks
    *_, tick, said, _ = section(handout, "choice").blocks

    assert section(handout, "agreed").heading == "What we agreed, in your words"
    assert isinstance(agreed, Quotes)
    assert agreed.items == ("**What you do not want:** “looking red at the wedding”",)
    assert isinstance(tick, Choice)
    assert tick.boxes[-1] == "I said it back in my own words."
    assert isinstance(said, Quotes)
    assert said.items == (
        "**On your skin the night after your visit:** “only the gel, nothing else”",
        "**You will call if:** “pus or a fever”",
    )
    assert "night after your visit: “only the gel, nothing else”." in spaced(handout)
    today = make_composed(recipient=recipient, made_on=FIRST.date())
    assert "- On your skin tonight: “only the gel, nothing else”." in spaced(today)
    assert measure(handout) == measure(make_composed())
    assert "agreed" not in [one.id for one in list_sections(make_composed())]


def test_very_many_own_words_are_printed_in_part_and_say_so() -> None:
    words = " ".join(["so"] * (layout().budget.own_words + 1))
    recipient = replace(RECIPIENT, own_words=OwnWords(said={"call": words}))
    block = find(make_composed(recipient=recipient), Quotes)

    assert block.items[0].count("so") == layout().budget.own_words
    assert block.items[0].endswith("so ...”")


@pytest.mark.parametrize("outcome", ["understood", "explained_again", "needs_interpreter", None])
def test_what_was_said_back_is_printed_only_when_it_was_right(outcome: str | None) -> None:
    visit = Consultation(
        id="1",
        patient_id="2",
        visit_date=date(2027, 7, 1),
        started_at=REQUEST.first_session,  # type: ignore[arg-type]  # set in the case
        discussion=Discussion(agreed_range="a little softer", must_avoid=" ", questions="a note"),
        agreement=Agreement(
            teach_back=TeachBack(words={"tonight": "vitamin C"}, outcome=outcome),  # type: ignore[arg-type]  # one of the three
        ),
    )
    said = {"agreed_range": "a little softer"}
    said |= {"tonight": "vitamin C"} if outcome == "understood" else {}

    assert take_words(visit).said == said


def test_the_reference_changes_with_every_word_and_only_then() -> None:
    other = replace(REQUEST, targets=(Target(area="forehead", concern="acne_rolling"),))
    sheets = [make_composed(), make_composed(), make_composed(cut=1), make_composed(other)]
    first, same, *others = (_find_reference(sheet) for sheet in sheets)

    assert first == same
    assert len({first, *others}) == 3


def test_sections_are_reordered_added_and_left_out_by_data_alone(tmp_path: Path) -> None:
    """A second layout: harms before what it may do, a section more, and one less."""
    text = (RESOURCES / "handout" / "layout.toml").read_text(encoding="utf-8")
    text = text.replace('["happens", "may", "choices", "harms"]', '["harms", "happens", "home"]')
    text = re.sub(
        r'\[\[section\]\]\nid = "(may|choices)".*?(?=\[\[section\]\])', "", text, flags=re.DOTALL
    )
    text += (
        '\n[[section]]\nid = "home"\nheading = "heading.before"\n'
        '[[section.block]]\nkind = "bullets"\nmark = "box"\n'
        'items = [{ text = "no_home" }, { text = "tinted", when = ["dark"] }]\n'
    )  # fmt: skip
    changed = _read(tmp_path, text)
    light, dark = (
        make_composed(facts=Facts(phototype=phototype), sections=changed) for phototype in (2, 5)
    )
    order = [one.id for one in list_sections(light)]

    assert order[3:6] == ["harms", "happens", "home"]
    assert "may" not in order
    assert section(light, "home").blocks == (
        Bullets(items=("Do not use a needle roller at home.",), mark="box"),
    )
    assert len(section(dark, "home").blocks[0].items) == 2  # type: ignore[union-attr]  # bullets


def test_a_row_that_flows_needs_two_shares(tmp_path: Path) -> None:
    text = (RESOURCES / "handout" / "layout.toml").read_text(encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        _read(tmp_path, text.replace("flows = true\nshares = [1, 1]", "flows = true"))
    assert "needs a share for each column" in str(caught.value.details)


def _read(folder: Path, text: str) -> Layout:
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    return read_layout(folder)


def _find_reference(handout: Handout) -> str:
    found = re.search(r"Ref\u00a0(\d{6})", handout.footer)
    assert found
    return found.group(1)
