"""The sheet's typefaces: which face has a letter, and how wide a line becomes.

Text is shaped by HarfBuzz, each script by its own rules. A letter the main face lacks comes from
the next one that has it; a letter that no face has stops the drawing, because a hollow box in a
name or a dose helps nobody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby
from math import fsum
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from consult_app.errors import UnprintableError
from consult_app.handout.document import LATIN, Script
from consult_app.handout.face import INVISIBLE, Face, Glyph, open_face, write_codes
from consult_app.wording import t

CLEAREST, NARROW = "AtkinsonHyperlegibleNext", "SourceSans3"
ORDER = {"large": (CLEAREST, NARROW), "standard": (NARROW, CLEAREST)}
"""Families in the order they are asked, after those of the language's own script.

Large print has the clearest letters. Ordinary print has the narrow family of nearly the same letter
height: a line holds an eighth more, so two pages at 12 point stay calm.
"""

ASCII = "".join(map(chr, range(ord(" "), 127)))
T = TypeVar("T")
VIRAMA = 9
"""Combining class of these signs."""
MOST_PIECES = 3000
"""Sections set at some distance."""
MOST_REMEMBERED = 60_000
"""Texts and words, some ten sheets; more would only take room."""


class Run(NamedTuple):
    """Letters of one face in a row, ready to be painted.

    Attributes:
        face: The face that has them.
        width: In font units.
        glyphs: Their shapes, in the order in which they are read; none where all is `written`.
        turned: Whether they stand from right to left.
        scattered: Whether they must be painted one by one, each at a place of its own.
        written: Their codes as the page has them, with what kerning asks for, where the face alone
            decides about all of them; else empty.
    """

    face: Face
    width: int
    glyphs: tuple[Glyph, ...] = ()
    turned: bool = False
    scattered: bool = False
    written: str = ""


class Typeface:
    """Regular and bold of every family, each family asked for what those before it lack.

    Attributes:
        language: Tag of the sheet's language.
        script: How it is written.
        memory: What line breaking has found out already; a sheet is laid out several times until
            it fits, and asks the same again and again.
        pieces: Sections and rows that were set already.
    """

    def __init__(
        self,
        folder: Path,
        size: Literal["standard", "large"] = "standard",
        *,
        language: str = "en",
        script: Script = LATIN,
    ) -> None:
        self.language = language
        self.script = script
        self._by_words = not (script.right_to_left or script.families)
        self._folder = folder
        self._families = _list_families(folder, (*script.families, *ORDER[size]))
        self.memory: dict[tuple[object, ...], Any] = {}
        self.pieces: dict[tuple[object, ...], Any] = {}
        self._first: dict[object, Any] = {}
        self._settled: dict[int, tuple[object, Any]] = {}
        self._runs: dict[tuple[str, bool, bool], tuple[Run, ...]] = {}
        self._letters: dict[tuple[str, bool], tuple[Face, str]] = {}

    def tidy(self) -> None:
        """Forget what was remembered when it has become much."""
        if len(self.memory) + len(self._runs) > MOST_REMEMBERED:
            self.memory.clear()
            self._runs.clear()
        if len(self.pieces) > MOST_PIECES:
            self.pieces.clear()
            self._first.clear()
            self._settled.clear()

    def settle(self, value: T) -> T:
        """Return the first value met that equals this one, by which what was set is remembered.

        To compare what a whole section says takes as long as to set a few lines. So a section is
        compared once; from then on it is known by its identity, as long as `pieces` are.
        """
        known = self._settled.get(id(value))
        if known is None:  # what was met is kept, so nothing else can have its identity
            known = self._settled[id(value)] = (value, self._first.setdefault(value, value))
        first: T = known[1]
        return first

    def shape(self, text: str, *, bold: bool, turned: bool = False) -> tuple[Run, ...]:
        """Return the text as runs of one face and script each, in the order of reading.

        Raises:
            ConsultError: No face has one of the letters.
        """
        key = (text, bold, turned)
        known = self._runs.get(key)
        if known is None:
            if self._by_words and not turned and " " in text and len(text) > 1:
                known = self._join(text, bold=bold)
            else:
                known = tuple(
                    self._set(face, part, turned=turned)
                    for face, part in self._divide(text, bold=bold)
                )
            self._runs[key] = known
        return known

    def learn(self, words: Iterable[str], *, bold: bool) -> None:
        """Shape those words of a text together that are new and easily read."""
        if not self._by_words:
            return
        face, letters = self._plain[bold]
        runs = self._runs
        new = [
            word
            for word in dict.fromkeys(words)
            if word and (word, bold, False) not in runs and letters.issuperset(word)
        ]
        for word, plain in zip(new, face.shape_words(new, self.language), strict=True):
            if plain:
                runs[word, bold, False] = (Run(face, plain.width, written=plain.written),)

    def _join(self, text: str, *, bold: bool) -> tuple[Run, ...]:
        """Return a text as the runs of its words, which were shaped when they were measured.

        So a line is exactly as wide as was reckoned, and shaping is done once.
        """
        space = self.shape(" ", bold=bold)
        runs: list[Run] = []
        for number, word in enumerate(text.split(" ")):
            if number:
                runs += space
            if word:
                runs += self.shape(word, bold=bold)
        first = runs[0].face
        if all(run.written and run.face is first for run in runs):
            return (_merge(runs),)
        grouped = groupby(runs, key=lambda run: (run.face, bool(run.written)))
        return tuple(
            run
            for (_, plain), group in grouped
            for run in ((_merge(list(group)),) if plain else group)
        )

    def measure(self, text: str, size: float, *, bold: bool, turned: bool = False) -> float:
        """Return the width of a text in points."""
        runs = self.shape(text, bold=bold, turned=turned)
        return fsum([run.width * size / run.face.units for run in runs])

    def _set(self, face: Face, text: str, *, turned: bool) -> Run:
        plain = None if turned else face.shape_words((text,), self.language)[0]
        if plain:
            return Run(face, plain.width, written=plain.written)
        glyphs = face.shape(text, language=self.language, turned=turned)
        scattered = turned or any(glyph.rise for glyph in glyphs)
        width = sum(glyph.advance for glyph in glyphs)
        codes = [face.code(glyph) for glyph in glyphs]
        if scattered or 0 in codes:
            return Run(face, width, glyphs, turned, scattered)
        return Run(face, width, glyphs, written=write_codes(face, glyphs, codes))

    def _divide(self, text: str, *, bold: bool) -> list[tuple[Face, str]]:
        if text and text.isascii():
            face, letters = self._plain[bold]
            if letters.issuperset(text):
                return [(face, text)]
        parts: list[tuple[Face, str]] = []
        written = ""
        for letter in list_letters(unicodedata.normalize("NFC", text)):
            known = self._letters.get((letter, bold))
            if known is None:
                known = self._choose(letter, bold=bold), _find_script(letter)
                self._letters[letter, bold] = known
            face, script = known
            same = parts and parts[-1][0] is face and (not script or written in ("", script))
            if same or (parts and letter.isspace()):
                parts[-1] = (parts[-1][0], parts[-1][1] + letter)
                written = script or written
            else:
                parts.append((face, letter))
                written = script
        return parts

    @cached_property
    def _plain(self) -> tuple[tuple[Face, frozenset[str]], ...]:
        """The first face of either weight, regular and bold, with the signs of ASCII it has."""
        faces = (self._open(self._families[0], bold=bold) for bold in (False, True))
        return tuple((face, frozenset(filter(face.has, ASCII))) for face in faces)

    def _open(self, family: str, *, bold: bool) -> Face:
        return open_face(self._folder / f"{family}-{'Bold' if bold else 'Regular'}.ttf")

    def _choose(self, letter: str, *, bold: bool) -> Face:
        for family in self._families:
            face = self._open(family, bold=bold)
            if face.has(letter):
                return face
        codes = " ".join(f"U+{ord(sign):04X}" for sign in letter)
        names = ", ".join(unicodedata.name(sign, "unnamed") for sign in letter)
        raise UnprintableError(
            letter,
            t("The sheet cannot show this character: “{letter}”", letter=letter),
            t("Write the word without it, then make the sheet again. Nothing is lost."),
            (f"{codes} {names}",),
        )


def _merge(runs: list[Run]) -> Run:
    """Return runs of one face, all written, as one."""
    if len(runs) == 1:
        return runs[0]
    written = "".join([run.written for run in runs]).replace("><", "")
    return Run(runs[0].face, sum([run.width for run in runs]), written=written)


def _list_families(folder: Path, first: tuple[str, ...]) -> tuple[str, ...]:
    """Return the given families, then every other one that has both weights, by name."""
    others = (path.stem.removesuffix("-Bold") for path in sorted(folder.glob("*-Bold.ttf")))
    return tuple(dict.fromkeys((*first, *others)))


_keep_typeface = lru_cache(maxsize=8)(Typeface)


def open_typeface(
    folder: Path,
    size: Literal["standard", "large"],
    *,
    language: str = "en",
    script: Script = LATIN,
) -> Typeface:
    """Return the typeface of a size of print, with what it remembers of sheets before.

    The next sheet is mostly the last one with a few words changed.
    """
    face = _keep_typeface(folder, size, language=language, script=script)
    face.tidy()
    return face


def forget_texts() -> None:
    """Forget every text set so far, as at lock and close: patients' names are among them."""
    _keep_typeface.cache_clear()


def list_letters(text: str) -> list[str]:
    """Split into letters with the marks that sit on them; consonants that are joined stay so."""
    letters: list[str] = []
    for sign in text:
        if letters and (_sits(sign) or _joins(letters[-1][-1])):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


@lru_cache(maxsize=2048)
def _sits(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") or sign in INVISIBLE


@lru_cache(maxsize=2048)
def _joins(sign: str) -> bool:
    """Whether a sign takes a consonant's vowel away, so that it joins the next one, as in Hindi."""
    return unicodedata.combining(sign) == VIRAMA


def _find_script(letter: str) -> str:
    """Return the script a letter belongs to, such as `ARABIC`; digits and signs have none."""
    if not letter[0].isalpha():
        return ""
    return unicodedata.name(letter[0], "").split(" ")[0]
