"""Letters of both directions in one line, as the Unicode Consortium's own test has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consult_app.handout.bidi import order, resolve_levels, settle_line_end

CASES = Path(__file__).with_name("bidi_cases.txt")


def _read_cases() -> Iterator[tuple[str, int, list[str], list[int]]]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        letters, _, base, levels, places = line.split(";")
        text = "".join(chr(int(code, 16)) for code in letters.split())
        yield text, int(base), levels.split(), [int(place) for place in places.split()]


def _show(text: str, base: int = 1) -> str:
    """Return a line as it is seen from left to right, brackets as they were written."""
    return "".join(text[place] for place in order(resolve_levels(text, base)))


def test_the_test_of_the_consortium_holds() -> None:
    count = 0
    for text, base, levels, places in _read_cases():
        found = settle_line_end(text, resolve_levels(text, base), base)
        kept = [place for place, level in enumerate(levels) if level != "x"]
        assert [found[place] for place in kept] == [int(levels[place]) for place in kept], text
        assert [kept[place] for place in order([found[place] for place in kept])] == places, text
        count += 1
    assert count >= 600


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("אבג 0.5", "0.5 גבא"),
        ("אבג \u20660.5\u20131.0\u2069 דה", "הד \u20690.5\u20131.0\u2066 גבא"),
        ("אב \u2068020 7946 0123\u2069.", ".\u2069020 7946 0123\u2068 בא"),
        ("אב \u2068Maya O.\u2069 \u2068Lena\u2069", "\u2069Lena\u2068 \u2069Maya O.\u2068 בא"),
        ("אב 100%", "100% בא"),
    ],
)  # fmt: skip
def test_numbers_ranges_phones_and_names_keep_their_order(text: str, seen: str) -> None:
    assert _show(text) == seen


def test_a_phone_number_outside_an_isolate_would_be_torn() -> None:
    """Which is why every value stands in one."""
    assert _show("אב 020 7946 0123") == "0123 7946 020 בא"


def test_plain_words_stay_as_they_are() -> None:
    assert resolve_levels("Call 999 now.", 0) == [0] * 13
    assert _show("Call 999 now.", 0) == "Call 999 now."


def test_nothing_is_lost_in_an_empty_line() -> None:
    assert order(resolve_levels("", 1)) == []
