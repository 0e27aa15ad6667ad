"""The languages the program can write in, with the patterns of their dates and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from consult_app import compiled, record
from consult_app.errors import ConsultError, ContentError, Fault
from consult_app.scalars import quote
from consult_app.values import dataclass

FILE = "languages.toml"
_MONTHS = 12
_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How one language writes dates, times and numbers.

    Attributes:
        tag: Language tag, such as `en-GB`.
        name: In its own words.
        english: Its words are those of the sources, so it needs no catalogue.
        direction: Reading direction.
        families: Families of fonts that the sheet asks first, for a script of its own.
        leading: From line to line of the sheet at least, in sizes of its letters.
        months, short_months: From January on.
        weekdays, short_weekdays: From Monday on.
        date, short_date, weekday_date, full_date: Patterns for a day.
        short_full_date: Pattern for a short day with its year; empty where that follows it.
        month_year, weekday_time: Patterns for the two lines of a calendar tile.
        tile_date: Pattern for a tile with its day on one line; empty where `month_year` follows it.
        moment: Pattern for a time on a day.
        time, whole_hour: Patterns for a time with and without minutes.
        halves: Words for before and after noon; empty for the 24-hour clock.
        noon, midnight: Words for twelve o'clock; empty where the pattern serves.
        range: Pattern for a range of numbers.
        decimal, thousands: Signs inside numbers.
        units: Words that stay on the line of the number before them, such as `weeks`.
        scales: Words that stay on the line of the number after them, such as `SPF`.
        fallback_mark: What stands before English words where a translation is missing.
    """

    tag: str
    name: str
    english: bool = False
    direction: Literal["ltr", "rtl"] = "ltr"
    families: tuple[str, ...] = ()
    leading: float = 1.0
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    date: str
    short_date: str
    weekday_date: str
    full_date: str
    month_year: str
    weekday_time: str
    moment: str
    short_full_date: str = ""
    tile_date: str = ""
    time: str = "{hour}:{minute}"
    whole_hour: str = "{hour}:{minute}"
    halves: tuple[str, ...] = ()
    noon: str = ""
    midnight: str = ""
    range: str = "{low}\u2013{high}"
    decimal: str = "."
    thousands: str = ","
    units: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    fallback_mark: str = "[English] "

    @property
    def right_to_left(self) -> bool:
        """Whether lines run from right to left."""
        return self.direction == "rtl"


def read_languages(folder: Path) -> dict[str, Language]:
    """Return the languages listed in `folder`, by tag.

    Raises:
        ContentError: The list has faults; every one is named.
    """
    import tomli  # noqa: PLC0415 - the compiled form needs none

    path = folder / FILE
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ContentError(
            "The list of languages cannot be read", (Fault(FILE, str(error)),)
        ) from error
    faults: list[Fault] = []
    read = {tag: _read_language(tag, tables, faults) for tag in tables}
    if faults:
        raise ContentError("The list of languages has faults", tuple(faults))
    return {tag: language for tag, language in read.items() if language is not None}


LANGUAGES = compiled.Recipe(
    name="__pycache__/languages.pickle",
    files=FILE,
    ending=".toml",
    code=("i18n/languages.py", "errors.py", "record.py", "scalars.py", "values.py"),
    make=read_languages,
)
"""How the list is compiled."""


def load_languages(folder: Path) -> dict[str, Language]:
    """Return the same as `read_languages`, from its compiled form where that is still true."""
    return compiled.load(LANGUAGES, folder)


def choose_language(tag: str, languages: Mapping[str, Language]) -> Language:
    """Return the language for `tag`, or its nearest relative (`fr` for `fr-BE`).

    Raises:
        ConsultError: There is none; the advice lists those there are.
    """
    wanted = tag.replace("_", "-").lower()
    spoken = wanted.split("-")[0]
    by_tag = {known.lower(): language for known, language in languages.items()}
    if wanted in by_tag:
        return by_tag[wanted]
    for known, language in by_tag.items():
        if known.split("-")[0] == spoken:
            return language
    raise ConsultError(
        f'There are no words in the language "{tag}"',
        f"Choose one of: {', '.join(sorted(languages))}.",
    )


def _read_language(tag: str, tables: Mapping[str, Any], faults: list[Fault]) -> Language | None:
    place = f"{FILE} [{tag}]"
    table = dict(tables[tag])
    parent = table.pop("like", None)
    if parent is not None and (parent not in tables or "like" in tables[parent]):
        faults.append(Fault(f"{place}.like", f"not a whole language: {quote(parent)}"))
        return None
    inherited = dict(tables[parent]) if parent else {}
    language = record.collect(Language, inherited | table | {"tag": tag}, place, faults)
    if language is not None:
        faults.extend(_find_short_lists(language, place))
    return language


def _find_short_lists(language: Language, place: str) -> list[Fault]:
    lengths = {
        "months": (language.months, _MONTHS),
        "short_months": (language.short_months, _MONTHS),
        "weekdays": (language.weekdays, _DAYS),
        "short_weekdays": (language.short_weekdays, _DAYS),
    }
    return [
        Fault(f"{place}.{name}", f"needs {wanted} names")
        for name, (names, wanted) in lengths.items()
        if len(names) != wanted
    ]
