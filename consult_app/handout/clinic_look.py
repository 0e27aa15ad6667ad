"""How a clinic wants its sheet to look: its sign, its colour and its page in the web."""

from __future__ import annotations

import re

from consult_app.values import dataclass, field

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PAGE = re.compile(r"https?://[^\s<>\"]{3,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicLook:
    """What a clinic may choose; everything may be empty.

    Attributes:
        colour: As `#RRGGBB`; darkened as far as words in it need.
        logo: A PNG picture without transparency, as `Logo` wants it.
        logo_text: The same in words, for those who hear the sheet.
        page: Address of the clinic's own page, printed with a code to scan.
        grey: Whether the sheet is in black and white, for printers without colour.
    """

    colour: str = ""
    logo: bytes = field(default=b"", repr=False)
    logo_text: str = ""
    page: str = ""
    grey: bool = False


def is_colour(text: str) -> bool:
    """Return whether a text is a colour such as `#0A555C`."""
    return bool(_COLOUR.fullmatch(text))


def is_page(text: str) -> bool:
    """Return whether a text is the whole address of a page in the web."""
    return bool(_PAGE.fullmatch(text))
