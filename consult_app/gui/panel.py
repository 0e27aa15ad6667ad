"""What the seven panels have in common: a title, a column of cards and a few verbs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.gui.begun_before import BegunBefore
from consult_app.gui.beside import Beside
from consult_app.gui.commands import fill_keys
from consult_app.gui.desk import Desk
from consult_app.gui.last_card import LastCard
from consult_app.gui.panel_head import PanelHead
from consult_app.gui.phrases import write_day, write_time
from consult_app.gui.read_only import only_leads, shut
from consult_app.gui.session import Session
from consult_app.gui.signs_here import SignsHere
from consult_app.gui.start.what_follows import WhatFollows
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards_wide import CardsWide
from consult_app.gui.widgets.labels import Label, held_to_measure
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.workspace.reading_order import list_fields, list_widgets, takes_tab
from consult_app.gui.workspace.whereabouts import find_field
from consult_app.knowledge.visits.signed_otherwise import tell_numbers
from consult_app.wording import t

SIGNED = t(
    "Signed and locked {at} by {who}. What is still to be said goes into an addendum ({addendum})."
)
ADDED = t("Signed and locked {at} by {who}. Nothing here can be changed any more.")


def swap(layout: QBoxLayout, old: QWidget | None, new: QWidget) -> QWidget:
    """Put `new` where `old` was, or at the end, and return it; `old` is gone at once."""
    if old is None:
        layout.addWidget(new)
        return new
    layout.replaceWidget(old, new)
    old.hide()
    old.deleteLater()
    return new


NARROW = 430
"""Width of a panel beneath which fields that stand beside each other need more room."""


class Panel(QWidget):
    """One panel of the consultation.

    A panel builds its widgets once in `build`, shows the consultation in `refresh`, and changes it
    only through the session. Widgets are silent when the program sets them, so a refresh never
    writes back.

    Attributes:
        step: The id of its step.
        title: Heading.
        subtitle: One sentence under it; commands in braces stand for their keys.
        patient_safe: Whether the patient may look at it.
        for_patient: Whether it is the patient's own: nothing of the practitioner's is said there.
        signs: Whether accepting signs and locks here.
        open_when_signed: Whether its controls still serve once the record is signed.
        asks_again: Whether each of its questions says by itself what the last visit answered.
        pages: Id and name of the parts of which it shows one at a time.
        wants: Asks the window for something: `panel:plan`, `handout`, `print`, `sign`, ...
        narrowed: There is no room any more for fields beside each other, or there is again.
    """

    step = ""
    title = ""
    subtitle = ""
    patient_safe = False
    for_patient = False
    open_when_signed = False
    signs = False
    asks_again = False
    pages: tuple[tuple[str, str], ...] = ()
    wants = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, theme: Theme, session: Session, desk: Desk) -> None:
        super().__init__()
        self.theme = theme
        self.session = session
        self.desk = desk
        self._beside: Beside | None = None
        self._narrow = False
        self._behind = True
        self.setObjectName("page")
        self.setAccessibleName(self.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(10))
        self.head = PanelHead(theme, self.title)
        self.lead = Label(theme, fill_keys(self.subtitle), "body", "text2", wrap=True)
        outer.addLayout(self.head)
        outer.addLayout(held_to_measure(self.lead))
        self.pane = ScrollPane(theme)
        self.follows = WhatFollows(theme) if self.signs else None
        self.signer = SignsHere(theme, session, desk) if self.signs else None
        self._lay_signing(outer)
        self.begun = BegunBefore(theme, session, desk.pack)
        self.begun.moved.connect(self.begin)
        outer.addLayout(CardsWide(self.begun, self.pane))
        self.columns = QHBoxLayout()
        self.columns.setSpacing(theme.px(16))
        outer.addLayout(self.columns, 1)
        self.columns.addWidget(self.pane, 1)
        recalls = session.last and not self.for_patient
        self.last = LastCard(theme, desk, session, self.step) if recalls else None
        if self.last is not None:
            self.pane.body.addWidget(self.last)
        self.build()
        self.pane.body.addStretch(1)
        session.changed.connect(self._follow)
        session.dated.connect(self._follow)
        session.judged.connect(self._follow_judgement)

    def _lay_signing(self, column: QBoxLayout) -> None:
        """Put there what follows once it is signed, and until then who signs it."""
        if self.follows is not None:
            self.follows.wanted.connect(self.wants)
            column.addWidget(self.follows)
        if self.signer is not None:
            self.signer.acted.connect(lambda: self.wants.emit("finder:hands"))
            column.addLayout(CardsWide(self.signer, self.pane))

    def build(self) -> None:
        """Make the widgets, once. Cards go into `self.pane.body`."""

    def refresh(self) -> None:
        """Show the consultation as it is now, and its judgement; must not change it."""

    def put_beside(self, card: QWidget) -> None:
        """Keep a card beside the column, or on top of it while there is no room for both."""
        self._beside = Beside(self.theme, card, self.columns, self.pane.body)
        self.theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put a card beside the column where it has room, and fields beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._beside is not None:
            self._beside.fit(self.width(), self.window().height())
        narrow = self.width() < self.theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.narrowed.emit(narrow)

    def show_lock(self) -> None:
        """Let nothing be typed into a signed record, and say so; what is shown is of now."""
        self._behind = False
        locked = self.session.locked
        told = locked and not self.for_patient
        self.lead.setText(self._tell_signed() if told else fill_keys(self.subtitle))
        if self.follows is not None:
            self.follows.show_visit(self.session.visit)
        if self.signer is not None:
            self.signer.show_visit()
        if not self.for_patient:
            self.begun.show_visit()
        for part in self.parts():
            shut(part, on=locked and not self.open_when_signed)
        self._let_read()

    def _tell_signed(self) -> str:
        """Return who signed and when, what can still be done, and by which numbers it is told."""
        visit = self.session.visit
        at = visit.signed_at or visit.started_at
        moment = f"{write_day(at.date())} {write_time(at)}"
        who = visit.practitioner.name or t("nobody named")
        told = fill_keys(ADDED if visit.kind == "addendum" else SIGNED, at=moment, who=who)
        by = tell_numbers(visit, self.session.judgement, self.desk.pack.version)
        return f"{told}\n{by}" if by else told

    def parts(self) -> list[QWidget]:
        """Return what stands beneath the heading; the scroll bar itself is none of it."""
        shown = list_widgets(self.columns)
        inside = [part.widget() if isinstance(part, ScrollPane) else part for part in shown]
        return [part for part in inside if part is not None]

    def show_judgement(self) -> None:
        """Show what depends on the judgement alone; called after each change while visible."""

    def focus_item(self, item: str) -> bool:
        """Bring the field of a screening item or field path into view and give it the keyboard.

        Returns whether the panel has it.
        """
        del item
        return False

    def offer_entry(self, item: str, entry: str) -> None:
        """Offer what was looked for, as LIST:CODE, at the item that has the keyboard."""

    def find_field(self, name: str) -> QWidget | None:
        """Return the field of a name that `whereabouts` gave, brought into being if need be."""
        return self.places().get(name) or find_field(self, name)

    def places(self) -> dict[str, QWidget]:
        """Return the fields that what stands in the way of signing may lead to, by short names."""
        return {}

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""

    def begin(self) -> None:
        """Give the keyboard to the first field, where there is none to the scroll bar.

        Where the last visit offers something, that is the first: one key says that it still holds.
        """
        if self.asks_again or self.last is None or not self.last.take_focus():
            self.focus_first()
        bar = self.pane.verticalScrollBar()
        if takes_tab(bar):
            bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pane.begin()

    def accept(self) -> None:
        """Take what is suggested (Ctrl+Enter)."""

    def answer_rest(self) -> None:
        """Answer *No* for the rest of this group (Ctrl+Shift+N)."""

    def take_same(self) -> None:
        """Say that what nothing was said of today is the same as last visit (Ctrl+=)."""
        if self.last is not None:
            held = self.last.isAncestorOf(self.focusWidget())
            self.last.take_open()
            if held:
                self.focus_first()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was changed meanwhile: in other panels, or on a page over this one."""
        super().showEvent(event)
        if self._behind:
            self.refresh()
            self.show_lock()
        if self.last is not None:
            self.last.refresh()

    def catch_up(self) -> None:
        """Show the visit as it stands now while it is out of sight, as the finder looks there."""
        if self._behind and not self.isVisible():
            self.refresh()
            if self.last is not None:
                self.last.refresh()
            self.show_lock()

    def _follow(self, _path: str = "") -> None:
        self._behind = not self.isVisible()
        if not self._behind:
            self.refresh()
            if self.last is not None:
                self.last.refresh()
            self.show_lock()

    def _follow_judgement(self, _judgement: object) -> None:
        self._behind = self._behind or not self.isVisible()
        if self.isVisible():
            self.show_judgement()
            self.show_lock()

    @property
    def is_only_read(self) -> bool:
        """Whether nothing can be written in it now."""
        return self.session.locked

    def _let_read(self) -> None:
        """Let the scroll bar take the keyboard while nothing beside it does, shown or not yet."""
        bar, tabbed = self.pane.verticalScrollBar(), Qt.FocusPolicy.TabFocus
        fields = (it for it in list_fields(self.pane) if it is not bar and it.isEnabled())
        if self.is_only_read:  # what only opens leaves it to be read
            fields = (it for it in fields if not only_leads(it))
        found = any(it.focusPolicy() & tabbed and it.isVisibleTo(self.pane) for it in fields)
        self.pane.let_read(self.title, on=not found)
        if found and bar.hasFocus():
            self.focus_first()
