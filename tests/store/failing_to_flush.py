"""Saves, then saves on a disk that takes every write and fails to make it durable.

Run by the durability tests: `failing_to_flush.py FOLDER PASSPHRASE`. Prints one JSON object. The
kernel itself refuses each flush from a moment on (seccomp); there is no way back, so the program
ends as in a crash.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import struct
import sys
from datetime import UTC, datetime
from pathlib import Path

from consult_app.errors import ConsultError
from consult_app.store.faults import UnknownRecordError
from consult_app.store.interface import Store
from consult_app.store.unlocking import unlock_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
FLUSHES = {"x86_64": (74, 75), "aarch64": (82, 83)}
"""Numbers of fsync and fdatasync, by machine."""

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _EIO = 0x7FFF0000, 0x00050005


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def fail_flushes() -> None:
    """Have the kernel answer every flush of this process with an I/O error."""
    one, other = FLUSHES[platform.machine()]
    lines = (
        (_LOAD, 0, 0, 0),  # the number of the call
        (_JUMP_IF_EQUAL, 1, 0, one),
        (_JUMP_IF_EQUAL, 0, 1, other),
        (_RETURN, 0, 0, _EIO),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = _Program(len(lines), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or prctl(_SECCOMP, _FILTER, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def _save(store: Store, number: int) -> str:
    """Save a visit and a draft; return the advice when either was refused."""
    visit, patient = {"id": f"v{number}", "number": number}, {"id": f"p{number}"}
    try:
        store.save_signed(visit, patient, {}, AT)
    except ConsultError as error:
        return f"{error.title} {error.advice}"
    return ""


def find_kept(store: Store, numbers: range) -> list[int]:
    """Return which visits are there; each has its patient, or neither is there."""
    kept = []
    for number in numbers:
        try:
            store.consultations.get(f"v{number}")
        except UnknownRecordError:
            continue
        store.patients.get(f"p{number}")
        kept.append(number)
    return kept


def main() -> None:
    """Save three, break the disk, save two more, look."""
    store = unlock_store(Path(sys.argv[1]), sys.argv[2])
    advice = [_save(store, number) for number in range(3)]
    fail_flushes()
    advice += [_save(store, number) for number in range(3, 5)]
    found = {"advice": advice, "kept": find_kept(store, range(5)), "damaged": len(store.verify())}
    os.write(1, json.dumps(found).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
