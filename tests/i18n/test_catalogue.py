"""A catalogue gives a translation only when it is there, current and reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult_app.errors import ContentError
from consult_app.i18n.catalogue import EMPTY, load_catalogue, read_catalogue

HEADER = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);\n"
"""
ENTRIES = r"""
# seen by a native reader
msgctxt "call.pus"
msgid "You see pus."
msgstr ""
"Vous voyez "
"du pus."

#, fuzzy
msgctxt "call.rash"
msgid "You get a rash."
msgstr "Une éruption."

msgctxt "gap.weeks"
msgid "{n} week"
msgid_plural "{n} weeks"
msgstr[0] "{n} týden"
msgstr[1] "{n} týdny"
msgstr[2] "{n} týdnů"
"""


def test_a_translation_is_found_by_its_id() -> None:
    entry = read_catalogue(HEADER + ENTRIES, "fr.po").find("call.pus", "You see pus.")

    assert entry is not None
    assert entry.forms == ("Vous voyez du pus.",)


def test_a_translation_of_changed_english_is_stale() -> None:
    assert read_catalogue(HEADER + ENTRIES, "fr.po").find("call.pus", "You see blood.") is None


def test_an_unreviewed_translation_is_not_used() -> None:
    assert read_catalogue(HEADER + ENTRIES, "fr.po").find("call.rash", "You get a rash.") is None


def test_an_empty_translation_is_not_used() -> None:
    text = HEADER + '\nmsgctxt "a"\nmsgid "A"\nmsgstr ""\n'

    assert read_catalogue(text, "fr.po").find("a", "A") is None


@pytest.mark.parametrize(("number", "form"), [(1, 0), (3, 1), (5, 2)])
def test_the_plural_rule_of_the_header_chooses_the_form(number: int, form: int) -> None:
    assert read_catalogue(HEADER + ENTRIES, "cs.po").choose_form(number) == form


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('msgid "A"\nmsgstr "B"\n', "no msgctxt"),
        ('msgctxt "a"\nmsgid "A"\nmsgstr "B {x}"\n', "asks for values there are not: x"),
        ('msgctxt "a"\nmsgid "Call {phone}."\nmsgstr "Call."\n', "leaves out values: phone"),
        ('msgctxt "a"\nmsgid "A"\nmsgstr "B"\nnonsense\n', "line 4: not a line"),
        ('msgctxt "a"\nmsgid "A"\nmsgstr "B"\n\nmsgctxt "a"\nmsgid "A"\nmsgstr "B"\n', "twice"),
        ('msgctxt "a"\nmsgid "A\nmsgstr "B"\n', "line 2: not a line"),
    ],
)
def test_faults_are_named_with_their_line(text: str, problem: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_catalogue(text, "fr.po")

    assert any(problem in detail for detail in caught.value.details)


def test_a_catalogue_that_cannot_be_read_is_a_content_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load_catalogue(tmp_path / "fr.po")


def test_the_empty_catalogue_finds_nothing_and_does_not_count() -> None:
    assert EMPTY.find("a", "A") is None
    assert EMPTY.choose_form(5) == 0
