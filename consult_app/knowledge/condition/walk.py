"""What a condition looks at, without asking it."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.knowledge.condition.entry import EntryTest
from consult_app.knowledge.condition.fact import FactTest
from consult_app.knowledge.condition.nodes import All, Any, Condition, DepthBeyondGuide

_DEPTH = "depth_mm"


def list_tests(condition: Condition) -> Iterator[EntryTest]:
    """Yield the tests on entries, one of which may have to hold; a denied one is left out."""
    if isinstance(condition, EntryTest):
        yield condition
    elif isinstance(condition, All | Any):
        for part in condition.parts:
            yield from list_tests(part)


def looks_at_depth(condition: object) -> bool:
    """Return whether the depth of the treatment has a say."""
    if isinstance(condition, FactTest):
        return condition.name == _DEPTH
    parts = (*getattr(condition, "parts", ()), getattr(condition, "part", None))
    return isinstance(condition, DepthBeyondGuide) or any(map(looks_at_depth, filter(None, parts)))
