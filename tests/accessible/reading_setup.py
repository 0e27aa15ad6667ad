"""Sets records up from the first page on by keys alone, locks, and unlocks, hearing it all.

Run by the system's Python, which has `pyatspi`; `PASSPHRASE` is typed. Prints as JSON:

    pages      what is wrong with what takes the keyboard, by page
    begins     what has the keyboard first, by page
    refused    what was heard of a passphrase typed otherwise the second time
    wrong      what was heard of a wrong passphrase
"""

from __future__ import annotations

import sys
from functools import partial

from tests.accessible.client import Reader, press_keys, type_text

PASSPHRASE, SECRET = sys.argv[1], "password text Passphrase or recovery code"
FIRST, AGAIN = "password text New passphrase", "password text The same again"
LETTERS = "Group "


def note(page: str) -> None:
    """Note a page and where the keyboard is on it."""
    reader.note(page)
    begins[page] = reader.find_focus()


def has_keys(node: str) -> bool:
    """Return whether something has the keyboard."""
    return reader.find_focus() == node


def choose_passphrase() -> None:
    """Type one, otherwise the second time at first."""
    reader.heard.clear()
    type_text(PASSPHRASE)
    press_keys("Return")
    reader.wait_for(partial(has_keys, AGAIN))
    type_text("another one")
    press_keys("Return")
    reader.wait_for(lambda: [it for it in reader.heard if "differs" in it])
    reader.report["refused"] = [it for it in reader.heard if "differs" in it]
    press_keys("ctrl+a")
    type_text(PASSPHRASE)
    press_keys("Return")


def type_code_back() -> None:
    """Read the code from the page, and type it from its paper."""
    reader.wait_to_find(role="label", name=f"{LETTERS}9")
    note("recovery code")
    groups = [it.name for it in reader.walk() if it.name.startswith(LETTERS)]
    code = "".join(it.partition(": ")[2] for it in groups).replace(" ", "").lower()
    reader.press_button("It is on paper")
    reader.wait_for(partial(has_keys, "text Recovery code from the paper"))
    note("recovery code, typed back")
    type_text(code)
    press_keys("Return")


def lock_and_unlock() -> None:
    """Lock, give a wrong passphrase, then the right one."""
    press_keys("ctrl+l")
    reader.wait_for(partial(has_keys, SECRET))
    note("locked")
    reader.heard.clear()
    type_text("not this one")
    press_keys("Return")
    reader.wait_for(lambda: [it for it in reader.heard if "does not open" in it])
    reader.wait_for(partial(has_keys, SECRET))
    reader.report["wrong"] = list(reader.heard)
    type_text(PASSPHRASE)
    press_keys("Return")
    reader.wait_for(partial(has_keys, "text Patient"))


reader = Reader()
begins: dict[str, str] = {}
reader.report["begins"] = begins
reader.wait_to_find(role="push button", name="Set up")
note("first page")
press_keys("Return")
reader.wait_for(partial(has_keys, FIRST))
note("passphrase")
choose_passphrase()
type_code_back()
reader.wait_for(partial(has_keys, "text Clinic's name"))
note("settings")
press_keys("Escape")
reader.wait_for(partial(has_keys, "text Patient"))
note("start page")
lock_and_unlock()
reader.finish()
