"""No sheet promises too much or speaks as a textbook does (planning reference 5.8, 5.9)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from consult_app.handout.text import write_text
from consult_app.handout.web import write_html
from consult_app.knowledge.pack.pack import Pack
from tests.knowledge.plan_oracle.cells import fold, read_tables
from tests.knowledge.plan_oracle.sheets import LONGEST, SHORTEST, list_random, take_random

PLAIN: dict[str, str] = read_tables("wording")["plain"]
SOME, STEP = 60, 20
NEVER = (
    *("guaranteed", "permanent removal", "pain free", "no risk", "no downtime"),
    *("completely safe", "safe for all skin types", "FDA-approved", "erase"),
    *("lift like a facelift", "miracle", "detox", "opens pores", "do not worry", "discount"),
)
"""Copied from 5.9, which also bars medicine doses and pictures without consent."""
ALIKE = ("guarantee", "painless", "risk free", "approved", "facelift", "worry", "game-changer")
"""Other words for the same."""
DOSE = re.compile(
    r"\d\s*(?:mg|mcg|\N{MICRO SIGN}g|micrograms?|milligrams?|g|ml|iu)\b", re.IGNORECASE
)
PICTURES = re.compile(r"before[ -/]+(?:and )?after (?:picture|photo)", re.IGNORECASE)
SAID = {
    "microneedling",  # it is the name of the treatment, and explained
    "collagen",  # explained where it stands
    "melasma",  # a name that the patient has been told
    "milia",
}
"""Terms that the drafts of 5.7 use themselves."""


def list_terms() -> Iterator[str]:
    """Yield the words of the left column of 5.8, each by itself."""
    for cell in PLAIN:
        for term in re.split(r"[,/]", cell.replace(" / rolling scar", "")):
            yield fold(term)


TERMS = tuple(term for term in dict.fromkeys(list_terms()) if term and term not in SAID)
BARRED = re.compile(rf"\b(?:{'|'.join(map(re.escape, TERMS))})(?:e?s|ed|ing)?\b")


def check(told: str, where: str) -> None:
    """Find nothing in a sheet that may not stand there."""
    words = f" {re.sub(r'[^a-z0-9]+', ' ', told.casefold())} "
    for phrase in (*NEVER, *ALIKE):
        bare = re.sub(r"[^a-z0-9]+", " ", phrase.casefold())
        assert f" {bare} " not in words, f"{where}: {phrase}"
    assert not DOSE.search(told), f"{where}: {DOSE.search(told)}"
    assert not PICTURES.search(told), where
    found = BARRED.search(fold(told))
    assert found is None, f"{where}: {found}"


def check_case(seed: int) -> None:
    """Look at the sheet of a case as text and as a page, at full length and at its shortest."""
    for cut in (LONGEST, SHORTEST):
        handout = take_random(seed, cut)
        check(write_text(handout), f"seed {seed}, cut {cut}, text")
        body = write_html(handout).partition("<body")[2]
        page = html.unescape(re.sub(r"<[^>]*>", " ", body))
        check(page, f"seed {seed}, cut {cut}, page")


@pytest.mark.parametrize("start", range(0, SOME, STEP))
def test_no_sheet_promises_too_much(start: int) -> None:
    for seed in list_random(start, start + STEP):
        check_case(seed)


@pytest.mark.parametrize(
    "words",
    ["It is PAIN FREE.", "fda\N{NON-BREAKING HYPHEN}approved", "take 5\N{NO-BREAK SPACE}mg",
     "Avoid the sun", "some erythema", "two sessions"],
)  # fmt: skip
def test_the_check_finds_what_may_not_stand_there(words: str) -> None:
    with pytest.raises(AssertionError):
        check(f"Your plan. {words}", "here")


def test_what_people_type_is_held_against_every_phrase(pack: Pack) -> None:
    assert {fold(it.text) for it in pack.texts["never"].values()} == {fold(it) for it in NEVER}


def test_every_plain_word_is_that_of_the_reference(pack: Pack) -> None:
    """5.8, word by word; the term of a row is its note."""
    said = {fold(it.note): fold(it.text) for it in pack.texts["plain"].values()}
    assert said == {fold(term): fold(plain) for term, plain in PLAIN.items()}
