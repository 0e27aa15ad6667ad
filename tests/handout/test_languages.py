"""The whole sheet in nine languages of six scripts; their words are made for these tests."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from consult_app.composed import Paper, Size
from consult_app.handout.text import write_text
from consult_app.i18n.translator import list_tags
from consult_app.paths import find_resources
from tests.handout.language_cases import HOLE, TAGS, compose_abroad, read_file
from tests.handout.reading_order import find_missing, plain
from tests.handout.validators import MANY_FORMS, MARKS_ARE_NO_LETTERS, find_faults
from tests.handout.validators_reading import Reading, find_misplaced, list_empty_boxes, read

RIGHT_TO_LEFT = ("ar", "he", "ur")
FALSE_ALARMS = {
    "ar": (MANY_FORMS,),
    "he": (MANY_FORMS,),
    "hi": (MANY_FORMS, MARKS_ARE_NO_LETTERS),
    "ur": (MANY_FORMS,),
}
FAMILIES = {
    "ar": "Vazirmatn",
    "he": "NotoSansHebrew",
    "hi": "NotoSansDevanagari",
    "ur": "Vazirmatn",
}
MOST = {"standard": 4, "large": 6}
UNTRANSLATED = 8
"""Of some 170 texts, so that a new English text needs no nine translations at once."""
Variant = tuple[str, Paper, Size]


def _list_variants(now: tuple[str, ...] = TAGS) -> Iterator[Any]:
    """Yield the languages; only some on A4 in ordinary print do not wait for `-m long`."""
    for tag in TAGS:
        for paper in ("A4", "Letter"):
            for size in ("standard", "large"):
                waits = tag not in now or (paper, size) != ("A4", "standard")
                marks = [pytest.mark.long] if waits else []
                yield pytest.param((tag, paper, size), id=f"{tag} {paper} {size}", marks=marks)


# Its scope lets all that is asked of one sheet follow each other: it is made and read once.
each = pytest.mark.parametrize("variant", list(_list_variants()), scope="module")


@lru_cache(maxsize=len(TAGS))
def _read(variant: Variant) -> Reading:
    return read(compose_abroad(*variant).drawn.pdf)


def test_there_are_nine_languages_and_none_is_shipped() -> None:
    assert TAGS == ("ar", "el", "he", "hi", "pl", "tr", "uk", "ur", "vi")
    assert not set(TAGS) & {tag[:2] for tag in list_tags(find_resources() / "translations")}


@pytest.mark.parametrize("tag", TAGS)
def test_every_text_asks_for_what_its_english_asks_for(tag: str) -> None:
    sources = compose_abroad(tag, "A4", "standard").words.sources
    for key, text in read_file(tag)["words"].items():
        assert set(HOLE.findall(text)) == set(HOLE.findall(sources[key])), key


@each
def test_nearly_every_text_is_in_the_language(variant: Variant) -> None:
    composed = compose_abroad(*variant)
    mark = composed.words.language.fallback_mark.strip()
    assert write_text(composed.handout).count(mark) <= UNTRANSLATED


@pytest.mark.parametrize("variant", list(_list_variants(now=("ar", "hi"))))
def test_it_is_pdf_ua_and_pdf_a_at_once(variant: Variant) -> None:
    pdf = compose_abroad(*variant).drawn.pdf
    assert find_faults(pdf, skip=FALSE_ALARMS.get(variant[0], ())) == []


@each
def test_it_keeps_to_its_pages(variant: Variant) -> None:
    assert compose_abroad(*variant).drawn.pages <= MOST[variant[2]]


@each
def test_every_text_is_read_in_order(variant: Variant) -> None:
    """In the order in which it was written, whichever way it is painted."""
    said = plain(_read(variant).said)
    assert find_missing(said, compose_abroad(*variant).handout, variant[2]) == ""


@each
def test_words_stay_in_the_printable_area_and_apart(variant: Variant) -> None:
    assert list(find_misplaced(_read(variant))) == []


@each
def test_no_letter_is_an_empty_box_and_the_script_has_its_face(variant: Variant) -> None:
    with pikepdf.open(io.BytesIO(compose_abroad(*variant).drawn.pdf)) as pdf:
        assert str(pdf.Root.Lang) == variant[0]
        fonts = {
            str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()
        }
        for font in fonts.values():
            assert list_empty_boxes(font) == []
    family = FAMILIES.get(variant[0], "")
    assert any(family in name for name in fonts)


@pytest.mark.parametrize("tag", TAGS)
def test_lines_begin_where_the_language_begins_and_the_face_is_never_turned(tag: str) -> None:
    front = _read((tag, "A4", "standard")).sides[0]
    words = read_file(tag)["words"]
    right, left = (front.trace(plain(words[key]))[0] for key in ("your_right", "your_left"))
    turned = tag in RIGHT_TO_LEFT
    assert (front.trace("020 7946")[0] < front.width / 2) is turned
    assert (front.trace("Harbour")[0] < front.width / 2) is not turned
    # The patient's right is on the left of the picture, as when two people face each other.
    assert right < left


@pytest.mark.parametrize("tag", TAGS)
def test_phone_numbers_and_depths_run_from_left_to_right(tag: str) -> None:
    composed = compose_abroad(tag, "A4", "standard")
    front, *others = _read((tag, "A4", "standard")).sides
    for number in ("020 7946 0101", f"1{composed.words.language.decimal}5"):
        lefts = front.trace(number)
        assert lefts == sorted(lefts)
    closed = "020\u00a07946\u00a00199"
    (lefts,) = (side.trace(closed) for side in others if side.has(closed))
    assert lefts == sorted(lefts)


def test_two_processes_write_the_same_bytes_in_another_script() -> None:
    script = (
        "import hashlib\n"
        "from tests.handout.language_cases import compose_abroad\n"
        "pdf = compose_abroad('ar', 'A4', 'standard').drawn.pdf\n"
        "print(hashlib.sha256(pdf).hexdigest())\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("0", "4711")
    ]
    here = hashlib.sha256(compose_abroad("ar", "A4", "standard").drawn.pdf).hexdigest()
    assert outputs == [here, here]
