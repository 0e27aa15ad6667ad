"""A treatment that a later consultation has overtaken: put away, and begun anew by that one."""

from __future__ import annotations

from collections.abc import Callable

from consult_app.domain.treatment import Treatment
from consult_app.errors import ConsultError
from consult_app.gui.start.filing import OVERTAKEN
from consult_app.gui.start.following import find_base
from consult_app.gui.start.reception import Reception


def begin_anew(reception: Reception, tell: Callable[[ConsultError], object]) -> None:
    """Put the open treatment away as overtaken, and begin or open that of the latest consultation.

    A reaction to a test patch that was told in it is told in that one too: what is put away counts
    nowhere. Where none may follow from that, this is told, and the open one stays as it is.
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
        _hand_over(left.treatment or Treatment(), reception)


def _hand_over(left: Treatment, reception: Reception) -> None:
    """Tell of a reaction in the treatment that is open now, where that tells of no test patch."""
    session = reception.visit.session if reception.visit is not None else None
    begun = session.visit.treatment if session is not None else None
    if session is None or begun is None or begun.patch.result is not None:
        return
    if left.patch.result == "reaction":
        session.set("treatment.patch", left.patch)
