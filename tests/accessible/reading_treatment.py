"""Records a treatment and a review from the patient's page by keys alone, and locks both.

Run by the system's Python, which has `pyatspi`; prints what it found as JSON:

    asked      what had the keyboard for each *N* of the re-check
    decided    what was heard of the decision meanwhile
    signed     by kind of visit: what was heard as it was signed, and what has the keyboard then
"""

from __future__ import annotations

from functools import partial

from tests.accessible.client import Reader, is_checked, press_keys, type_text

NO, FIRST_DEPTH = ": No", "text Depth: "
SIGNED, ONWARD = "Signed and locked", "The treatment from here on"
FARTHEST = 40


def has_keys(begins: str) -> bool:
    """Return whether something that begins so has the keyboard."""
    return reader.find_focus().startswith(begins)


def is_elsewhere(before: str) -> bool:
    """Return whether something else has the keyboard by now."""
    return reader.find_focus() not in {before, ""}


def open_page() -> None:
    """Go to the page of the patient whose consultation is signed."""
    press_keys("ctrl+w")
    reader.wait_for(partial(has_keys, "text Patient"))
    reader.application.clearCache()
    reader.press_button("Open Maya Ellison", "seen ")
    reader.wait_to_find(role="push button", name="Treatment record")
    reader.wait_for(lambda: not has_keys("text Patient") and reader.find_focus())


def answer_no() -> list[str]:
    """Press N until nothing more is asked, and return what was asked."""
    reader.wait_for(lambda: reader.find_focus().endswith(NO))
    asked = []
    while not has_keys(FIRST_DEPTH):
        asked.append(reader.find_focus())
        press_keys("n")
        reader.wait_for(partial(is_elsewhere, asked[-1]))
    return asked


def tab_to(begins: str) -> None:
    """Press Tab until something that begins so has the keyboard."""
    for _ in range(FARTHEST):
        before = reader.find_focus()
        if before.startswith(begins):
            return
        press_keys("Tab")
        reader.wait_for(partial(is_elsewhere, before))
    reader.wait_for(partial(has_keys, begins))


def choose(name: str) -> None:
    """Press Space on the choice of that name, which has the keyboard, until it says so."""
    reader.wait_for(partial(has_keys, f"radio button {name}"))
    press_keys("space")
    choice = reader.find(role="radio button", name=name)
    reader.wait_for(partial(is_checked, choice))


def sign(kind: str) -> None:
    """Sign and lock, and note what is heard of it and where the keyboard is."""
    press_keys("ctrl+Return")
    reader.wait_for(lambda: [it for it in reader.heard if it.startswith(SIGNED)])
    told = [it for it in reader.heard if it.startswith(SIGNED)]
    signed[kind] = {"heard": told, "keys": reader.wait_for(reader.find_focus)}
    reader.heard.clear()


reader = Reader()
signed: dict[str, object] = {}
reader.report["signed"] = signed
reader.wait_to_find(role="push button", name="Keep these settings")
press_keys("Escape")
reader.wait_for(lambda: reader.find_focus() and not has_keys("text Clinic"))
open_page()
reader.heard.clear()
press_keys("ctrl+t")
reader.report["asked"] = answer_no()
reader.report["decided"] = list(reader.heard)
reader.heard.clear()
press_keys("ctrl+Return")  # the areas as planned
press_keys("ctrl+3")
choose("Treated today")
sign("treatment")
open_page()
tab_to("push button Review visit")
press_keys("space")
reader.wait_for(partial(has_keys, "text What changed"))
type_text("Softer")
tab_to(f"radio button {ONWARD}")
choose(ONWARD)
sign("review")
reader.finish()
