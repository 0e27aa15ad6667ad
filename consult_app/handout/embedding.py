"""Puts the used shapes of a face into the file, with the letters they stand for.

Every pair of shape and letters gets a code of its own, so that copying and reading aloud give back
exactly the words that were drawn. Only used shapes are embedded.
"""

from __future__ import annotations

import hashlib
import re
import struct

import uharfbuzz as hb

from consult_app.handout.face import Face, Glyph, write_codes
from consult_app.handout.fonts import Run
from consult_app.handout.objects import Part, Refer, stream

DROPPED_TABLES = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "STAT", "avar", "cmap", "fvar", "gasp",
    "gvar", "kern", "meta", "name",
)  # fmt: skip
NO_CODES = re.compile(">[^<]*<")
"""What stands between codes on a page: the corrections of kerning."""
LETTERS_PER_BLOCK = 100
CODE_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
CODE_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


Pairs = list[tuple[int, int, str]]


class Used:
    """What a document has drawn with one face.

    Most shapes stand for one letter only, and the face alone decides about their codes; any other
    pair of shape and letters gets a further code at its first use.

    Attributes:
        face: The face.
        key: Its name in the pages' resources.
    """

    def __init__(self, face: Face, key: str) -> None:
        self.face = face
        self.key = key
        self._codes: set[int] = set()
        self._written: list[str] = []
        self._more: dict[tuple[int, str], int] = {}

    def list_pairs(self) -> Pairs:
        """Return code, shape and letters of everything that was drawn, in the order of codes."""
        digits = bytes.fromhex(NO_CODES.sub("", "".join(self._written)).strip("<>"))
        codes = self._codes.union(struct.unpack(f">{len(digits) // 2}H", digits))
        known = [(code, *self.face.read_code(code)) for code in sorted(codes)]
        return known + [(code, *pair) for pair, code in self._more.items()]

    def code(self, glyph: Glyph) -> int:
        """Return the code of a shape with its letters, a new one at first use."""
        code = self.face.code(glyph)
        if code:
            self._codes.add(code)
            return code
        first = self.face.last_code + 1
        return self._more.setdefault((glyph.index, glyph.text), first + len(self._more))

    def write(self, run: Run) -> str:
        """Return the codes of a run as a page has them."""
        if run.written:
            self._written.append(run.written)
            return run.written
        return write_codes(run.face, run.glyphs, [self.code(glyph) for glyph in run.glyphs])


def embed(used: Used) -> Part:
    """Make the font part of the file from what was used."""
    pairs = used.list_pairs()
    data, numbers = _subset(used.face, {index for _, index, _ in pairs})
    name = f"{_tag(pairs)}+{used.face.name}"
    scale = 1000 / used.face.units
    font_file = stream(data, f"/Length1 {len(data)}")
    descriptor = Part(lambda refer: _describe(used.face, name, refer(font_file)))
    places = bytearray(2 * pairs[-1][0] + 2)
    for code, index, _ in pairs:
        struct.pack_into(">H", places, 2 * code, numbers[index])
    to_glyph = stream(bytes(places))
    widths = " ".join(
        f"{code} [{used.face.measure(index) * scale:.5g}]" for code, index, _ in pairs
    )
    descendant = Part(
        lambda refer: (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/CIDToGIDMap {refer(to_glyph)} /FontDescriptor {refer(descriptor)} "
            f"/W [{widths}] >>"
        )
    )
    letters = stream(_tell_letters(pairs).encode("ascii"))

    def body(refer: Refer) -> str:
        return (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{refer(descendant)}] /ToUnicode {refer(letters)} >>"
        )

    return Part(body)


def _subset(face: Face, shapes: set[int]) -> tuple[bytes, dict[int, int]]:
    """Return the font file with the used shapes only, and their new numbers."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({0, *shapes})
    wanted.flags = (
        hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    )
    dropped = {int.from_bytes(tag.ljust(4).encode("ascii"), "big") for tag in DROPPED_TABLES}
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(dropped)
    plan = hb.SubsetPlan(face.source, wanted)
    numbers = dict(plan.old_to_new_glyph_mapping)
    return bytes(plan.execute().blob.data), numbers


def _tag(pairs: Pairs) -> str:
    """Return the six letters that mark a subset, always the same for the same shapes."""
    digest = hashlib.sha256(repr(pairs).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _describe(face: Face, name: str, font_file: str) -> str:
    scale = 1000 / face.units
    ascent, descent = round(face.ascent * scale), round(face.descent * scale)
    return (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /StemV 80 "
        f"/Ascent {ascent} /Descent {descent} /CapHeight 668 "
        f"/FontBBox [-1000 {descent} 2000 {ascent}] /FontFile2 {font_file} >>"
    )


def _tell_letters(pairs: Pairs) -> str:
    lines = [CODE_HEAD]
    told = [(code, letters) for code, _, letters in pairs]
    for start in range(0, len(told), LETTERS_PER_BLOCK):
        block = told[start : start + LETTERS_PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:04X}> <{letters.encode('utf-16-be').hex().upper()}>" for code, letters in block
        ]
        lines.append("endbfchar")
    lines.append(CODE_TAIL)
    return "\n".join(lines)
