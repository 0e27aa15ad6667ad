"""A real screen reader's way in: another process reads the window, answers, and is told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.accessible.conftest import ON_SCREEN, ReadThrough

QUESTION = "Do you have shingles or chickenpox now?"

pytestmark = ON_SCREEN


@pytest.fixture(scope="module")
def read(read_through: ReadThrough) -> dict[str, Any]:
    """What the other process read and heard."""
    return read_through("reading_window", QUESTION, panel="safety")


def test_everything_that_takes_the_keyboard_has_name_role_and_state(read: dict[str, Any]) -> None:
    pages = read["pages"]
    faults = {name: page["faults"] for name, page in pages.items() if page["faults"]}
    assert faults == {}
    assert all(page["focusable"] for page in pages.values()), pages
    assert read["roles"]["radio button"] >= 30, "each answer is a button of its own"
    assert read["roles"]["frame"] == 1


def test_every_kind_of_page_was_opened(read: dict[str, Any]) -> None:
    kinds = Counter(page.partition(",")[0] for page in read["pages"])

    assert kinds.pop("patient view") >= 8
    assert kinds == {
        "the practice's settings": 1,
        "consultation": 7,
        "safety": 6,
        "start page": 1,
        "patient": 1,
        "Treatment record": 3,
        "Review visit": 1,
    }


def test_an_answer_is_given_and_says_that_it_is_chosen(read: dict[str, Any]) -> None:
    assert read["checked"] is True


def test_the_decision_is_announced_once_each_time_it_changes(read: dict[str, Any]) -> None:
    """The answer changed it, and so did beginning a treatment; a review is not judged."""
    assert read["before"] == "Safety status: Precautions."
    assert len(read["heard"]) == 2
    assert read["heard"][0] == read["after"]
    assert "Not complete" in read["heard"][1]
