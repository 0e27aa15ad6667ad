"""A bare canvas of reportlab that writes words line by line, as a yardstick."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from consult_app.paths import find_resources

FOLDER = find_resources() / "fonts"
FONTS = {name: FOLDER / f"SourceSans3-{name}.ttf" for name in ("Regular", "Bold")}
EVERY = 8
"""One line in so many is bold, as on the sheet."""


def write_bare(words: str) -> bytes:
    """Return the words on pages, line by line, as a canvas writes them by itself."""
    for name, path in FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(path)))
    written = io.BytesIO()
    width, height = A4
    canvas = Canvas(written, pagesize=(width, height), invariant=1, pageCompression=1)
    low = 43.0
    top = height - low
    for number, line in enumerate(words.splitlines()):
        if top < low:
            canvas.showPage()
            top = height - low
        canvas.setFont("Bold" if number % EVERY == 0 else "Regular", 12)
        canvas.drawString(low, top, line)
        top -= 16
    canvas.save()
    return written.getvalue()
