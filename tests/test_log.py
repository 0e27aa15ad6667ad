"""The log holds codes, ids and frames: never what anyone typed."""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from consult_app import log

NAME = "Maya Ellison"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with an open log."""
    handler = log.open_log(tmp_path / "logs")
    yield tmp_path / "logs"
    log.LOGGER.removeHandler(handler)
    log.LOGGER.propagate = True
    handler.close()


def read(folder: Path) -> str:
    """Return what is in the log."""
    return (folder / log.FILE_NAME).read_text(encoding="utf-8")


def test_an_event_is_a_code_with_ids(folder: Path) -> None:
    log.note("record.saved", id="7f3a", strokes=3)
    assert read(folder).endswith(" INFO record.saved id=7f3a strokes=3\n")


def test_an_error_is_its_type_and_frames_without_its_message() -> None:
    def greet(name: str) -> None:
        raise KeyError(name)

    with pytest.raises(KeyError) as raised:
        greet(NAME)
    text = log.describe(raised.type, raised.tb)
    assert text.splitlines()[0] == "KeyError"
    assert text.splitlines()[-1].startswith("  test_log.py:")
    assert text.endswith(" greet")
    assert NAME not in text
    assert str(Path(__file__).parent) not in text


def test_an_error_within_an_error_is_not_described() -> None:
    """Its message may quote the patient as well."""

    def fail() -> None:
        try:
            int(NAME)
        except ValueError as error:
            raise RuntimeError(NAME) from error

    with pytest.raises(RuntimeError) as raised:
        fail()
    assert NAME not in log.describe(raised.type, raised.tb)


def test_what_other_packages_log_stays_out(folder: Path) -> None:
    logging.getLogger("fontTools").info("name table: %s", NAME)
    log.note("window.opened")
    assert NAME not in read(folder)


@pytest.mark.skipif(os.name != "posix", reason="needs the modes of a Unix system")
def test_only_the_owner_can_read_it(folder: Path) -> None:
    assert stat.S_IMODE((folder / log.FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="needs the modes of a Unix system")
def test_the_home_that_is_made_with_it_is_closed_to_others(tmp_path: Path) -> None:
    """The log comes first, before the records that lie beside it."""
    before = os.umask(0)
    try:
        handler = log.open_log(tmp_path / "home" / "logs")
    finally:
        os.umask(before)
    log.LOGGER.removeHandler(handler)
    log.LOGGER.propagate = True
    handler.close()
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="needs the modes of a Unix system")
def test_a_log_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / log.FILE_NAME).touch(mode=0o644)
    handler = log.open_log(tmp_path)
    log.LOGGER.removeHandler(handler)
    log.LOGGER.propagate = True
    handler.close()
    assert stat.S_IMODE((tmp_path / log.FILE_NAME).stat().st_mode) == 0o600


def test_it_keeps_three_old_files_and_no_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (handler,) = (it for it in log.LOGGER.handlers if isinstance(it, RotatingFileHandler))
    monkeypatch.setattr(handler, "maxBytes", 200)
    for number in range(50):
        log.note("record.saved", id=number)
    names = {path.name for path in folder.iterdir()}
    assert names == {log.FILE_NAME, *(f"{log.FILE_NAME}.{n}" for n in range(1, log.KEPT + 1))}
    assert "id=49" in read(folder)
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        log.open_log(tmp_path / "file" / "logs")
    assert not [it for it in log.LOGGER.handlers if isinstance(it, RotatingFileHandler)]


def test_what_a_full_disk_does_not_take_is_left_out_in_silence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A traceback on standard error is no line for people."""
    (handler,) = (it for it in log.LOGGER.handlers if isinstance(it, RotatingFileHandler))

    def refuse(_: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(handler.stream, "write", refuse)
        log.note("record.saved", id="lost")
    log.note("record.saved", id="kept")
    assert capsys.readouterr().err == ""
    assert "id=kept" in read(folder)
