"""Says which areas a case file names without a plan, and that they count for the decision."""

from __future__ import annotations

from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.answers import told_areas
from consult_app.wording import t


class ToldAreas(Notice):
    """One line that stays until Goals or the plan name an area."""

    def __init__(self, theme: Theme, pack: Pack, session: Session) -> None:
        super().__init__(theme, "", "info")
        self._pack, self._session = pack, session
        self.set_dismissible(on=False)

    def show_visit(self) -> None:
        """Name the areas; nothing where plan or wish says where."""
        tree = self._pack.protocol.areas
        names = ", ".join(tree.label(area) for area in told_areas(self._session.visit))
        told = t(
            "The case file names where, but not what is treated there: {names}. The decision "
            "counts with it until a line is added.",
            names=names,
        )
        self.show_text(told if names else "")
