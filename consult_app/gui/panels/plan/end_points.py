"""What the end points that the lines of a plan name look like, once beneath them."""

from __future__ import annotations

from collections.abc import Iterable

from consult_app.gui.theme import Theme
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.method import explain_end_points


class EndPoints(Label):
    """Explains end points; hidden while no line names one."""

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__(theme, "", "label", "text2", wrap=True)
        self._pack = pack
        self.hide()

    def explain(self, lines: Iterable[str]) -> None:
        """Explain those that the words of the lines name."""
        self.setText(explain_end_points(self._pack, lines))
        self.setVisible(bool(self.text()))
