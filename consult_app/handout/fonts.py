"""The sheet's typefaces: which face has a letter, and how wide a line becomes.

Text is shaped by HarfBuzz. A letter the main face lacks comes from the fallback face; a letter that
no face has stops the drawing, because a hollow box in a name or a dose helps nobody.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import uharfbuzz as hb

from consult_app.errors import FileError, UnprintableError

CLEAREST, NARROW = "AtkinsonHyperlegibleNext", "SourceSans3"
ORDER = {"large": (CLEAREST, NARROW), "standard": (NARROW, CLEAREST)}
"""Families in the order they are asked.

Large print has the clearest letters. Ordinary print has the narrow family of nearly the same letter
height: a line holds an eighth more, so two pages at 12 point stay calm.
"""

MOST_REMEMBERED = 60_000
"""Texts and words, some ten sheets; more would only take room."""

UNSPOKEN = "\u2060"
"""What a glyph without letters of its own is read as: nothing, but never unmapped."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn shape, in font units.

    Attributes:
        index: Its number in the font file.
        advance: How far the pen moves.
        shift: How far the shape stands to the right of the pen.
        text: The letters it stands for.
    """

    index: int
    advance: int
    shift: int
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
        """Whether every code point of the letter has a shape here."""
        return all(self._font.get_nominal_glyph(ord(sign)) for sign in letter)

    def measure(self, glyph: int) -> int:
        """Return the advance of a glyph in font units, before kerning."""
        return int(self._font.get_glyph_h_advance(glyph))

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """Return the glyphs of a left-to-right text with kerning and without ligatures."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        hb.shape(self._font, buffer, {"kern": True, "liga": False})
        starts = sorted({info.cluster for info in buffer.glyph_infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        told: set[int] = set()
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            fresh = info.cluster not in told
            told.add(info.cluster)
            letters = text[info.cluster : ends[info.cluster]] if fresh else UNSPOKEN
            glyphs.append(Glyph(info.codepoint, position.x_advance, position.x_offset, letters))
        return tuple(glyphs)


@lru_cache(maxsize=16)
def open_face(path: Path) -> Face:
    """Open a font file, or hand back the one already open."""
    return Face(path)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face in a row, ready to be painted.

    Attributes:
        face: The face that has them.
        glyphs: Their shapes.
        width: In font units.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    width: int


class Typeface:
    """Regular and bold with their fallbacks.

    Attributes:
        memory: What line breaking has found out already; a sheet is laid out several times until
            it fits, and asks the same again and again.
    """

    def __init__(self, folder: Path, size: Literal["standard", "large"] = "standard") -> None:
        self._faces = {
            bold: tuple(open_face(folder / f"{family}-{weight}.ttf") for family in ORDER[size])
            for bold, weight in ((False, "Regular"), (True, "Bold"))
        }
        self.memory: dict[tuple[object, ...], Any] = {}
        self._runs: dict[tuple[str, bool], tuple[Run, ...]] = {}

    def tidy(self) -> None:
        """Forget what was remembered when it has become much."""
        if len(self.memory) + len(self._runs) > MOST_REMEMBERED:
            self.memory.clear()
            self._runs.clear()

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face, in a fixed order."""
        return self._faces[False] + self._faces[True]

    def shape(self, text: str, *, bold: bool) -> tuple[Run, ...]:
        """Return the text as runs of one face each.

        Raises:
            ConsultError: No face has one of the letters.
        """
        known = self._runs.get((text, bold))
        if known is None:
            known = self._runs[text, bold] = tuple(
                _run(face, part) for face, part in self._divide(text, bold=bold)
            )
        return known

    def measure(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of a text in points."""
        return sum(run.width * size / run.face.units for run in self.shape(text, bold=bold))

    def _divide(self, text: str, *, bold: bool) -> list[tuple[Face, str]]:
        parts: list[tuple[Face, str]] = []
        for letter in _letters(unicodedata.normalize("NFC", text)):
            face = self._choose(letter, bold=bold)
            if parts and (parts[-1][0] is face or letter.isspace()):
                parts[-1] = (parts[-1][0], parts[-1][1] + letter)
            else:
                parts.append((face, letter))
        return parts

    def _choose(self, letter: str, *, bold: bool) -> Face:
        for face in self._faces[bold]:
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


@lru_cache(maxsize=4)
def _keep_typeface(folder: Path, size: Literal["standard", "large"]) -> Typeface:
    return Typeface(folder, size)


def open_typeface(folder: Path, size: Literal["standard", "large"]) -> Typeface:
    """Return the typeface of a size of print, with what it remembers of sheets before.

    The next sheet is mostly the last one with a few words changed.
    """
    face = _keep_typeface(folder, size)
    face.tidy()
    return face


def forget_texts() -> None:
    """Forget every text set so far, as at lock and close: patients' names are among them."""
    _keep_typeface.cache_clear()


def _letters(text: str) -> list[str]:
    """Split into letters with the marks that sit on them."""
    letters: list[str] = []
    for sign in text:
        if letters and unicodedata.combining(sign):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _run(face: Face, text: str) -> Run:
    glyphs = face.shape(text)
    return Run(face, glyphs, sum(glyph.advance for glyph in glyphs))
