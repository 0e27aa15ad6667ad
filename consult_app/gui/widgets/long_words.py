"""Words that are longer than what the narrowest window leaves for them."""

from __future__ import annotations

import re

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label

_HYPHEN = "\N{SOFT HYPHEN}"
_FIRST = re.compile(r"\b(haemo|methaemo|pseudo)(?=\w{8})", re.IGNORECASE)
"""The first parts after which a dictionary divides them."""


def divide(text: str) -> str:
    """Return the text with places at which the longest words may break, seen only if they do."""
    return _FIRST.sub(rf"\1{_HYPHEN}", text)


def make_question(theme: Theme, text: str) -> Label:
    """Return a label with a question, which is heard as it is written."""
    label = Label(theme, divide(text), wrap=True)
    label.setAccessibleName(text)
    return label
