"""The parts a PDF file is made of, written by reportlab's document layer.

Nothing here knows what a sheet looks like. Each part writes itself when its number is asked for, so
parts may point at each other in any order.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from consult_app.handout.pictures import put_off_pillow

put_off_pillow()

from reportlab.pdfbase.pdfdoc import (  # noqa: E402 - it would load Pillow
    PDFDictionary,
    PDFDocument,
    PDFObject,
)

Refer = Callable[["Part"], str]
"""Gives the pointer to a part, such as `12 0 R`."""


class Part(PDFObject):  # type: ignore[misc]  # the library ships no type information
    """One numbered part of one file, whose text is asked for at the very end."""

    __RefOnly__ = 1

    def __init__(self, body: Callable[[Refer], str | bytes]) -> None:
        self._body = body
        self.pointer: str | None = None

    def format(self, document: PDFDocument) -> bytes:
        """Return the part's text; called by the library."""

        def refer(part: Part) -> str:
            if part.pointer is None:
                document.Reference(part)
                part.pointer = f"{document.objectcounter} 0 R"  # that of the part just numbered
            return part.pointer

        body = self._body(refer)
        return body if isinstance(body, bytes) else body.encode("latin-1")


def stream(data: bytes, entries: str = "", *, packed: bool = True) -> Part:
    """Make a part that carries bytes.

    A line end stands before `endstream`, as the archive form of PDF asks for.
    """

    def body(_: Refer) -> bytes:
        content = zlib.compress(data, 6) if packed else data
        head = f"<< {entries} {'/Filter /FlateDecode ' if packed else ''}/Length {len(content)} >>"
        return head.encode("latin-1") + b"\nstream\n" + content + b"\r\nendstream\n"

    return Part(body)


def text(value: str) -> str:
    """Return words as a PDF string that keeps every script."""
    return "<FEFF" + value.encode("utf-16-be").hex().upper() + ">"


def write(catalogue: Part, information: Part, fingerprint: bytes) -> bytes:
    """Write the file that hangs on its catalogue; the same parts give the same bytes.

    Args:
        catalogue: The root of the file.
        information: Title, author and dates.
        fingerprint: What the file's identity is derived from.
    """
    document = PDFDocument(invariant=1, pdfVersion=(1, 7))
    document.idToObject["BasicFonts"] = PDFDictionary({})
    document.Catalog = catalogue
    document.info = information
    document.updateSignature(fingerprint)
    return bytes(document.format())
