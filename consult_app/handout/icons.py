"""The sheet's icons: outlines on a grid of 256, kept as page operators."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from consult_app.errors import FileError
from consult_app.wording import t


@lru_cache(maxsize=4)
def load_icons(path: Path) -> dict[str, str]:
    """Return the operators of every icon by its name.

    Raises:
        FileError: The file is missing or cannot be read.
    """
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as problem:
        raise FileError(
            t("The pictures of the patient's sheet cannot be read."),
            t("Install the program again. The consultation is not affected."),
            (path.name,),
        ) from problem
