"""What a patient signs beneath: the words of the content, and what is planned."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.gui.places import name_place
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import MEASURE, Label, held_to_measure
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.seen import find_line_sides
from consult_app.knowledge.visits.locking import is_agreed
from consult_app.wording import t, tn

PLANNED = t("Planned here: {lines}")
VERSION = t("Consent wording {version}")


class SignedWords(QWidget):
    """The words above a signature, with their version, in lines of so many letters at most.

    Attributes:
        statement: What is agreed to.
        planned: The treatment it speaks of.
        version: Which wording it is; of a signature from before, which wording that was.
    """

    def __init__(self, theme: Theme, letters: int = MEASURE) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.statement = Label(theme, "", "body", wrap=True)
        self.planned = Label(theme, "", "body", wrap=True)
        self.version = Label(theme, "", "caption", "text2", wrap=True)
        for label in (self.statement, self.planned, self.version):
            column.addLayout(held_to_measure(label, letters))

    def show_visit(self, pack: Pack, visit: Consultation, plan: Plan | None) -> None:
        """Show the words of today; above a signature only where they are those it was made for."""
        kept = visit.agreement.wording_version if is_agreed(visit) else pack.consent_wording
        same = kept == pack.consent_wording
        planned = tell_planned(pack, visit, plan) if same and plan is not None else ""
        self.statement.setText(pack.texts["texts"]["signing"].text if same else "")
        self.planned.setText(planned)
        self.version.setText(VERSION.format(version=kept) if kept else "")
        for label in (self.statement, self.planned, self.version):
            label.setVisible(bool(label.text()))


def tell_planned(pack: Pack, visit: Consultation, plan: Plan) -> str:
    """Return where a plan treats what, in the patient's words, and in how many visits."""
    sides, concerns = find_line_sides(pack, visit, visit.plan.targets), pack.texts["concern"]
    lines = [
        f"{name_place(pack, it.area, sides.get((it.area, it.concern), ''))}: "
        f"{concerns[it.concern].text}"
        for it in plan.lines
    ]
    lines.append(tn("1 visit", "{n} visits", len(plan.session_plan)))
    return PLANNED.format(lines="; ".join(lines))
