"""The steps of a visit in their order, for whoever goes by a list (planning reference 1.9)."""

from __future__ import annotations

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t


def make_steps(theme: Theme, pack: Pack) -> Fold:
    """Return a closed part that lists them; nothing in it is recorded."""
    fold = Fold(theme, t("The steps of a visit"))
    for number, step in enumerate(pack.protocol.plan.procedure_step, start=1):
        fold.body.addWidget(Label(theme, f"{number}. {step.text}", "label", wrap=True))
    return fold
