"""What makes a zip dangerous to open: names that lead elsewhere, links, bombs.

Nothing in an archive is ever unpacked to the disk, so no name could lead anywhere; one that tries
is refused all the same.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator

from consult_app.errors import Fault
from consult_app.exchange import archive

_SMALL = 64 * 2**20
"""Bytes that a file may have however well it was packed, and a record at most."""
_WHOLE = 2**30
_SWELLING = 100
"""How many times its packed size a file may have beyond that: text packs to a tenth or so."""
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*){0,3}|(schema/)?README\.md", re.ASCII)
_ENCRYPTED = 0x1


def find_dangers(packed: zipfile.ZipFile) -> Iterator[Fault]:
    """Yield what no archive of ours has: names that lead elsewhere, links, bombs."""
    entries = packed.infolist()
    counted = Counter(entry.filename for entry in entries)
    yield from (Fault(_show(name), "there twice") for name, n in counted.items() if n > 1)
    for entry in entries:
        problem = _judge(entry)
        if problem:
            yield Fault(_show(entry.filename), problem)
    whole = sum(entry.file_size for entry in entries)
    packed_size = sum(entry.compress_size for entry in entries)
    if whole > max(_WHOLE, _SWELLING * packed_size) or _overlap(entries):
        yield Fault("the archive", "would swell to many times its size when unpacked")


def _judge(entry: zipfile.ZipInfo) -> str:
    if not _NAME.fullmatch(entry.filename) or ".." in entry.filename:
        return "not a name that an archive of records has"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link, not a file"
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in an unknown way"
    record = entry.filename.endswith(f"/{archive.RECORD}")
    longest = _SMALL if record else max(_SMALL, _SWELLING * entry.compress_size)
    return "too long" if entry.file_size > longest else ""


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two files share bytes of the archive, as in a bomb that counts them often."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + entry.compress_size
    return False


def _show(name: str) -> str:
    return name if _NAME.fullmatch(name) else "a file with a foreign name"
