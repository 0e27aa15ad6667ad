"""The HTML form says what the PDF says, in the same structure, and fetches nothing."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from consult_app.domain.history import Facts
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.compose_length import list_blocks, list_sections
from consult_app.handout.document import Bullets, DatedList, Handout, Quotes, Script, Table
from consult_app.handout.own_words import OwnWords
from consult_app.handout.text import plain
from consult_app.handout.web import write_html
from tests.handout.compose_cases import RECIPIENT, make_composed

ALONE = {"meta", "img"}
HOSTILE = '<script>alert("1")</script> & "quotes" <img src=http://evil.example/x>'


class Tree(HTMLParser):
    """Reads tags and words, and notes every tag that is not closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note words and the tag they stand in."""
        self.words.append((self.open[-1] if self.open else "", data))

    def count(self, tag: str) -> int:
        """Return how many elements of a kind there are."""
        return sum(name == tag for name, _ in self.tags)

    def read(self, tag: str) -> list[str]:
        """Return what stands in each element of a kind, as far as it is not in one inside it."""
        return [data for name, data in self.words if name == tag]


@pytest.fixture(scope="module")
def sheet() -> Handout:
    look = ClinicLook(page="https://harbour.example/care?a=1&b=2", colour="#0000AA")
    recipient = replace(RECIPIENT, look=look, own_words=OwnWords(said={"call": "pus"}))
    return make_composed(facts=Facts(phototype=5), recipient=recipient)


@pytest.fixture(scope="module")
def tree(sheet: Handout) -> Tree:
    return Tree(write_html(sheet))


def test_every_tag_is_closed(tree: Tree) -> None:
    assert tree.open == []


def test_headings_stand_in_the_order_of_the_sheet(sheet: Handout, tree: Tree) -> None:
    headings = [plain(one.heading) for one in list_sections(sheet) if one.heading]

    assert tree.read("h1") == [sheet.title]
    assert tree.read("h2") == headings


def test_every_list_and_table_of_the_sheet_is_one_here(sheet: Handout, tree: Tree) -> None:
    blocks = list(list_blocks(sheet))
    tables = [block for block in blocks if isinstance(block, Table)]
    items = sum(len(b.items) for b in blocks if isinstance(b, Bullets | DatedList | Quotes))
    heads = [attrs.get("scope") for tag, attrs in tree.tags if tag == "th"]

    assert tree.count("table") == tree.count("thead") == len(tables)
    assert heads.count("row") == sum(len(table.rows) for table in tables)
    assert heads.count("col") == sum(len(t.columns) + bool(t.meters) for t in tables)
    assert tree.count("li") >= items


def test_every_word_of_the_plain_text_is_here(sheet: Handout, tree: Tree) -> None:
    said = " ".join("".join(data for _, data in tree.words).split())
    for block in list_blocks(sheet):
        for item in getattr(block, "items", getattr(block, "signs", ())):
            text = getattr(item, "text", item)
            assert " ".join(plain(text).split()) in said
    for part in (sheet.made_for, sheet.footer, sheet.clinic_phone):
        assert " ".join(plain(part).split()) in said


def test_it_says_its_language_and_direction(sheet: Handout) -> None:
    turned = replace(sheet, language="ar", script=Script(right_to_left=True))

    assert '<html lang="en-GB" dir="ltr">' in write_html(sheet)
    assert '<html lang="ar" dir="rtl">' in write_html(turned)


def test_nothing_is_fetched_and_nothing_runs(sheet: Handout, tree: Tree) -> None:
    text = write_html(sheet)
    sources = [attrs["src"] or "" for tag, attrs in tree.tags if tag == "img"]

    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in tree.tags}
    assert sources
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert all(attrs["alt"] for tag, attrs in tree.tags if tag == "img")
    assert "default-src 'none'" in text
    assert not re.search(r"@import|url\(|\son\w+=", text)
    assert "@media print" in text
    linked = [attrs["href"] for tag, attrs in tree.tags if tag == "a"]
    assert linked == ["https://harbour.example/care?a=1&b=2"]


def test_what_people_typed_stays_words() -> None:
    clinic = replace(RECIPIENT.clinic, name=HOSTILE)
    patient = replace(RECIPIENT.patient, name=HOSTILE)
    said = OwnWords(said={"tonight": HOSTILE})
    recipient = replace(RECIPIENT, clinic=clinic, patient=patient, own_words=said)
    text = write_html(make_composed(recipient=recipient))
    tree = Tree(text)

    assert tree.count("script") == tree.count("img") == 0
    assert tree.open == []
    assert html.escape(HOSTILE, quote=False) in text


def test_the_same_sheet_gives_the_same_file(sheet: Handout) -> None:
    assert write_html(sheet) == write_html(sheet)
