"""The panels of a visit, made before they are turned to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from consult_app.gui.panel import Panel
from consult_app.gui.tasks import attempt

PAUSE_MS = 1000
"""How long nobody does anything before a panel is made, which takes up to a tenth of a second."""
GAP_MS = 200
"""Between two pieces of that work, so that a key is heard meanwhile."""


class PanelsAhead(QObject):
    """Makes, fills and lays out the panels to come, a piece at a time, while nobody types.

    Nothing is shown or recorded by that; a panel is filled again whenever it is turned to.

    Args:
        steps: The ids of the panels, in the order in which they are likely to be wanted.
        find_panel: Gives a panel, made when there is none yet.
        lay_out: Lays a panel out that is out of sight.
        around: The workspace; nothing is made while it is out of sight.
    """

    def __init__(
        self,
        steps: Sequence[str],
        find_panel: Callable[[str], Panel],
        lay_out: Callable[[Panel], None],
        around: QWidget,
    ) -> None:
        super().__init__(around)
        self._around, self._find_panel, self._lay_out = around, find_panel, lay_out
        self._pieces = self._list_pieces(steps)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go_on)

    def wait(self) -> None:
        """Wait for a pause from now on, because something was done."""
        self._timer.start(PAUSE_MS)

    def stop(self) -> None:
        """Make no more of them, because those there are go."""
        self._timer.stop()
        self._pieces = iter(())
        self.deleteLater()

    def go_on(self) -> bool:
        """Do the next piece; return whether there was one to do."""
        if not self._around.isVisible():
            self.wait()
            return True
        if next(self._pieces, None) is None:
            return False
        self._timer.start(GAP_MS)
        return True

    def _list_pieces(self, steps: Sequence[str]) -> Iterator[bool]:
        """Do a piece for each item asked for. What fails is told once the panel is turned to."""
        for step in steps:
            panel = attempt(lambda step=step: self._find_panel(step), lambda _: None)  # type: ignore[misc] # the step of this turn
            yield True
            if panel is not None and not panel.isVisible():
                attempt(panel.refresh, lambda _: None)
                yield True
            if panel is not None and not panel.isVisible():
                self._lay_out(panel)
                yield True
