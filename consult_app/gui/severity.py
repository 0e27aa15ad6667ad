"""What a finding asks for, at a glance: icon, tone and words."""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.domain.finding import Finding, Severity
from consult_app.gui.phrases import write_day
from consult_app.values import dataclass
from consult_app.wording import t

RECORDED = t("Decided, with the reason")
_SIGNS = {
    Severity.ABSOLUTE: ("octagon-x", "stop", t("Do not treat")),
    Severity.DEFER: ("calendar-clock", "warn", t("Wait")),
    Severity.RELATIVE: ("triangle-alert", "warn", t("Decide or clear")),
    Severity.PRECAUTION: ("info", "info", t("Take care")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How a finding is shown; the words carry the meaning, colour and icon only repeat it."""

    icon: str
    tone: str
    words: str


def find_sign(finding: Finding, recorded: Mapping[str, str]) -> Sign:
    """Return how a finding is shown.

    Args:
        finding: The finding.
        recorded: The reasons of the findings that were decided, by their ids.
    """
    icon, tone, words = _SIGNS[finding.severity]
    if finding.id in recorded:
        return Sign(icon="check", tone="ok", words=RECORDED)
    return Sign(icon=icon, tone=tone, words=_ask(finding) or words)


def _ask(finding: Finding) -> str:
    """Return what is asked for beyond the severity; empty where nothing is."""
    if finding.severity is Severity.DEFER and finding.until:
        return t("Not before {day}", day=write_day(finding.until))
    if finding.severity is Severity.DEFER and finding.open:
        return t("Wait: no date can be given yet")
    return t("Change the plan") if finding.resolves_by == "change_plan" else ""
