"""Files of the program in a compiled form, which loads in a fraction of the time.

What is made of the files of a folder is kept beside them, made when the program is built or set up
and never while it runs. It counts only while every byte it was made from is the same: the files by
name and content, and the code that read them. Whatever else there is, the files are read.

It is trusted as Python trusts the compiled modules that lie in such folders: whoever can write
there can change the program itself.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import consult_app

try:  # hashlib would load OpenSSL, which takes as long as all the rest here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

T = TypeVar("T")

_SIZE = 32


class Recipe(NamedTuple, Generic[T]):
    """What is made of the files of a folder.

    Attributes:
        name: Where the compiled form lies in the folder.
        files: The one file it is made of, or empty for all of the folder.
        ending: Of their names.
        code: What of the program has a say in what is made of them.
        make: Makes it from the files of a folder.
    """

    name: str
    files: str
    ending: str
    code: tuple[str, ...]
    make: Callable[[Path], T]


def load(recipe: Recipe[T], folder: Path) -> T:
    """Return what is made of a folder, from its compiled form where that is still true.

    Errors are those of the recipe.
    """
    known = recall(recipe, folder)
    return recipe.make(folder) if known is None else known


def recall(recipe: Recipe[T], folder: Path) -> T | None:
    """Return what the compiled form holds; None when there is none, or it is not true any more."""
    try:
        kept = (folder / recipe.name).read_bytes()
        seal, body = kept[:_SIZE], kept[_SIZE:]
        if seal != _seal(_read_all(recipe, folder), body):
            return None
    except OSError:
        return None
    made: T = pickle.loads(body)  # noqa: S301 - see above
    return made


def keep(recipe: Recipe[T], folder: Path) -> Path:
    """Keep the compiled form of a folder, if it is not there yet; return where.

    Errors are those of the recipe, besides:

    Raises:
        OSError: It cannot be written.
    """
    target = folder / recipe.name
    if recall(recipe, folder) is None:
        # Should a file change meanwhile, the seal is not that of what stands there afterwards.
        before = list(_read_all(recipe, folder))
        body = pickle.dumps(recipe.make(folder), pickle.HIGHEST_PROTOCOL)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(_seal(before, body) + body)  # half of it would not count either
    return target


def _read_all(recipe: Recipe[T], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of everything the compiled form rests on.

    Raises:
        OSError: Some of it is not there, such as the code in a bundle.
    """
    program = os.path.dirname(consult_app.__file__)  # noqa: PTH120 - as below
    place = f"{folder}/{recipe.files}" if recipe.files else str(folder)
    yield from _read_under(place, recipe.files or "content", recipe.ending)
    for part in recipe.code:
        yield from _read_under(f"{program}/{part}", part, ".py")


def _read_under(place: str, name: str, ending: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files there; paths as text, because a `Path` costs as much as reading its file."""
    if name.endswith(ending):
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - see above
            yield name, file.readall()
        return
    with os.scandir(place) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(ending) or entry.is_dir():
                yield from _read_under(entry.path, f"{name}/{entry.name}", ending)


def _seal(files: Iterable[tuple[str, bytes]], body: bytes) -> bytes:
    """Return the digest over everything the compiled form rests on and the form itself."""
    digest = blake2b(digest_size=_SIZE)
    for name, data in (*files, ("", body)):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.digest()
