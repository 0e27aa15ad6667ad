"""Words in one language, found by the stable id of a text.

The window and the sheet each have a translator of their own, so both languages live side by side.
English is the source. Where a translation is missing, stale or unreviewed, the English words stand
with a mark, never silently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from consult_app.errors import ConsultError, ContentError, Fault
from consult_app.i18n import formats
from consult_app.i18n.catalogue import EMPTY, Catalogue, load_catalogue
from consult_app.i18n.formats import Length
from consult_app.i18n.languages import Language, choose_language, load_languages
from consult_app.values import dataclass

_HOLE = re.compile(r"\{(\w+)\}")
_ONE = ".one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """Finds words and writes dates and numbers in one language.

    Attributes:
        language: The language.
        sources: English texts by stable id.
        catalogue: Their translations; empty for English.
    """

    language: Language
    sources: Mapping[str, str]
    catalogue: Catalogue = EMPTY

    def has(self, key: str) -> bool:
        """Whether there is a text with this id."""
        return key in self.sources

    def text(self, key: str, /, **values: object) -> str:
        """Return the text with its values put in.

        Raises:
            ContentError: There is no such text, or it asks for a value that was not given.
        """
        return self.fill(key, values)

    def fill(self, key: str, values: Mapping[str, object]) -> str:
        """Return the text as `text` does, for who holds its values, and many more, already."""
        return self._say(key, self._source(key), values)

    def phrase(self, key: str, english: str, /, **values: object) -> str:
        """Return a text whose English stands in the program itself."""
        return self._say(key, english, values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return the text in the form that `number` takes; it is put in as `{n}`."""
        one = self.sources.get(key + _ONE, self._source(key))
        entry = self.catalogue.find(key, one)
        filled = {"n": formats.write_number(number, self.language)} | values
        if entry is not None:
            form = min(self.catalogue.choose_form(number), len(entry.forms) - 1)
            return self._fill(key, entry.forms[form], filled)
        mark = "" if self.language.english else self.language.fallback_mark
        return mark + self._fill(key, one if number == 1 else self._source(key), filled)

    def day(self, day: date, length: Length = "full_date") -> str:
        """Return a day in words."""
        return formats.write_day(day, self.language, length)

    def moment(self, moment: datetime, length: Length = "weekday_date") -> str:
        """Return a time on a day in words."""
        return formats.write_moment(moment, self.language, length)

    def weekday_time(self, moment: datetime) -> str:
        """Return weekday and time in short."""
        return formats.write_weekday_time(moment, self.language)

    def number(self, value: float, *, places: int = 0) -> str:
        """Return a number."""
        return formats.write_number(value, self.language, places=places)

    def span(self, low: float, high: float, *, places: int = 0, unit: str = "") -> str:
        """Return a range of numbers with its unit."""
        return formats.write_range(low, high, self.language, places=places, unit=unit)

    def _say(self, key: str, english: str, values: Mapping[str, object]) -> str:
        entry = self.catalogue.find(key, english)
        if entry is not None:
            return self._fill(key, entry.forms[0], values)
        mark = "" if self.language.english else self.language.fallback_mark
        return mark + self._fill(key, english, values)

    def _source(self, key: str) -> str:
        if key not in self.sources:
            raise ContentError("The content has no words for this", (Fault(key, "no such text"),))
        return self.sources[key]

    def _fill(self, key: str, template: str, values: Mapping[str, object]) -> str:
        if "{" not in template:
            return template

        def put_in(hole: re.Match[str]) -> str:
            if hole.group(1) not in values:
                problem = f"asks for a value that was not given: {hole.group(1)}"
                raise ContentError("The content has faults", (Fault(key, problem),))
            return formats.isolate(str(values[hole.group(1)]), self.language)

        return _HOLE.sub(put_in, template)


def load_translator(tag: str, sources: Mapping[str, str], folder: Path) -> Translator:
    """Return the translator for a language tag.

    Args:
        tag: Such as `en-GB`.
        sources: English texts by stable id.
        folder: Where the list of languages and the catalogues lie.

    Raises:
        ConsultError: There is no such language, or no catalogue for it.
        ContentError: The list of languages or the catalogue has faults.
    """
    languages = load_languages(folder)
    language = choose_language(tag, languages)
    path = folder / f"{language.tag}.po"
    if path.is_file():
        return Translator(language=language, sources=sources, catalogue=load_catalogue(path))
    if language.english:
        return Translator(language=language, sources=sources)
    raise ConsultError(
        f"There is no translation into {language.name} yet",
        f"Choose one of: {', '.join(list_tags(folder))}.",
    )


def list_tags(folder: Path) -> tuple[str, ...]:
    """Return the tags of the languages that have words."""
    return tuple(tag for tag, _ in list_languages(folder))


def list_languages(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return tag and own name of the languages that have words."""
    return tuple(
        (tag, language.name)
        for tag, language in sorted(load_languages(folder).items())
        if language.english or (folder / f"{tag}.po").is_file()
    )
