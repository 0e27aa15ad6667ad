"""Words come in the reader's language, or in English with a mark; never silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from consult_app.errors import ConsultError, ContentError
from consult_app.i18n.catalogue import read_catalogue
from consult_app.i18n.languages import FILE, read_languages
from consult_app.i18n.translator import Translator, list_tags, load_translator
from consult_app.paths import find_resources

FOLDER = find_resources() / "translations"
BRITISH = read_languages(FOLDER)["en-GB"]
FRENCH = replace(BRITISH, tag="fr", name="Fran\u00e7ais", english=False)
SOURCES = {
    "hello": "Hello {name}",
    "gap.weeks": "{n} weeks",
    "gap.weeks.one": "{n} week",
    "plain": "Plain",
}
CATALOGUE = read_catalogue(
    r"""
msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgctxt "hello"
msgid "Hello {name}"
msgstr "Bonjour {name}"

msgctxt "gap.weeks"
msgid "{n} week"
msgid_plural "{n} weeks"
msgstr[0] "{n} semaine"
msgstr[1] "{n} semaines"
""",
    "fr.po",
)


@pytest.fixture
def english() -> Translator:
    return Translator(language=BRITISH, sources=SOURCES)


@pytest.fixture
def french() -> Translator:
    return Translator(language=FRENCH, sources=SOURCES, catalogue=CATALOGUE)


def test_english_is_its_own_source(english: Translator) -> None:
    assert english.text("hello", name="Maya") == "Hello Maya"
    assert english.count("gap.weeks", 1) == "1 week"
    assert english.count("gap.weeks", 6) == "6 weeks"
    assert english.count("plain", 2) == "Plain"


def test_a_translation_stands_for_the_english(french: Translator) -> None:
    assert french.text("hello", name="Maya") == "Bonjour Maya"
    assert french.count("gap.weeks", 1) == "1 semaine"
    assert french.count("gap.weeks", 4) == "4 semaines"


def test_missing_words_stand_in_english_with_a_mark(french: Translator) -> None:
    assert french.text("plain") == "[English] Plain"
    assert french.phrase("new", "New") == "[English] New"
    without = replace(french, catalogue=read_catalogue("", "fr.po"))
    assert without.count("gap.weeks", 2) == "[English] 2 weeks"


def test_two_languages_live_side_by_side(english: Translator, french: Translator) -> None:
    assert (english.text("hello", name="A"), french.text("hello", name="A")) == (
        "Hello A",
        "Bonjour A",
    )


def test_an_unknown_text_and_a_missing_value_are_content_faults(english: Translator) -> None:
    with pytest.raises(ContentError, match="no words"):
        english.text("nothing")
    with pytest.raises(ContentError) as caught:
        english.text("hello")
    assert caught.value.details == ("hello: asks for a value that was not given: name",)


def test_braces_in_a_value_are_only_text(english: Translator) -> None:
    assert english.text("hello", name="{name.__class__}") == "Hello {name.__class__}"


def test_values_in_right_to_left_words_are_isolated() -> None:
    words = Translator(language=replace(FRENCH, direction="rtl"), sources=SOURCES)

    assert "\u2068Maya\u2069" in words.text("hello", name="Maya")


def test_dates_and_numbers_follow_the_language(english: Translator) -> None:
    assert english.day(date(2027, 9, 6)) == "Monday\u00a06\u00a0September\u00a02027"
    assert english.moment(datetime(2027, 9, 6, 9, 15)) == (  # noqa: DTZ001 - wall clock
        "9:15\u00a0am on Monday\u00a06\u00a0September"
    )
    assert english.number(0.5) == "0.5"
    assert english.span(1, 2, unit="mm") == "1\u00a0to\u00a02\u00a0mm"


def test_a_language_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    listed = (FOLDER / FILE).read_text(encoding="utf-8")
    french = '\n[fr-FR]\nname = "Fran\u00e7ais"\nlike = "en-GB"\nenglish = false\n'
    (tmp_path / FILE).write_text(listed + french, encoding="utf-8")

    with pytest.raises(ConsultError, match="no translation"):
        load_translator("fr", SOURCES, tmp_path)
    assert "fr-FR" not in list_tags(tmp_path)

    (tmp_path / "fr-FR.po").write_text('msgctxt "plain"\nmsgid "Plain"\nmsgstr "Simple"\n')
    assert load_translator("fr", SOURCES, tmp_path).text("plain") == "Simple"
    assert "fr-FR" in list_tags(tmp_path)


def test_every_shipped_catalogue_can_be_read_and_is_current() -> None:
    for tag in list_tags(FOLDER):
        assert load_translator(tag, SOURCES, FOLDER).language.tag == tag
