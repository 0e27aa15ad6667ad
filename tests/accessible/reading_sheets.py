"""Opens every sheet by its keys or from the finder, and closes it again, as a screen reader does.

Run by the system's Python, which has `pyatspi`; prints what it found as JSON:

    sheets     by sheet: what has the keyboard first (`begins`), what is said of the sheet as it
               opens (`about`) and whatever is announced until it is closed (`heard`); what had
               the keyboard before has it again each time
    pages      what is wrong with what takes the keyboard, by sheet
    met        what got the keyboard as a menu was opened
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.accessible.client import Node, Reader, is_checked, press, press_keys, type_text

FINDER = "text Command, question, field, patient or lot"
SETTINGS_PAGE = "Settings page: "
Do = Callable[[], None]


def by_keys(*keys: str) -> Do:
    """Return what opens a sheet by keys."""
    return partial(press_keys, *keys)


def by_name(typed: str, found: str) -> Do:
    """Return what opens a sheet from the finder."""

    def choose() -> None:
        press_keys("ctrl+k")
        reader.wait_for(lambda: reader.find_focus() == FINDER)
        type_text(typed)
        reader.wait_for(partial(is_first_match, found))
        press_keys("Return")

    return choose


def by_button(name: str) -> Do:
    """Return what opens a sheet by its button."""
    return partial(reader.press_button, name)


def is_first_match(found: str) -> bool:
    """Return whether the finder would choose that."""
    reader.application.clearCache()
    first = reader.find(role="list item", name="")
    return first is not None and first.name.startswith(found)


def is_gone(title: str) -> bool:
    """Return whether a sheet is shown no more."""
    reader.application.clearCache()
    return reader.find(role="dialog", name=title) is None


def is_back(_name: str, before: str) -> bool:
    """Return whether the keyboard is where it was before a sheet was opened."""
    return reader.find_focus() == before


def look_into(
    name: str,
    title: str,
    show: Do,
    *,
    inside: Callable[[Node], object] | None = None,
) -> None:
    """Open a sheet, note it, and close it by Escape; the keyboard goes back where it was.

    Args:
        name: What the sheet is called in the report.
        title: Of its window.
        show: Opens it.
        inside: Done while it is open.
    """
    before, heard = reader.find_focus(), len(reader.heard)
    show()
    sheet = reader.wait_to_find(role="dialog", name=title)
    begins = reader.wait_for(partial(reader.find_focus, sheet))
    about = sheet.description
    reader.note(name, sheet)
    if inside is not None:
        inside(sheet)
    press_keys("Escape")
    reader.wait_for(partial(is_gone, title))
    reader.wait_for(partial(is_back, name, before))
    sheets[name] = {"begins": begins, "about": about, "heard": reader.heard[heard:]}


def note_settings(sheet: Node) -> None:
    """Turn the pages of the settings."""
    for page in ("Numbers", "Handout"):
        choice = reader.find(role="radio button", name=f"{SETTINGS_PAGE}{page}", inside=sheet)
        press(choice)
        reader.wait_for(partial(is_checked, choice))
        reader.application.clearCache()
        reader.note(f"settings, {page}", sheet)


def look_among_records(_sheet: Node) -> None:
    """Open what stands over the sheet with the records."""
    for name, title in (("import", "Import records"), ("erase", "Erase a patient")):
        look_into(name, title, by_button(title))


def look_for(_sheet: Node) -> None:
    """Type in the finder and go down one line; what Enter would choose is said each time."""
    type_text("handout")
    reader.wait_for(partial(is_first_match, "See the handout"))
    reader.wait_for(lambda: "See the handout (F9)" in reader.heard)
    press_keys("Down")
    reader.wait_for(lambda: reader.heard[-1:] == ["Print the handout (Ctrl+P)"])


def look_at_handout() -> None:
    """Open the handout in the place of the work, and come back by Escape."""
    before = reader.find_focus()
    press_keys("F9")
    reader.wait_to_find(role="scroll bar", name="Handout preview")
    begins = reader.wait_for(reader.find_focus)
    reader.note("handout")
    press_keys("Escape")
    reader.wait_for(partial(is_back, "handout", before))
    sheets["handout"] = {"begins": begins, "about": "", "heard": []}


def open_menu() -> None:
    """Open the menu of all commands by its key and leave it."""
    before = reader.find_focus()
    reader.met.clear()
    press_keys("F10")
    reader.wait_for(reader.met.copy)
    reader.report["met"] = [" ".join(it) for it in reader.met]
    press_keys("Escape")
    reader.wait_for(partial(is_back, "menu", before))


reader = Reader()
sheets: dict[str, object] = {}
reader.report["sheets"] = sheets
reader.press_button("Keep these settings")
reader.wait_for(partial(is_gone, "Settings"))
reader.wait_for(reader.find_focus)
press_keys("ctrl+1")
reader.wait_for(lambda: reader.find_focus() == "text In the patient's own words")
open_menu()
look_into("help", "Keys and help", by_keys("F1"))
look_into("compare", "Compare with the last visit", by_keys("ctrl+d"))
look_into("finder", "Find", by_keys("ctrl+k"), inside=look_for)
look_into("details", "Patient details", by_keys("ctrl+i"))
look_into("own", "My phrases and plans", by_name("my phrases", "My phrases"))
look_into("put away", "Put this visit away", by_name("put this visit", "Put this visit"))
look_into("settings", "Settings", by_name("settings", "Settings"), inside=note_settings)
look_into(
    "records",
    "Records and backup",
    by_name("records, backup", "Records, backup"),
    inside=lambda _: look_into("restore", "Restore a backup", by_button("Restore a backup")),
)
look_at_handout()
press_keys("ctrl+7")
reader.wait_for(lambda: reader.find_focus() == "push button See the handout")
look_into("not locked", "Not locked yet", by_keys("ctrl+Return"))
press_keys("ctrl+w")  # nothing is imported, and nobody erased, beside an open visit
reader.wait_for(lambda: reader.find_focus() == "text Patient")
look_into(
    "records, at the start page",
    "Records and backup",
    by_name("records, backup", "Records, backup"),
    inside=look_among_records,
)
reader.finish()
