"""Reading what JSON writes as one piece: text, numbers, flags and dates."""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")
Day = TypeVar("Day", bound=date)
Json = object

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Wall-clock time: an offset would be a second opinion on what the clock in the clinic shows.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?", re.ASCII)


@runtime_checkable
class Scalar(Protocol):
    """A value written as one piece of text."""

    @classmethod
    def parse(cls, text: str) -> Scalar:
        """Return the value, or raise `ValueError` with the problem in a few words."""


def quote(data: Json) -> str:
    """Return `data` shortened for a message, in JSON's notation."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - fits one line


def parse(kind: type[Scalar], data: Json) -> Scalar:
    """Return what a class makes of a text, or raise `ValueError`."""
    return kind.parse(_take(str, "not text", data))


def _take(kind: type[T], problem: str, data: Json) -> T:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise ValueError(f"{problem}: {quote(data)}")
    return data


def _number(data: Json) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise ValueError(f"not a number: {quote(data)}")  # noqa: TRY004 - caught beside the others
    try:
        number = float(data)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"not a number: {quote(data)}")
    return number


def _date(data: Json) -> date:
    if isinstance(data, date) and not isinstance(data, datetime):
        return data
    return _from_iso(date, _DAY, data, "not a date")


def _moment(data: Json) -> datetime:
    if isinstance(data, datetime) and data.tzinfo is None:
        return data
    return _from_iso(datetime, _MOMENT, data, "not a date and time")


def _from_iso(kind: type[Day], pattern: re.Pattern[str], data: Json, problem: str) -> Day:
    with contextlib.suppress(ValueError):
        if isinstance(data, str) and pattern.fullmatch(data):
            return kind.fromisoformat(data)
    raise ValueError(f"{problem}: {quote(data)}")


SCALARS: dict[Any, Callable[[Json], object]] = {
    str: partial(_take, str, "not text"),
    bool: partial(_take, bool, "not true or false"),
    int: partial(_take, int, "not a whole number"),
    float: _number,
    date: _date,
    datetime: _moment,
    object: lambda data: data,
}
"""What reads each plain type, or raises `ValueError` with the problem."""
