"""Values that are kept part by part, so that each is restored when it is first asked for."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from consult_app.values import fields

T = TypeVar("T", bound="InParts")
Parts = dict[str, bytes]

_PARTS = "_parts"


class InParts:
    """A dataclass without slots whose fields are pickled one by one.

    One that comes out of a pickle holds the bytes of its fields and makes of them what somebody
    asks for, with what that is made of. To everybody it looks as if all were there.
    """

    def __reduce__(self) -> tuple[Callable[[type[T], Parts], T], tuple[type, Parts]]:
        """Return how it is made again."""
        parts = {
            each.name: pickle.dumps(getattr(self, each.name), pickle.HIGHEST_PROTOCOL)
            for each in fields(self)  # type: ignore[arg-type] # every subclass is a dataclass
        }
        return restore, (type(self), parts)

    if not TYPE_CHECKING:  # else no misspelt name would ever be found

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a field can be of any kind
            """Return a field that was not asked for before."""
            parts = self.__dict__.get(_PARTS, {})
            if name not in parts:
                raise AttributeError(f"{type(self).__qualname__} has no {name}")
            # Two threads may both come here; they make equal values, and either may stay.
            return self.__dict__.setdefault(name, _make(parts[name]))


def restore(kind: type[T], parts: Parts) -> T:
    """Return a value by the bytes of its fields."""
    value = kind.__new__(kind)
    value.__dict__[_PARTS] = parts
    for name in parts:
        if hasattr(kind, name):  # its default would be found instead, and nothing missed
            value.__dict__[name] = _make(parts[name])
    return value


def _make(part: bytes) -> object:
    return pickle.loads(part)  # noqa: S301 - `compiled` says why
