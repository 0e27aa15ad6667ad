"""Sheets, set-up, lock and what is signed as a screen reader meets and hears them."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from consult_app.gui.custody.restore_sheet import NONE
from tests.accessible.conftest import ON_SCREEN, ReadThrough
from tests.sealed import PASSPHRASE

pytestmark = ON_SCREEN


@pytest.fixture(scope="module")
def read(read_through: ReadThrough) -> dict[str, Any]:
    """What was met in every sheet."""
    return read_through("reading_sheets", panel="goals")


@pytest.fixture(scope="module")
def begun(read_through: ReadThrough) -> dict[str, Any]:
    """What was met from the first page on."""
    return read_through("reading_setup", PASSPHRASE)


@pytest.fixture(scope="module")
def worked(read_through: ReadThrough) -> dict[str, Any]:
    """What was met and heard while a treatment and a review were recorded by keys."""
    return read_through("reading_treatment", panel="goals")


def list_faults(read: dict[str, Any]) -> dict[str, list[str]]:
    """Return what is wrong, by page; a page on which nothing takes the keyboard is wrong too."""
    pages = read["pages"].items()
    return {
        name: page["faults"] or ["nothing takes the keyboard"]
        for name, page in pages
        if page["faults"] or not page["focusable"]
    }


def test_everything_in_a_sheet_has_name_role_and_state(read: dict[str, Any]) -> None:
    assert list_faults(read) == {}
    assert {"settings, Numbers", "settings, Handout"} < set(read["pages"])


def test_every_sheet_begins_where_it_is_used(read: dict[str, Any]) -> None:
    """That the keyboard goes back where it was is waited for as each is closed."""
    assert {name: it["begins"] for name, it in read["sheets"].items()} == {
        "help": "push button Done",
        "compare": "push button Done",
        "finder": "text Command, question, field, patient or lot",
        "details": "text Name",
        "own": "push button Done",
        "put away": "push button Keep it open",
        "settings": "text Clinic's name",
        "records": "push button Done",
        "restore": "push button Look in another folder",
        "handout": "push button Back",
        "not locked": "push button Go there",
        "records, at the start page": "push button Done",
        "import": "push button Choose a file",
        "erase": "text Patient",
    }


def test_what_a_sheet_is_about_is_heard_once(read: dict[str, Any]) -> None:
    sheets = read["sheets"]
    assert sheets["help"]["about"].startswith("In the patient's own words. ")
    assert "Maya Ellison" in sheets["put away"]["about"]
    assert sheets["not locked"]["about"].startswith("Nothing was changed.")
    assert sheets["restore"]["heard"] == [NONE]
    for name in ("help", "compare", "details", "handout", "not locked", "import", "erase"):
        assert not sheets[name]["heard"], name
    assert sheets["finder"]["heard"][-2:] == ["See the handout (F9)", "Print the handout (Ctrl+P)"]
    told = read["heard"]
    assert all(one != other for one, other in itertools.pairwise(told)), "nothing twice in turn"
    assert read["met"] == ["menu item Go to"]


def test_the_set_up_begins_at_a_field_on_every_page(begun: dict[str, Any]) -> None:
    assert list_faults(begun) == {}
    assert begun["begins"] == {
        "first page": "push button Set up",
        "passphrase": "password text New passphrase",
        "recovery code": "push button Print",
        "recovery code, typed back": "text Recovery code from the paper",
        "settings": "text Clinic's name",
        "start page": "text Patient",
        "locked": "password text Passphrase or recovery code",
    }


def test_what_is_refused_before_the_records_open_is_heard_once(begun: dict[str, Any]) -> None:
    assert begun["refused"] == ["The same again: This differs from the first"]
    (told,) = begun["wrong"]
    assert told.startswith("This passphrase or recovery code does not open the records.")


def test_a_treatment_and_a_review_are_locked_by_keys_and_heard(worked: dict[str, Any]) -> None:
    assert len(worked["asked"]) == 6, "each question has the keyboard in turn"
    assert worked["decided"] == [
        "Safety status: Not complete. 6 questions still open",
        "Safety status: Precautions.",
    ]
    for kind, keys in (("treatment", "scroll bar After"), ("review", "scroll bar Review")):
        (told,) = worked["signed"][kind]["heard"]
        assert told.startswith("Signed and locked ")
        assert worked["signed"][kind]["keys"] == keys
