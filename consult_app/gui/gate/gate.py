"""The gate: the way from closed records to open ones, one page at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from consult_app.errors import ConsultError
from consult_app.gui.access import Access, Opened
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.code_serving import serve_code
from consult_app.gui.gate.keyring import KeyringStart
from consult_app.gui.gate.page import GatePage
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.gate.restoring import Restoring
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.ways_out import ANYWHERE, BRING_BACK, GO_ON, RESTORE, find_way_out
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.salvage import put_aside
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.settings import SettingsError
from consult_app.store.state import State
from consult_app.wording import t

ENCRYPTING = t("Encrypting")
READABLE = t(
    "There are records on this computer that anybody with its files can read. They are encrypted "
    "now; the readable file is overwritten and removed."
)
NEW_AFTER_CODE = t(
    "The recovery code opened the records. Choose a passphrase for every day; the code stays "
    "what it is."
)
SAMPLE_LOCKED = t("Sample patients need no passphrase. Records of your own will ask for it here.")


class Gate(QStackedWidget):
    """Shows what the records need before they open.

    Attributes:
        opened: The records are open; carries `Opened`.
        access: Opens them.
        restoring: Puts backups in the place of records.
        keyring: Opens records without the passphrase, where it may.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, access: Access) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._theme, self.access = theme, access
        self.tasks = Tasks(self.fail, self)
        self._opened: Opened | None = None
        self._held: Opened | None = None
        self._secret = ""
        self._asked_for_code = False
        self._way_out: Callable[[], None] | None = None
        self.restoring = Restoring(theme, self)
        self.keyring = KeyringStart(self)

    @property
    def page(self) -> GatePage:
        """The page shown."""
        page = self.currentWidget()
        assert isinstance(page, GatePage)  # noqa: S101 - nothing else is put in here
        return page

    def begin(self, secret: str = "") -> None:
        """Show what comes first: the set-up, or the passphrase; `secret` is tried at once."""
        try:
            state = self.access.look()
        except ConsultError as error:
            self.show_page(self._make_unlock())
            self._offer(error, self.begin, t("Try again"))
            return
        if state is State.SEALED:
            self.show_page(self._make_unlock())
            if secret:
                self._unlock(secret)
        elif state is State.PLAIN:
            self.show_page(self._make_passphrase(t("Encrypt the records"), READABLE, self._create))
        else:
            self.show_page(self._make_welcome())

    def lock(self) -> None:
        """Ask for the passphrase again; what was opened and not handed on is closed."""
        self.let_go()
        page = self._make_unlock()
        page.show_locked()
        self.show_page(page)

    def hold(self, opened: Opened, unsaved: Exception | None = None) -> None:
        """Say why records stay open behind the page; they are handed on again once unlocked."""
        self._held = opened
        if opened.sample:
            page = GatePage(self._theme, t("Locked"), SAMPLE_LOCKED)
            page.onward.clicked.connect(self._hand_back)
            self.show_page(page)
        elif isinstance(self.page, UnlockPage):
            self.page.show_locked(unsaved)

    def renew(self, secret: str, passphrase: str) -> None:
        """Encrypt everything anew, then show the new code."""

        def work() -> tuple[Opened, str]:
            code = self.access.renew(secret, passphrase)
            return self.access.unlock(passphrase), code

        self._secret = passphrase
        self.page.show_busy(t("Encrypting everything anew"))
        self.tasks.run(work, self._show_first_code)

    def rest(self) -> None:
        """Nobody is here: forget what was typed, and close what was opened and not handed on."""
        self.keyring.forget()
        if self._opened is not None:
            self.lock()
        else:
            self.page.left = True
            self.page.forget()

    def let_go(self) -> None:
        """Close what was opened and not handed on, as when the window closes."""
        self.keyring.forget()
        self.tasks.wait()
        opened, self._opened, self._secret = self._opened, None, ""
        if opened is not None:
            opened.close()

    def _make_welcome(self) -> WelcomePage:
        page = WelcomePage(self._theme)
        page.set_up_wanted.connect(self._choose_first)
        page.sample_wanted.connect(self._open_sample)
        page.restore_wanted.connect(self.restoring.choose)
        return page

    def _make_unlock(self) -> UnlockPage:
        page = UnlockPage(self._theme)
        page.given.connect(self._unlock)
        page.sample_wanted.connect(self._open_sample)
        page.notice.acted.connect(self._go_way_out)
        return page

    def _make_passphrase(
        self, title: str, lead: str, choose: Callable[[str], None]
    ) -> PassphrasePage:
        page = (
            PassphrasePage(self._theme, title, lead) if lead else PassphrasePage(self._theme, title)
        )
        page.chosen.connect(choose)
        page.back_wanted.connect(self.begin)
        page.notice.acted.connect(self._go_way_out)
        page.back.hide()
        return page

    def _choose_first(self) -> None:
        page = self._make_passphrase(t("Choose a passphrase"), "", self._create)
        page.back.show()
        self.show_page(page)

    def _create(self, passphrase: str, *, anywhere: bool = False) -> None:
        self.let_go()
        self._secret = passphrase
        self.page.show_busy(ENCRYPTING)
        self.tasks.run(
            lambda: self.access.create(passphrase, anywhere=anywhere), self._show_first_code
        )

    def _show_first_code(self, made: tuple[Opened, str]) -> None:
        self._opened, code = made
        if self.page.left:
            self._asked_for_code = False  # nobody saw it: another one is made once they are back
            self.lock()
        else:
            self._show_code(code)

    def _unlock(self, secret: str) -> None:
        self.page.show_busy(t("Unlocking"))
        held = self._held
        if held is not None and held.keys is not None:
            keys = held.keys
            self.tasks.run(lambda: self.access.check(keys, secret), lambda _: self._hand_back())
            return
        self.let_go()
        self._secret = secret
        self.tasks.run(lambda: self.access.unlock(secret), self.take)

    def take(self, opened: Opened, secret: str = "") -> None:
        """Go on to what is still to be done before the work, if anything is.

        `secret` is what opened them, where that was not typed here.
        """
        self._opened = opened
        self._secret = secret or self._secret
        keys = opened.keys
        if self.page.left and keys is not None:
            self.lock()
        elif opened.by_code:
            page = self._make_passphrase(t("Choose a new passphrase"), NEW_AFTER_CODE, self._change)
            self.show_page(page)
        elif keys is not None and not keys.is_code_confirmed and not self._asked_for_code:
            # Once while the program runs: later a patient may be in the room.
            self._show_code("")
        else:
            self._hand_on()

    def _change(self, passphrase: str) -> None:
        keys = self._opened.keys if self._opened is not None else None
        if keys is None:
            return
        secret = self._secret
        self.page.show_busy(ENCRYPTING)
        self.tasks.run(
            lambda: self.access.change_passphrase(keys, secret, passphrase),
            lambda _: self._hand_on(),
        )

    def _show_code(self, code: str) -> None:
        opened, secret = self._opened, self._secret
        if opened is None or (keys := opened.keys) is None:
            return
        self._asked_for_code = True
        page = CodePage(self._theme)
        page.new_wanted.connect(lambda: page.show_busy(t("Making a new code")))
        page.new_wanted.connect(
            lambda: self.tasks.run(lambda: keys.renew_code(secret), self._show_code)
        )
        self.show_page(page)
        made_on, paper = self.access.clock().date(), opened.desk.settings.practice.paper
        serve_code(page, code, keys, self, self._hand_on, made_on=made_on, paper=paper)

    def _open_sample(self) -> None:
        self.keyring.forget()
        self.page.show_busy(t("Opening"))
        self.tasks.run(self.access.open_sample, self.take)

    def _hand_back(self) -> None:
        self._opened, self._held = self._held, None
        self._hand_on()

    def _hand_on(self) -> None:
        opened, self._opened, self._secret = self._opened, None, ""
        self.page.forget()
        if opened is not None:  # else they were closed meanwhile
            self.opened.emit(opened)

    def fail(self, error: Exception) -> None:
        """Say what went wrong, and offer a way out where there is one."""
        words = find_way_out(error, has_previous_keys=self.access.has_previous_keys)
        ways: dict[str, Callable[[], None]] = {
            BRING_BACK: self._bring_back,
            RESTORE: self.restoring.choose,
            ANYWHERE: lambda: self._create(self._secret, anywhere=True),
            GO_ON: lambda: self._put_settings_aside(error),
        }
        self._offer(error, ways.get(words), words)

    def _put_settings_aside(self, named: Exception) -> None:
        known = named.faults if isinstance(named, SettingsError) else ()
        try:
            put_aside(self.access.home, known)
        except ConsultError as error:
            self._offer(error)
            return
        self.begin()

    def _bring_back(self) -> None:
        self.page.show_busy(t("Bringing it back"))
        self.tasks.run(self.access.bring_back_keys, lambda _: self.begin())

    def _offer(
        self, error: Exception, way_out: Callable[[], None] | None = None, words: str = ""
    ) -> None:
        self._way_out = way_out
        page = self.page
        if isinstance(page, UnlockPage):
            page.show_failure(error, words)
        else:
            page.show_error(error, words)

    def _go_way_out(self) -> None:
        if self._way_out is not None:
            self._way_out()

    def show_page(self, page: GatePage) -> None:
        """Show a page; the one before is gone with what was typed there."""
        before = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        if isinstance(before, GatePage):
            before.forget()
            self.removeWidget(before)
            before.deleteLater()
        page.focus_first()
        page.pane.begin()
