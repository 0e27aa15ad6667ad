"""What is made beside the window while somebody goes on with the visit in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from consult_app.gui.session import Session

T = TypeVar("T")


def as_said(
    session: Session, then: Callable[[T], object], again: Callable[[], object]
) -> Callable[[T], None]:
    """Return what hands on what is made of the visit as it is now.

    What was said meanwhile may stop what a sheet promises, so that it is made `again`.
    """
    visit = session.visit

    def take(made: T) -> None:
        if session.says(visit):
            then(made)
        else:
            again()

    return take
