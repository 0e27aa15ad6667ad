"""A treatment that a later consultation has overtaken: put away, and begun anew by that one."""

from __future__ import annotations

from collections.abc import Callable

from consult_app.errors import ConsultError
from consult_app.gui.start.filing import OVERTAKEN
from consult_app.gui.start.following import find_base
from consult_app.gui.start.reception import Reception


def begin_anew(reception: Reception, tell: Callable[[ConsultError], object]) -> None:
    """Put the open treatment away as overtaken, and begin or open that of the latest consultation.

    Where none may follow from that, this is told, and the open one stays as it is.
    """
    opened = reception.visit
    if opened is None or opened.session.locked:
        return
    left = opened.session.visit
    try:
        find_base(reception.desk, left.kind, left, None)
    except ConsultError as error:
        tell(error)
        return
    reception.file_away(OVERTAKEN)
    if reception.visit is None:  # else it could not be saved, which was told
        reception.begin_after(left.kind, left)
