"""Reading and writing files so that nothing half written is ever left behind."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
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
    """Write `data` to `target`, whole or not at all.

    The bytes go to a hidden neighbour first, are made durable, and then take the name.

    Raises:
        FileError: It cannot be written; an earlier file of that name is untouched.
    """
    neighbour: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        neighbour = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        neighbour.chmod(0o600)
        neighbour.replace(target)
    except OSError as error:
        if neighbour is not None:
            neighbour.unlink(missing_ok=True)
        advice = _ADVICE.get(error.errno or 0, "Choose another place; nothing was written.")
        reason = error.strerror or "it cannot be written"
        raise FileError(f"{target}: {reason}", advice) from None
