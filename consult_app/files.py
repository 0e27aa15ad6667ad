"""Reading and writing files so that nothing half written is ever left behind."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from consult_app.errors import FileError

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
}


def read_text(name: str) -> str:
    """Return the text of a file, or of standard input for `-`.

    Raises:
        FileError: It cannot be read, or is not UTF-8 text.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise FileError(f"{name}: {reason}", "Check the name and try again.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            f"{name}: not UTF-8 text (byte {error.start})", "Save it as UTF-8 and try again."
        ) from None


def write_file(target: Path, data: bytes) -> None:
    """Write `data` to `target`, whole or not at all; see `write_files`."""
    write_files([(target, data)])


def write_files(outputs: Sequence[tuple[Path, bytes]]) -> None:
    """Write every output whole, or none of them.

    The bytes go to hidden neighbours first and are made durable; only when all are there do they
    take their names.

    Raises:
        FileError: One cannot be written; earlier files of those names are untouched.
    """
    neighbours: list[tuple[Path, Path]] = []
    target = Path()
    try:
        for target, data in outputs:
            neighbours.append((_write_neighbour(target, data), target))
        for neighbour, target in neighbours:
            neighbour.replace(target)
    except OSError as error:
        for neighbour, _ in neighbours:
            neighbour.unlink(missing_ok=True)
        advice = _ADVICE.get(error.errno or 0, "Choose another place; nothing was written.")
        reason = error.strerror or "it cannot be written"
        raise FileError(f"{target}: {reason}", advice) from None


def _write_neighbour(target: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    neighbour = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError:
        neighbour.unlink(missing_ok=True)
        raise
    return neighbour
