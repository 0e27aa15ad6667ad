"""Why needling waits or is refused: calm while something is only not asked yet, plain otherwise."""

from __future__ import annotations

from consult_app.domain.decision import Decision, DecisionState
from consult_app.gui.panel import Panel
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.visits.added_refused import asks_reason_alone
from consult_app.knowledge.visits.obstacle import VISIT
from consult_app.knowledge.visits.treating import is_blocked
from consult_app.wording import t

OPEN = t("Open that visit")
ANEW = t("Put this one away and begin it")


def make_refusal(panel: Panel) -> Notice:
    """Return the notice of a panel that says why; it leads to what is to be finished or begun."""
    notice = Notice(panel.theme, "", "stop", parent=panel)
    session = panel.session

    def lead() -> None:
        decision = session.judgement.decision
        panel.wants.emit(f"{VISIT}{decision.visit}" if decision.visit else "anew")

    notice.acted.connect(lead)
    return notice


def is_refused(panel: Panel) -> bool:
    """Return whether needling is refused, or the record of it.

    What was done and only added to the plan is not: the reason for it is asked for instead.
    """
    visit, judgement = panel.session.visit, panel.session.judgement
    if not is_blocked(visit, judgement, panel.desk.settings.practice.supervisor):
        return False
    return not asks_reason_alone(panel.desk.pack, visit, judgement.decision)


def _find_action(decision: Decision) -> str:
    if decision.visit:
        return OPEN
    return ANEW if decision.overtaken else ""


def show_unread(notice: Notice, decision: Decision) -> None:
    """Name a visit that is to be read first, and refuse nothing for it."""
    if decision.visit and not decision.blocks_treatment:
        notice.set_action(OPEN)
        notice.show_text(f"{decision.headline}. {decision.advice}", "warn")


def tell_refused(notice: Notice, decision: Decision) -> None:
    """Say in a notice that needling is refused, and lead to the visit that is in the way."""
    notice.set_action(_find_action(decision))
    notice.show_text(t("Treating is refused: {headline}.", headline=decision.headline), "stop")


def show_refusal(panel: Panel, notice: Notice, advice: str) -> None:
    """Say in a notice of a panel why needling may not begin; nothing when it may."""
    decision, blocked = panel.session.judgement.decision, is_refused(panel)
    notice.set_action(_find_action(decision) if blocked else "")
    if not blocked:
        notice.show_text("")
    elif decision.state is DecisionState.INCOMPLETE:
        asking = t("Treating can begin once no question is open. {advice}", advice=advice)
        notice.show_text(asking, "info")
    else:
        refused = t(
            "Treating is refused: {headline}. {advice}",
            headline=decision.headline,
            advice=decision.advice or advice,
        )
        notice.show_text(refused, "stop")
