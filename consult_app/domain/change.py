"""Making the next value: one field of a frozen value changed by its path."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

V = TypeVar("V")


def put(value: V, path: str, new: object) -> V:
    """Return `value` with the field at `path`, such as `goals.own_words`, set to `new`.

    Raises:
        AttributeError: There is no such field.
    """
    changed: V = _put(value, path.split("."), new)
    return changed


def look(value: object, path: str) -> Any:  # noqa: ANN401 - the field's own type
    """Return the field at `path`.

    Raises:
        AttributeError: There is no such field.
    """
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _put(value: Any, names: list[str], new: object) -> Any:  # noqa: ANN401 - any frozen value
    name, *rest = names
    present = getattr(value, name)
    return replace(value, **{name: _put(present, rest, new) if rest else new})
