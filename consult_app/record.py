"""Strict exchange between frozen dataclasses and plain JSON values.

Reading refuses unknown fields and wrong types and names every fault with its place, so that a
misspelt key is never ignored and a number never becomes text. Types understood: `str`, `int`,
`float`, `bool`, `date`, `datetime`, enumerations of strings, `Literal`, `tuple[T, ...]`,
`Mapping[str, T]`, `T | None`, other dataclasses, and `Scalar` classes that parse themselves.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Protocol, TypeVar, runtime_checkable

from consult_app.errors import Fault, InputError

T = TypeVar("T")
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


def read(kind: type[T], data: Json, *, title: str = "This cannot be read", place: str = "") -> T:
    """Return `data` as a `kind`.

    Args:
        kind: The dataclass to make.
        data: Plain JSON values, as `json.load` or `tomllib.load` returns them.
        title: What to say when it fails.
        place: Prefix for the places of faults.

    Raises:
        InputError: `data` does not fit; every fault is listed.
    """
    faults: list[Fault] = []
    value = _read(kind, data, place, faults)
    if faults:
        raise InputError(title, tuple(faults))
    return typing.cast("T", value)


def collect(kind: type[T], data: Json, place: str, faults: list[Fault]) -> T | None:
    """Like `read`, but add what is wrong to `faults` and return None when anything is."""
    before = len(faults)
    value = _read(kind, data, place, faults)
    return None if len(faults) > before else typing.cast("T", value)


def write(value: object, *, full: bool = False) -> Any:  # noqa: ANN401 - plain JSON has no narrower type
    """Return `value` as plain JSON values.

    Fields that stand at their default are left out, unless `full`: what is kept for years must
    not change its meaning when a default does.
    """
    if _is_scalar(type(value)):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _write_fields(value, full=full)
    if isinstance(value, Mapping):
        return {str(key): write(item, full=full) for key, item in value.items()}
    if isinstance(value, tuple):
        return [write(item, full=full) for item in value]
    return _write_scalar(value)


def _write_scalar(value: object) -> Any:  # noqa: ANN401 - text, number, flag or nothing
    if isinstance(value, datetime):
        spec = "microseconds" if value.microsecond else "seconds" if value.second else "minutes"
        return value.isoformat(timespec=spec)
    if isinstance(value, StrEnum):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def quote(data: Json) -> str:
    """Return `data` shortened for a message, in JSON's notation."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - fits one line


def _is_scalar(kind: type) -> bool:
    return hasattr(kind, "parse")


def _write_fields(value: object, *, full: bool) -> dict[str, Any]:
    written = {}
    for field in dataclasses.fields(value):  # type: ignore[arg-type] # checked by the caller
        item = getattr(value, field.name)
        if full or item != _default(field):
            written[field.name] = write(item, full=full)
    return written


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, data: Json, place: str, faults: list[Fault]) -> object:  # noqa: ANN401 - any kind of type can stand here
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_optional(kind, data, place, faults)
    if origin is tuple:
        return _read_list(typing.get_args(kind), data, place, faults)
    if origin is not None and issubclass_safe(origin, Mapping):
        return _read_mapping(typing.get_args(kind)[1], data, place, faults)
    if origin is typing.Literal:
        return _read_choice(typing.get_args(kind), data, place, faults)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and not _is_scalar(kind):
        return _read_fields(kind, data, place, faults)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        chosen = _read_choice(tuple(str(item) for item in kind), data, place, faults)
        return kind(chosen) if isinstance(chosen, str) else None
    return _read_scalar(kind, data, place, faults)


def issubclass_safe(kind: object, parent: type) -> bool:
    """Return whether `kind` is a class below `parent`; anything else is not."""
    return isinstance(kind, type) and issubclass(kind, parent)


def _read_optional(kind: object, data: Json, place: str, faults: list[Fault]) -> object:
    if data is None:
        return None
    options = [option for option in typing.get_args(kind) if option is not types.NoneType]
    for option in options[:-1]:
        attempt: list[Fault] = []
        value = _read(option, data, place, attempt)
        if not attempt:
            return value
    return _read(options[-1], data, place, faults)


def _read_list(kinds: tuple[object, ...], data: Json, place: str, faults: list[Fault]) -> object:
    if not isinstance(data, list | tuple):
        faults.append(Fault(place, f"not a list: {quote(data)}"))
        return None
    if kinds[-1] is not Ellipsis and len(data) != len(kinds):
        faults.append(Fault(place, f"not a list of {len(kinds)}: {quote(data)}"))
        return None
    kind = kinds[0]
    return tuple(_read(kind, item, f"{place}[{n}]", faults) for n, item in enumerate(data))


def _read_mapping(kind: object, data: Json, place: str, faults: list[Fault]) -> object:
    if not isinstance(data, Mapping):
        faults.append(Fault(place, f"not a table of names and values: {quote(data)}"))
        return None
    return {str(key): _read(kind, item, join(place, key), faults) for key, item in data.items()}


def _read_choice(
    choices: tuple[object, ...], data: Json, place: str, faults: list[Fault]
) -> object:
    if any(data == choice and type(data) is type(choice) for choice in choices):
        return data
    known = ", ".join(str(choice) for choice in choices)
    faults.append(Fault(place, f"not one of {known}: {quote(data)}"))
    return None


def join(place: str, key: object) -> str:
    """Return the place of `key` inside `place`."""
    return f"{place}.{key}" if place else str(key)


def _read_fields(kind: type, data: Json, place: str, faults: list[Fault]) -> object:
    if not isinstance(data, Mapping):
        faults.append(Fault(place, f"not a table of names and values: {quote(data)}"))
        return None
    hints = _hints(kind)
    known = {field.name: field for field in dataclasses.fields(kind)}
    before = len(faults)
    faults.extend(Fault(join(place, key), "unknown field") for key in data if key not in known)
    values = {}
    for name, field in known.items():
        if name in data:
            values[name] = _read(hints[name], data[name], join(place, name), faults)
        elif _default(field) is dataclasses.MISSING:
            faults.append(Fault(join(place, name), "missing"))
    return kind(**values) if len(faults) == before else None


def _read_scalar(kind: Any, data: Json, place: str, faults: list[Fault]) -> object:  # noqa: ANN401 - any class can stand here
    reader = _SCALARS.get(kind)
    try:
        if reader is not None:
            return reader(data)
        if not isinstance(data, str):
            raise ValueError(f"not text: {quote(data)}")  # noqa: TRY004, TRY301 - one road for all
        return kind.parse(data)
    except ValueError as error:
        faults.append(Fault(place, str(error)))
        return None


def _text(data: Json) -> str:
    if not isinstance(data, str):
        raise ValueError(f"not text: {quote(data)}")  # noqa: TRY004 - caught beside the others
    return data


def _flag(data: Json) -> bool:
    if not isinstance(data, bool):
        raise ValueError(f"not true or false: {quote(data)}")  # noqa: TRY004 - caught beside the others
    return data


def _whole(data: Json) -> int:
    if isinstance(data, bool) or not isinstance(data, int):
        raise ValueError(f"not a whole number: {quote(data)}")  # noqa: TRY004 - caught beside the others
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
    try:
        return date.fromisoformat(_text(data)) if _DAY.fullmatch(_text(data)) else _no()
    except ValueError:
        raise ValueError(f"not a date: {quote(data)}") from None


def _moment(data: Json) -> datetime:
    if isinstance(data, datetime) and data.tzinfo is None:
        return data
    try:
        return datetime.fromisoformat(_text(data)) if _MOMENT.fullmatch(_text(data)) else _no()
    except ValueError:
        raise ValueError(f"not a date and time: {quote(data)}") from None


def _no() -> typing.NoReturn:
    raise ValueError


_SCALARS: dict[Any, typing.Callable[[Json], object]] = {
    str: _text,
    bool: _flag,
    int: _whole,
    float: _number,
    date: _date,
    datetime: _moment,
    object: lambda data: data,
}
