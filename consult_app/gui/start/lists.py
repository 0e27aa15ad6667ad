"""The lists of the start page: in one column, in two, or in one each where it is wide."""

from __future__ import annotations

from collections.abc import Sequence

from consult_app.gui.start.due_list import LEAST, DueList
from consult_app.gui.start.person_list import PersonList
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.columns import ColumnLayout, Groups
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.speaking import speak
from consult_app.wording import t

WIDTH, TWO_COLUMNS, MORE_COLUMNS = 1120, 940, 2100
NARROWEST, WIDEST = 560, 800
"""Of one column, where there can be more than two."""
MOST = 16
"""Lines of one list that are still read at a glance."""
ABOVE, HEAD, LINE = 340, 76, 54
"""What stands around the lists, around the lines of one, and for each line, in logical pixels."""
USED = 0.8
"""The part of a wide window that is used; the rest stands at both sides."""


class StartLists(ColumnLayout):
    """Lays the lists out.

    Attributes:
        all: Patients, visits that wait, who is expected back, and treatments with a lot.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        first, second, last = t("Seen last"), t("Unfinished"), t("Treated with this lot")
        found, unfinished, lots = (PersonList(theme, it) for it in (first, second, last))
        self.all = (found, unfinished, DueList(theme), lots)
        self._said = ""
        for part in self.all:
            self.addWidget(part)
        Gaps(theme, self.all[0], self, 14)

    def speak_first(self, none: str) -> None:
        """Have said whom Enter opens, while the search line has the keyboard.

        Args:
            none: What is said where there is nobody; empty where nothing is looked for.
        """
        rows = [row for part in self.all for row in part.rows]
        first = rows[0].button if rows else None
        told = none
        if none and first is not None:
            told = f"{first.accessibleName()}: {first.accessibleDescription()}"
        if told and told != self._said:  # each letter leads to the same one most of the time
            speak(self.all[0], told)
        self._said = told

    def arrange(self, width: float) -> int:
        """Lay out for a window of that width, and return the width the page takes of it.

        Both are in logical pixels with the text size taken out.
        """
        groups: Groups = ((0,), (1, 2, 3)) if width >= TWO_COLUMNS else ((0, 1, 2, 3),)
        page = WIDTH
        if width >= MORE_COLUMNS:
            groups = self._spread(int(USED * width // NARROWEST))
            count = max(2, len(groups))
            page = count * round(min(USED * width / count, WIDEST))
        self.set_groups(groups)
        return page

    def count_lines(self, height: float, counts: Sequence[int]) -> int:
        """Return how many lines a list may have for all to be in sight, as they stand now.

        Args:
            height: Of the window, in logical pixels with the text size taken out.
            counts: How many lines there are for each list.
        """
        stacked = max((sum(counts[n] > 0 for n in it) for it in self.groups), default=1)
        room = (height - ABOVE) / max(1, stacked) - HEAD
        return max(LEAST, min(int(room // LINE), MOST))

    def _spread(self, most: int) -> Groups:
        """Return the lists that show anything, in one column each; the last takes what is left."""
        shown = [number for number, it in enumerate(self.all) if not it.isHidden()]
        hidden = tuple(number for number, it in enumerate(self.all) if it.isHidden())
        alone = [(number,) for number in shown[: most - 1]]
        rest = tuple(shown[most - 1 :])
        if alone and not rest:
            return (*alone[:-1], (*alone[-1], *hidden))  # with a place for what is shown later
        return (*alone, (*rest, *hidden))
