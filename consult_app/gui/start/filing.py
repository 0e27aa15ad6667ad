"""Putting an unfinished visit away, as one of the wrong patient: why, and the way back.

Nothing of it is lost: it stays with the patient in whose record it was begun, as it was left.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.dialogs import fit_screen
from consult_app.gui.phrases import write_name
from consult_app.gui.start.following import is_done
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.flow import GAP, FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.wording import t

COPY, OVERTAKEN, WRONG, ABSENT = "copy", "overtaken", "wrong_patient", "absent"
REASONS = {
    WRONG: t("Wrong patient"),
    "mistake": t("Begun by mistake"),
    ABSENT: t("The patient did not come"),
    "not_held": t("The visit did not take place"),
    OVERTAKEN: t("A later consultation counts"),
    COPY: t("Another copy of it counts"),
}
"""Why a visit is put away. The audit keeps the codes, as words of a person could name somebody."""
DONE = t(
    "It says that the patient was treated. If so, sign it: the next treatment counts from it. If "
    "not, choose Not treated on After, and put it away then."
)
THIS = t("the patient whose name stands above it")


def list_reasons(
    visit: Consultation, *, overtaken: bool, other: Consultation | None = None
) -> list[str]:
    """Return why this visit may be put away.

    What was done to this patient is only put away as another's, or where the copy that counts
    says so too: else it would count nowhere.

    Args:
        visit: The visit.
        overtaken: A later consultation counts.
        other: The copy of it that counts, where there is one.
    """
    if is_done(visit):
        return [WRONG, COPY] if other is not None and is_done(other) else [WRONG]
    left_out = {OVERTAKEN} if not overtaken else set()
    left_out |= {COPY} if other is None else set()
    left_out |= {ABSENT} if visit.kind == "addendum" else set()  # nobody was to come to one
    return [code for code in REASONS if code not in left_out]


def tell_away(visit: Consultation) -> str:
    """Return that a visit was put away, and why."""
    return t("Put away: {reason}", reason=REASONS.get(visit.put_away, t("no reason kept")))


class FilingSheet(QDialog):
    """Asks why a visit is put away, and says what becomes of it.

    Attributes:
        chosen: It is to be put away; carries the code of the reason.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        visit: Consultation,
        parent: QWidget,
        *,
        renamed: bool,
        overtaken: bool,
        other: Consultation | None = None,
    ) -> None:
        """Ask about a visit.

        Args:
            theme: The look.
            visit: The visit.
            parent: Its window.
            renamed: Who the patient is was changed in it.
            overtaken: A later consultation counts than the one it was begun after.
            other: The copy of it that counts, where there is one.
        """
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Put this visit away"))
        self.setMinimumWidth(theme.px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(12))
        column.addWidget(Label(theme, t("Why is this visit put away?"), "section", wrap=True))
        told = t(
            "Nothing is lost. What was entered stays on the page of {name}, under Visits, and can "
            "be taken up again there. It is not signed and counts nowhere.",
            name=write_name(visit.patient.name) or THIS,
        )
        column.addWidget(Label(theme, told, "body", "text2", wrap=True))
        self.setAccessibleDescription(told)
        if renamed:
            stays = t("Patient details that were changed stay changed. Correct them first.")
            column.addWidget(Notice(theme, stays, "warn"))
        reasons = list_reasons(visit, overtaken=overtaken, other=other)
        if is_done(visit) and COPY not in reasons:
            column.addWidget(Notice(theme, DONE, "warn"))
        column.addWidget(self._offer(theme, reasons))
        self.leave = Button(theme, t("Keep it open"), "quiet")
        self.leave.clicked.connect(self.reject)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignRight)
        fit_screen(self, theme.px(480), column.heightForWidth(theme.px(480)))
        self.leave.setDefault(True)
        self.leave.setFocus()

    def _offer(self, theme: Theme, reasons: list[str]) -> FlowBox:
        self.reasons = {code: Button(theme, REASONS[code], "secondary") for code in reasons}
        choices = FlowBox(t("Why is this visit put away?"), row_gap=theme.px(GAP))
        for code, button in self.reasons.items():
            button.clicked.connect(lambda _=False, it=code: self._choose(it))
            choices.add(button)
        return choices

    def _choose(self, reason: str) -> None:
        self.accept()
        self.chosen.emit(reason)


class PutAway(Notice):
    """Says on the start page whose visit was put away, and takes it up again.

    Attributes:
        back_wanted: It is to be gone on with after all; carries its id.
    """

    back_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "info", speaks=True, parent=parent)
        self._visit_id = ""
        self.set_action(t("Take it up again"))
        self.acted.connect(lambda: self.back_wanted.emit(self._visit_id))

    def tell(self, visit: Consultation | None) -> None:
        """Tell of a visit; None for no longer."""
        self._visit_id = visit.id if visit is not None else ""
        name = write_name(visit.patient.name) if visit is not None else ""
        told = t("The visit of {name} was put away. It stays on their page.", name=name or THIS)
        self.show_text(told if visit is not None else "")
