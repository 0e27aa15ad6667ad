"""Parts that come and go without moving what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from PySide6.QtWidgets import QWidget

Part = TypeVar("Part", bound=QWidget)
MakeRoom = Callable[[int], None]
"""What makes room for a height that is about to be shown."""


def hold_place(part: Part, *, on: bool = True) -> Part:
    """Return a part that keeps its place while it is hidden."""
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(on)
    part.setSizePolicy(policy)
    return part


def leave_alone() -> AbstractContextManager[MakeRoom]:
    """Return what lays nothing out around a change."""
    return nullcontext(lambda _height: None)
