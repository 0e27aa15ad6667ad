"""Choosing a passphrase: typed twice, and told honestly how long it would hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from consult_app.errors import InputError
from consult_app.gui.gate.page import GatePage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.gui.workspace.reading_order import find_next
from consult_app.store.strength import Strength, judge_passphrase
from consult_app.wording import t

PAUSE_MS = 150
STRENGTH_LINES = 2
"""What is said of the strength takes them at every text size."""
LEAD = t(
    "It encrypts everything the program keeps, and is asked for at every start and after every "
    "pause."
)
LOSS = t(
    "Whoever forgets the passphrase and loses the recovery code loses the records. Nobody can open "
    "them then, not even the makers of this program."
)
HINT = t("Four or five words that have nothing to do with one another are easy to keep in mind.")
_TONES = {"weak": "stop", "fair": "warn", "strong": "ok"}


class PassphrasePage(GatePage):
    """Asks for a new passphrase.

    Attributes:
        chosen: A passphrase was chosen; carries it.
        back_wanted: Not now.
    """

    chosen = Signal(str)
    back_wanted = Signal()

    def __init__(self, theme: Theme, title: str, lead: str = LEAD) -> None:
        super().__init__(theme, title, lead, "key-round")
        self.first = SecretField(theme, t("New passphrase"), help_text=HINT)
        self.again = SecretField(theme, t("The same again"))
        self.strength = Notice(theme, tone="info", speaks=True)
        self.strength.set_dismissible(on=False)
        self.strength.reserve(STRENGTH_LINES)
        for part in (self.first, self.strength, self.again):
            self.add(part)
        self.loss = self.add_words(LOSS, tone="text")
        self.back = self.add_button(t("Back"), "chevron-left")
        self.back.clicked.connect(self.back_wanted)
        self.onward.set_text(t("Encrypt with it"))
        self.onward.clicked.connect(self._choose)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._judge)
        self.first.edited.connect(lambda _: self._note_change())
        self.again.edited.connect(lambda _: self.again.set_error(""))
        self.first.line.returnPressed.connect(self.again.setFocus)
        self.again.line.returnPressed.connect(self._choose)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's names
        """Lead from field to field, then to the buttons that show them, and to those at the foot.

        Who types it twice without looking must not land on a button that shows it. Qt's own chain
        was led from the last of those back into the second field, and never to the foot.
        """
        lines, eyes = (self.first.line, self.again.line), (self.first.eye, self.again.eye)
        parts = (*lines, *eyes, self.notice, self.back, self.onward)
        if field := find_next(parts, QApplication.focusWidget(), 1 if next else -1):
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next)

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        self.first.setFocus()

    def show_busy(self, text: str) -> None:
        """Say what is being done."""
        super().show_busy(text)
        for field in (self.first, self.again):
            field.line.setReadOnly(bool(text))

    def forget(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()
        self.strength.show_text("")
        self.clear_error()

    def _note_change(self) -> None:
        self.first.set_error("")
        self._pause.start()

    def _judge(self) -> None:
        if text := self.first.text():
            strength = judge_passphrase(text)
            self.strength.show_text(tell_strength(strength), _TONES[strength.level])
        else:
            self.strength.show_text("")

    def _choose(self) -> None:
        # Loaded by the work that needs it: cryptography is no part of a quick start.
        from consult_app.store.passphrase import check_passphrase  # noqa: PLC0415

        if not self.onward.isEnabled():
            return
        try:
            check_passphrase(self.first.text())
        except InputError as error:
            self.first.set_error(f"{error.title} {error.advice}")
            self.first.setFocus()
            return
        if self.first.text() != self.again.text():
            self.again.set_error(t("This differs from the first"))
            self.again.setFocus()
        else:
            self.chosen.emit(self.first.text())


def tell_strength(strength: Strength) -> str:
    """Return in a sentence how long a passphrase would hold."""
    return t(
        "{strength}. Somebody who copies this computer's files and tries 10,000 passphrases a "
        "second finds it in {span}.",
        strength=strength.level.capitalize(),
        span=strength.span,
    )
