"""The concern that sets the pace of a plan: how many visits, how far apart, and when it shows."""

from __future__ import annotations

from collections.abc import Iterable

from consult_app.domain.plan import PlanRequest


def find_primary(request: PlanRequest, kept: Iterable[str]) -> str:
    """Return the concern that sets sessions and dates; one whose every line went out does not.

    Args:
        request: What was asked for, with a target at least.
        kept: The concerns of what is left of it, in order.
    """
    asked = request.primary_concern or request.targets[0].concern
    left = tuple(kept)
    planned = any(target.concern == asked for target in request.targets)
    return left[0] if left and planned and asked not in left else asked
