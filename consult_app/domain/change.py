"""Making the next value: one field of a frozen value changed by its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from consult_app.values import fields, is_dataclass, replace

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


def find_changes(old: object, new: object) -> frozenset[str]:
    """Return the paths of what differs between two frozen values of one kind.

    A list that became longer or shorter is named with its new length, such as `skin.findings#3`,
    so that adding two things is not taken for changing one twice.
    """
    return frozenset(_differ(old, new, ""))


def _differ(old: Any, new: Any, path: str) -> list[str]:  # noqa: ANN401 - any frozen value
    if old is new:
        return []
    lead = f"{path}." if path else ""
    if is_dataclass(old) and type(old) is type(new):
        names = [field.name for field in fields(old)]
        pairs = [(name, getattr(old, name), getattr(new, name)) for name in names]
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        pairs = [(name, old.get(name), new.get(name)) for name in {**old, **new}]
    elif isinstance(old, tuple) and isinstance(new, tuple):
        if len(old) != len(new):
            return [f"{path}#{len(new)}"]
        pairs = [(f"{at}", a, b) for at, (a, b) in enumerate(zip(old, new, strict=True))]
        if not all(is_dataclass(a) for _, a, _ in pairs):
            # A stroke that grows stays the same stroke, so what it is made of is not named.
            return [f"{lead}{at}" for at, a, b in pairs if a != b]
    else:
        return [] if old == new else [path]
    return [found for name, a, b in pairs for found in _differ(a, b, f"{lead}{name}")]


def _put(value: Any, names: list[str], new: object) -> Any:  # noqa: ANN401 - any frozen value
    name, *rest = names
    present = getattr(value, name)
    return replace(value, **{name: _put(present, rest, new) if rest else new})
