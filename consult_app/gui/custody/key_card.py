"""The keys of open records: another passphrase, another recovery code, everything anew."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from consult_app.errors import InputError
from consult_app.gui.access import Access
from consult_app.gui.dialogs import fit_screen, put_up
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.code_serving import serve_code
from consult_app.gui.gate.page import describe
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import LOOSE, FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.store.unlocking import SealedStore
from consult_app.wording import t

LEAKED = t(
    "When somebody else may know the passphrase or the code, changing it is not enough: a copy of "
    "the files made before still opens with it. Encrypt everything anew, then destroy old backups."
)


class KeyCard(Card):
    """Changes passphrase and recovery code; the present passphrase is asked for each time.

    Attributes:
        renew_wanted: Everything is to be encrypted anew; carries the present and the new
            passphrase.
    """

    renew_wanted = Signal(str, str)

    def __init__(
        self, theme: Theme, keys: SealedStore, access: Access, tasks: Tasks, paper: str
    ) -> None:
        super().__init__(theme, t("Passphrase and recovery code"))
        self._keys, self._access, self._tasks, self._paper = keys, access, tasks, paper
        self.current = SecretField(theme, t("Passphrase or recovery code of today"))
        self.new = SecretField(theme, t("New passphrase"))
        self.again = SecretField(theme, t("The new one again"))
        self.notice = Notice(theme, tone="ok", speaks=True)
        self.notice.set_dismissible(on=False)
        buttons = FlowBox(t("Keys"), gap=LOOSE)
        self.change = Button(theme, t("Change the passphrase"), "secondary", "key-round")
        self.code = Button(theme, t("New recovery code"), "ghost", "shield-check")
        self.renew = Button(theme, t("It leaked: encrypt everything anew"), "ghost", "shield-alert")
        self._buttons = (self.change, self.code, self.renew)
        for button in (self.code, self.renew):
            button.set_flush()
        for button in self._buttons:
            buttons.add(button)
        words = Label(theme, LEAKED, "label", "text2", wrap=True)
        for part in (self.current, self.new, self.again, buttons, self.notice, words):
            self.add(part)
        self.current.line.returnPressed.connect(self.new.setFocus)
        self.new.line.returnPressed.connect(self.again.setFocus)
        self.again.line.returnPressed.connect(self.change.click)
        self.change.clicked.connect(self._change)
        self.code.clicked.connect(self._renew_code)
        self.renew.clicked.connect(self._renew)

    def forget(self) -> None:
        """Forget what was typed."""
        for field in (self.current, self.new, self.again):
            field.clear()

    def _change(self) -> None:
        if not self._is_typed_alike():
            return
        current, new = self.current.text(), self.new.text()
        self._set_busy(t("Changing the passphrase"))
        self._tasks.run(
            lambda: self._access.change_passphrase(self._keys, current, new),
            lambda _: self._succeed(t("From now on the new passphrase opens the records.")),
            self._fail,
        )

    def _renew_code(self) -> None:
        current = self.current.text()
        self._set_busy(t("Making a new code"))
        self._tasks.run(lambda: self._keys.renew_code(current), self._show_code, self._fail)

    def _renew(self) -> None:
        if self._is_typed_alike():
            self.renew_wanted.emit(self.current.text(), self.new.text())

    def _show_code(self, code: str) -> None:
        self._succeed(t("The code before opens nothing any more."))
        made_on = self._access.clock().date()
        put_up(CodeDialog(self.theme, code, self._keys, self, made_on=made_on, paper=self._paper))

    def _is_typed_alike(self) -> bool:
        from consult_app.store.passphrase import check_passphrase  # noqa: PLC0415 - cryptography

        self.new.set_error("")
        self.again.set_error("")
        try:
            check_passphrase(self.new.text())
        except InputError as error:
            self.new.set_error(f"{error.title} {error.advice}")
            return False
        if self.new.text() != self.again.text():
            self.again.set_error(t("This differs from the first"))
            return False
        return True

    def _succeed(self, words: str) -> None:
        self.forget()
        self._set_busy("")
        self.notice.show_text(words, "ok")

    def _fail(self, error: Exception) -> None:
        self._set_busy("")
        self.notice.show_text(describe(error), "stop")

    def _set_busy(self, words: str) -> None:
        self.notice.show_text(words, "info")
        for button in self._buttons:
            button.setEnabled(not words)


class CodeDialog(QDialog):
    """Shows a new recovery code until it is typed back, or later."""

    def __init__(
        self,
        theme: Theme,
        code: str,
        keys: SealedStore,
        parent: QWidget,
        *,
        made_on: date,
        paper: str,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Recovery code"))
        fit_screen(self, theme.px(660), theme.px(520))
        self.page = CodePage(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.finished.connect(self.page.forget)
        serve_code(self.page, code, keys, self, self.accept, made_on=made_on, paper=paper)
