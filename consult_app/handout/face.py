"""One font file, and how HarfBuzz shapes a text with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from consult_app.errors import FileError
from consult_app.values import dataclass
from consult_app.wording import t

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
).union(map(chr, range(0x2060, 0x2070)), map(chr, range(0xFE00, 0xFE10)))
"""Signs that steer the shapes around them and have none of their own."""

NO_BREAK = "\u00a0"
APART = NO_BREAK
"""Keeps words apart that are shaped together: our faces kern letters with a space, not with it."""

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


CLUSTERS = hb.BufferClusterLevel.MONOTONE_CHARACTERS
FLAGS = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
FEATURES = {"liga": False}
TOLD = hb.BufferSerializeFlags.NO_GLYPH_NAMES | hb.BufferSerializeFlags.NO_CLUSTERS
"""Shapes told by number, each with where it stands: much quicker than a value for each."""


class Plain(NamedTuple):
    """A text whose letters each have a shape of their own.

    Attributes:
        width: In font units.
        written: The codes of its shapes as a page has them, with what kerning asks for.
    """

    width: int
    written: str


class Face:
    """One font file, opened once per process."""

    def __init__(self, path: Path) -> None:
        try:
            blob = hb.Blob.from_file_path(str(path))
        except (OSError, hb.HarfBuzzError) as problem:
            raise FileError(
                t("A font of the patient's sheet cannot be read."),
                t("Install the program again. The consultation is not affected."),
                (path.name,),
            ) from problem
        self.name = path.stem
        self.source = hb.Face(blob)
        self.units: int = self.source.upem
        self._font = hb.Font(self.source)
        self._known = _Told(self._read)
        extents = self._font.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = extents.descender

    @cached_property
    def letters(self) -> dict[int, str]:
        """The letter each shape stands for by itself: of several the one with the lowest code."""
        found: dict[int, str] = {}
        for code in sorted(self.source.unicodes, reverse=True):
            found[int(self._font.get_nominal_glyph(code) or 0)] = chr(code)
        return found

    @property
    def last_code(self) -> int:
        """The highest code the face itself decides about."""
        return int(self.source.glyph_count)

    def code(self, glyph: Glyph) -> int:
        """Return the code of a shape with its letters; 0 where the face does not decide about it.

        A shape that stands for its own letter has its number for a code, and the space that does
        not break has the first one after all of them.
        """
        return self._code(glyph.index, glyph.text)

    def _code(self, index: int, text: str) -> int:
        letter = self.letters.get(index)
        if letter == text:
            return index
        return self.last_code if text == NO_BREAK and letter == " " else 0

    def read_code(self, code: int) -> tuple[int, str]:
        """Return the shape and the letter behind a code of the face."""
        if code == self.last_code:
            return int(self._font.get_nominal_glyph(ord(" ")) or 0), NO_BREAK
        return code, self.letters[code]

    def has(self, letter: str) -> bool:
        """Whether every visible code point of the letter has a shape here."""
        return all(self._font.get_nominal_glyph(ord(sign)) or sign in INVISIBLE for sign in letter)

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
        buffer = self._shape(text, language, turned=turned)
        drawn = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        if turned:
            drawn.reverse()
        shares = _share_letters(text, [info.cluster for info, _ in drawn])
        glyphs = []
        for (info, position), told in zip(drawn, shares, strict=True):
            place = position.x_offset, position.y_offset
            glyphs.append(Glyph(info.codepoint, position.x_advance, *place, told))
        return tuple(glyphs)

    def shape_words(self, words: Sequence[str], language: str) -> list[Plain | None]:
        """Return words in which every letter has its own shape, on the line; None for any other.

        So are nearly all words of Latin, Greek and Cyrillic. It says the same as `shape` and
        `write_codes` do of each word, without a value for each letter; and to have a text shaped at
        once takes a third of the time of having its words shaped one by one.

        Args:
            words: Each of one script.
            language: Its tag.
        """
        text = APART.join(words)
        told = self._shape(text, language).serialize(self._font, flags=TOLD)[1:-1].split("|")
        if len(told) != len(text):
            return [None] * len(words)
        known = self._known
        read = [known[pair] for pair in zip(told, text, strict=True)]
        plain, start = [], 0
        for word in words:
            end = start + len(word)
            plain.append(_write_plain(read[start:end]))
            start = end + len(APART)
        return plain

    def _shape(self, text: str, language: str, *, turned: bool = False) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = CLUSTERS
        buffer.flags = FLAGS
        buffer.guess_segment_properties()
        # What is guessed is the script; the language would be guessed from the computer's own.
        buffer.language = language
        buffer.direction = "rtl" if turned else "ltr"
        hb.shape(self._font, buffer, FEATURES)
        return buffer

    def _read(self, shape: str, letter: str) -> tuple[str, int]:
        """Return how a page has a shape with a letter, and how far the pen moves.

        Nothing where the shape is not the letter's own, or stands off the line.

        Args:
            shape: As HarfBuzz tells it: its number, then its advance, such as `2+529`.
            letter: What it stands for.
        """
        written, told = "", shape.split("+")
        advance = int(told[-1])
        if told[0].isdecimal():
            index = int(told[0])
            usual = self.measure(index)
            code = self._code(index, letter)
            kerned = f">{(usual - advance) * 1000 / self.units:.0f}<" if advance != usual else ""
            written = f"{code:04X}{kerned}" if code else ""
        return written, advance


class _Told(dict[tuple[str, str], tuple[str, int]]):
    """What is made of a shape and its letter, found out once."""

    def __init__(self, read: Callable[[str, str], tuple[str, int]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, pair: tuple[str, str]) -> tuple[str, int]:
        made = self[pair] = self._read(*pair)
        return made


def write_codes(face: Face, glyphs: Sequence[Glyph], codes: Sequence[int]) -> str:
    """Return codes with the corrections that kerning asks for, in thousandths."""
    scale = 1000 / face.units
    parts: list[str] = []
    waiting = ""
    for glyph, code in zip(glyphs, codes, strict=True):
        if glyph.shift:
            parts += [f"<{waiting}>" if waiting else "", f"{-glyph.shift * scale:.0f}"]
            waiting = ""
        waiting += f"{code:04X}"
        excess = face.measure(glyph.index) + glyph.shift - glyph.advance
        if excess:
            parts += [f"<{waiting}>", f"{excess * scale:.0f}"]
            waiting = ""
    return "".join([*parts, f"<{waiting}>" if waiting else ""])


def _write_plain(read: Sequence[tuple[str, int]]) -> Plain | None:
    """Return letters as a page has them, or None where one has no shape of its own."""
    codes = [code for code, _ in read]
    if not codes or "" in codes:
        return None
    return Plain(sum([advance for _, advance in read]), f"<{''.join(codes)}>".removesuffix("<>"))


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
