"""Where records may lie: on this computer's own disk, and in no folder that something else changes.

A folder that is kept in step with other computers is copied while it is written, and two of its
states are mixed; a network share loses locks and flushes; a stick is pulled out. The markers are
data, and whether they apply is worked out from what is known of a place, on any system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath

from consult_app.store.faults import StoreError
from consult_app.wording import t


class PlaceError(StoreError):
    """Records must not be made in this folder."""


class Hazard(StrEnum):
    """What is wrong with a place."""

    SYNCED = "synced"
    NETWORK = "network"
    REMOVABLE = "removable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A hazard of a place, and who brings it: `Dropbox`, `nfs`, `E:`."""

    hazard: Hazard
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of a place.

    Attributes:
        path: The folder, whole and with links followed.
        names: Names lying in it and in each folder above it, by folder.
        synced: Folders that a program for synchronising says are its own, by its name.
        kind: Kind of the file system, such as `ext4`; empty when not known.
        is_network: Whether the system says it is on the network.
        is_removable: Whether the system says it can be pulled out.
        device: Which device or volume it is on; two places on the same one are lost together.
    """

    path: PurePath
    names: Mapping[PurePath, frozenset[str]] = field(default_factory=dict)
    synced: Mapping[str, PurePath] = field(default_factory=dict)
    kind: str = ""
    is_network: bool = False
    is_removable: bool = False
    device: str = ""


# Folders by their names, as these programs call them when nobody changes it.
_FOLDERS = (
    (re.compile(r"Dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"OneDrive( - .+|-.+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs", re.IGNORECASE), "iCloud"),
    (re.compile(r"Google ?Drive.*|My Drive|GoogleDrive-.+|DriveFS", re.IGNORECASE), "Google Drive"),
    (re.compile(r"Nextcloud\d*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"ownCloud\d*", re.IGNORECASE), "ownCloud"),
    (re.compile(r"Syncthing", re.IGNORECASE), "Syncthing"),
    (re.compile(r"Box( Sync)?|Box-Box", re.IGNORECASE), "Box"),
    (re.compile(r"pCloud ?Drive", re.IGNORECASE), "pCloud"),
    (re.compile(r"MEGA(sync)?( Downloads)?", re.IGNORECASE), "MEGA"),
    (re.compile(r"CloudStorage", re.IGNORECASE), "a cloud service"),
)
# Files and folders that these programs leave in the folder they look after.
_MARKS = (
    (re.compile(r"\.dropbox(\.cache|\.device)?"), "Dropbox"),
    (re.compile(r"\.stfolder.*|\.stignore|\.stversions"), "Syncthing"),
    (re.compile(r"\.(_)?sync_[0-9a-f]+\.db(-wal|-shm)?|\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.owncloudsync\.log|\.csync_journal\.db"), "ownCloud"),
    (re.compile(r"\.tmp\.drive(down|up)load|\.shortcut-targets-by-id"), "Google Drive"),
    (re.compile(r"\.849C9593-D756-4E56-8D6E-42412F2A707B"), "OneDrive"),
    (re.compile(r"\.sync(\.id|Ignore|Archive)"), "Resilio Sync"),
    (re.compile(r"\.pcloud.*"), "pCloud"),
    (re.compile(r"\.mega(ignore|_debris)|\.debris"), "MEGA"),
)
_NETWORK_KINDS = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "afs", "webdav", "davfs",
        "davfs2", "ceph", "glusterfs", "lustre", "9p", "fuse.sshfs", "fuse.rclone", "fuse.davfs",
        "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.glusterfs", "fuse.ceph", "macfuse",
    }
)  # fmt: skip
# How these programs name what they could not bring together, after the name and before the ending.
_CONFLICT = re.compile(
    r" \(.*(conflict|in Konflikt|conflit|conflicto|case).*\)"
    r"|[._-]sync-conflict-\d{8}-\d{6}.*"
    r"|_conflict-\d{8}-\d{6}"
    r"| ?\(\d+\)"
    r"| \d+"
    r"|-[A-Za-z0-9][\w-]*-?(PC|MacBook.*|DESKTOP.*|LAPTOP.*|iMac.*)(-\d+)?"
    r"|-(DESKTOP|LAPTOP|WIN|MACBOOK)[\w-]*",
    re.IGNORECASE,
)
_OURS = re.compile(r"(records(-\d+)?|KEYS)(?P<rest>.*?)(\.sqlite(-wal|-shm|-mark)?|\.previous)?")
_PARTS = frozenset({"", ".part"})


def find_hazards(place: Surroundings) -> tuple[Finding, ...]:
    """Return what is wrong with a place, worst first; empty for a folder on the computer's disk."""
    found = [*_find_synced(place)]
    if place.is_network or place.kind.lower() in _NETWORK_KINDS or _is_share(place.path):
        found.append(Finding(hazard=Hazard.NETWORK, by=place.kind or place.path.anchor))
    if place.is_removable:
        found.append(Finding(hazard=Hazard.REMOVABLE, by=place.device or place.path.anchor))
    return tuple(dict.fromkeys(found))


def check_place(place: Surroundings) -> None:
    """Make sure that records may be made in a place.

    Raises:
        PlaceError: They may not; an expert may choose to skip this check.
    """
    found = find_hazards(place)
    if found:
        raise PlaceError(
            _REASONS[found[0].hazard].format(by=found[0].by),
            t(
                "Choose a folder on this computer's own disk, and let backups go here instead. "
                "Nothing "
                "was changed."
            ),
            tuple(f"{finding.hazard}: {finding.by}" for finding in found),
        )


def find_conflicts(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of conflict copies among the names in a records folder.

    They say that the folder is or was kept in step with another computer, and that the records
    beside them may not be the newest.
    """
    return tuple(sorted(name for name in names if _is_conflict(name)))


def describe_conflicts(names: Iterable[str]) -> StoreError | None:
    """Return what to tell about conflict copies in a records folder; None when there are none."""
    found = find_conflicts(names)
    if not found:
        return None
    return StoreError(
        t("There are conflict copies beside the records."),
        t(
            "Another computer changed these records through a synced folder, so what is open "
            "here may "
            "lack its work. Nothing was changed. Take the folder out of the synced one, and keep "
            "the "
            "copies until you know which is complete."
        ),
        found,
    )


def is_apart(records: Surroundings, target: Surroundings) -> bool:
    """Tell whether a backup survives what destroys the records, as far as can be known.

    So it does when it is in a synced folder or on the network, or on another device.
    """
    leaves = {finding.hazard for finding in find_hazards(target)}
    if leaves & {Hazard.SYNCED, Hazard.NETWORK}:
        return True
    return bool(records.device and target.device) and records.device != target.device


_REASONS = {
    Hazard.SYNCED: t(
        "This folder is kept in step with other computers by {by}, which can tear the records "
        "apart."
    ),
    Hazard.NETWORK: t("This folder is on the network ({by}), where records can be torn apart."),
    Hazard.REMOVABLE: t(
        "This folder is on a drive that can be pulled out ({by}) while records are written."
    ),
}


def _find_synced(place: Surroundings) -> Iterator[Finding]:
    for folder in (place.path, *place.path.parents):
        services = [service for service, root in place.synced.items() if folder == root]
        services += _match(_FOLDERS, (folder.name,))
        services += _match(_MARKS, sorted(place.names.get(folder, ())))
        yield from (Finding(hazard=Hazard.SYNCED, by=service) for service in services)


def _match(patterns: Iterable[tuple[re.Pattern[str], str]], names: Iterable[str]) -> list[str]:
    """Return the services that one of the names gives away."""
    return [service for name in names for pattern, service in patterns if pattern.fullmatch(name)]


def _is_share(path: PurePath) -> bool:
    return path.drive.startswith("\\\\") or path.as_posix().startswith("//")


def _is_conflict(name: str) -> bool:
    match = _OURS.fullmatch(name)
    if match is None or match["rest"] in _PARTS:
        return False
    return bool(_CONFLICT.fullmatch(match["rest"]))


def list_names(folder: Path) -> frozenset[str]:
    """Return the names in a folder; none when it cannot be read."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()
