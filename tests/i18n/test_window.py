"""The words of the window are marked, collected, and said in another language."""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from consult_app import wording
from consult_app.errors import ConsultError
from consult_app.i18n.catalogue import read_catalogue
from consult_app.i18n.window import Pseudo, Spoken, find_voice
from consult_app.wording import t, tn

PROGRAM = Path(wording.__file__).parent
HEADER = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n>1;\\n"\n\n'
FRENCH = HEADER + (
    'msgctxt "window"\nmsgid "Saved {clock}"\nmsgstr "Enregistré {clock}"\n\n'
    'msgctxt "window"\nmsgid "Back"\nmsgstr "Retour"\n\n'
    'msgctxt "window: of the body"\nmsgid "Back"\nmsgstr "Dos"\n\n'
    'msgctxt "window"\nmsgid "{n} day"\nmsgid_plural "{n} days"\n'
    'msgstr[0] "{n} jour"\nmsgstr[1] "{n} jours"\n'
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the other tests their English."""
    yield
    wording.speak(None)


@pytest.fixture(scope="module")
def gathering(resources: Path) -> ModuleType:
    """The script that collects the words."""
    path = resources / "translations" / "gather.py"
    spec = importlib.util.spec_from_file_location("gather", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_what_stands_in_the_program_is_marked(gathering: ModuleType) -> None:
    unreadable = [
        f"{path.relative_to(PROGRAM)}:{line}"
        for path in sorted(PROGRAM.rglob("*.py"))
        for line, mark, words in gathering.find_marked(ast.parse(path.read_text(encoding="utf-8")))
        if not words or not all(isinstance(word, str) for word in words[: gathering.MARKS[mark]])
    ]

    assert unreadable == [], "a value was marked instead of words; put it in with {name}"


def test_marking_a_value_is_noticed(gathering: ModuleType) -> None:
    found = list(gathering.find_marked(ast.parse('t(f"Saved {at}")\nt("Saved")\n')))

    assert found == [(1, "t", [None]), (2, "t", ["Saved"])]


ROOMS = ("store", "custody", "handout", "exchange", "gui", "files.py", "figures.py", "settings.py")
"""Where failures are made that the window shows; what only commands say stays English."""

INSIDE = {"SealBrokenError", "KeysDamagedError"}
"""Of the store's own, never shown: what the window is told is made of them."""


def find_unmarked(tree: ast.Module) -> Iterator[str]:
    """Yield the sentences that a failure is made of and that nobody marked."""
    for node in ast.walk(tree):
        made = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        ours = made.endswith("Error") and made not in INSIDE and not hasattr(builtins, made)
        if ours or made == "super().__init__":
            assert isinstance(node, ast.Call)
            for said in node.args[:2]:
                bare = isinstance(said, ast.Constant) and isinstance(said.value, str)
                if bare or isinstance(said, ast.JoinedStr):
                    words = ast.unparse(said)
                    if re.search(r"[a-z]{3,} [a-z]+", words):
                        yield words


@pytest.mark.parametrize("room", ROOMS)
def test_what_failures_say_is_marked(room: str) -> None:
    place = PROGRAM / room
    paths = [place] if place.is_file() else sorted(place.rglob("*.py"))
    unmarked = {
        f"{path.relative_to(PROGRAM)}: {words}"
        for path in paths
        for words in find_unmarked(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert unmarked == set()


def test_an_unmarked_failure_is_noticed() -> None:
    tree = ast.parse('raise StoreError("The disk is full", t("Free some space"))')

    assert list(find_unmarked(tree)) == ["'The disk is full'"]


def test_the_template_is_a_catalogue_of_every_word(gathering: ModuleType) -> None:
    found = gathering.gather(PROGRAM)
    catalogue = read_catalogue(HEADER + gathering.write_template(found), "window.pot")

    assert len(catalogue.entries) == len(found) > 900
    assert ("", "Back", "") in found
    assert ("of the body", "Back", "") in found
    assert ("", "{n} day", "{n} days") in found


def test_every_text_can_be_filled(gathering: ModuleType) -> None:
    for _, one, many in gathering.gather(PROGRAM):
        for text in (one, many):
            names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
            assert all(name.isidentifier() for name in names), text


def test_words_come_from_the_catalogue() -> None:
    wording.speak(Spoken(catalogue=read_catalogue(FRENCH, "fr.po")))

    assert t("Saved {clock}", clock="10:00:00") == "Enregistré 10:00:00"
    assert (t("Back"), t("Back", "of the body")) == ("Retour", "Dos")
    assert (tn("{n} day", "{n} days", 1), tn("{n} day", "{n} days", 3)) == ("1 jour", "3 jours")


def test_what_a_catalogue_lacks_stays_english() -> None:
    wording.speak(Spoken(catalogue=read_catalogue(FRENCH, "fr.po")))

    assert t("Print") == "Print"
    assert tn("{n} page", "{n} pages", 2) == "2 pages"


def test_the_made_up_language_brackets_and_stretches() -> None:
    wording.speak(Pseudo())

    assert t("Continue") == "[Cöñtîñûé··]"
    assert t("Saved {clock}", clock="10:00") == "[Sàvéd 10:00··]"
    assert wording.is_mirrored()


def test_english_is_said_as_it_stands() -> None:
    assert t("Continue") == "Continue"
    assert tn("{n} day", "{n} days", 1) == "1 day"
    assert not wording.is_mirrored()


def test_a_language_is_found_by_its_tag(resources: Path) -> None:
    folder = resources / "translations"

    assert isinstance(find_voice("pseudo", folder), Pseudo)
    assert isinstance(find_voice("en-US", folder), Spoken)
    with pytest.raises(ConsultError, match="no words in the language"):
        find_voice("tlh", folder)
