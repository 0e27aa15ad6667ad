"""The sheet's typefaces: which face has a letter, and how wide a line becomes.

Text is shaped by HarfBuzz, each script by its own rules. A letter the main face lacks comes from
the next one that has it; a letter that no face has stops the drawing, because a hollow box in a
name or a dose helps nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import uharfbuzz as hb

from consult_app.errors import FileError, UnprintableError
from consult_app.handout.document import LATIN, Script

CLEAREST, NARROW = "AtkinsonHyperlegibleNext", "SourceSans3"
ORDER = {"large": (CLEAREST, NARROW), "standard": (NARROW, CLEAREST)}
"""Families in the order they are asked, after those of the language's own script.

Large print has the clearest letters. Ordinary print has the narrow family of nearly the same letter
height: a line holds an eighth more, so two pages at 12 point stay calm.
"""

MOST_REMEMBERED = 60_000
"""Texts and words, some ten sheets; more would only take room."""

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Signs that steer the shapes around them and have none of their own."""

UNSPOKEN = "\u2060"
"""What a glyph without letters of its own is read as: nothing, but never unmapped."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn shape, in font units.

    Attributes:
        index: Its number in the font file.
        advance: How far the pen moves.
        shift: How far the shape stands to the right of the pen.
        rise: How far it stands above the line.
        text: The letters it stands for.
    """

    index: int
    advance: int
    shift: int
    rise: int
    text: str


class Face:
    """One font file, opened once per process."""

    def __init__(self, path: Path) -> None:
        try:
            blob = hb.Blob.from_file_path(str(path))
        except (OSError, hb.HarfBuzzError) as problem:
            raise FileError(
                "A font of the patient's sheet cannot be read.",
                "Install the program again. The consultation is not affected.",
                (path.name,),
            ) from problem
        self.name = path.stem
        self.source = hb.Face(blob)
        self.units: int = self.source.upem
        self._font = hb.Font(self.source)
        extents = self._font.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = extents.descender

    def has(self, letter: str) -> bool:
        """Whether every visible code point of the letter has a shape here."""
        return all(
            self._font.get_nominal_glyph(ord(sign)) or INVISIBLE.match(sign) for sign in letter
        )

    def measure(self, glyph: int) -> int:
        """Return the advance of a glyph in font units, before kerning."""
        return int(self._font.get_glyph_h_advance(glyph))

    def shape(self, text: str, *, language: str = "en", turned: bool = False) -> tuple[Glyph, ...]:
        """Return the glyphs of a text of one script, in the order in which it is read.

        Args:
            text: The letters in the order in which they are read.
            language: Its tag; some letters look different in another language.
            turned: Whether it runs from right to left.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.guess_segment_properties()
        # What is guessed is the script; the language would be guessed from the computer's own.
        buffer.language = language
        buffer.direction = "rtl" if turned else "ltr"
        hb.shape(self._font, buffer, {"kern": True, "liga": False})
        drawn = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        if turned:
            drawn.reverse()
        shares = _share_letters(text, [info.cluster for info, _ in drawn])
        glyphs = []
        for (info, position), told in zip(drawn, shares, strict=True):
            place = position.x_offset, position.y_offset
            glyphs.append(Glyph(info.codepoint, position.x_advance, *place, told))
        return tuple(glyphs)


def _share_letters(text: str, clusters: list[int]) -> list[str]:
    """Return what each glyph is read as, so that all together give the text.

    Glyphs that were shaped together get a letter each, in order; the last gets what is left over.
    """
    starts = sorted(set(clusters))
    ends = [*starts[1:], len(text)]
    waiting = {start: text[start:end] for start, end in zip(starts, ends, strict=True)}
    glyphs = Counter(clusters)
    shares = []
    for start in clusters:
        glyphs[start] -= 1
        letters = waiting[start]
        told = letters[:1] if glyphs[start] else letters
        waiting[start] = letters[len(told) :]
        shares.append(told or UNSPOKEN)
    return shares


@lru_cache(maxsize=32)
def open_face(path: Path) -> Face:
    """Open a font file, or hand back the one already open."""
    return Face(path)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face in a row, ready to be painted.

    Attributes:
        face: The face that has them.
        glyphs: Their shapes, in the order in which they are read.
        width: In font units.
        turned: Whether they stand from right to left.
        scattered: Whether they must be painted one by one, each at a place of its own.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    width: int
    turned: bool = False
    scattered: bool = False


class Typeface:
    """Regular and bold of every family, each family asked for what those before it lack.

    Attributes:
        language: Tag of the sheet's language.
        script: How it is written.
        memory: What line breaking has found out already; a sheet is laid out several times until
            it fits, and asks the same again and again.
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
        self._folder = folder
        self._families = _list_families(folder, (*script.families, *ORDER[size]))
        self.memory: dict[tuple[object, ...], Any] = {}
        self._runs: dict[tuple[str, bool, bool], tuple[Run, ...]] = {}
        self._letters: dict[tuple[str, bool], tuple[Face, str]] = {}

    def tidy(self) -> None:
        """Forget what was remembered when it has become much."""
        if len(self.memory) + len(self._runs) > MOST_REMEMBERED:
            self.memory.clear()
            self._runs.clear()

    def shape(self, text: str, *, bold: bool, turned: bool = False) -> tuple[Run, ...]:
        """Return the text as runs of one face and script each, in the order of reading.

        Raises:
            ConsultError: No face has one of the letters.
        """
        key = (text, bold, turned)
        known = self._runs.get(key)
        if known is None:
            known = self._runs[key] = tuple(
                self._set(face, part, turned=turned) for face, part in self._divide(text, bold=bold)
            )
        return known

    def measure(self, text: str, size: float, *, bold: bool, turned: bool = False) -> float:
        """Return the width of a text in points."""
        runs = self.shape(text, bold=bold, turned=turned)
        return sum(run.width * size / run.face.units for run in runs)

    def _set(self, face: Face, text: str, *, turned: bool) -> Run:
        glyphs = face.shape(text, language=self.language, turned=turned)
        scattered = turned or any(glyph.rise for glyph in glyphs)
        return Run(face, glyphs, sum(glyph.advance for glyph in glyphs), turned, scattered)

    def _divide(self, text: str, *, bold: bool) -> list[tuple[Face, str]]:
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

    def _choose(self, letter: str, *, bold: bool) -> Face:
        weight = "Bold" if bold else "Regular"
        for family in self._families:
            face = open_face(self._folder / f"{family}-{weight}.ttf")
            if face.has(letter):
                return face
        codes = " ".join(f"U+{ord(sign):04X}" for sign in letter)
        names = ", ".join(unicodedata.name(sign, "unnamed") for sign in letter)
        raise UnprintableError(
            letter,
            f"The sheet cannot show this character: “{letter}”",
            "Write the word without it, then make the sheet again. Nothing is lost.",
            (f"{codes} {names}",),
        )


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
    """Split into letters with the marks that sit on them."""
    letters: list[str] = []
    for sign in text:
        if letters and _sits(sign):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


@lru_cache(maxsize=2048)
def _sits(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") or bool(INVISIBLE.match(sign))


def _find_script(letter: str) -> str:
    """Return the script a letter belongs to, such as `ARABIC`; digits and signs have none."""
    if not letter[0].isalpha():
        return ""
    return unicodedata.name(letter[0], "").split(" ")[0]
