"""Whether the patient has allergies, and which, as they stand in the banner."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.commands import ANSWERS
from consult_app.gui.denied_once import DeniedOnce
from consult_app.gui.row_keys import read_command
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.question_place import name_question
from consult_app.gui.widgets.segmented import Option
from consult_app.gui.widgets.yes_no import YesNo
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import (
    ALLERGIES,
    find_contradicted,
    find_mistyped,
    list_allergies,
    tidy_allergies,
)
from consult_app.wording import t

MEANT = t('"{written}" comes close to {name}, and is taken for it until it is another word.')
DENIED = t(
    "Left open: the last visit has {before}. If that was wrong, come back and choose None known "
    "again; else confirm it."
)
WORDS = (Option("no", t("None known")), Option("yes", t("Has allergies")))
STATES = {"no": "none_known", "yes": "known"}
"""What is recorded for what the keys of a question answer."""


class AllergyState(QWidget):
    """Asks for the state and the list; says when the answers tell of an allergy nonetheless.

    Attributes:
        reconfirmed: A key says that they still are those of the last visit.
        advance: A key answered that there are none.
    """

    reconfirmed = Signal()
    advance = Signal()

    def __init__(self, theme: Theme, pack: Pack, session: Session, once: DeniedOnce) -> None:
        super().__init__()
        self._pack, self._session, self._once = pack, session, once
        self._slip: tuple[str, str] | None = None
        name_question(self, ALLERGIES)
        self._state = YesNo(theme, t("Allergies"), words=WORDS)
        self._text = TextField(
            theme, t("Allergies, as they stand in the banner"), placeholder=t("For example: latex")
        )
        self.against = Notice(theme, "", "warn", parent=self)
        self.against.set_dismissible(on=False)
        self.meant = Notice(theme, "", "info", parent=self)
        self.meant.set_dismissible(on=False)
        self.meant.acted.connect(self._correct)
        row = QHBoxLayout()
        row.addWidget(self._state)
        row.addWidget(self._text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.meant)
        column.addWidget(self.against)
        self._state.edited.connect(self._take)
        self._state.advance.connect(self._move_on)
        self._state.pressed.connect(self._lead_on)
        self._text.edited.connect(lambda text: session.set("allergies", text))
        self._text.finished.connect(self._tidy)

    def refresh(self) -> None:
        """Show what is recorded."""
        visit = self._session.visit
        said = (answer for answer, state in STATES.items() if state == visit.allergy_state)
        self._state.set_value(next(said, ""))
        self._text.set_text(visit.allergies)
        self._text.setVisible(visit.allergy_state == "known")
        self._show_meant()
        self.against.show_text(self._tell_against(), "warn")

    @property
    def is_open(self) -> bool:
        """Whether the state is still asked for, and was not passed over a moment ago."""
        return self._session.visit.allergy_state is None and not self._once.is_denied(ALLERGIES)

    def take_focus(self) -> None:
        """Give the keyboard to the state."""
        self._state.take_focus()

    def take_list(self) -> None:
        """Give the keyboard to the list, or first to the state while there is to be none."""
        if self._session.visit.allergy_state == "known":
            self._text.control.setFocus()
        else:
            self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Re-confirm with =, or the key chosen for that."""
        if read_command(event, ANSWERS) in self.list_heeded(self):
            self.obey("answer_same")
        else:
            super().keyPressEvent(event)

    def list_heeded(self, _field: QWidget) -> list[str]:
        """Return that they still are the same, where there is a visit before."""
        open_yet = self._session.last is not None and not self._session.locked
        return ["answer_same"] if open_yet else []

    def obey(self, _command: str) -> None:
        """Say that they still are the same."""
        self.reconfirmed.emit()

    def _show_meant(self) -> None:
        """Offer the name of the first allergy that seems to be mistyped."""
        self._slip = next(iter(find_mistyped(self._pack, self._session.visit).items()), None)
        if self._slip is None or self._session.locked:
            self.meant.show_text("")
            return
        written, name = self._slip
        self.meant.set_action(t("Write {name}", name=name))
        self.meant.show_text(MEANT.format(written=written, name=name))

    def _correct(self) -> None:
        """Write the name that was meant in the place of what was mistyped."""
        if self._slip is not None:
            written, name = self._slip
            text = self._session.visit.allergies.replace(written, name, 1)
            self._session.set("allergies", tidy_allergies(text))

    def _tell_against(self) -> str:
        """Return what the answers say against it; empty where nothing does."""
        visit, last = self._session.visit, self._session.last
        if last is not None and visit.allergy_state is None and self._once.is_denied(ALLERGIES):
            before = last.allergies or ", ".join(list_allergies(self._pack, last))
            return DENIED.format(before=before)
        told = list_allergies(self._pack, visit)
        if visit.allergy_state == "none_known" and told:
            return t("The answers below tell of one: {told}.", told=", ".join(told))
        denied = find_contradicted(self._pack, visit).values()
        parts = ", ".join(dict.fromkeys(part for parts in denied for part in parts))
        return t("Written here, but answered No below: {parts}.", parts=parts) if parts else ""

    def _take(self, said: str) -> None:
        """Take a state; none of what the last visit told of is taken when it is said twice."""
        state, visit, last = STATES.get(said), self._session.visit, self._session.last
        told = last is not None and last.allergy_state == "known" and visit.allergy_state is None
        if state == "none_known" and told and not self._once.deny(ALLERGIES):
            self.refresh()
            return
        self._once.forget(ALLERGIES)
        self._session.set("allergy_state", state)

    def _lead_on(self, said: str) -> None:
        """Lead into what *Has allergies* opens; who moves by arrow keys goes there with Tab."""
        if STATES[said] == "known":
            self.take_list()

    def _move_on(self) -> None:
        """Lead on after a key answered, as from a question."""
        if self._session.visit.allergy_state == "known":
            self.take_list()
        else:
            self.advance.emit()

    def _tidy(self) -> None:
        """Keep nothing that was written twice."""
        if not self._session.locked:
            self._session.set("allergies", tidy_allergies(self._session.visit.allergies))
