"""What a backup says about itself: MANIFEST, the last file written and the one that makes it count.

Everything in it can be read without a passphrase, and says nothing about a patient. A seal that
only the holder of the keys can make binds it together, so a part that was changed, or taken from
another backup, is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from consult_app.store.backup_faults import report_damaged_backup
from consult_app.store.entry import Anchor
from consult_app.store.faults import NewerStoreError
from consult_app.store.files import Written
from consult_app.store.sealing import SealBrokenError, Sealer
from consult_app.wording import t

MANIFEST_NAME = "MANIFEST"
FORMAT = 1
_ROOT = "consult-app-"
_ROOT_LETTERS = 8
_PLACE = "backup"
_VERSION = 1  # A manifest never changes.
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FILE = re.compile(r"records-[1-9]\d{0,8}\.sqlite", re.ASCII)
_FOLDER = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(\.\d{6})?Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that lies somewhere.

    Attributes:
        folder: Where.
        at: When it was made, in UTC.
        store: Id of the records.
        key: Id of the data key that opens them.
        file: Name of the file with the records.
        records: That file.
        keys: The file KEYS beside it.
        counts: How many records of each kind and attachments it holds.
        attachment_bytes: How long the attachments are together.
        damaged: How much was damaged in the records already when it was made.
        anchor: The end of the audit when it was made.
        seal: Binds the above together, in hexadecimal.
        faults: Why it does not count; empty when nothing was found. Only `verify_backup` reads all.
    """

    folder: Path
    at: datetime
    store: str = ""
    key: str = ""
    file: str = ""
    records: Written = Written(size=0, sha256="")
    keys: Written = Written(size=0, sha256="")
    counts: Mapping[str, int] = field(default_factory=dict)
    attachment_bytes: int = 0
    damaged: int = 0
    anchor: Anchor = Anchor(n=0, hash="")
    seal: str = field(default="", repr=False)
    faults: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes it holds, the attachments it shares with other backups included."""
        return self.records.size + self.keys.size + self.attachment_bytes

    @property
    def is_sound(self) -> bool:
        """Whether no fault was found so far."""
        return not self.faults


def find_root(target: Path, store_id: str) -> Path:
    """Return where the backups of a store lie in a target folder."""
    return target / f"{_ROOT}{store_id[:_ROOT_LETTERS]}"


def name_folder(at: datetime) -> str:
    """Return the name of the folder of a backup made at this moment."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat().replace(":", "-") + "Z"


def read_name(name: str) -> datetime | None:
    """Return the moment in the name of a folder; None when it is not that of a backup."""
    if not _FOLDER.fullmatch(name):
        return None
    day, clock = name[:-1].split("T")
    try:
        return datetime.fromisoformat(f"{day}T{clock.replace('-', ':')}+00:00")
    except ValueError:
        return None


def seal_manifest(backup: Backup, sealer: Sealer) -> Backup:
    """Return the same with its seal."""
    name = name_folder(backup.at)
    return replace(
        backup, seal=sealer.seal(_PLACE, name, _VERSION, _digest(_content(backup))).hex()
    )


def find_sealer(backup: Backup, sealers: Iterable[Sealer]) -> Sealer | None:
    """Return the sealing that a backup was made with; None when none of these fits."""
    name = name_folder(backup.at)
    for sealer in sealers:
        try:
            digest = sealer.open(_PLACE, name, _VERSION, bytes.fromhex(backup.seal))
        except SealBrokenError:
            continue
        if digest == _digest(_content(backup)):
            return sealer
    return None


def write_manifest(backup: Backup) -> bytes:
    """Return the content of MANIFEST."""
    return _spell({**_content(backup), "seal": backup.seal})


def read_manifest(folder: Path) -> Backup:
    """Return what the MANIFEST in a folder says.

    Raises:
        BackupDamagedError: It is not what was written, or is in the folder of another moment.
        NewerStoreError: A newer version of the program wrote it.
        OSError: It cannot be read.
    """
    data = (folder / MANIFEST_NAME).read_bytes()
    try:
        content = json.loads(data.decode("ascii"))
        if content["format"] != FORMAT:
            raise NewerStoreError(
                t("This backup was written by a newer version of the program."),
                t(
                    "Install a version that reads backup format {format}. Nothing was changed.",
                    format=content["format"],
                ),
            )
        backup = _read(folder, content)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        # The cause is left out: it quotes what it stumbled over.
        raise report_damaged_backup(folder, (f"{MANIFEST_NAME}: not what was written",)) from None
    if write_manifest(backup) != data:
        raise report_damaged_backup(folder, (f"{MANIFEST_NAME}: not what was written",))
    if name_folder(backup.at) != folder.name:
        raise report_damaged_backup(folder, (f"it was made at {backup.at.isoformat()}",))
    return backup


def _read(folder: Path, content: dict[str, Any]) -> Backup:
    backup = Backup(
        folder=folder,
        at=datetime.fromisoformat(content["made_at"]).astimezone(UTC),
        store=content["store"],
        key=content["key"],
        file=content["file"],
        records=_read_written(content["records"]),
        keys=_read_written(content["keys"]),
        counts={name: _read_count(number) for name, number in content["counts"].items()},
        attachment_bytes=_read_count(content["attachment_bytes"]),
        damaged=_read_count(content["damaged"]),
        anchor=Anchor(n=_read_count(content["audit"]["n"]), hash=str(content["audit"]["hash"])),
        seal=bytes.fromhex(content["seal"]).hex(),
    )
    if not (_ID.fullmatch(backup.store) and _ID.fullmatch(backup.key)):
        raise ValueError("ids")
    if not _FILE.fullmatch(backup.file):
        raise ValueError("file")  # never a path that leads elsewhere
    return backup


def _read_written(content: dict[str, Any]) -> Written:
    return Written(size=_read_count(content["size"]), sha256=str(content["sha256"]))


def _read_count(value: object) -> int:
    # The sum is not looked at when backups are listed, so each number has to be one by itself.
    if type(value) is not int or value < 0:
        raise ValueError("a count")
    return value


def _content(backup: Backup) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": backup.at.astimezone(UTC).isoformat(),
        "store": backup.store,
        "key": backup.key,
        "file": backup.file,
        "records": {"size": backup.records.size, "sha256": backup.records.sha256},
        "keys": {"size": backup.keys.size, "sha256": backup.keys.sha256},
        "counts": dict(backup.counts),
        "attachment_bytes": backup.attachment_bytes,
        "damaged": backup.damaged,
        "audit": {"n": backup.anchor.n, "hash": backup.anchor.hash},
    }


def _spell(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, indent=1) + "\n").encode("ascii")


def _digest(content: dict[str, Any]) -> bytes:
    return hashlib.sha256(_spell(content)).digest()
