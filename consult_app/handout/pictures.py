"""Pillow, loaded when there is a picture to read.

reportlab asks for it with everything else. That is a tenth of the first sheet, and few sheets have
a picture.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec
from threading import Lock

NAME = "PIL.Image"
_loading = Lock()


def put_off_pillow() -> None:
    """Have Pillow loaded when it is first used, where it is there and not loaded yet."""
    if NAME in sys.modules:
        return
    spec = find_spec(NAME)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[NAME] = module_from_spec(spec)
    # Found here, it is handed on as it is; anywhere else, looking for it would load it.
    import_module("PIL").Image = module  # type: ignore[attr-defined]  # set as importing it would
    spec.loader.exec_module(module)


def load_pillow() -> None:
    """Load Pillow whole, also where two threads need it at once."""
    with _loading:
        from PIL import Image  # noqa: PLC0415 - few sheets have a picture

        Image.preinit()
