"""Where the program's resources lie and where it keeps what belongs to the clinic."""

from __future__ import annotations

import os
from pathlib import Path

APP_NAME = "consult-app"


def find_resources() -> Path:
    """Return the folder of content, fonts, pictures and examples.

    An installed copy carries it inside the package, a checkout beside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def find_home() -> Path:
    """Return the folder for records, settings and logs; `CONSULT_APP_HOME` moves it."""
    chosen = os.environ.get("CONSULT_APP_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs  # noqa: PLC0415 - only the window and the records have a home

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False, roaming=False))


def find_records() -> Path:
    """Return the folder of the records."""
    return find_home() / "records"


def find_backups(chosen: str) -> Path:
    """Return the folder for backups: the one the clinic chose, else one beside the records."""
    return Path(chosen) if chosen else find_home() / "backups"
