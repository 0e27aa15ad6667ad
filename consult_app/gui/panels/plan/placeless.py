"""Says which concern of Goals the plan leaves out because no area is known, and leads there."""

from __future__ import annotations

from PySide6.QtCore import Signal

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.warned import is_told, tell_placeless
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.seen import find_placeless
from consult_app.wording import t


class Placeless(Notice):
    """One line; once dismissed it is not shown again in this visit.

    Attributes:
        led: Asks the window for the field where the first of them gets its area.
    """

    led = Signal(str)

    def __init__(self, theme: Theme, pack: Pack, session: Session) -> None:
        super().__init__(theme, "", "info")
        self._pack, self._session = pack, session
        self.set_action(t("Say where"))
        self.acted.connect(self._lead)
        self.dismissed.connect(lambda: session.note(self.text()))

    def show_visit(self) -> None:
        """Show what is left out; nothing where everything has its place."""
        visit = self._session.visit
        told = tell_placeless(self._pack, visit)
        self.show_text(told if is_told(visit, told) else "")

    def _lead(self) -> None:
        left = find_placeless(self._pack, self._session.visit)
        if left:
            self.led.emit(f"panel:goals:where {left[0]}")
