"""My phrases and plans: named, dropped, handed on as a file and taken from one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.own import Own
from consult_app.errors import ConsultError, InputError
from consult_app.exchange.own_file import ADVICE, TITLE, read_own, write_own
from consult_app.files import open_input, write_file
from consult_app.gui.desk import Desk
from consult_app.gui.dialogs import fit_screen
from consult_app.gui.files_chosen import choose_file, choose_target
from consult_app.gui.panel import swap
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.knowledge.visits.own_plan import find_strange
from consult_app.wording import t

FILE = "my-phrases-and-plans.json"
KINDS = t("Phrases and plans (*.json)")
NO_PHRASES = t("None yet. In a text, the command Insert a saved phrase keeps one.")
NO_PLANS = t("None yet. On Plan, My plans keeps the plan as it stands.")
LOOK_FIRST = t("The file holds all of these. See that no phrase tells of a patient.")


class OwnSheet(QDialog):
    """Shows what is kept; every change counts at once."""

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("My phrases and plans"))
        fit_screen(self, theme.px(680), theme.px(600))
        self._theme, self._desk = theme, desk
        self._content: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        self._pane = ScrollPane(theme)
        column.addWidget(self._pane, 1)
        self.notice = Notice(theme, "", "info", speaks=True, parent=self)
        column.addWidget(self.notice)
        column.addWidget(Label(theme, LOOK_FIRST, "caption", "text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.hand_on = Button(theme, t("Save to a file"), "secondary", "download")
        self.take = Button(theme, t("Take from a file"), "secondary", "folder-open")
        done = Button(theme, t("Done"), "primary")
        for button, act in (
            (self.hand_on, self._choose_target),
            (self.take, self._choose_file),
            (done, self.accept),
        ):
            button.clicked.connect(act)
        row.addWidget(self.hand_on)
        row.addWidget(self.take)
        row.addStretch(1)
        row.addWidget(done)
        column.addLayout(row)
        done.setDefault(True)
        self._show()

    def save(self, target: Path) -> None:
        """Write everything into a file."""
        self._try(lambda: write_file(target, write_own(self._own)), t("Saved."))

    def take_from(self, source: Path) -> None:
        """Add what a file holds; all of it or nothing."""

        def take() -> None:
            with open_input(str(source)) as file:
                coming = read_own(file.read())
            if strange := find_strange(self._desk.pack, coming):
                raise InputError(TITLE, strange, ADVICE)
            self._keep(self._own.add(coming))

        self._try(take, t("Taken in. What was here is still here."))

    @property
    def _own(self) -> Own:
        return self._desk.records.read_own()

    def _keep(self, own: Own) -> None:
        self._desk.records.save_own(own)
        self._show()

    def _try(self, act: Callable[[], None], done: str = "") -> None:
        try:
            act()
        except ConsultError as error:
            words = ". ".join((error.title, *error.details))
            self.notice.show_text(f"{words}. {error.advice}", "stop")
        else:
            self.notice.show_text(done, "ok")

    def _choose_target(self) -> None:
        choose_target(self, t("Save phrases and plans"), FILE, KINDS, self.save)

    def _choose_file(self) -> None:
        choose_file(self, t("Take phrases and plans"), KINDS, self.take_from)

    def _show(self) -> None:
        own = self._own
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(14))
        plans, phrases = Card(self._theme, t("Plans")), Card(self._theme, t("Phrases"))
        self.names: list[TextField] = []
        for number, plan in enumerate(own.plans):
            name = TextField(self._theme, t("Name of plan {n}", n=number + 1))
            name.set_text(plan.name)
            name.finished.connect(
                lambda it=name, at=number: self._try(lambda: self._rename(at, it.text()))
            )
            self.names.append(name)
            plans.add(self._make_row(name, plan.name, partial(self._drop_plan, number)))
        for number, phrase in enumerate(own.phrases):
            text = Label(self._theme, phrase, "body", wrap=True)
            phrases.add(self._make_row(text, phrase, partial(self._drop_phrase, number)))
        for card, held, none in ((plans, own.plans, NO_PLANS), (phrases, own.phrases, NO_PHRASES)):
            if not held:
                card.add(Label(self._theme, none, "body", "text2", wrap=True))
            column.addWidget(card)
        column.addStretch(1)
        self._content = swap(self._pane.body, self._content, content)

    def _make_row(self, shown: QWidget, name: str, drop: Callable[[], None]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        row.addWidget(shown, 1)
        button = Button(self._theme, t("Forget"), "ghost", "x")
        button.setAccessibleName(t("Forget {name}", name=name))
        button.clicked.connect(lambda _=False: self._try(drop))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _rename(self, at: int, text: str) -> None:
        own, name = self._own, text.strip()
        if name and at < len(own.plans) and name != own.plans[at].name:
            others = replace(own, plans=own.plans[:at] + own.plans[at + 1 :])
            named = replace(own.plans[at], name=others.find_name(name))
            plans = (*own.plans[:at], named, *own.plans[at + 1 :])
            self._desk.records.save_own(replace(own, plans=plans))

    def _drop_plan(self, at: int) -> None:
        own = self._own
        self._keep(replace(own, plans=own.plans[:at] + own.plans[at + 1 :]))

    def _drop_phrase(self, at: int) -> None:
        own = self._own
        self._keep(replace(own, phrases=own.phrases[:at] + own.phrases[at + 1 :]))
