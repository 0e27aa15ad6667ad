"""Warnings whose whole demand a plan meets as it stands: nobody has to be warned of these."""

from __future__ import annotations

from itertools import pairwise

from consult_app.domain.plan import Plan, SessionPlan
from consult_app.knowledge.planning.depth import hundredths
from consult_app.knowledge.protocol.protocol import Protocol

START_LOW = "start_low"
PATCHES = frozenset({"test_patch_required", "test_patch_advised"})
"""What asks for a test patch, whether or not there is time for one."""


def find_met(protocol: Protocol, plan: Plan) -> frozenset[str]:
    """Return the ids of the warnings that the plan meets.

    A test patch is met by its day. Depths in dark skin are met where they begin as low and rise as
    slowly as is asked for; a roller, which has few depths, may rise by more in one step.
    """
    asked = {note.id for note in plan.warnings}
    met = PATCHES if plan.coming_patch else frozenset()
    if START_LOW in asked and _starts_low(protocol, plan.session_plan):
        met |= {START_LOW}
    return met & asked


def _starts_low(protocol: Protocol, sessions: tuple[SessionPlan, ...]) -> bool:
    ladder = protocol.plan.ladder
    first, rise = hundredths(ladder.first_session_mm), hundredths(ladder.rise_mm)
    depths = [[hundredths(it.planned_mm) for it in session.depths] for session in sessions]
    rises = (
        later - sooner
        for before, after in pairwise(depths)
        for sooner, later in zip(before, after, strict=True)
    )
    return max(depths[0], default=0) <= first and max(rises, default=0) <= rise
