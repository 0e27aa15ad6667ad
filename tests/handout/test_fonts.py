"""Shaping, fallback, and lines that fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.errors import ConsultError, FileError
from consult_app.handout.face import UNSPOKEN, Face, open_face, write_codes
from consult_app.handout.fonts import Run, Typeface, forget_texts, open_typeface
from consult_app.handout.lines import measure_text, set_lines
from consult_app.handout.row import measure_line
from consult_app.handout.style import TextStyle
from consult_app.paths import find_resources

FACE = Typeface(find_resources() / "fonts", "large")
BODY = TextStyle(size=12, leading=16)
WORDS = st.lists(st.sampled_from(["skin", "a", "needles,", "**7**\u00a0days.", "microneedling"]))


def _plain(text: str) -> str:
    return text.replace("**", "")


def _tell(run: Run) -> str:
    """Return the letters of a run as the file gives them back."""
    if run.glyphs:
        return "".join(glyph.text for glyph in run.glyphs)
    codes = "".join(re.findall(r"<(\w+)>", run.written))
    return "".join(run.face.read_code(int(code, 16))[1] for code in re.findall("....", codes))


def test_every_letter_is_told_once() -> None:
    for text in ("Café für Łódź", "fi ffi fl", "2 ≤ 3 → 5 mm"):
        told = "".join(map(_tell, FACE.shape(text, bold=False)))
        assert told.replace(UNSPOKEN, "") == text


LETTERS = st.text("AVTo, y.\u00a07é→ş", min_size=1, max_size=20)


@given(st.lists(LETTERS, min_size=1, max_size=4), st.sampled_from(("Regular", "Bold")))
def test_what_is_shaped_plainly_is_shaped_as_any_other(words: list[str], weight: str) -> None:
    for family in ("SourceSans3", "AtkinsonHyperlegibleNext"):
        face = open_face(find_resources() / "fonts" / f"{family}-{weight}.ttf")
        for text, plain in zip(words, face.shape_words(words, "en"), strict=True):
            glyphs = face.shape(text)
            codes = [face.code(glyph) for glyph in glyphs]
            if plain is None:
                assert 0 in codes
                continue
            assert plain.width == sum(glyph.advance for glyph in glyphs)
            assert plain.written == write_codes(face, glyphs, codes)


@pytest.mark.parametrize("family", ["SourceSans3", "AtkinsonHyperlegibleNext"])
def test_no_letter_is_kerned_with_a_word_beside_it(family: str) -> None:
    signs = [chr(code) for code in range(33, 127)]
    pairs = [sign for first in signs for second in signs for sign in (first, second)]
    for weight in ("Regular", "Bold"):
        face = open_face(find_resources() / "fonts" / f"{family}-{weight}.ttf")
        alone = {sign: face.shape_words((sign,), "en")[0] for sign in signs}
        assert face.shape_words(pairs, "en") == [alone[sign] for sign in pairs]


def test_words_are_plain_beside_one_that_is_not() -> None:
    face = open_face(find_resources() / "fonts" / "SourceSans3-Regular.ttf")
    plain = face.shape_words(("Av.", "\u062d", ""), "en")
    assert [one is None for one in plain] == [False, True, True]


def test_learning_words_changes_no_width() -> None:
    text = "AVA To. Tell us, Av. Top."
    learnt, fresh = (Typeface(find_resources() / "fonts") for _ in range(2))
    learnt.learn(text.split(" "), bold=True)
    assert learnt.shape(text, bold=True) == fresh.shape(text, bold=True)


def test_a_line_is_as_wide_as_its_words() -> None:
    text = "Tell us if a numbing cream ever made you ill, Av. Top."
    words = text.split(" ")
    gap = FACE.measure(" ", 12, bold=False)
    apart = sum(FACE.measure(word, 12, bold=False) for word in words) + gap * (len(words) - 1)
    assert FACE.measure(text, 12, bold=False) == pytest.approx(apart)


def test_a_letter_the_main_face_lacks_comes_from_the_fallback() -> None:
    runs = FACE.shape("a → b", bold=False)
    names = [run.face.name for run in runs]
    assert names == ["AtkinsonHyperlegibleNext-Regular", "SourceSans3-Regular", names[0]]


@pytest.mark.parametrize(
    ("name", "family"),
    [("ليلى", "Vazirmatn"), ("נועה", "NotoSansHebrew"), ("श्रेया", "NotoSansDevanagari")],
)
def test_a_name_in_another_script_comes_from_the_face_that_has_it(name: str, family: str) -> None:
    turned = family != "NotoSansDevanagari"
    for bold in (False, True):
        runs = FACE.shape(name, bold=bold, turned=turned)
        assert [run.face.name.split("-")[0] for run in runs] == [family]


def test_arabic_letters_join_and_are_told_in_order() -> None:
    (run,) = FACE.shape("ببب", bold=False, turned=True)
    assert len({glyph.index for glyph in run.glyphs}) == 3
    assert run.scattered
    for word in ("سلام", "أُعدّت"):
        glyphs = FACE.shape(word, bold=False, turned=True)[0].glyphs
        assert "".join(glyph.text for glyph in glyphs).replace(UNSPOKEN, "") == word


def test_hindi_vowels_change_places_and_are_told_in_order() -> None:
    (run,) = FACE.shape("कि", bold=False)
    consonant = run.face.shape("क")[0].index
    assert [glyph.index == consonant for glyph in run.glyphs] == [False, True]
    assert "".join(glyph.text for glyph in run.glyphs) == "कि"


def test_each_script_is_shaped_by_its_own_rules_in_one_line() -> None:
    runs = FACE.shape("Dr कि", bold=False)
    assert runs[-1].glyphs
    assert runs[-1] == FACE.shape("कि", bold=False)[0]


def test_the_language_of_the_computer_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    face = open_face(find_resources() / "fonts" / "SourceSans3-Regular.ttf")
    before = face.shape("fi ł ş")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    assert face.shape("fi ł ş") == before


def test_signs_that_only_steer_are_not_painted() -> None:
    (line,) = set_lines(FACE, "call \u2068020 7946\u2069 now", 300, BODY)
    assert "".join(span.text for span in line) == "call 020 7946 now"
    told = [glyph.text for run in FACE.shape("a\u200db", bold=False) for glyph in run.glyphs]
    assert told == ["a\u200d", "b"]


def test_marks_stay_with_their_letters() -> None:
    """An accent written as a sign of its own becomes one letter."""
    assert FACE.shape("e\u0301", bold=False) == FACE.shape("\u00e9", bold=False)


def test_a_missing_letter_is_named_with_its_code() -> None:
    with pytest.raises(ConsultError, match="🙂") as caught:
        FACE.measure("ok 🙂", 12, bold=True)
    assert "U+1F642 SLIGHTLY SMILING FACE" in caught.value.details


def test_a_missing_font_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        Face(tmp_path / "none.ttf")


def test_bold_is_wider() -> None:
    assert FACE.measure("words", 12, bold=True) > FACE.measure("words", 12, bold=False)


@given(WORDS, st.floats(min_value=30, max_value=400))
def test_lines_fit_and_lose_nothing(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = set_lines(FACE, text, width, BODY)
    assert all(measure_line(FACE, line) <= width + 0.2 for line in lines)
    joined = "".join(span.text for line in lines for span in line)
    assert joined.replace(" ", "") == _plain(text).replace(" ", "")


@given(WORDS, st.floats(min_value=120, max_value=400))
def test_words_part_only_at_spaces(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = set_lines(FACE, text, width, BODY)
    joined = " ".join("".join(span.text for span in line) for line in lines)
    assert joined == _plain(text)


def test_a_paragraph_does_not_end_in_a_lone_word() -> None:
    text = "Your skin will stay much as it is now, and you can go on as you did before it all."
    natural = measure_text(FACE, text, BODY)[1]
    for parts in range(2, 9):
        lines = set_lines(FACE, text, natural / parts + 8, BODY)
        assert " " in "".join(span.text for span in lines[-1])


def test_a_bold_telephone_number_stays_on_one_line() -> None:
    lines = set_lines(FACE, "Please call us at any time on **020 7946 0123**", 220, BODY)
    last = "".join(span.text for span in lines[-1])
    assert last.endswith("020\u00a07946\u00a00123")


def test_strong_words_can_be_larger() -> None:
    style = TextStyle(size=12, leading=19, strong_size=16)
    (line,) = set_lines(FACE, "Call **999**", 200, style)
    assert [(span.text, span.size) for span in line] == [("Call ", 12), ("999", 16)]


def test_nothing_set_before_is_remembered_after_forgetting() -> None:
    """At lock no patient's name may stay in memory for the sake of speed."""
    face = open_typeface(find_resources() / "fonts", "standard")
    face.shape("Amara Nwosu", bold=False)
    before = open_typeface(find_resources() / "fonts", "standard")

    forget_texts()

    assert before is face
    assert open_typeface(find_resources() / "fonts", "standard") is not face
