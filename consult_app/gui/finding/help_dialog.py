"""Help: the field that has the keyboard, the keys, and the state of the content."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.commands import (
    PLACES,
    ROW_KEYS,
    Command,
    find_keys,
    make_shortcut,
    write_keys,
)
from consult_app.gui.dialogs import fit_screen, scroll_by_page
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t

HELP = "help"


def serve_help(sheet: QDialog, show: Callable[[], object]) -> None:
    """Let the keys of help serve in a sheet, which keeps those of the window from it.

    One that was typed in when the window locked has them already, and nobody hears of them.
    """
    keys = sheet.findChild(QShortcut, HELP) or make_shortcut(find_keys(HELP).toString(), sheet)
    keys.setObjectName(HELP)
    keys.activated.connect(show)


class HelpDialog(QDialog):
    """Keys, the content's version and review state, and where to find the sources."""

    def __init__(
        self,
        theme: Theme,
        pack: Pack,
        commands: Sequence[Command],
        field: tuple[str, Sequence[str]],
        parent: QWidget,
    ) -> None:
        """Make the sheet; `field` is what the field is called that had the keyboard, and of it."""
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Keys and help"))
        fit_screen(self, theme.px(640), theme.px(600))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        pane = ScrollPane(theme)
        column.addWidget(pane, 1)
        scroll_by_page(self, pane)
        called, told = field
        if told:
            about = Card(theme, name=called)
            about.add(Label(theme, called, "section", wrap=True))
            for line in told:
                about.add(Label(theme, line, "body", wrap=True))
            pane.body.addWidget(about)
            # The keyboard begins on Done, far from this.
            self.setAccessibleDescription(" ".join((f"{called}.", *told)))
        pane.body.addWidget(_list_keys(theme, commands))
        pane.body.addWidget(_tell_content(theme, pack))
        pane.body.addStretch(1)
        close = Button(theme, t("Done"), "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _list_keys(theme: Theme, commands: Sequence[Command]) -> Card:
    """List the keys of an answer row and of the map by themselves, then those of all places."""
    card = Card(theme, t("Keys"))
    for place, heading in PLACES.items():
        card.add(Label(theme, heading, "label", "text2", wrap=True))
        _add_keys(theme, card, commands, place)
    card.add(Label(theme, t("Everywhere"), "label", "text2", wrap=True))
    for key, text in ROW_KEYS:
        card.add(_make_line(theme, key, text))
    _add_keys(theme, card, commands, "")
    return card


def _add_keys(theme: Theme, card: Card, commands: Sequence[Command], place: str) -> None:
    for command in commands:
        if command.keys and command.place == place:
            card.add(_make_line(theme, write_keys(command.id), command.text))


def _make_line(theme: Theme, key: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    name = Label(theme, key, "label_strong")
    name.setFixedWidth(theme.px(160))
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(theme, text, "body", wrap=True), 1)
    return row


def _tell_content(theme: Theme, pack: Pack) -> Card:
    card = Card(theme, t("About the content"))
    words = t(
        "{title}, version {version}. Review: {state}.",
        title=pack.title,
        version=pack.version,
        state=pack.review.state,
    )
    card.add(Label(theme, words, "body", wrap=True))
    return card
