"""What the planning reference drafted for the sheet stands there, word by word (5.7, 2.4, 2.6)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from consult_app.knowledge.pack.pack import Pack
from tests.knowledge.oracle.reckoning import find_around
from tests.knowledge.plan_oracle.cases import make_plan_case
from tests.knowledge.plan_oracle.cells import fold, read_tables
from tests.knowledge.plan_oracle.sheets import (
    COLD_SORES,
    STRONG_CREAM,
    THINNED,
    list_random,
    make_chosen,
    read_random,
    read_sheet,
)

DRAFTS: dict[str, str] = read_tables("wording")["text"]
MOVED = {
    "We move the pen over your skin.": ("how", "We move the {device} over your skin."),
    "Your visit takes about {minutes} minutes.": ("how", "Your visit takes {duration}."),
    "You may start to see a change about {first_visible} after your first visit.": (
        "first_change",
        "You may see a change from {first_from} on.",
    ),
    "The best time to judge is three months after your last visit.": (
        "judge",
        "The best time to judge is {review}.",
    ),
    "It may help acne scars a bit more.": ("prp_scars", ""),
    "It adds cost and time.": ("prp_costs", ""),
    "There is little proof that it helps with lines.": ("prp_lines", ""),
    "Needling can bring one back.": ("risk_cold_sore", ""),
    "Your skin may get darker or lighter in places.": (
        "risk_pih_light",
        "Darker or lighter patches:",
    ),
    "Sun makes it worse.": ("risk_pih_light", "Sun makes them worse."),
    "Do not use a needle roller at home between visits.": (
        "no_home",
        "Do not use a needle roller at home.",
    ),
    "Call {999} now if:": ("emerg", "Call {emergency} now if:"),
}
"""Sentences that stand elsewhere, name a day or leave a word open; with a text where it differs."""
LISTED = {"call", "emerg"}
"""Their signs are lists on the sheet, of which 2.6 has more."""
CHEEKS = ("cheeks", "acne_rolling")
PRINTED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "main_message": (
        {},
        ("Your microneedling plan", "This sheet is your plan", "Keep it where you can see it",
         "Call us if you are worried"),
    ),
    "what": ({}, ()),
    "how": (
        {"cream": True},
        ("We move the needle pen over your skin", "It feels like light scratching",
         "Some parts may feel sore", "We wipe all of it off", "Your visit takes about 75 minutes"),
    ),
    "may_help": (
        {},
        ("In studies, scar scores fell by about one tenth to one half", "Some people see no change",
         "Narrow, deep scars change the least", "You may see a change from Monday 18 October"),
    ),
    "lines_help": ({"of": ("forehead", "fine_lines")}, ()),
    "stretch_help": ({"of": ("abdomen", "striae_white")}, ()),
    "melasma_help": ({"of": ("cheeks", "melasma")}, ()),
    "pores_help": ({"of": ("nose", "pores")}, ()),
    "laxity_help": ({"of": ("neck", "laxity")}, ()),
    "hair_help": ({"of": ("scalp", "hair_aga")}, ()),
    "risk_norm": ({}, ()),
    "risk_pih": ({"phototype": 5}, ()),
    "risk_pih_light": (
        {}, ("Darker or lighter patches", "We do not have a number for your skin tone"),
    ),
    "risk_pih_body": ({"of": ("abdomen", "striae_red")}, ()),
    "risk_rare": (
        {}, ("Rare: a cold sore", "hard lumps or a new scar", "Exact numbers are not known"),
    ),
    "alts": ({}, ()),
    "consent": ({}, ("You can say no", "change your mind, even on the day", "Take time to think")),
    "after1": (
        {"depth_mm": 0.5},
        ("only our gel, no sunscreen", "Before 9:15 am on Tuesday 7 September: make-up"),
    ),
    "after2": ({}, ("picking, rubbing", "Clean hands, clean pillow")),
    "prp": (
        {"addons": ("prp",)},
        ("You have chosen to add plasma", "We take a small tube of your own blood",
         "We use it only for you and only once", "It may help acne scars a bit more",
         "It adds cost and time"),
    ),
    "sterile": ({"screen": True}, ()),
    "meds": ({}, ()),
    "cold_sore": (COLD_SORES, ()),
    "numbing": (
        {"cream": True},
        ("We put on numbing cream and wait. We wipe all of it off",
         "Do not put numbing cream on at home", "Never cover it with plastic wrap",
         "Tell us if a numbing shot or cream ever made you ill"),
    ),
    "blood_thinner": (THINNED, ()),
    "icepick": ({"of": ("cheeks", "acne_icepick")}, ()),
    "laser_choice": ({"phototype": 5}, ()),
    "test_patch": (
        {"phototype": 5}, ("We will try a small test patch on Monday 9 August 2027",
                           "We look at it four weeks later to see how your skin heals"),
    ),
    "sunscreen": (
        {}, ("from 9:15 am on Tuesday 7 September until at least Monday 27 December",
             "SPF 50 mineral sunscreen each morning", "every 2 hours outside"),
    ),
    "tinted": ({"of": ("cheeks", "melasma")}, ()),
    "cream_stop": (
        STRONG_CREAM,
        ("Stop your strong cream on", "Start it again on",
         "Ask the person who prescribed it first"),
    ),
    "clothes": ({"of": ("abdomen", "striae_red")}, ()),
    "scalp": (
        {"of": ("scalp", "hair_aga")},
        ("washing your hair, minoxidil", "hair dye or bleach", "Wear a clean hat in the sun"),
    ),
    "burn": ({"of": ("abdomen", "scar_burn")}, ()),
    "loose_choice": ({"of": ("neck", "laxity")}, ()),
    "no_home": ({}, ("Do not use a needle roller at home",)),
    "off_label_us": ({"of": ("hands", "age_spots"), "country": "US"}, ()),
    "not_do": (
        {"of": ("neck", "laxity")},
        ("It will not lift loose skin the way an operation does",),
    ),
    "days": ({"depth_mm": 1.0}, ("Pink, dry and tight", "Light flaking", "worse after day 3")),
    "three": ({}, ("Keep it clean", "Keep it out of the sun", "Do not pick")),
    "questions": ({}, ("Your questions and choice", "and this sheet")),
    "teach": ({}, ("I said it back in my own words",)),
}  # fmt: skip
"""The plan on whose sheet a draft is told, and how, where that is in lists or in parts."""
LOOKS = {
    "L": (
        ("Pink and warm", "pink fades"),
        ("Normal or a bit dry",),
        ("Normal",),
        ("Normal",),
        ("Watch for dark marks",),
    ),
    "M": (
        ("Red, warm and tight", "Some swelling", "A few dots of blood"),
        ("Pink, dry and tight",),
        ("Light flaking",),
        ("Normal",),
        ("Watch for dark marks",),
    ),
    "H": (
        ("Red, tight and swollen", "Dots of blood for some hours"),
        ("Red to pink", "Dry", "Tiny dark dots"),
        ("Flaking and itching", "Bruises may turn yellow"),
        ("Mostly normal", "A few spots or tiny white bumps"),
        ("Watch for dark marks",),
    ),
}
"""The days of 2.4 in the words of 5.8."""
DAYS = ("Day 1", "Days 2 to 3", "Days 4 to 7", "Week 2", "Weeks 3 to 4")
SAID = ("Cool pack. Clean pillow", "", "Do not pick", "Still red? Call us", "Photo and skin check")
SIGNS = {
    "rf_redness": ("redness that spreads", "worse after day 3", "hot or hurts more"),
    "rf_pus": ("pus, yellow crusts or a bad smell", "a fever of"),
    "rf_hsv": ("blisters or a cold sore",),
    "rf_rash": ("a rash, hives or an itch that spreads", "swelling that does not go down"),
    "rf_lumps": ("hard lumps, even months later",),
    "rf_colour": ("skin that gets darker or lighter",),
    "rf_numb": ("a numb patch the next day", "a weak face"),
    "rf_bleed": ("bleeding after 10 minutes of pressing: call now",),
    "rf_emergency": (
        *("find it hard to breathe", "lips, face or tongue swell", "You pass out or have a"),
        *("Your lips turn blue or gr", "Your heart beats in an odd way"),
    ),
}
"""What each red flag of 2.6 is called on every sheet; that of the eye on those of a face."""
EYE = ("Eye pain", "a red eye", "blisters near it", "a change in sight", "emergency eye care today")


def list_sentences(text: str) -> list[str]:
    """Return the sentences of a draft."""
    return re.split(r"(?<=[.?!:]) ", text)


@pytest.mark.parametrize("name", DRAFTS)
def test_every_drafted_sentence_stands_in_the_content(pack: Pack, name: str) -> None:
    texts = {key: fold(it.text.replace("**", "")) for key, it in pack.texts["texts"].items()}
    for sentence in list_sentences(DRAFTS[name])[: 1 if name in LISTED else None]:
        where, words = MOVED.get(sentence, (name, ""))
        assert fold(words or sentence) in texts[where], sentence


@pytest.mark.parametrize("name", sorted(DRAFTS.keys() - LISTED))
def test_what_was_drafted_is_told_on_the_sheet(name: str) -> None:
    chosen, words = PRINTED[name]
    chosen = dict(chosen)
    told = fold(read_sheet(make_chosen(chosen.pop("of", CHEEKS), **chosen)).replace("**", ""))
    for sentence in words or list_sentences(DRAFTS[name]):
        assert fold(sentence) in told, sentence


@pytest.mark.parametrize(("band", "depth"), [("L", 0.5), ("M", 1.0), ("H", 1.5)])
@pytest.mark.parametrize("near_eyes", [False, True])
def test_the_days_after_are_those_of_the_band(band: str, depth: float, *, near_eyes: bool) -> None:
    beside = [("crows_feet", "fine_lines")] if near_eyes else []
    told = read_sheet(make_chosen(CHEEKS, *beside, depth_mm=depth))
    strip = told.partition("How your skin will look")[2].partition("For some people")[0]
    rows = re.split("|".join(rf"- {day}\. " for day in DAYS), strip)[1:]
    for row, looks, said in zip(rows, LOOKS[band], SAID, strict=True):
        assert all(words in row for words in looks), row
        assert said in row
    assert ("Your lids may be puffy" in strip) is (near_eyes and band == "H")


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_every_sheet_has_every_red_flag_however_short_it_is(start: int) -> None:
    for seed in list_random(start, start + 20):
        for cut in (0, 5, 11):
            told = read_random(seed, cut)
            for flag, signs in SIGNS.items():
                assert all(sign in told for sign in signs), f"seed {seed}, cut {cut}: {flag}"
            on_face = any("face" in find_around(zone) for zone in make_plan_case(seed).areas)
            assert all((sign in told) is on_face for sign in EYE), f"seed {seed}, cut {cut}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("face", "fine_lines"), True),
        (("under_eye_rim", "fine_lines"), True),
        (("forehead", "fine_lines"), False),
    ],
)
def test_bruises_are_told_as_more_likely_near_the_eyes(
    line: tuple[str, str], *, told: bool
) -> None:
    """2.5: more on blood thinners, thin skin, near the eyes."""
    words = read_sheet(make_chosen(line))
    assert ("Bruises: more likely where your skin is thin." in words) is told
