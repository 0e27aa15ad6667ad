"""The fields of a panel that the finder offers, by what they are called."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from consult_app.domain.steps import STEPS
from consult_app.gui.commands import ON_PANELS
from consult_app.gui.widgets.answer_row import AnswerRow
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.chips import Chip, ChipGroup
from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.regions import Region
from consult_app.gui.widgets.segmented import Segment, Segmented
from consult_app.gui.widgets.words import ENGLISH
from consult_app.gui.workspace.whereabouts import CHOSEN, GROUP, name_fields
from consult_app.gui.workspace.workspace import Workspace
from consult_app.wording import t

Choice = tuple[str, str, str]
"""Command, text, and further words by which it is found."""
LEADS_ON = t("Go")
SHORTEST = 3
"""Letters that the name of a choice has at least by which somebody may look for it."""


def offer_all(workspace: Workspace) -> Iterator[list[Choice]]:
    """Yield command, text and further words of every field, panel by panel, that in sight first.

    A panel that was not shown yet, or not since something changed, shows the visit as it stands
    when its turn comes, which takes a moment.
    """
    here = workspace.panel.step
    for step in sorted(workspace.steps, key=lambda it: it.id != here):
        panel = workspace.find_panel(step.id)
        yield []  # a key may be heard between the two
        panel.catch_up()
        pages = [(f"{GROUP}{page}", text, "") for page, text in panel.pages]
        found = [*pages, *offer_fields(panel)]
        leads = (f"panel:{step.id}", t("Go to {name}", name=step.name), ON_PANELS.get(step.id, ""))
        yield [
            *([] if step in STEPS else [leads]),
            *(
                (
                    f"panel:{step.id}:{name}",
                    t("{panel}: {field}", panel=step.name, field=text),
                    also,
                )
                for name, text, also in found
            ),
        ]


def offer_fields(panel: QWidget) -> Iterator[Choice]:
    """Yield name and text of each field, and what may be chosen, then each choice by itself.

    What stands together is led to where something is chosen, so that no key chooses another one;
    buttons of one name are offered once.

    What closed parts hold is offered, what is hidden because it does not apply is not. Screening
    questions are found by their own words, and so are left out; a question of the program's own is
    none of them.
    """
    told: set[QWidget | str] = {text for _, text in getattr(panel, "pages", ())}
    named = name_fields(panel)
    names = {field: name for name, field in named}
    for name, field in named:
        around = list(look_around(field, panel))
        groups = (it for it in around if isinstance(it, (Segmented, ChipGroup)))
        group = next(groups, None) if isinstance(field, (Segment, Chip)) else None
        asked = next((it for it in around if isinstance(it, AnswerRow)), None)
        if (asked is not None and asked.screens) or not applies(field, around):
            continue
        if isinstance(field, Button) and field.words == LEADS_ON:
            continue  # what it leads to is offered itself
        shown = group or field
        text = shown.accessibleName()
        once = text if isinstance(shown, QAbstractButton) else shown
        if not text or once in told:
            continue
        told.add(once)
        figures = next((it for it in around if isinstance(it, FaceMap)), None)
        if isinstance(field, Region) and figures is not None and figures not in told:
            told.add(figures)
            yield name, figures.accessibleName(), t("map")
        if group is None:
            yield name, text, _find_example(field)
        else:
            found = _offer_choices(group, names, around, alone=asked is None)
            yield from (it for it in found if it[1] not in told)


def _find_example(field: QWidget) -> str:
    """Return what a field gives as an example while it is empty: a wedding is looked for so."""
    return field.placeholderText() if isinstance(field, (QLineEdit, QPlainTextEdit)) else ""


def _offer_choices(
    group: Segmented | ChipGroup, names: dict[QWidget, str], around: list[QWidget], *, alone: bool
) -> Iterator[Choice]:
    """Yield a group by what can be chosen in it, and where it stands alone each choice too.

    *Yes* and *No* are no names by which anybody looks for a field.
    """
    choices = [it for it in list_choices(group) if it in names and applies(it, around)]
    if choices:
        also = " ".join(choice.words for choice in choices)
        yield f"{names[choices[0]]}{CHOSEN}", group.accessibleName(), also
    asks = {ENGLISH.no, ENGLISH.yes} <= {choice.words for choice in choices}
    for choice in choices if alone and not asks else ():
        if len(choice.words) >= SHORTEST:
            yield names[choice], choice.words, ""


def list_choices(group: Segmented | ChipGroup) -> list[Segment | Chip]:
    """Return what can be chosen in a group."""
    return [*group.findChildren(Segment), *group.findChildren(Chip)]


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
