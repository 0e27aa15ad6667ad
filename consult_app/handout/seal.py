"""Seals a finished sheet: a signature that tells whether a copy is still what was handed over.

The sheet's own bytes stay as they are, in front; the seal is added behind them, as PDF foresees for
changes. A sealed file carries the time of sealing and is therefore no two times the same: what is
kept with the record is the sheet without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from consult_app.errors import ConsultError
from consult_app.handout.objects import text
from consult_app.wording import t

Sign = Callable[[bytes], bytes]
"""Returns the signature of some bytes, as CMS in DER."""

WORDS = "The clinic's seal"
"""What is read aloud of it."""
ROOM = 16_384
"""Bytes for a signature with its certificates."""
_SPAN = " ".join(["0", *3 * ["0" * 10]])
"""Where it will stand in the file which bytes are signed."""
SHOWN, LOCKED = 4, 128
"""Flags of the field: printed as archives ask, of no size, and not to be changed."""


def seal(pdf: bytes, sign: Sign, *, name: str, at: datetime) -> bytes:
    """Return the file with a seal behind it.

    Args:
        pdf: A sheet as it was drawn.
        sign: Signs bytes.
        name: Who seals.
        at: When, with its time zone.

    Raises:
        ConsultError: The file is none of this program's, or the signature is too long.
    """
    root, size = (_find(rb"/%s (\d+)" % key, pdf) for key in (b"Root", b"Size"))
    page = _find(rb"/Kids \[(\d+) 0 R", pdf)
    field, value = size, size + 1
    zone = at.strftime("%z")
    parts = _tell(pdf, page, field) | {
        root: _extend(_read(root, pdf), f"/AcroForm << /Fields [{field} 0 R] /SigFlags 3 >>"),
        page: _annotate(_read(page, pdf), field),
        value: (
            f"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
            f"/ByteRange [{_SPAN}] /Contents <{'0' * 2 * ROOM}> /Name {text(name)} "
            f"/M (D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}') >>"
        ).encode(),
    }
    parts[field] = _extend(parts[field], f"/V {value} 0 R")
    return _sign(_append(pdf, parts, size + 3), sign)


def _tell(pdf: bytes, page: int, field: int) -> dict[int, bytes]:
    """Return the field with its place in what is read aloud, at the end of the sheet."""
    tree = _find(rb"/StructTreeRoot (\d+) 0 R", pdf)
    whole, owners, free = (
        _find(rb"%s (\d+)" % key, _read(tree, pdf))
        for key in (b"/K", b"/ParentTree", b"/ParentTreeNextKey")
    )
    element = field + 2
    held = f"<< /Type /OBJR /Pg {page} 0 R /Obj {field} 0 R >>"
    return {
        tree: _read(tree, pdf).replace(b"Key %d" % free, b"Key %d" % (free + 1)),
        whole: _read(whole, pdf).replace(b"] >>", b" %d 0 R] >>" % element),
        owners: _read(owners, pdf).replace(b"] >>", b" %d %d 0 R] >>" % (free, element)),
        element: (
            f"<< /Type /StructElem /S /Form /P {whole} 0 R /Alt {text(WORDS)} /K [{held}] >>"
        ).encode(),
        field: (
            f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /TU {text(WORDS)} "
            f"/F {SHOWN | LOCKED} /Rect [0 0 0 0] /P {page} 0 R /StructParent {free} >>"
        ).encode(),
    }


def _find(pattern: bytes, pdf: bytes) -> int:
    found = re.findall(pattern, pdf)
    if not found:
        raise ConsultError(
            t("This file cannot be sealed"),
            t("Only a sheet that this program has drawn can be. It was not changed."),
        )
    return int(found[-1])


def _read(number: int, pdf: bytes) -> bytes:
    """Return what a numbered part of the file says."""
    start = pdf.index(b"\n%d 0 obj\n" % number) + len(b"\n%d 0 obj\n" % number)
    return pdf[start : pdf.index(b"\nendobj", start)]


def _extend(part: bytes, entry: str) -> bytes:
    return part.removesuffix(b">>") + entry.encode() + b" >>"


def _annotate(page: bytes, field: int) -> bytes:
    """Return a page with one more annotation."""
    if b"/Annots [" in page:
        return page.replace(b"/Annots [", b"/Annots [%d 0 R " % field)
    return _extend(page, f"/Annots [{field} 0 R]")


def _append(pdf: bytes, parts: dict[int, bytes], size: int) -> bytes:
    """Return the file with parts added or replaced, and where each now begins."""
    before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    trailer = pdf[pdf.rindex(b"trailer") :]
    carried = b" ".join(
        re.findall(rb"/ID\s+\[.*?\]|/Info \d+ 0 R|/Root \d+ 0 R", trailer, flags=re.DOTALL)
    )
    data, table = pdf, b"xref\n"
    for number, part in sorted(parts.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    end = b"trailer\n<< %s /Size %d /Prev %d >>\n" % (carried, size, before)
    return data + table + end + b"startxref\n%d\n%%%%EOF\n" % len(data)


def _sign(data: bytes, sign: Sign) -> bytes:
    """Return the file with the signature of all but itself."""
    opens = data.index(b"/Contents <" + b"0" * ROOM) + len(b"/Contents ")
    closes = opens + 2 * ROOM + 2
    span = " ".join(["0", *(f"{part:010d}" for part in (opens, closes, len(data) - closes))])
    data = data.replace(_SPAN.encode(), span.encode())
    signature = sign(data[:opens] + data[closes:]).hex().encode()
    if len(signature) > 2 * ROOM:
        raise ConsultError(
            t("The sheet cannot be sealed"),
            t("The certificate has too many others above it. The sheet was not saved."),
        )
    return data[:opens] + b"<" + signature.ljust(2 * ROOM, b"0") + b">" + data[closes:]
