"""Records are made on the computer's own disk; other places are refused with the reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from consult_app.store.passphrase import FLOOR
from consult_app.store.surroundings import (
    find_mount,
    look_around,
    parse_macos_mounts,
    parse_mounts,
)
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store
from consult_app.store.whereabouts import (
    Hazard,
    PlaceError,
    Surroundings,
    check_place,
    describe_conflicts,
    find_conflicts,
    find_hazards,
    is_apart,
)

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
HOME = PurePosixPath("/data/ana/.local/share/consult-app/records")


def _hazards(place: Surroundings) -> list[tuple[str, str]]:
    return [(finding.hazard.value, finding.by) for finding in find_hazards(place)]


@pytest.mark.parametrize(
    "path",
    [
        HOME,
        PurePosixPath("/people/ana/Library/Application Support/consult-app/records"),
        PureWindowsPath(r"C:\People\ana\AppData\Local\consult-app\records"),
        PurePosixPath("/data/ana/Documents/Boxes/records"),
        PurePosixPath("/data/ana/my dropbox notes/records"),
    ],
)
def test_the_computers_own_disk_is_fine(path: PurePath) -> None:
    place = Surroundings(path=path, kind="ext4", names={path: frozenset({"KEYS", ".DS_Store"})})
    assert _hazards(place) == []
    check_place(place)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PurePosixPath("/data/ana/Dropbox/records"), "Dropbox"),
        (PureWindowsPath(r"C:\People\ana\Dropbox (Clinic)\records"), "Dropbox"),
        (PureWindowsPath(r"C:\People\ana\OneDrive - Clinic Ltd\records"), "OneDrive"),
        (PurePosixPath("/people/ana/Library/CloudStorage/OneDrive-Personal/r"), "OneDrive"),
        (PurePosixPath("/people/ana/Library/Mobile Documents/com~apple~CloudDocs/r"), "iCloud"),
        (PureWindowsPath(r"C:\People\ana\iCloudDrive\records"), "iCloud"),
        (PureWindowsPath(r"G:\My Drive\records"), "Google Drive"),
        (PurePosixPath("/data/ana/Nextcloud/records"), "Nextcloud"),
        (PurePosixPath("/data/ana/Syncthing/records"), "Syncthing"),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path: PurePath, service: str) -> None:
    place = Surroundings(path=path)
    assert _hazards(place)[0] == ("synced", service)
    with pytest.raises(PlaceError) as caught:
        check_place(place)
    assert service in caught.value.title
    assert "own disk" in caught.value.advice


@pytest.mark.parametrize(
    ("name", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".sync_1a2b3c4d5e6f.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_a_synced_folder_is_known_by_what_lies_in_it_or_above(name: str, service: str) -> None:
    place = Surroundings(path=HOME, names={HOME.parent.parent: frozenset({name})})
    assert _hazards(place) == [("synced", service)]


def test_a_synced_folder_is_known_by_what_the_system_says() -> None:
    place = Surroundings(path=HOME, synced={"OneDrive": HOME.parent})
    assert _hazards(place) == [("synced", "OneDrive")]


@pytest.mark.parametrize(
    ("place", "hazard"),
    [
        (Surroundings(path=HOME, kind="nfs4"), "network"),
        (Surroundings(path=HOME, kind="fuse.sshfs"), "network"),
        (Surroundings(path=PureWindowsPath(r"\\server\share\records")), "network"),
        (Surroundings(path=PureWindowsPath(r"Z:\records"), is_network=True), "network"),
        (Surroundings(path=PureWindowsPath(r"E:\records"), is_removable=True), "removable"),
    ],
)
def test_network_and_sticks_are_refused(place: Surroundings, hazard: str) -> None:
    assert [found for found, _ in _hazards(place)] == [hazard]
    with pytest.raises(PlaceError):
        check_place(place)


@pytest.mark.parametrize(
    "name",
    [
        "records-1 (Ana's conflicted copy 2027-09-06).sqlite",
        "records-1 (conflicted copy 2027-09-06 091500).sqlite",
        "records-1.sync-conflict-20270906-091500-ABCDEFG.sqlite",
        "records-1_conflict-20270906-091500.sqlite",
        "records-1-DESKTOP-4F2A.sqlite",
        "records-1 (1).sqlite",
        "records-1 2.sqlite",
        "KEYS (1)",
        "KEYS-LAPTOP-7",
        "records (Case Conflict).sqlite",
    ],
)
def test_conflict_copies_are_found(name: str) -> None:
    assert find_conflicts([name, "KEYS", "records-1.sqlite"]) == (name,)


def test_what_belongs_there_is_no_conflict_copy() -> None:
    own = ["KEYS", "KEYS.previous", "KEYS.part", "KEYS.previous.part", "LOCK", "REPLACED"]
    own += ["records.sqlite", "records-12.sqlite", "records-12.sqlite-wal", "records-12.sqlite-shm"]
    own += ["records-12.sqlite-mark"]
    own += ["UNDONE", "UNFINISHED", "attachments", "drill", "letter (1).pdf"]
    assert find_conflicts(own) == ()


def test_a_backup_is_apart_on_another_device_or_off_the_machine() -> None:
    records = Surroundings(path=HOME, device="1")
    here = Surroundings(path=PurePosixPath("/data/ana/backups"), device="1")
    assert not is_apart(records, here)
    assert not is_apart(records, Surroundings(path=here.path))
    assert is_apart(records, Surroundings(path=PurePosixPath("/media/stick"), device="2"))
    assert is_apart(records, Surroundings(path=PurePosixPath("/data/ana/Dropbox/b"), device="1"))
    assert is_apart(records, Surroundings(path=PurePosixPath("/srv/b"), device="1", kind="cifs"))


def test_mounts_are_read_as_linux_and_macos_write_them() -> None:
    linux = parse_mounts(
        "/dev/sda1 / ext4 rw 0 0\nnas:/vol /net/nas nfs4 rw 0 0\n//s/x /net/a\\040b cifs rw 0 0\n"
    )
    assert find_mount(PurePosixPath("/net/nas/clinic"), linux) == ("nfs4", "/net/nas")
    assert find_mount(PurePosixPath("/net/a b/c"), linux) == ("cifs", "/net/a b")
    assert find_mount(PurePosixPath("/data/ana"), linux) == ("ext4", "/")
    macos = parse_macos_mounts(
        "/dev/disk3s1 on / (apfs, sealed, local)\n//ana@nas/vol on /Volumes/vol (smbfs, nodev)\n"
    )
    assert find_mount(PurePosixPath("/Volumes/vol/b"), macos) == ("smbfs", "/Volumes/vol")
    assert find_mount(PurePosixPath("/people/ana"), macos) == ("apfs", "/")
    assert find_mount(PurePosixPath("/x"), {}) == ("", "")


def test_this_computer_is_looked_at(tmp_path: Path) -> None:
    place = look_around(tmp_path / "not there yet" / "records", {"OneDrive": str(tmp_path)})
    assert place.device
    assert Hazard.SYNCED in {finding.hazard for finding in find_hazards(place)}
    plain = find_hazards(look_around(tmp_path, {}))
    assert Hazard.SYNCED not in {finding.hazard for finding in plain}


def test_records_are_not_made_in_a_synced_folder_unless_an_expert_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "records"
    with pytest.raises(PlaceError) as caught:
        create_store(folder, "correct horse", at=AT, cost=FLOOR)
    assert "Dropbox" in caught.value.title
    assert not folder.exists()
    create_store(folder, "correct horse", at=AT, cost=FLOOR, anywhere=True)
    (folder / "records-1 (Ana's conflicted copy 2027-09-06).sqlite").write_bytes(b"")
    with unlock_store(folder, "correct horse") as store:
        told = describe_conflicts(path.name for path in store.folder.iterdir())
    assert told is not None
    assert told.details == ("records-1 (Ana's conflicted copy 2027-09-06).sqlite",)
    assert "Nothing was changed" in told.advice
    assert describe_conflicts(["KEYS"]) is None
