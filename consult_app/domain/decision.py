"""What the decision box shows: one value, computed without a window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from consult_app.domain.finding import Finding, Severity
from consult_app.values import dataclass, field


class DecisionState(StrEnum):
    """State of the decision box. It starts at *not checked* and is never green by default."""

    NOT_CHECKED = "not_checked"
    CHECKING = "checking"
    COULD_NOT_CHECK = "could_not_check"
    INCOMPLETE = "incomplete"
    CLEAR = "clear"
    PRECAUTION = "precaution"
    RELATIVE = "relative"
    DEFER = "defer"
    CHANGE_PLAN = "change_plan"
    ABSOLUTE = "absolute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A question still open.

    Attributes:
        step: Where it is asked.
        item: Its id.
        label: Its label.
        against: What contradicts its answer.
        until: When that ends of itself; None where nobody can tell.
    """

    step: str
    item: str
    label: str
    against: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision box.

    Attributes:
        state: Which of the states.
        headline: The words shown; they carry the meaning without colour.
        findings: Fired rules, strongest first.
        needed: Questions still unanswered.
        recorded: Findings decided with a written reason, and the reasons by their ids.
        recorded_on: The days of the earlier visits in which such a reason was written.
        eased: What findings may fall to once a depth is planned, by their ids.
        blocks_treatment: Whether *treat today* and signing are refused.
        advice: What to do first, where it is another visit that stands in the way and no answer.
        visit: Id of another visit that stands in the way, or is to be read first; empty for none.
        visit_until: From which day it does so no more; None where nobody can tell.
        overtaken: A later consultation counts, by which the treatment is begun anew.
        dated_before: That a treatment is dated before the consultation it follows; empty if not.
        unknown: What a case file told in codes that no rule knows, so that nothing judged it.
        unjudged: Allergies that are written and judged by nothing.
    """

    state: DecisionState = DecisionState.NOT_CHECKED
    headline: str = "Not checked yet"
    findings: tuple[Finding, ...] = ()
    needed: tuple[Needed, ...] = ()
    recorded: Mapping[str, str] = field(default_factory=dict, repr=False)
    recorded_on: Mapping[str, date] = field(default_factory=dict)
    eased: Mapping[str, Severity] = field(default_factory=dict, repr=False)
    blocks_treatment: bool = True
    advice: str = ""
    visit: str = ""
    visit_until: date | None = None
    overtaken: bool = False
    dated_before: str = ""
    unknown: tuple[str, ...] = field(default=(), repr=False)
    unjudged: tuple[str, ...] = field(default=(), repr=False)
