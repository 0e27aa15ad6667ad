"""Serving the page of a recovery code: printed, saved as a sheet, and typed back from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from consult_app.errors import ConsultError, InputError
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.paper import print_code, save_code

if TYPE_CHECKING:
    from consult_app.store.unlocking import SealedStore


def serve_code(  # noqa: PLR0913 - each is a fact of its own
    page: CodePage,
    code: str,
    keys: SealedStore,
    parent: QWidget,
    then: Callable[[], object],
    *,
    made_on: date,
    paper: str,
) -> None:
    """Show a new code, and go on once it was typed back, or later.

    Args:
        page: Shows it.
        code: The code; empty for one of earlier, which is asked for and cannot be shown.
        keys: The records it opens; they remember that it was typed back.
        parent: Where the system's dialogs open.
        then: Goes on.
        made_on: The day, for the sheet.
        paper: `A4` or `Letter`.
    """

    def confirm(typed: str) -> None:
        try:
            if keys.confirm_code(typed):
                then()
            else:
                page.refuse()
        except InputError as error:
            page.refuse(error)
        except ConsultError as error:
            page.show_error(error)

    page.typed.connect(confirm)
    page.later_wanted.connect(then)
    page.print_wanted.connect(lambda: print_code(parent, code, made_on))
    page.save_wanted.connect(
        lambda: save_code(parent, code, made_on, paper=paper, failed=page.show_error)
    )
    if code:
        page.show_code(code)
