"""Strict exchange between frozen dataclasses and plain JSON values.

Reading refuses unknown fields and wrong types and names every fault with its place, so that a
misspelt key is never ignored and a number never becomes text. Types understood: `str`, `int`,
`float`, `bool`, `date`, `datetime`, enumerations of strings, `Literal`, `tuple[T, ...]`,
`Mapping[str, T]`, `T | None`, other dataclasses, and `Scalar` classes that parse themselves.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar

from consult_app import values
from consult_app.errors import Fault, InputError
from consult_app.scalars import SCALARS, Json, parse, quote

T = TypeVar("T")


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
    value = _reader(typing.cast("Any", kind))(data, place, faults)
    if faults:
        raise InputError(title, tuple(faults))
    return typing.cast("T", value)


def collect(kind: type[T], data: Json, place: str, faults: list[Fault]) -> T | None:
    """Like `read`, but add what is wrong to `faults` and return None when anything is."""
    before = len(faults)
    value = _reader(typing.cast("Any", kind))(data, place, faults)
    return None if len(faults) > before else typing.cast("T", value)


def write(value: object, *, full: bool = False) -> Any:  # noqa: ANN401 - plain JSON has no narrower type
    """Return `value` as plain JSON values.

    Fields that stand at their default are left out, unless `full`: what is kept for years must
    not change its meaning when a default does.
    """
    if hasattr(type(value), "parse"):
        return str(value)
    if values.is_dataclass(value) and not isinstance(value, type):
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


def _write_fields(value: object, *, full: bool) -> dict[str, Any]:
    written = {}
    for field in values.fields(value):  # type: ignore[arg-type] # checked by the caller
        item = getattr(value, field.name)
        if full or item != _default(field):
            written[field.name] = write(item, full=full)
    return written


def _default(field: Any) -> object:  # noqa: ANN401 - a field of either sort of dataclass
    if field.default_factory is not values.MISSING:
        return field.default_factory()
    return field.default


Reader = Callable[[Json, str, list[Fault]], object]
_AS_IS: dict[Any, type] = {str: str, bool: bool, int: int}


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - any kind of type can stand here
    """Return what reads a type; a type is looked into once, however many values it has."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        options = tuple(_reader(option) for option in arguments if option is not types.NoneType)
        return partial(_read_optional, options)
    if origin is tuple:
        length = None if arguments[-1] is Ellipsis else len(arguments)
        plain = None if length else _AS_IS.get(arguments[0])
        return partial(_read_list, _reader(arguments[0]), plain, length)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return partial(_read_mapping, _reader(arguments[1]))
    if origin is typing.Literal:
        return partial(_read_choice, arguments)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return partial(_read_word, kind, tuple(str(item) for item in kind))
    if isinstance(kind, type) and values.is_dataclass(kind) and not hasattr(kind, "parse"):
        return partial(_read_fields, kind)
    return partial(_read_scalar, SCALARS.get(kind) or partial(parse, kind))


@cache
def _fields(kind: type) -> dict[str, tuple[Reader, bool, type | None]]:
    """Return by field what reads it, whether it has no default, and the type taken as it is."""
    # Looked up at the first value, not in `_reader`: a class may hold values of its own kind.
    hints = _hints(kind)
    return {
        field.name: (_reader(hint), _default(field) is values.MISSING, _AS_IS.get(hint))
        for field in values.fields(kind)
        for hint in (hints[field.name],)
    }


def _hints(kind: type) -> dict[str, Any]:
    """Return the types of a class's fields, as `typing.get_type_hints` does in four times the time.

    It can, because the annotations here hold no further ones as text.
    """
    hints = {}
    for each in reversed(kind.__mro__):
        names = vars(sys.modules[each.__module__])
        for field, hint in getattr(each, "__annotations__", {}).items():
            hints[field] = eval(hint, names) if isinstance(hint, str) else hint  # noqa: S307 - ours
    return hints


def _read_optional(
    options: tuple[Reader, ...], data: Json, place: str, faults: list[Fault]
) -> object:
    if data is None:
        return None
    for option in options[:-1]:
        attempt: list[Fault] = []
        value = option(data, place, attempt)
        if not attempt:
            return value
    return options[-1](data, place, faults)


def _read_list(
    reader: Reader,
    plain: type | None,
    length: int | None,
    data: Json,
    place: str,
    faults: list[Fault],
) -> object:
    if plain and type(data) is list and all(type(item) is plain for item in data):
        return tuple(data)  # the same without reading each
    if not isinstance(data, list | tuple):
        faults.append(Fault(place, f"not a list: {quote(data)}"))
        return None
    if length is not None and len(data) != length:
        faults.append(Fault(place, f"not a list of {length}: {quote(data)}"))
        return None
    return tuple([reader(item, f"{place}[{n}]", faults) for n, item in enumerate(data)])


def _read_mapping(reader: Reader, data: Json, place: str, faults: list[Fault]) -> object:
    if not isinstance(data, Mapping):
        faults.append(Fault(place, f"not a table of names and values: {quote(data)}"))
        return None
    return {str(key): reader(item, join(place, key), faults) for key, item in data.items()}


def _read_choice(
    choices: tuple[object, ...], data: Json, place: str, faults: list[Fault]
) -> object:
    for choice in choices:
        if data == choice and type(data) is type(choice):
            return data
    known = ", ".join(str(choice) for choice in choices)
    faults.append(Fault(place, f"not one of {known}: {quote(data)}"))
    return None


def _read_word(
    kind: type[StrEnum], choices: tuple[str, ...], data: Json, place: str, faults: list[Fault]
) -> object:
    chosen = _read_choice(choices, data, place, faults)
    return kind(chosen) if isinstance(chosen, str) else None


def join(place: str, key: object) -> str:
    """Return the place of `key` inside `place`."""
    return f"{place}.{key}" if place else str(key)


def _read_fields(kind: type, data: Json, place: str, faults: list[Fault]) -> object:
    if not isinstance(data, Mapping):
        faults.append(Fault(place, f"not a table of names and values: {quote(data)}"))
        return None
    known = _fields(kind)
    before = len(faults)
    if not data.keys() <= known.keys():
        faults.extend(Fault(join(place, key), "unknown field") for key in data if key not in known)
    values = {}
    for name, (reader, needed, plain) in known.items():
        if name in data:
            item = data[name]
            taken = type(item) is plain
            values[name] = item if taken else reader(item, join(place, name), faults)
        elif needed:
            faults.append(Fault(join(place, name), "missing"))
    return kind(**values) if len(faults) == before else None


def _read_scalar(
    reader: Callable[[Json], object], data: Json, place: str, faults: list[Fault]
) -> object:
    try:
        return reader(data)
    except ValueError as error:
        faults.append(Fault(place, str(error)))
        return None
