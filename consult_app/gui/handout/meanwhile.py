"""What is made beside the window while somebody goes on with the visit in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from consult_app.gui.session import Session

T = TypeVar("T")


def as_said(
    session: Session,
    then: Callable[[T], object],
    again: Callable[[], object],
    find_way: Callable[[], object],
) -> Callable[[T], None]:
    """Return what hands on what is made of the visit, and in the way that is wanted, as of now.

    What was said meanwhile may stop what a sheet promises, so that it is made `again`; so it is by
    the desk of other settings, or where another sheet of the visit is wanted by then.
    """
    visit, way = session.visit, find_way()

    def take(made: T) -> None:
        if session.says(visit) and find_way() == way:
            then(made)
        else:
            again()

    return take
