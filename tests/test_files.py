"""Files are written whole or not at all, and a failure says what to do."""

from __future__ import annotations

import errno
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from consult_app import files
from consult_app.errors import FileError
from consult_app.files import read_text, write_file, write_files

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the files of a Unix system")


def listing(folder: Path) -> list[str]:
    """Return the names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_its_name_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    assert listing(tmp_path) == ["a.pdf"]


def test_a_file_in_the_current_folder_needs_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_file(Path("a.pdf"), b"new")
    assert listing(tmp_path) == ["a.pdf"]


@POSIX
def test_only_the_owner_can_read_what_was_written(tmp_path: Path) -> None:
    write_file(tmp_path / "a.pdf", b"new")
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600


@POSIX
def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@POSIX
def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(FileError):
        write_file(tmp_path / "link" / "a.pdf", b"new")


@POSIX
def test_what_is_no_ordinary_file_is_left_alone(tmp_path: Path) -> None:
    """Renaming over `/dev/null` would take it away from the whole computer."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="Not an ordinary file") as refused:
        write_file(tmp_path / "pipe", b"new")
    assert "name of a file" in refused.value.advice
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert listing(tmp_path) == ["pipe"]


@pytest.mark.parametrize(
    ("name", "reason", "advice"),
    [
        ("missing/a.pdf", "No such file", "folder exists"),
        ("file/a.pdf", "Not a directory", "folder exists"),
        (".", "Is a directory", "This is a folder"),
        ("x" * 300, "too long", "shorter name"),
    ],
)
@POSIX
def test_a_place_that_cannot_be_says_what_to_do(
    name: str, reason: str, advice: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileError, match=reason) as refused:
        write_file(tmp_path / name, b"new")
    assert advice in refused.value.advice
    assert "nothing was written" in refused.value.advice
    assert listing(tmp_path) == ["file"]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may write to"),
        (errno.EPERM, "may write to"),
        (errno.EIO, "another place"),
    ],
)
def test_a_failure_while_writing_leaves_the_old_file(
    number: int, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match=r"a\.pdf") as refused:
        write_file(tmp_path / "a.pdf", b"new")
    assert advice in refused.value.advice
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert listing(tmp_path) == ["a.pdf"]


WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from consult_app.files import open_output
with open_output(Path(sys.argv[1])) as file:
    file.write(b"what a patient said" * 9999)
    file.flush()
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="needs files without a name")
def test_a_program_that_is_killed_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Every export that was killed left a hidden copy of what patients had said."""
    target = tmp_path / "records.zip"
    target.write_bytes(b"old")
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.kill()
    assert listing(tmp_path) == ["records.zip"]
    assert target.read_bytes() == b"old"


def test_where_no_file_goes_without_a_name_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write_file(tmp_path / "a.pdf", b"new")
    assert listing(tmp_path) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_where_the_system_lists_no_open_files_it_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without /proc a nameless file could be given no name, and all of it would be lost."""
    monkeypatch.setattr(files, "_name_handle", lambda handle: f"{tmp_path}/no/such/{handle}")
    write_file(tmp_path / "a.pdf", b"new")
    assert listing(tmp_path) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@pytest.mark.parametrize("old", [None, b"old"])
def test_when_the_second_file_cannot_be_named_the_first_is_as_before(
    old: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that is open elsewhere fails only at its renaming."""
    first, second = tmp_path / "a.pdf", tmp_path / "b.ics"
    if old is not None:
        first.write_bytes(old)
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == second:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(FileError, match=r"b\.ics"):
        write_files([(first, b"new"), (second, b"new")])
    assert listing(tmp_path) == ([] if old is None else ["a.pdf"])
    assert old is None or first.read_bytes() == old


def test_two_files_are_both_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_files([(tmp_path / "a", b"1"), (tmp_path / "b", b"2")])
    assert [(tmp_path / name).read_bytes() for name in listing(tmp_path)] == [b"1", b"2"]
    assert listing(tmp_path) == ["a", "b"]


def test_stopping_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.pdf", b"new")
    assert listing(tmp_path) == []


@POSIX
def test_a_file_larger_than_allowed_is_not_begun(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from consult_app.errors import FileError; from consult_app.files import write_file\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_file(Path(sys.argv[1]), bytes(5000))\n"
        "except FileError as error: print(error.advice)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.pdf")],
        capture_output=True,
        check=True,
        text=True,
    )
    assert "larger than allowed" in done.stdout
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert listing(tmp_path) == ["a.pdf"]


def test_text_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    for data in (b"{}", b"\xef\xbb\xbf{}"):
        (tmp_path / "case").write_bytes(data)
        assert read_text(str(tmp_path / "case")) == "{}"


def test_a_hyphen_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("é".encode())))
    assert read_text("-") == "é"


def test_no_standard_input_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started from a window has none."""
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(FileError, match="standard input"):
        read_text("-")


@pytest.mark.parametrize(
    ("name", "reason"), [("missing", "No such file"), (".", "."), ("\0", "not the name of a file")]
)
def test_what_cannot_be_read_is_named(name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=reason):
        read_text(str(tmp_path / name))


def test_what_is_no_text_is_named_with_its_byte(tmp_path: Path) -> None:
    (tmp_path / "case").write_bytes(b"ab\xff")
    with pytest.raises(FileError, match=r"case: not UTF-8 text \(byte 2\)"):
        read_text(str(tmp_path / "case"))
