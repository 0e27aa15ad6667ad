"""Reading and writing files so that nothing half written is ever left behind."""

# ruff: noqa: PLC0415 - most commands write no file, and what writes one takes long to load

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from consult_app.errors import FileError
from consult_app.wording import t

_ADVICE = {
    errno.ENOSPC: "The disk is full. Free some space and try again; nothing was written.",
    errno.EDQUOT: "The disk quota is used up. Free some space and try again; nothing was written.",
    errno.EFBIG: "The file would be larger than allowed here; nothing was written.",
    errno.EACCES: "Choose a folder you may write to; nothing was written.",
    errno.EPERM: "Choose a folder you may write to; nothing was written.",
    errno.EROFS: "This place is read-only. Choose another folder; nothing was written.",
    errno.ENOENT: "Check that the folder exists; nothing was written.",
    errno.ENOTDIR: "Check that the folder exists; nothing was written.",
    errno.EISDIR: "This is a folder. Give the name of a file; nothing was written.",
    errno.ENAMETOOLONG: "Choose a shorter name; nothing was written.",
    errno.EEXIST: "Give the name of a file; nothing was written.",
}


def read_text(name: str) -> str:
    """Return the text of a file, or of standard input for `-`.

    Raises:
        FileError: It cannot be read, or is not UTF-8 text.
    """
    place = "standard input" if name == "-" else name
    try:
        data = _read_input() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise FileError(f"{place}: {reason}", t("Check the name and try again.")) from None
    except ValueError:  # a name that no file can have
        raise FileError(t("not the name of a file"), t("Check the name and try again.")) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            t("{place}: not UTF-8 text (byte {start})", place=place, start=error.start),
            t("Save it as UTF-8 and try again."),
        ) from None


@contextmanager
def open_input(name: str) -> Iterator[IO[bytes]]:
    """Yield a file to read from.

    Raises:
        FileError: It cannot be read.
    """
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; errors of the block are others'
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise FileError(f"{name}: {reason}", t("Check the name and try again.")) from None
    except ValueError:  # a name that no file can have
        raise FileError(t("not the name of a file"), t("Check the name and try again.")) from None
    with file:
        yield file


def write_file(target: Path, data: bytes) -> None:
    """Write `data` to `target`, whole or not at all; see `write_files`."""
    write_files([(target, data)])


def write_files(outputs: Sequence[tuple[Path, bytes]]) -> None:
    """Write every output whole, or none of them.

    The bytes go to hidden neighbours first and are made durable; only when all are there do they
    take their names. When one cannot take its name, the others get back what they held before. A
    link is followed, and what is no ordinary file, such as `/dev/null`, is left alone.

    Raises:
        FileError: One cannot be written; earlier files of those names are untouched.
    """
    with ExitStack() as leftovers, ExitStack() as undo:
        ready = []
        for target, data in outputs:
            with _naming(target):
                place = _find_place(target)
                ready.append((_write_neighbour(place, data, leftovers), place, target))
        for neighbour, place, target in ready:
            with _naming(target):
                kept = _keep(place, leftovers) if len(ready) > 1 else None
                neighbour.replace(place)
                undo.callback(_put_back, place, kept)
        undo.pop_all()


@contextmanager
def open_output(target: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write to; it takes the name `target` when the block ends well.

    When the block fails, or is stopped, nothing is left of it, and an earlier file of that name is
    untouched.

    Raises:
        FileError: It cannot be written.
    """
    with ExitStack() as leftovers, _naming(target):
        place = _find_place(target)
        neighbour, handle = _open_neighbour(place, leftovers)
        with os.fdopen(handle, "w+b") as file:
            yield file
            _complete(file, neighbour)
        neighbour.replace(place)


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Turn a failure into an error that names the file as it was given."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "Choose another place; nothing was written.")
        reason = error.strerror or "it cannot be written"
        raise FileError(f"{target}: {reason}", advice) from None


def _read_input() -> bytes:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "there is none")
    return sys.stdin.buffer.read()


def _find_place(target: Path) -> Path:
    """Return where `target` really lies, if a file can be there."""
    place = Path(os.path.realpath(target))  # Path.resolve gives up on a link to itself
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if place.exists() and not place.is_file():
        raise FileExistsError(errno.EEXIST, "Not an ordinary file")
    return place


def _write_neighbour(place: Path, data: bytes, leftovers: ExitStack) -> Path:
    neighbour, handle = _open_neighbour(place, leftovers)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        _complete(file, neighbour)
    return neighbour


def _open_neighbour(place: Path, leftovers: ExitStack) -> tuple[Path, int]:
    """Return a new file in the folder of `place` and its name there, gone whatever happens.

    Where the system can, it has no name before `_complete`: a program that is killed leaves nothing
    behind then, and an export half written holds what patients said.
    """
    try:
        handle = os.open(place.parent, os.O_RDWR | os.O_TMPFILE, 0o600)
    except (AttributeError, OSError):  # not every system and not every disk knows such files
        return _make_neighbour(place, leftovers)
    if not os.path.lexists(_name_handle(handle)):  # nor could it ever be given a name there
        os.close(handle)
        return _make_neighbour(place, leftovers)
    import secrets

    neighbour = place.with_name(f".{secrets.token_hex(8)}.part")
    leftovers.callback(neighbour.unlink, missing_ok=True)
    return neighbour, handle


def _complete(file: IO[bytes], neighbour: Path) -> None:
    """Make what was written durable, and give the file its name where it has none yet."""
    file.flush()
    os.fsync(file.fileno())
    if not neighbour.exists():
        # Given a folder, though none is needed, Python follows the link of the system's list.
        os.link(_name_handle(file.fileno()), neighbour, src_dir_fd=0)


def _name_handle(handle: int) -> str:
    """Return where the system lists an open file, without which it can be given no name."""
    return f"/proc/self/fd/{handle}"


def _make_neighbour(place: Path, leftovers: ExitStack) -> tuple[Path, int]:
    """Return a new hidden file beside `place`, which is gone afterwards whatever happens."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
    neighbour = Path(name)
    leftovers.callback(neighbour.unlink, missing_ok=True)
    return neighbour, handle


def _keep(place: Path, leftovers: ExitStack) -> Path | None:
    """Return a copy of the file at `place`, None when there is none."""
    if not place.exists():
        return None
    import shutil

    kept, handle = _make_neighbour(place, leftovers)
    os.close(handle)
    shutil.copy2(place, kept)
    return kept


def _put_back(place: Path, kept: Path | None) -> None:
    if kept is None:
        place.unlink(missing_ok=True)
    else:
        kept.replace(place)
