"""Questions and what a *Yes* opens are made before they are shown, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consult_app.gui.asked import Asked
from consult_app.gui.panels.safety.questions import GROUPS, list_questions
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.workspace.whereabouts import GROUP
from consult_app.knowledge.pack.pack import Pack, Question


def make_card(theme: Theme, group: str) -> Card:
    """Return a card for the questions of a group, hidden until the group is shown."""
    card = Card(theme, name=dict(GROUPS)[group])
    card.setObjectName(f"{GROUP}{group}")
    card.hide()
    return card


def make_next(
    pack: Pack,
    rows: Mapping[str, Asked],
    make: Callable[[Question], None],
    prepare: Callable[[Asked], None] | None,
) -> bool:
    """Make one row to come, or its details; all of it at once would keep a key waiting.

    Args:
        pack: The content.
        rows: Those that are made.
        make: Makes one.
        prepare: Makes its details; None in a signed record, which opens none.

    Returns:
        Whether there was one to make.
    """
    for group, _ in GROUPS:
        questions = list_questions(pack, group)
        if unmade := [it for it in questions if it.id not in rows]:
            make(unmade[0])
            return True
        bare = [asked for it in questions if (asked := rows[it.id]).details is None]
        if bare and prepare is not None:
            prepare(bare[0])
            return True
    return False
