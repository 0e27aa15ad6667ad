"""The language of the window: a catalogue's, or one that is made up to show what was forgotten.

The made-up language brackets and stretches every word that is marked, and runs from right to left.
Whatever stands without brackets there would have stayed English in every language; what is cut off
would have been cut off in German.
"""

from __future__ import annotations

import re
from pathlib import Path

from consult_app import wording
from consult_app.i18n.catalogue import EMPTY, Catalogue, load_catalogue, window_key
from consult_app.i18n.languages import choose_language, load_languages
from consult_app.values import dataclass
from consult_app.wording import Voice

PSEUDO = "pseudo"
_HOLE = re.compile(r"(\{[^}]*\})")
_ACCENTED = str.maketrans("aeiouyAEIOUcnsz", "àéîöûýÀÉÎÖÛçñšž")
_SHARE = 3
"""One more letter for so many: short English words grow by about a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudo:
    """The made-up language."""

    mirrored: bool = True

    def say(self, english: str, context: str) -> str:  # noqa: ARG002 - the same for every meaning
        """Return the words stretched and in brackets; holes stay as they are."""
        parts = _HOLE.split(english)
        letters = sum(len(part) for part in parts[::2])
        grown = "".join(
            part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(parts)
        )
        return f"[{grown}{'·' * (letters // _SHARE)}]"

    def count(self, one: str, many: str, number: int) -> str:
        """Return the same for the form that English takes."""
        return self.say(one if number == 1 else many, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A language with a catalogue; what it lacks stays English."""

    catalogue: Catalogue
    mirrored: bool = False

    def say(self, english: str, context: str) -> str:
        """Return the translation."""
        entry = self.catalogue.find(window_key(english, context), english)
        return english if entry is None else entry.forms[0]

    def count(self, one: str, many: str, number: int) -> str:
        """Return the translation in the form that `number` takes."""
        entry = self.catalogue.find(window_key(one), one)
        if entry is None:
            return one if number == 1 else many
        return entry.forms[min(self.catalogue.choose_form(number), len(entry.forms) - 1)]


def find_voice(tag: str, folder: Path) -> Voice:
    """Return what speaks a language.

    Args:
        tag: Such as `en-US`; `pseudo` for the made-up one.
        folder: Where the list of languages and the catalogues lie.

    Raises:
        ConsultError: There is no such language, or its catalogue has faults.
    """
    if tag == PSEUDO:
        return Pseudo()
    language = choose_language(tag, load_languages(folder))
    path = folder / f"{language.tag}.po"
    catalogue = load_catalogue(path) if path.is_file() else EMPTY
    return Spoken(catalogue=catalogue, mirrored=language.right_to_left)


def choose_words(tag: str, resources: Path) -> None:
    """Let the window speak a language, before its modules are loaded; empty for English.

    Raises:
        ConsultError: There is no such language.
    """
    if tag:
        wording.speak(find_voice(tag, resources / "translations"))
