"""The recovery code: shown, put on paper, and typed back from there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from consult_app.errors import InputError
from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t

LEAD = t(
    "It opens the records when the passphrase is forgotten. Once this step is done, nobody can "
    "show it again."
)
KEEP = t(
    "Put it on paper and keep it away from this computer, where you would keep a spare key. "
    "Whoever holds it can read every record."
)
UNSURE = t(
    "It was shown before, and nobody has typed it from its paper yet. It opens the records when "
    "the passphrase is forgotten."
)
NO_PAPER = t("Without the paper, make a new code. The one before then opens nothing.")
TYPE_BACK = t("Type it from the paper. That shows that it is there and can be read.")
COLUMNS = 3


class CodePage(GatePage):
    """Shows a recovery code, then asks for it without showing it.

    Until `show_code`, it asks for a code of earlier, which nobody can show again.

    Attributes:
        new_wanted: There is no paper: another code is to take the place of the one before.
        typed: It was typed; carries what was typed.
        print_wanted, save_wanted: It is to be put on paper.
        later_wanted: Not now; it stays unconfirmed.
    """

    new_wanted = Signal()
    typed = Signal(str)
    print_wanted = Signal()
    save_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Your recovery code"), UNSURE, "shield-check")
        self._code = ""
        self._steps = QStackedWidget()
        self._groups = QGridLayout()
        self._steps.addWidget(self._make_sheet())
        self._steps.addWidget(self._make_question())
        self.add(self._steps)
        self.back = self.add_button(t("Make a new code"))
        self.later = self.add_button(t("Later"), kind="quiet")
        self.back.clicked.connect(self._go_back)
        self.later.clicked.connect(self.later_wanted)
        self.onward.clicked.connect(self._go_on)
        self._turn(1)

    def _make_sheet(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(12))
        self._groups.setHorizontalSpacing(self.theme.px(20))
        self._groups.setVerticalSpacing(self.theme.px(8))
        column.addLayout(self._groups)
        column.addWidget(Label(self.theme, KEEP, "body", "text2", wrap=True))
        buttons = FlowBox(t("On paper"))
        self.print = Button(self.theme, t("Print"), "secondary", "printer")
        self.save = Button(self.theme, t("Save as PDF"), "secondary", "download")
        for button in (self.print, self.save):
            buttons.add(button)
        self.print.clicked.connect(self.print_wanted)
        self.save.clicked.connect(self.save_wanted)
        column.addWidget(buttons)
        return sheet

    def _make_question(self) -> QWidget:
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(12))
        column.addWidget(Label(self.theme, TYPE_BACK, "body", "text2", wrap=True))
        self.answer = TextField(
            self.theme,
            t("Recovery code from the paper"),
            help_text=t("Capitals, spaces and dashes make no difference."),
        )
        self.answer.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.answer.edited.connect(lambda _: self.answer.set_error(""))
        self.answer.line.returnPressed.connect(self._go_on)
        column.addWidget(self.answer)
        self._no_paper = Label(self.theme, NO_PAPER, "label", "text2", wrap=True)
        column.addWidget(self._no_paper)
        column.addStretch(1)
        return question

    @property
    def code(self) -> str:
        """The code shown."""
        return self._code

    def show_code(self, code: str) -> None:
        """Show a code."""
        self._code = code
        self.lead.setText(LEAD)
        self._no_paper.hide()
        self.back.set_text(t("Show it again"))
        while (item := self._groups.takeAt(0)) is not None:
            item.widget().deleteLater()  # type: ignore[union-attr] # nothing else is in there
        for number, group in enumerate(code.split("-")):
            label = Label(self.theme, group, "title")
            label.setAccessibleName(
                t("Group {n}: {letters}", n=number + 1, letters=" ".join(group))
            )
            self._groups.addWidget(label, number // COLUMNS, number % COLUMNS)
        self._turn(0)

    def refuse(self, error: InputError | None = None) -> None:
        """Say that what was typed is not the code."""
        problem = error.faults[0].problem if error else t("this is another code")
        self.answer.set_error(
            t("Not the code: {problem}. Compare it group by group.", problem=problem)
        )
        self.answer.setFocus()

    def focus_first(self) -> None:
        """Give the keyboard to what comes first."""
        (self.answer if self._steps.currentIndex() else self.print).setFocus()

    def forget(self) -> None:
        """Forget the code and what was typed."""
        if self._code:
            self.show_code("")
        self.answer.line.clear()
        self.answer.set_error("")

    def _go_back(self) -> None:
        if self._code:
            self._turn(0)
        else:
            self.new_wanted.emit()

    def _turn(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.back.setVisible(step == 1)
        self.onward.set_text(t("It is on paper") if step == 0 else t("Confirm"))
        self.focus_first()

    def _go_on(self) -> None:
        if self._steps.currentIndex() == 0:
            self._turn(1)
        elif self.answer.text().strip():
            self.typed.emit(self.answer.text())
        else:
            self.answer.set_error(t("Type the code, or take Later."))
            self.answer.setFocus()
