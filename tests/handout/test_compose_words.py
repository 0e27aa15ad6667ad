"""The content has words for everything that a sheet can have to say."""

from __future__ import annotations

import re

import pytest

from consult_app.handout.compose import source_texts
from consult_app.handout.layout import Layout
from consult_app.handout.layout_file import read_layout
from consult_app.i18n.catalogue import load_catalogue
from consult_app.i18n.translator import load_translator
from consult_app.knowledge.pack.pack import Pack
from consult_app.paths import find_resources

RESOURCES = find_resources()
BRITISH = re.compile(r"colour|moisturis|ageing|grey|oedema|anaesth")


@pytest.fixture(scope="module")
def layout() -> Layout:
    return read_layout(RESOURCES / "handout")


def test_every_text_the_layout_names_is_in_the_content(pack: Pack, layout: Layout) -> None:
    sources = source_texts(pack)

    assert not [key for key in layout.texts() if key and key not in sources]


def test_every_area_concern_device_and_care_rule_has_plain_words(pack: Pack) -> None:
    sources = source_texts(pack)
    areas = [a for a in pack.protocol.areas.area if not a.prohibited]
    wanted = [
        *(f"area.{area.id}" for area in areas),
        *(f"concern.{concern.id}" for concern in pack.protocol.concerns),
        *(f"device.{one.id}" for one in pack.protocol.devices if not one.out_of_scope),
        *(f"care.{rule.id}" for rule in pack.protocol.care.rule),
        *(f"proof.{grade.id}" for grade in pack.protocol.outlook.grade),
    ]

    assert not [key for key in wanted if key not in sources]


def test_every_concern_says_what_it_may_do(pack: Pack, layout: Layout) -> None:
    block = next(one for one in layout.find("may").block if one.kind == "concerns")
    told = {tag for item in block.items for tag in item.one_of}

    assert {f"concern:{concern.id}" for concern in pack.protocol.concerns} <= told


def test_every_translation_stands_for_the_present_english(pack: Pack) -> None:
    sources = source_texts(pack)
    for path in sorted((RESOURCES / "translations").glob("*.po")):
        catalogue = load_catalogue(path)
        stale = [key for key in catalogue.entries if not catalogue.find(key, sources.get(key, ""))]

        assert not stale, path.name


def test_british_spelling_is_american_in_america(pack: Pack) -> None:
    words = load_translator("en-US", source_texts(pack), RESOURCES / "translations")
    shown = [key for key in words.sources if not key.startswith(("plain.", "never."))]
    found = [(key, words.catalogue.find(key, words.sources[key])) for key in shown]
    read = [entry.forms[0] if entry else words.sources[key] for key, entry in found]

    assert not [text for text in read if BRITISH.search(text)]


def test_from_how_many_to_how_many_stays_on_one_line(pack: Pack, layout: Layout) -> None:
    sources = source_texts(pack)
    told = {key: sources[key] for key in layout.texts() if key}

    assert "0\u00a0to\u00a03 people" in told["risk_germs"]
    assert not {key: text for key, text in told.items() if re.search(r"\d to \d| \d+[.]?$", text)}


EXPLAINED = {"microneedling", "collagen", "melasma", "milia"}
"""Terms that the sheet uses and explains where it does."""
SHOWN = (
    "texts", "heading", "key", "call", "emerg", "healing", "choice", "care", "own", "area",
    "concern", "when", "column", "visit", "proof",
)  # fmt: skip


def test_no_medical_term_stands_where_plain_words_are_known(pack: Pack) -> None:
    """Planning reference 5.8: the sheet says what stands in the right column."""
    notes = ", ".join(text.note for text in pack.texts["plain"].values())
    terms = {re.sub(r"\(.*?\)", "", term).strip().lower() for term in re.split(r"[,/]", notes)}
    terms = {term for term in terms if term} - EXPLAINED
    found = [
        (group, name, term)
        for group in SHOWN
        for name, text in pack.texts[group].items()
        for term in terms
        if re.search(rf"\b{re.escape(term)}s?\b", text.text.lower())
    ]

    assert len(terms) > 50
    assert found == []
