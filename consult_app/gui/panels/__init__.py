"""The panels, by the id of their step: seven of a consultation, and those of later visits."""

from __future__ import annotations

from consult_app.gui.panel import Panel
from consult_app.gui.panels.addendum import AddendumPanel
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.panels.treatment.treated import TreatedPanel

PANELS: dict[str, type[Panel]] = {
    panel.step: panel
    for panel in (
        GoalsPanel,
        SkinPanel,
        SafetyPanel,
        PlanPanel,
        ExpectationsPanel,
        AgreePanel,
        FinishPanel,
        RecheckPanel,
        TreatedPanel,
        AfterPanel,
        ReviewPanel,
        AddendumPanel,
    )
}
