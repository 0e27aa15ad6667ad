"""The program as it is started: no display, no Qt, no network, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the pipes of a Unix system")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")
MODULE = [sys.executable, "-m", "consult_app"]

# Prints which modules of a list a command loaded, after the command's own exit.
WATCH = """
import contextlib, io, socket, sys
def refuse(*_): raise AssertionError("the network was used")
socket.socket.connect = socket.getaddrinfo = refuse
from consult_app.cli import main
out = io.StringIO()
with contextlib.redirect_stdout(out):
    code = main(sys.argv[1:])
print(code, *sorted({name.split(".")[0] if name[:7] != "consult" else ".".join(
    name.split(".")[:2]) for name in sys.modules}))
"""


@pytest.fixture
def example(resources: Path) -> str:
    """The path of a complete case."""
    return str(resources / "examples" / "first-visit.json")


@pytest.fixture
def bare(tmp_path: Path) -> Mapping[str, str]:
    """An environment with no display, and a home that is not there and must not be made."""
    kept = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "TEMP")}
    return {**kept, "HOME": str(tmp_path / "no" / "home"), "PYTHONDONTWRITEBYTECODE": "1"}


def start(
    command: list[str], environment: Mapping[str, str] | None = None, *, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
        cwd=cwd,
    )


def loaded(arguments: list[str], environment: Mapping[str, str]) -> set[str]:
    """Return the packages and rooms that a command loaded."""
    done = start([sys.executable, "-c", WATCH, *arguments], environment)
    code, *names = done.stdout.split()
    assert (done.stderr, code) == ("", "0")
    return set(names)


def test_every_command_works_without_display_home_network_and_qt(
    example: str, bare: Mapping[str, str], tmp_path: Path
) -> None:
    commands = [["screen", example], ["plan", example], ["content", "sources"]]
    commands += [["handout", example, "-o", str(tmp_path / "a.pdf"), "--ics", str(tmp_path / "b")]]
    for command in commands:
        rooms = loaded(command, bare)
        assert rooms.isdisjoint({"PySide6", "shiboken6", "tinydb", "sqlite3", "cryptography"})
        assert rooms.isdisjoint({"consult_app.gui", "consult_app.store"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b"]


def test_the_content_is_checked_without_display_home_and_qt(bare: Mapping[str, str]) -> None:
    done = start([*MODULE, "content", "check"], bare)
    assert (done.returncode, done.stdout) == (0, "")


def test_screening_loads_neither_handout_nor_words_nor_records(
    example: str, bare: Mapping[str, str]
) -> None:
    rooms = {name for name in loaded(["screen", example], bare) if name.startswith("consult_app.")}
    assert rooms.isdisjoint({"consult_app.handout", "consult_app.i18n", "consult_app.store"})


def test_three_ways_to_start_are_one_program(example: str, tmp_path: Path) -> None:
    installed = Path(sysconfig.get_path("scripts")) / "consult-app"
    ways = [MODULE, [str(installed)]]
    script = Path(__file__).parent.parent / "main.py"
    if script.is_file():  # it is part of a checkout, not of what is installed
        ways.append([sys.executable, str(script)])
    for arguments in (["screen", example], ["screen", "no-such.json"], ["--help"], ["nothing"]):
        answers = [start([*way, *arguments], cwd=tmp_path) for way in ways]
        first = (answers[0].returncode, answers[0].stdout, answers[0].stderr)
        assert all((it.returncode, it.stdout, it.stderr) == first for it in answers)


def test_the_output_is_utf_8_whatever_the_computer_speaks(example: str) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    case = json.loads(Path(example).read_text(encoding="utf-8"))
    case["patient"]["name"] = "Zoë Ångström"
    done = subprocess.run(
        [*MODULE, "handout", "-", "--text"],
        input=json.dumps(case).encode(),
        capture_output=True,
        check=True,
        env=environment,
    )
    assert "Zoë Ångström" in done.stdout.decode("utf-8")


@POSIX
def test_a_reader_that_goes_away_is_no_reason_to_complain(example: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*MODULE, "plan", example], stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


@LINUX
@pytest.mark.parametrize(
    ("redirect", "said"),
    [
        (">/dev/full", "standard output: No space left on device."),
        (">&-", "there is no standard output."),
        ("- <&-", "standard input: there is none."),
        ("no-such 2>&-", ""),
        ("no-such 2>/dev/full", ""),
    ],
)
def test_streams_that_fail_are_said_in_one_line_or_not_at_all(
    redirect: str, said: str, example: str
) -> None:
    case = "" if redirect[0] != ">" else f"'{example}' "
    command = f"'{sys.executable}' -m consult_app screen {case}{redirect}"
    done = start(["sh", "-c", command])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == (1 if said else 0)


@POSIX
def test_a_sheet_larger_than_allowed_is_not_begun(example: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    limited = f"ulimit -f 8; exec '{sys.executable}' -m consult_app handout '{example}' -o a.pdf"
    done = start(["sh", "-c", limited], cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("a.pdf: File too large. The file would be larger than allowed")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


@POSIX
def test_a_request_to_end_while_writing_leaves_nothing(example: str, tmp_path: Path) -> None:
    """The signal comes when the bytes are on their way to the disk."""
    code = (
        "import os, signal, sys; from consult_app.cli import main\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "handout", example, "-o", "a.pdf", "--ics", "a.ics"]
    done = start(command, cwd=tmp_path)
    assert done.returncode != -signal.SIGTERM
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Stopped. Nothing was written.\n"
    assert list(tmp_path.iterdir()) == []


@LINUX
def test_the_window_without_a_display_is_one_line(bare: Mapping[str, str]) -> None:
    done = start(MODULE, bare)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "display" in done.stderr


def test_where_qt_finds_nothing_to_draw_on_one_line_says_so(tmp_path: Path) -> None:
    """Qt ended the process with a dozen lines and an image of its memory."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "no-such-platform",
        "CONSULT_APP_HOME": str(tmp_path / "home"),
    }
    done = start(MODULE, environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Qt cannot open a window here" in done.stderr
    assert "no-such-platform" in done.stderr
