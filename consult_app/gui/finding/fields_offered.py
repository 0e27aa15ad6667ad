"""The fields of a panel that the finder offers, by what they are called."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QWidget

from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.segmented import Segmented
from consult_app.gui.workspace.whereabouts import GROUP, name_fields
from consult_app.gui.workspace.workspace import Workspace
from consult_app.wording import t

Choice = tuple[str, str, str]
"""Command, text, and further words by which it is found."""


def offer_all(workspace: Workspace) -> Iterator[list[Choice]]:
    """Yield command, text and further words of every field, panel by panel.

    A panel that was not shown yet is made when its turn comes, which takes a moment.
    """
    for step in workspace.steps:
        panel = workspace.find_panel(step.id)
        pages = [(f"{GROUP}{page}", text, "") for page, text in panel.pages]
        found = [*pages, *offer_fields(panel)]
        yield [
            (f"panel:{step.id}:{name}", t("{panel}: {field}", panel=step.name, field=text), also)
            for name, text, also in found
        ]


def offer_fields(panel: QWidget) -> Iterator[Choice]:
    """Yield name and text of each field, and what may be chosen; of choices the first.

    What closed parts hold is offered, what is hidden because it does not apply is not. Screening
    questions are found by their own words, and so are left out; a question of the program's own is
    none of them.
    """
    told: set[QWidget] = set()
    for name, field in name_fields(panel):
        around = list(look_around(field, panel))
        group = next((it for it in around if isinstance(it, (Segmented, ChipGroup))), None)
        asked = next((it for it in around if isinstance(it, AnswerRow)), None)
        if (asked is not None and asked.screens) or not applies(field, around):
            continue
        shown = group or field
        if shown not in told and shown.accessibleName():
            told.add(shown)
            yield name, shown.accessibleName(), _name_choices(group)


def _name_choices(group: Segmented | ChipGroup | None) -> str:
    """Return what can be chosen in a group, so that it is found by that as well."""
    choices = group.findChildren(QAbstractButton) if group is not None else ()
    return " ".join(choice.text() or choice.accessibleName() for choice in choices)


def look_around(field: QWidget, panel: QWidget) -> Iterator[QWidget]:
    """Yield the parts of a panel around a field, from inside out."""
    part = field.parentWidget()
    while part is not None and part is not panel:
        yield part
        part = part.parentWidget()


def applies(field: QWidget, around: list[QWidget]) -> bool:
    """Return whether nothing hides a field but a part that is shown on request."""
    if isinstance(field, QAbstractButton) and not field.isEnabled():
        return False
    hiders = [it for it in (field, *around) if it.isHidden()]
    return all(
        isinstance(it.parentWidget(), Fold) or it.objectName().startswith(GROUP) for it in hiders
    )
