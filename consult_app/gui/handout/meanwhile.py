"""What is made beside the window while somebody goes on with the visit in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from consult_app.gui.desk import Desk
from consult_app.gui.session import Session

T = TypeVar("T")


def as_said(
    session: Session,
    then: Callable[[T], object],
    again: Callable[[], object],
    find_desk: Callable[[], Desk],
) -> Callable[[T], None]:
    """Return what hands on what is made of the visit, and by the settings, as they are now.

    What was said meanwhile may stop what a sheet promises, so that it is made `again`; so it is by
    the desk of other settings.
    """
    visit, desk = session.visit, find_desk()

    def take(made: T) -> None:
        if session.says(visit) and find_desk() is desk:
            then(made)
        else:
            again()

    return take
