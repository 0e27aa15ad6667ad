"""Opening without the passphrase, where the keyring of this computer may: at the start only."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from consult_app.errors import ConsultError
from consult_app.gui.gate.page import describe
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.post import Answer, expect
from consult_app.gui.tasks import attempt
from consult_app.wording import t

if TYPE_CHECKING:
    from consult_app.gui.gate.gate import Gate

ASKING = t("The keyring of this computer is asked. You can type the passphrase meanwhile.")
OPENING = t("Unlocking")


class KeyringStart(QObject):
    """Asks the keyring beside the window, which does not wait for it."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(gate)
        self._gate = gate
        self._asked = 0

    def ask(self) -> None:
        """Have the records opened without the passphrase, where that was wished for."""
        # Loaded by now, with the first page.
        from consult_app.store.faults import Border  # noqa: PLC0415
        from consult_app.store.folder import load_keys  # noqa: PLC0415

        page, folder = self._gate.currentWidget(), self._gate.access.folder
        if not isinstance(page, UnlockPage) or page.busy.text():
            return
        try:
            with Border(folder):
                keys = load_keys(folder)
        except ConsultError:
            return  # what is wrong is said once the passphrase is typed
        if keys.asks_keyring:
            self._asked += 1
            page.notice.show_text(ASKING, "info")
            answer = expect(partial(self._go_on, self._asked))
            # Not the pool of the window, which is waited for at closing: some never answer.
            Thread(target=_listen, args=(keys.store, answer), daemon=True).start()

    def forget(self) -> None:
        """Want no answer any more, as once something was typed, or nobody is here."""
        self._asked += 1

    def _go_on(self, number: int, answer: object) -> None:
        if not shiboken6.isValid(self) or number != self._asked:
            return
        gate = self._gate
        if isinstance(answer, bytes):
            gate.let_go()
            gate.page.show_busy(OPENING)
            gate.tasks.run(lambda: gate.access.unlock(answer), gate.take, self._fail)
        elif isinstance(answer, Exception):
            self._fail(answer)

    def _fail(self, error: Exception) -> None:
        """Ask for the passphrase in one calm line, unless more is wrong than the keyring."""
        from consult_app.store.os_keyring import KeyringError  # noqa: PLC0415 - loaded by now

        self._gate.fail(error)
        if isinstance(error, KeyringError):
            self._gate.page.notice.show_text(describe(error), "info")


def _listen(store: str, tell: Answer) -> None:
    from consult_app.store.os_keyring import find_token  # noqa: PLC0415 - seldom needed

    def find() -> bytes | Exception:
        return find_token(store)

    found = attempt(find, lambda error: error)
    with suppress(RuntimeError):  # the program is gone
        tell(found)
