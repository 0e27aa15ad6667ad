"""Going on without settings that cannot be used: the file is put aside, what it says well stays."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from consult_app import record
from consult_app.errors import Fault, FileError
from consult_app.settings import FILE_NAME, Settings, find_no_depths, save_settings
from consult_app.wording import t

Tables = dict[str, Any]


def put_aside(home: Path, known: Iterable[Fault] = ()) -> tuple[Settings, Path]:
    """Put the settings in `home` aside, whatever lies there, and keep what they say well.

    Args:
        home: Where they lie.
        known: What cannot be used of them for a reason that does not lie in the file.

    Returns:
        What holds from now on, and where the former file lies.

    Raises:
        FileError: The folder cannot be written; nothing was changed.
    """
    settings, path = salvage(home, known), home / FILE_NAME
    aside = next(it for it in _names(path) if not it.exists())
    try:
        path.rename(aside)
    except OSError as error:
        title = t("{path} cannot be put aside: {reason}", path=path, reason=error.strerror)
        advice = t("Allow this user to write to the folder, or correct the file there.")
        raise FileError(title, advice) from None
    if settings != Settings():
        save_settings(home, settings)
    return settings, aside


def salvage(home: Path, known: Iterable[Fault] = ()) -> Settings:
    """Return the settings in `home` without what cannot be used of them; nothing is written."""
    try:
        tables: Tables = tomllib.loads((home / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # not there, no text, or no TOML
        return Settings()
    tables = _leave_out(tables, (fault.place for fault in known))
    while True:
        faults: list[Fault] = []
        settings = record.collect(Settings, tables, "", faults)
        faults += find_no_depths(settings) if settings is not None else ()
        if settings is not None and not faults:
            return settings
        before, tables = tables, _leave_out(tables, (fault.place for fault in faults))
        if tables == before:
            return Settings()


def _leave_out(tables: Tables, places: Iterable[str]) -> Tables:
    """Return the tables without what stands at these places; of a list the whole entry goes."""
    kept: Tables = {
        name: dict(held) if isinstance(held, dict) else held for name, held in tables.items()
    }
    entries: dict[str, set[int]] = {}
    for place in places:
        table, _, key = place.partition(".")
        name, _, number = table.partition("[")
        if place in kept:
            del kept[place]
        elif number:
            entries.setdefault(name, set()).add(int(number.partition("]")[0]))
        elif isinstance(kept.get(table), dict):
            kept[table].pop(key, None)
    for name, gone in entries.items():
        kept[name] = [it for number, it in enumerate(kept[name]) if number not in gone]
    return kept


def _names(path: Path) -> Iterator[Path]:
    yield path.with_stem(f"{path.stem}-put-aside")
    for number in count(2):
        yield path.with_stem(f"{path.stem}-put-aside-{number}")
