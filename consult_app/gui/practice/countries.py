"""The countries a practice may stand in, and what is usual there."""

from __future__ import annotations

from consult_app.gui.widgets.written_dates import ORDER
from consult_app.wording import t

COUNTRIES = (
    ("GB", t("United Kingdom")),
    ("IE", t("Ireland")),
    ("US", t("United States")),
    ("AU", t("Australia")),
    ("NZ", t("New Zealand")),
    ("DE", t("Germany")),
)
_LANGUAGES = {"US": "en-US", "AU": "en-AU"}
_PAPERS = {"US": "Letter"}
_MONTH_FIRST = _HALVES = ("US",)


def find_language(country: str) -> str:
    """Return in which language the sheet is usual there."""
    return _LANGUAGES.get(country, "en-GB")


def find_paper(country: str) -> str:
    """Return on which paper is printed there."""
    return _PAPERS.get(country, "A4")


def write_as_in(country: str) -> None:
    """Read and write dates and times in the window as is usual there."""
    ORDER.use(month_first=country in _MONTH_FIRST, halves=country in _HALVES)
