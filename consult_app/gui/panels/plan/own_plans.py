"""My plans: a plan kept from one patient's visit is taken over into another's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from consult_app.domain.own import Own
from consult_app.domain.plan import PlanRequest
from consult_app.gui.desk import Desk
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import MenuButton
from consult_app.gui.widgets.passing_word import say_beside
from consult_app.knowledge.visits.own_plan import keep_plan, use_plan
from consult_app.values import fields
from consult_app.wording import t

KEPT = t("Kept among My plans as {name}.")
KEEP, MANAGE = "keep", "manage"


class OwnPlans(MenuButton):
    """Offers the plans that were kept, and keeps the present one.

    Attributes:
        taken: A plan is to be used; carries the `PlanRequest`.
        manage_wanted: They are to be named, dropped or handed on.
    """

    taken = Signal(object)
    manage_wanted = Signal()

    def __init__(self, theme: Theme, desk: Desk, session: Session) -> None:
        super().__init__(theme, t("My plans"))
        self._desk, self._session = desk, session
        self._own = Own()
        self.chosen.connect(self._choose)

    def open_menu(self) -> QMenu:
        """Open the menu with what is kept by now."""
        self._own = self._desk.records.read_own()
        plan = keep_plan(self._desk.pack, self._session.visit)
        known = any(it.plan == plan.plan for it in self._own.plans)
        choices = [(str(number), it.name) for number, it in enumerate(self._own.plans)]
        if plan.plan.targets and not known:
            choices.append((KEEP, t("Keep this plan as mine")))
        self.set_choices([*choices, (MANAGE, t("Name, forget or hand on"))])
        return super().open_menu()

    def _choose(self, choice: str) -> None:
        if choice == MANAGE:
            self.manage_wanted.emit()
        elif choice == KEEP:
            plan = keep_plan(self._desk.pack, self._session.visit)
            self._desk.records.save_own(self._own.add(Own(plans=(plan,))))
            say_beside(self.theme, self, KEPT.format(name=plan.name))
        else:
            own = self._own.plans[int(choice)]
            self.taken.emit(use_plan(self._desk.pack, self._session.visit, own))


def list_fields(plan: PlanRequest) -> dict[str, object]:
    """Return the fields of a plan by their names, as changes of another."""
    return {field.name: getattr(plan, field.name) for field in fields(plan)}
