"""Walks the window in the made-up language and prints what stays English or is cut off.

Run by the test that wants nothing printed, in a process of its own: a window speaks one language.
"""

# ruff: noqa: E402 - the language is chosen before the window's modules are loaded

from __future__ import annotations

import re
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from consult_app import wording
from consult_app.i18n.window import Pseudo

wording.speak(Pseudo())

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from consult_app.app import Program
from consult_app.gui.access import Access, Opened
from consult_app.gui.building import build_desk
from consult_app.gui.desk import Desk
from consult_app.gui.fonts import load_fonts
from consult_app.gui.frame import Frame
from consult_app.gui.start.visits import Visits
from consult_app.gui.theme import Theme
from consult_app.settings import Settings
from consult_app.store.interface import Store
from tests.custody.clinic import fill
from tests.gui.painted_words import seen
from tests.gui.taking_pictures import NOW, PATIENCE, PRACTICE
from tests.gui.test_room import find_cut_words, find_sticking_out
from tests.gui.touring import CODE, tour, tour_gate
from tests.sealed import CHEAP, make_sealed

ROOM = (680, 600)
"""What a sheet has on a screen of 1366 by 768; the one that is not there is smaller."""
SHEET = ("patient view", "handout")
"""Pages that show the patient's sheet, which has a language of its own."""
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NAMES = re.compile(
    r"\b(ctrl|shift|alt|pg(up|down)|enter|letter|f\d+|pdf|mm|cm2|cm²|min|[ivx]+|a4)\b"
)


def collect(value: object, found: set[str]) -> None:
    """Add every text in content or a record, without its holes."""
    if isinstance(value, str):
        found.update(part.strip() for part in re.split(r"\{[^}]*\}", value) if part.strip())
    for held in _open(value):
        collect(held, found)


def _open(value: object) -> Iterator[object]:
    """Yield what a value holds."""
    if isinstance(value, Mapping):
        yield from value
        yield from value.values()
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from value
    elif not isinstance(value, type):
        for name in getattr(type(value), "__slots__", ()):
            if not name.startswith("__"):
                yield getattr(value, name, None)


class Content:
    """What may stay English: clinical content, names, and what was typed."""

    def __init__(self, *values: object) -> None:
        found: set[str] = set()
        for value in values:
            collect(value, found)
        known = {it.lower().strip(" .") for it in found if _WORD.search(it)}
        self._words = {it for it in known if " " not in it}
        self._texts = sorted(known - self._words, key=len, reverse=True)

    def find_english(self, text: str) -> str:
        """Return what stands outside brackets and is not content; empty for nothing."""
        rest = text.replace("\N{SOFT HYPHEN}", "")  # where a long word may break
        while _BRACKETED.search(rest):
            rest = _BRACKETED.sub(" ", rest)
        rest = rest.lower().replace("&&", "&")
        for known in self._texts:
            if not _WORD.search(rest):
                return ""
            if known in rest:
                rest = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", "\n", rest)
        parts = (part.strip(" .()+") for part in re.split(r"[\n,;:]", _NAMES.sub(" ", rest)))
        return "; ".join(it for it in parts if _WORD.search(it) and it not in self._words)


def read_words(widget: QWidget) -> Iterator[str]:
    """Yield every word a widget shows, hints or tells a screen reader."""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))


def look_over(root: QWidget, where: str, content: Content) -> Iterator[str]:
    """Yield everything in a window that stays English or is cut off."""
    for _ in range(3):
        QApplication.processEvents()
    told = set()
    for widget in (root, *seen(root)):
        for text in read_words(widget):
            english = content.find_english(text)
            if english and english not in told:
                told.add(english)
                yield f"{where}: {type(widget).__name__} {text!r}: {english!r}"
    for look in (find_cut_words, find_sticking_out):
        yield from (f"{where}: {look.__name__} {fault}" for fault in look(root))


def _read_content(resources: Path) -> list[object]:
    """Return every table of the clinical content."""
    folder = resources / "content"
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.rglob("*.toml")]


def walk(application: QApplication, folder: Path) -> Iterator[str]:
    """Yield what is wrong on every page, from the gate to the last sheet."""
    theme = Theme("light")
    theme.apply(application)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    program, settings, home = Program(clock=lambda: NOW), Settings(practice=PRACTICE), folder / "in"
    home.mkdir()

    def make_desk(store: Store, sample: bool) -> tuple[Desk, Visits]:  # noqa: FBT001 - its shape
        return build_desk(program, home, settings, store, sample=sample)

    def wait(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            QApplication.processEvents()
            assert time.monotonic() < end, "it never came"

    with make_sealed(folder / "sealed").open(home) as store:
        desk, visits = make_desk(store, sample=False)
        people = fill(store, 3)
        frame = Frame(theme, Access(home, make_desk, program.clock, cost=CHEAP))
        frame.resize(1366, 768)
        frame.show()
        known = (desk.pack, desk.sample_visit(), settings, people, str(home / "backups"))
        content = Content(
            *_read_content(desk.resources), *known, desk.sheet_languages, CODE.split("-")
        )
        assert content.find_english("[Šàvéd·] quoted later") == "quoted later"
        for where, shown in tour_gate(frame, theme):
            yield from look_over(shown, where, content)
        frame.enter(Opened(desk=desk, visits=visits, keys=store))
        for where, shown in tour(frame, wait):
            if isinstance(shown, QDialog):
                shown.resize(*ROOM)
            if not where.startswith(SHEET):
                yield from look_over(shown, where, content)
        frame.close()


def main() -> int:
    """Walk, print, and return 1 where something was found."""
    application = QApplication(sys.argv[:1])
    load_fonts(application)
    with tempfile.TemporaryDirectory() as home:
        faults = list(walk(application, Path(home)))
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
