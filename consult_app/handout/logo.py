"""The clinic's own sign at the head of the sheet."""

from __future__ import annotations

import io
from functools import lru_cache

from consult_app.errors import ConsultError
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.objects import Part, stream
from consult_app.handout.pen import Box, Pen
from consult_app.handout.pictures import load_pillow
from consult_app.handout.tagging import tell
from consult_app.values import dataclass
from consult_app.wording import t

MOST = (120.0, 42.0)
"""The largest sign, in points."""
NAME = "Logo"
MOST_PIXELS = (1000, 350)
"""As sharp as 600 dots in an inch."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A sign as it is put into the file: its pixels and the size it is printed in, in points."""

    pixels: bytes
    columns: int
    rows: int
    width: float
    height: float


@lru_cache(maxsize=4)
def read_logo(png: bytes, *, grey: bool = False) -> Logo:
    """Return the sign in a picture, on white, as large as it may be, in colour or in grey.

    Raises:
        ConsultError: The picture cannot be read.
    """
    load_pillow()
    from PIL import Image  # noqa: PLC0415 - not every clinic has a logo

    try:
        with Image.open(io.BytesIO(png), formats=("PNG", "JPEG")) as picture:
            picture.thumbnail(MOST_PIXELS)
            layered = picture.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        raise ConsultError(
            t("The clinic's logo cannot be read"),
            t("Choose the picture again in Settings. The sheet can be made without it."),
        ) from None
    ground = Image.new("RGBA", layered.size, "white")
    flat = Image.alpha_composite(ground, layered).convert("L" if grey else "RGB").convert("RGB")
    scale = min(MOST[0] / flat.width, MOST[1] / flat.height)
    return Logo(flat.tobytes(), flat.width, flat.height, flat.width * scale, flat.height * scale)


def paint_logo(pen: Pen, logo: Logo, words: str, box: Box) -> None:
    """Paint the sign from the top of a box; it is told in words."""
    spot = pen.place(Box(box.x, box.top, logo.width, logo.height))
    base = pen.height - spot.top - logo.height
    bounds = f"{spot.x:.2f} {base:.2f} {spot.x + logo.width:.2f} {base + logo.height:.2f}"
    said = f"{tell(words)} /A << /O /Layout /Placement /Block /BBox [{bounds}] >>"
    with pen.element("Figure", said), pen.content():
        pen.add(f"q {logo.width:.2f} 0 0 {logo.height:.2f} {spot.x:.2f} {base:.2f} cm /{NAME} Do Q")


def embed_logo(look: ClinicLook) -> Part | None:
    """Return the picture for the file, where there is one."""
    if not look.logo:
        return None
    logo = read_logo(look.logo, grey=look.grey)
    entries = (
        f"/Type /XObject /Subtype /Image /Width {logo.columns} /Height {logo.rows} "
        "/ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    return stream(logo.pixels, entries)
