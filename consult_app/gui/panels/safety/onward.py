"""The ways between the groups of questions: the switch, and a button from the end of one on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from consult_app.domain.consultation import Consultation
from consult_app.gui.panels.safety.questions import GROUPS, list_asked
from consult_app.gui.still_open import ends
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.knowledge.pack.pack import Pack
from consult_app.wording import t

ON_GROUPS = t(
    "The keyboard is on the groups: Tab leads on to the questions, where {answer_no}, {answer_yes} "
    "and {answer_unsure} answer."
)


class Onward(Button):
    """A button that stands beneath a group and names the one it leads to.

    Attributes:
        wanted: Key of the group it leads to.
        following: The same; empty after the last group.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, groups: Sequence[tuple[str, str]]) -> None:
        super().__init__(theme, "", "secondary", "chevron-right", trailing=True)
        self._groups = tuple(groups)
        self.following = ""
        self.clicked.connect(lambda: self.wanted.emit(self.following))

    def show_after(self, group: str) -> None:
        """Stand beneath a group; after the last one there is nothing to lead to."""
        place = [key for key, _ in self._groups].index(group) + 1
        self.following, name = self._groups[place] if place < len(self._groups) else ("", "")
        self.set_text(t("Next: {group}", group=name))
        self.setVisible(bool(self.following))


def find_stop_left(pack: Pack, visit: Consultation, item: str) -> str:
    """Return the stop question to be asked after another where it was decided that nothing is done.

    They alone keep such a record open, so the rest is not led through. Empty for none, and else.

    Args:
        pack: The content.
        visit: The consultation.
        item: The question that was just answered.
    """
    if not ends(visit):
        return ""
    asked = [it.id for group, _ in GROUPS for it in list_asked(pack, visit, group)]
    onward = asked.index(item) + 1
    left = (it for it in (*asked[onward:], *asked[:onward]) if it not in visit.answers)
    return next((it for it in left if it in pack.stop_items), "")


def make_groups(theme: Theme) -> Segmented:
    """Return the switch between the groups, on which no key answers a question."""
    cells = Segmented(theme, t("Group of questions"), [Option(*group) for group in GROUPS])
    cells.no_text = ON_GROUPS
    return cells
