"""What still serves where nothing may be typed: what is folded in a signed record, and its map."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from consult_app.gui.widgets.facemap import FaceMap
from consult_app.gui.widgets.fold import Fold


def shut(part: QWidget, *, on: bool) -> None:
    """Let nothing be typed in a part, or all of it; what only leads to what is to be read serves.

    Qt lets nothing serve in what does not serve itself, so the way down to a fold stays open and
    what stands beside that is shut.
    """
    inside: list[QWidget] = []
    if isinstance(part, Fold):
        inside = [part.inside]
    elif on and any(part.findChild(kind) is not None for kind in (Fold, FaceMap)):
        inside = _list_children(part)
    part.setEnabled(bool(inside) or not on or isinstance(part, FaceMap))
    for child in inside:
        shut(child, on=on)


def only_leads(field: QWidget) -> bool:
    """Return whether a field opens a fold, or chooses what is shown of the map: it is no entry."""
    above = field.parentWidget()
    while above is not None and not isinstance(above, FaceMap):
        if isinstance(above, Fold):
            return above.button is field
        above = above.parentWidget()
    return above is not None


def _list_children(part: QWidget) -> list[QWidget]:
    found = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [it for it in found if not it.isWindow()]
