"""Reading a gettext catalogue (`.po`) with stable ids as contexts.

The English source stands in the catalogue beside its translation. So a translation whose English
has changed since is known to be stale, and one that is marked `fuzzy` to be unreviewed; neither is
used. That is also why the catalogue is read as it is and not compiled first.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from consult_app.errors import ContentError, Fault
from consult_app.values import dataclass

# Compiled when they are first used: English needs no catalogue.
_KEYWORD = r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")$'
_PLURAL = r"plural=([^;]+);?"
_HOLE = r"\{(\w+)\}"
_WINDOW = "window"
_NUMBER = "n"
"""The value by which a text is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text in its translation.

    Attributes:
        key: The stable id.
        source: The English it was made from (the singular where there are two).
        forms: The translation; several where the language counts.
        reviewed: A person has confirmed it.
    """

    key: str
    source: str
    forms: tuple[str, ...]
    reviewed: bool = True


def _choose_first(number: int) -> int:  # noqa: ARG001 - a language that does not count
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The translations into one language.

    Attributes:
        entries: By stable id.
        choose_form: Which form a number takes.
    """

    entries: Mapping[str, Entry]
    choose_form: Callable[[int], int] = _choose_first

    def find(self, key: str, source: str) -> Entry | None:
        """Return the translation of `source`, or None when missing, stale or unreviewed."""
        entry = self.entries.get(key)
        if entry is None or entry.source != source or not entry.reviewed or not all(entry.forms):
            return None
        return entry


EMPTY = Catalogue(entries={})


def load_catalogue(path: Path) -> Catalogue:
    """Return the catalogue in the file `path`.

    Raises:
        ContentError: It cannot be read; every fault is named with its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(
            "A translation cannot be read", (Fault(path.name, str(error)),)
        ) from error
    return read_catalogue(text, path.name)


def read_catalogue(text: str, place: str) -> Catalogue:
    """Return the catalogue in `text`.

    Raises:
        ContentError: Every fault, each with `place` and the line.
    """
    faults: list[Fault] = []
    entries: dict[str, Entry] = {}
    choose_form: Callable[[int], int] = _choose_first
    for line, fields, fuzzy in _split_entries(text, place, faults):
        if fields.get("msgid") == "" and "msgctxt" not in fields:
            choose_form = _read_plural(fields.get("msgstr", ""))
            continue
        entry = _make_entry(fields, fuzzy=fuzzy)
        problem = _find_problem(entry, entries)
        if problem:
            faults.append(Fault(f"{place} line {line}", problem))
        entries[entry.key] = entry
    if faults:
        raise ContentError("A translation has faults", tuple(faults))
    return Catalogue(entries=entries, choose_form=choose_form)


def find_holes(text: str) -> frozenset[str]:
    """Return the names of the values `text` asks for."""
    return frozenset(re.findall(_HOLE, text))


def window_key(english: str, context: str = "") -> str:
    """Return the key of words of the window, whose English is their id.

    In the file their context is `window`, or `window: ` and what tells two meanings apart.
    """
    return f"{_WINDOW}{': ' if context else ''}{context}\x04{english}"


def _find_problem(entry: Entry, entries: Mapping[str, Entry]) -> str:
    if not entry.key:
        return "no msgctxt, so the id of the text is not known"
    if entry.key in entries:
        return f"translated twice: {entry.key}"
    asked = find_holes(entry.source)
    strange = {hole for form in entry.forms for hole in find_holes(form)} - asked
    if strange:
        return f"asks for values there are not: {', '.join(sorted(strange))}"
    # One of several forms may stand for a single number; a number to call or a day is never lost.
    free = {_NUMBER} if len(entry.forms) > 1 else set()
    lost = {hole for form in entry.forms if form for hole in asked - find_holes(form)} - free
    return f"leaves out values: {', '.join(sorted(lost))}" if lost else ""


def _make_entry(fields: Mapping[str, str], *, fuzzy: bool) -> Entry:
    forms = tuple(value for name, value in fields.items() if name.startswith("msgstr"))
    key, source = fields.get("msgctxt", ""), fields.get("msgid", "")
    context, _, meaning = key.partition(": ")
    return Entry(
        key=window_key(source, meaning) if context == _WINDOW else key,
        source=source,
        forms=forms,
        reviewed=not fuzzy,
    )


def _read_plural(header: str) -> Callable[[int], int]:
    import gettext  # noqa: PLC0415 - English needs no catalogue

    rule = re.search(_PLURAL, header)
    return gettext.c2py(rule.group(1)) if rule else _choose_first


def _split_entries(
    text: str, place: str, faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str], bool]]:
    fields: dict[str, str] = {}
    current, fuzzy, start = "", False, 1
    for number, raw in enumerate([*text.splitlines(), ""], start=1):
        line = raw.strip()
        if not line:
            if fields:
                yield start, fields, fuzzy
            fields, current, fuzzy, start = {}, "", False, number + 1
        elif line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif match := re.match(_KEYWORD, line):
            current = match.group(1)
            fields[current] = _unquote(match.group(2))
        elif current and line.startswith('"') and line.endswith('"'):
            fields[current] += _unquote(line)
        else:
            faults.append(Fault(f"{place} line {number}", "not a line of a catalogue"))


def _unquote(text: str) -> str:
    return str(ast.literal_eval(text))
