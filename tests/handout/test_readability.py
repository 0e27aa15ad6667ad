"""Reading grades are those of the published formulas, and every string is easy to read."""

from __future__ import annotations

import pytest

from consult_app.handout.readability import count_syllables, measure_texts
from consult_app.knowledge.loading.loader import load_pack
from consult_app.paths import find_resources

SHOWN = (
    *("texts", "asks", "asks_short", "waits"),
    *("call", "emerg", "healing", "key", "choice", "care"),
)
"""Groups of texts that are sentences or items of lists on the sheet."""


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("skin", 1), ("redness", 2), ("collagen", 3), ("microneedling", 4), ("needles", 2),
        ("people", 2), ("every", 2), ("breathe", 1), ("Treated", 2), ("healed", 1), ("scars", 1),
        ("changes", 2), ("clothes", 1), ("medicine", 3), ("sunscreen", 2), ("patient's", 2),
        ("area", 3), ("areas", 3), ("the", 1), ("needle", 2), ("make", 1), ("table", 2),
    ],
)  # fmt: skip
def test_syllables_of_the_words_we_use(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_the_grades_follow_their_formulas() -> None:
    reading = measure_texts(["Keep it clean. Do not pick at the scabs."])

    assert (reading.words, reading.sentences, reading.longest) == (9, 2, 6)
    assert reading.mean == pytest.approx(4.5)
    assert reading.grade == pytest.approx(0.39 * 4.5 + 11.8 * 9 / 9 - 15.59)
    assert reading.smog == pytest.approx(3.129)
    assert reading.lix == pytest.approx(4.5)


def test_long_words_raise_smog_and_are_listed() -> None:
    reading = measure_texts(["Collagen is the stuff that keeps skin firm."])

    assert reading.long_words == ("collagen",)
    assert reading.smog == pytest.approx(1.043 * 30**0.5 + 3.129)
    assert reading.long_share == pytest.approx(1 / 8)


def test_names_dates_and_times_are_not_counted() -> None:
    dated = "Anna will call you at 9:15\u00a0am on {}7\u00a0September\u00a02027 or Monday."

    for day in ("Tuesday ", "Tuesday\u00a0"):
        reading = measure_texts([dated.format(day)], without=frozenset({"anna"}))
        assert reading.words == 7


def test_a_unit_is_counted_on_whichever_line_it_stands() -> None:
    for gap in " \u00a0":
        assert measure_texts([f"Wait for 2{gap}weeks with SPF{gap}50 on."]).words == 6


@pytest.mark.parametrize("date", ["16\u00a0December\u00a02027", "December\u00a016,\u00a02027"])
def test_a_date_does_not_join_two_sentences(date: str) -> None:
    assert measure_texts([f"Judge it on {date}. You can say no."]).sentences == 2


def test_items_count_for_length_but_not_for_the_grade() -> None:
    reading = measure_texts(["Do not pick."], ["one two three four five six antihistamines"])

    assert reading.sentences == 1
    assert reading.longest == 7
    assert reading.long_words == ("antihistamines",)


def test_nothing_to_read_has_no_grade() -> None:
    assert measure_texts([]).grade == 0.0


def test_medical_language_is_found_out() -> None:
    hard = (
        "Microneedling, also designated percutaneous collagen induction therapy, stimulates "
        "neocollagenesis through controlled dermal microtrauma."
    )

    assert measure_texts([hard]).grade > 15


@pytest.mark.parametrize("group", SHOWN)
def test_every_string_is_easy_to_read(group: str) -> None:
    """No sentence over 20 words; each string of some length at grade 6 or below."""
    pack = load_pack(find_resources() / "content" / "microneedling")
    for name, text in pack.texts[group].items():
        reading = measure_texts([text.text])

        assert reading.longest <= 20, name
        if reading.words >= 10:
            assert reading.grade <= 6, name
