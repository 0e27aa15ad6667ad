"""The clinical content in a compiled form, which loads in a fraction of the time.

Reading and checking the content files takes longer than everything else a command does. So what
`load_pack` makes of them is kept beside them, made when the program is built or set up and never
while it runs. It counts only while every byte it was made from is the same: the content files by
name and content, and the code that read them. Whatever else there is, the files are read.

It is trusted as Python trusts the compiled modules that lie in such folders: whoever can write
there can change the program itself.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import consult_app
from consult_app.knowledge.pack import Pack

try:  # hashlib would load OpenSSL, which takes as long as all the rest here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

NAME = "__pycache__/pack.pickle"
"""Where it lies in the folder of the content."""

CODE = (
    *("domain", "knowledge"),
    *("errors.py", "record.py", "scalars.py", "values.py", "wording.py"),
)
"""What of the program has a say in what is made of the content."""

_SIZE = 32


def load(folder: Path) -> Pack:
    """Return the content in `folder`, from its compiled form where that is still true.

    Raises:
        ContentError: Something is wrong with it; every fault is listed with file and table.
    """
    pack = recall(folder)
    if pack is not None:
        return pack
    from consult_app.knowledge.loader import load_pack  # noqa: PLC0415 - what is mostly not needed

    return load_pack(folder)


def recall(folder: Path) -> Pack | None:
    """Return what the compiled form holds; None when there is none, or it is not true any more."""
    try:
        kept = (folder / NAME).read_bytes()
        seal, body = kept[:_SIZE], kept[_SIZE:]
        if seal != _seal(_read_all(folder), body):
            return None
    except OSError:
        return None
    pack: Pack = pickle.loads(body)  # noqa: S301 - see above
    return pack


def compile_pack(folder: Path) -> Path:
    """Keep the compiled form of the content in `folder`, if it is not there yet; return where.

    Raises:
        ContentError: Something is wrong with the content.
        OSError: It cannot be written.
    """
    from consult_app.knowledge.loader import load_pack  # noqa: PLC0415 - as above

    target = folder / NAME
    if recall(folder) is None:
        # Should a file change meanwhile, the seal is not that of what stands there afterwards.
        before = list(_read_all(folder))
        body = pickle.dumps(load_pack(folder), pickle.HIGHEST_PROTOCOL)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(_seal(before, body) + body)  # half of it would not count either
    return target


def _read_all(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of everything the compiled form rests on.

    Raises:
        OSError: Some of it is not there, such as the code in a bundle.
    """
    program = os.path.dirname(consult_app.__file__)  # noqa: PTH120 - as below
    yield from _read_under(str(folder), "content", ".toml")
    for part in CODE:
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
