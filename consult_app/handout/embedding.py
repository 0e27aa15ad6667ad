"""Puts the used shapes of a face into the file, with the letters they stand for.

Every pair of shape and letters gets a code of its own, so that copying and reading aloud give back
exactly the words that were drawn. Only used shapes are embedded.
"""

from __future__ import annotations

import hashlib
import struct

import uharfbuzz as hb

from consult_app.handout.face import Face, Glyph
from consult_app.handout.fonts import Run
from consult_app.handout.objects import Part, Refer, stream

DROPPED_TABLES = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "STAT", "avar", "cmap", "fvar", "gasp",
    "gvar", "kern", "meta", "name",
)  # fmt: skip
LETTERS_PER_BLOCK = 100
CODE_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
CODE_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


class Used:
    """What a document has drawn with one face.

    Attributes:
        face: The face.
        key: Its name in the pages' resources.
    """

    def __init__(self, face: Face, key: str) -> None:
        self.face = face
        self.key = key
        self._codes: dict[tuple[int, str], int] = {}

    @property
    def pairs(self) -> tuple[tuple[int, str], ...]:
        """Shape and letters in the order of their codes, which start at 1."""
        return tuple(self._codes)

    def code(self, glyph: Glyph) -> int:
        """Return the code of a shape with its letters, a new one at first use."""
        return self._codes.setdefault((glyph.index, glyph.text), len(self._codes) + 1)


def write_codes(run: Run, used: Used) -> str:
    """Return codes with the corrections that kerning asks for, in thousandths."""
    scale = 1000 / run.face.units
    parts: list[str] = []
    codes = ""
    for glyph in run.glyphs:
        if glyph.shift:
            parts += [f"<{codes}>" if codes else "", f"{-glyph.shift * scale:.0f}"]
            codes = ""
        codes += f"{used.code(glyph):04X}"
        excess = run.face.measure(glyph.index) + glyph.shift - glyph.advance
        if excess:
            parts += [f"<{codes}>", f"{excess * scale:.0f}"]
            codes = ""
    return "".join([*parts, f"<{codes}>" if codes else ""])


def embed(used: Used) -> Part:
    """Make the font part of the file from what was used."""
    data, numbers = _subset(used)
    name = f"{_tag(used)}+{used.face.name}"
    scale = 1000 / used.face.units
    font_file = stream(data, f"/Length1 {len(data)}")
    descriptor = Part(lambda refer: _describe(used.face, name, refer(font_file)))
    places = b"\0\0" + b"".join(struct.pack(">H", numbers[index]) for index, _ in used.pairs)
    to_glyph = stream(places)
    widths = " ".join(f"{used.face.measure(index) * scale:.5g}" for index, _ in used.pairs)
    descendant = Part(
        lambda refer: (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/CIDToGIDMap {refer(to_glyph)} /FontDescriptor {refer(descriptor)} "
            f"/W [1 [{widths}]] >>"
        )
    )
    letters = stream(_tell_letters(used).encode("ascii"))

    def body(refer: Refer) -> str:
        return (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{refer(descendant)}] /ToUnicode {refer(letters)} >>"
        )

    return Part(body)


def _subset(used: Used) -> tuple[bytes, dict[int, int]]:
    """Return the font file with the used shapes only, and their new numbers."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({0, *(index for index, _ in used.pairs)})
    wanted.flags = (
        hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    )
    dropped = {int.from_bytes(tag.ljust(4).encode("ascii"), "big") for tag in DROPPED_TABLES}
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(dropped)
    plan = hb.SubsetPlan(used.face.source, wanted)
    numbers = dict(plan.old_to_new_glyph_mapping)
    return bytes(plan.execute().blob.data), numbers


def _tag(used: Used) -> str:
    """Return the six letters that mark a subset, always the same for the same shapes."""
    digest = hashlib.sha256(repr(used.pairs).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _describe(face: Face, name: str, font_file: str) -> str:
    scale = 1000 / face.units
    ascent, descent = round(face.ascent * scale), round(face.descent * scale)
    return (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /StemV 80 "
        f"/Ascent {ascent} /Descent {descent} /CapHeight 668 "
        f"/FontBBox [-1000 {descent} 2000 {ascent}] /FontFile2 {font_file} >>"
    )


def _tell_letters(used: Used) -> str:
    lines = [CODE_HEAD]
    told = list(enumerate((letters for _, letters in used.pairs), start=1))
    for start in range(0, len(told), LETTERS_PER_BLOCK):
        block = told[start : start + LETTERS_PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:04X}> <{letters.encode('utf-16-be').hex().upper()}>" for code, letters in block
        ]
        lines.append("endbfchar")
    lines.append(CODE_TAIL)
    return "\n".join(lines)
