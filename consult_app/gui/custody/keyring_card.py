"""Opening the records without the passphrase: off, until somebody here wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from consult_app.gui.gate.page import describe
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.store.keyring_slot import end_keyring, let_keyring_open
from consult_app.store.os_keyring import is_installed
from consult_app.store.unlocking import SealedStore
from consult_app.wording import t

MEANING = t(
    "When this is on, whoever is logged in to this computer account opens the records by starting "
    "the program, without the passphrase. What opens them then lies in the keyring of this "
    "computer; a copy of the files alone opens nothing. After a lock the passphrase is asked for "
    "all the same. Changing the passphrase leaves this on, encrypting everything anew ends it."
)
ABSENT = t(
    "The package keyring is not installed, so this cannot be switched on. Whoever looks after this "
    "computer can install it with: pip install consult-app[keyring]"
)
IS_ON, IS_OFF = t("It is on."), t("It is off.")
BEGUN = t(
    "It is on. Keep the passphrase and the recovery code all the same: another computer, or a "
    "backup, opens with nothing else."
)
LEFT = t(
    "It is off. The keyring did not remove its entry; remove the one called consult-app there, as "
    "backups made before still open with it."
)


class KeyringCard(Card):
    """Switches it on, with the passphrase, and off again."""

    def __init__(
        self, theme: Theme, keys: SealedStore, tasks: Tasks, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(theme, t("Opening without the passphrase"))
        self._keys, self._tasks, self._clock = keys, tasks, clock
        self.current = SecretField(theme, t("Passphrase or recovery code of today"))
        self.begin = Button(theme, t("Open without it on this computer"), "ghost", "key-round")
        self.begin.set_flush()
        self.end = Button(theme, t("Ask for the passphrase again"), "secondary", "lock")
        self.notice = Notice(theme, tone="info", speaks=True)
        self.notice.set_dismissible(on=False)
        self._row = FlowBox(t("Opening without the passphrase"))
        for button in (self.begin, self.end):
            self._row.add(button)
        for part in (
            Label(theme, MEANING, "body", "text2", wrap=True),
            self.current,
            self._row,
            self.notice,
        ):
            self.add(part)
        self.current.line.returnPressed.connect(self.begin.click)
        self.begin.clicked.connect(self._begin)
        self.end.clicked.connect(self._end)
        self._show(ABSENT if not is_installed() and not keys.is_in_keyring else "")

    def forget(self) -> None:
        """Forget what was typed."""
        self.current.clear()

    def _begin(self) -> None:
        current, at = self.current.text(), self._clock().astimezone()
        self._set_busy(t("Asking the keyring"))
        self._tasks.run(
            lambda: let_keyring_open(self._keys, current, at=at),
            lambda _: self._show(BEGUN, "ok"),
            self._fail,
        )

    def _end(self) -> None:
        at = self._clock().astimezone()
        self._set_busy(t("Asking the keyring"))
        self._tasks.run(
            lambda: end_keyring(self._keys, at=at),
            lambda gone: self._show(IS_OFF, "ok") if gone else self._show(LEFT, "warn"),
            self._fail,
        )

    def _show(self, words: str = "", tone: str = "info") -> None:
        """Show what can be done now, and how it stands or what came of it."""
        on = self._keys.is_in_keyring
        self.forget()
        self.current.setVisible(not on)
        self.begin.setVisible(not on)
        self.end.setVisible(on)
        self._row.refit()
        self.begin.setEnabled(is_installed())
        self.end.setEnabled(True)
        self.notice.show_text(words or (IS_ON if on else IS_OFF), tone)

    def _fail(self, error: Exception) -> None:
        self._set_busy("")
        self.notice.show_text(describe(error), "stop")

    def _set_busy(self, words: str) -> None:
        self.notice.show_text(words, "info")
        for button in (self.begin, self.end):
            button.setEnabled(not words)
