"""Modules that reportlab asks for with everything else, loaded when they are used.

No sheet uses them, and loading them took a twentieth of the first sheet of a process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

UNUSED = ("tempfile", "textwrap")


class Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def put_off(names: tuple[str, ...] = UNUSED) -> Iterator[None]:
    """Have whoever imports these modules meanwhile get one that stands for them.

    What is loaded already stays as it is. Afterwards everybody else imports the modules themselves.
    """
    put = {name: Later(name) for name in names if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name, module in put.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
