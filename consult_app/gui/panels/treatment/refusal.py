"""Why needling waits or is refused: calm while something is only not asked yet, plain otherwise."""

from __future__ import annotations

from consult_app.domain.decision import Decision, DecisionState
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t


def show_refusal(notice: Notice, decision: Decision, advice: str, *, blocked: bool) -> None:
    """Say in a notice why needling may not begin; nothing when it may."""
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
