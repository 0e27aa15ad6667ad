"""Opening the window: what it takes to ask for the passphrase, and no more."""

# ruff: noqa: PLC0415 - what is needed behind the passphrase is loaded behind the first frame

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from consult_app.gui.access import Access
from consult_app.gui.application import run_window
from consult_app.settings import SettingsError, read_settings
from consult_app.wording import t

if TYPE_CHECKING:
    from consult_app.gui.desk import Desk
    from consult_app.gui.programs import Program
    from consult_app.gui.start.visits import Visits
    from consult_app.store.interface import Store
    from consult_app.store.passphrase import Cost


NUMBERS = t("The clinic's own numbers in the settings cannot be used")
ADVICE = t(
    "They do not fit this version of the program. Correct the file; or go on without what is named "
    "below: until it is set again under Settings, the numbers of the reference judge instead."
)


def open_desk(program: Program, home: Path, secret: str = "") -> int:
    """Open the window on the records in `home` and return its exit code.

    With `secret` nobody is asked for the passphrase.

    Raises:
        ConsultError: The window cannot open.
    """
    try:
        settings = read_settings(home)
    except SettingsError as error:
        from consult_app.gui.starting_faults import settle_settings

        chosen = settle_settings(error, home)
        if chosen is None:
            raise
        settings = chosen
    return run_window(settings, make_access(program, home), home=home, secret=secret)


def make_access(program: Program, home: Path, cost: Cost | None = None) -> Access:
    """Return the way to the records in `home`; `cost` is that of a guess at a passphrase."""

    def make_desk(store: Store, sample: bool) -> tuple[Desk, Visits]:  # noqa: FBT001 - one caller
        from consult_app.gui.building import build_desk
        from consult_app.knowledge.pack.clinic import find_faults

        settings = read_settings(home)
        if faults := tuple(find_faults(program.pack, settings.changes)):
            raise SettingsError(NUMBERS, faults, ADVICE)
        return build_desk(program, home, settings, store, sample=sample)

    return Access(home, make_desk, program.clock, cost=cost)
