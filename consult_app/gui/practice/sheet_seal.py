"""Sealing saved sheets with the clinic's certificate: choosing it, asking for its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from consult_app.errors import FileError
from consult_app.files import write_file
from consult_app.gui.files_chosen import choose_file
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.secret_field import SecretField
from consult_app.wording import t

CERTIFICATE_FILE = "clinic-certificate.p12"
CERTIFICATES = t("Certificates (*.p12 *.pfx)")
LARGEST = 1_000_000
"""Bytes; a certificate has some thousand."""
NONE = t("No certificate: saved sheets carry no seal.")
CHOSEN = t(
    "A certificate is chosen. Saving a sheet as PDF asks for its passphrase and seals the copy, so "
    "that anybody can check whether it was changed. The sheet kept with the record stays as it is."
)
ASKED = t(
    "The clinic's certificate seals the copy, so that anybody can check whether it was changed. "
    "Its passphrase is kept nowhere."
)


class CertificateField(QWidget):
    """Chooses the certificate; it is kept beside the settings, under its own passphrase.

    Attributes:
        chosen: Name of the kept file, or empty.
    """

    def __init__(self, theme: Theme, chosen: str, home: Path) -> None:
        super().__init__()
        self.chosen = chosen
        self._home = home
        self._data: bytes | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.choose = Button(theme, t("Choose a certificate"), "secondary")
        self.remove = Button(theme, t("No certificate"), "ghost")
        self.state = Label(theme, "", "body", "text2", wrap=True)
        row = FlowBox(t("The clinic's certificate"))
        row.add(self.choose)
        row.add(self.remove)
        column.addWidget(row)
        column.addWidget(self.state)
        self.choose.clicked.connect(
            lambda: choose_file(self, t("Choose a certificate"), CERTIFICATES, self._take)
        )
        self.remove.clicked.connect(self._remove)
        self._show()

    def read(self, path: Path) -> None:
        """Take a certificate; whether it opens is seen when something is sealed.

        Raises:
            FileError: It cannot be read, or is no certificate.
        """
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        except OSError as error:
            raise FileError(
                t("The certificate cannot be read"),
                t("{reason}. Nothing was changed.", reason=error.strerror),
            ) from None
        if not data:
            raise FileError(
                t("This is no certificate"), t("Choose a .p12 or .pfx file. Nothing was changed.")
            )
        self._data, self.chosen = data, CERTIFICATE_FILE
        self._show()

    def keep(self) -> None:
        """Keep a new certificate beside the settings.

        Raises:
            FileError: It cannot be written.
        """
        if self._data and self.chosen:
            write_file(self._home / CERTIFICATE_FILE, self._data)

    def _take(self, path: Path) -> None:
        try:
            self.read(path)
        except FileError as error:
            self.state.setText(f"{error.title}. {error.advice}")

    def _remove(self) -> None:
        self._data, self.chosen = None, ""
        self._show()

    def _show(self) -> None:
        self.state.setText(CHOSEN if self.chosen else NONE)
        self.remove.setEnabled(bool(self.chosen))


class SealSheet(QDialog):
    """Asks for the certificate's passphrase; or the copy is saved without a seal.

    Attributes:
        secret: The passphrase.
        with_seal, without: Save the copy either way.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        *,
        with_seal: Callable[[str], None],
        without: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Seal the copy"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(12))
        self.secret = SecretField(theme, t("Passphrase of the certificate"))
        self.with_seal = Button(theme, t("Save with the seal"), "primary")
        self.without = Button(theme, t("Save without a seal"), "secondary")
        self.with_seal.setDefault(True)
        row = FlowBox(t("Seal the copy"))
        row.add(self.with_seal)
        row.add(self.without)
        for part in (Label(theme, ASKED, "body", wrap=True), self.secret, row):
            column.addWidget(part)
        self.with_seal.clicked.connect(lambda: self._end(lambda: with_seal(self.secret.text())))
        self.without.clicked.connect(lambda: self._end(without))
        self.secret.line.setFocus()

    def _end(self, then: Callable[[], None]) -> None:
        then()
        self.secret.clear()
        self.accept()
