"""What the footer called saved survives a SIGKILL; the work resumes where it stopped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consult_app.gui.access import RECORDS
from tests.sealed import PASSPHRASE, Sealed

TYPIST = Path(__file__).with_name("typing_until_killed.py")
ROUNDS = 6
PANEL = "agree"


@pytest.fixture(autouse=True)
def unlocked(home: Path, sealed: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encrypted records in the home, which the program opens without asking."""
    sealed.put(home)
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("CONSULT_APP_PASSPHRASE_FILE", str(secret))


@contextmanager
def typing(text: str, mode: str = "type") -> Iterator[subprocess.Popen[str]]:
    """The program with somebody typing; killed at the end, whatever happens."""
    with subprocess.Popen(
        [sys.executable, str(TYPIST), text, mode], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], last: str) -> dict[str, str]:
    """Return what was said by its first word, until a line begins with `last`."""
    said: dict[str, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        word, _, rest = line.strip().partition(" ")
        said[word] = rest
        if word == last:
            return said
    raise AssertionError(f"it ended before it said {last!r}: {said}")


def look() -> dict[str, str]:
    """Return what a new start of the program finds."""
    with typing("", "look") as process:
        return read_until(process, "text")


def test_what_was_saved_survives_being_killed_again_and_again(home: Path) -> None:
    typed = ""
    for number in range(ROUNDS):
        with typing(f"word{number} ") as process:
            found = read_until(process, "saved")
        assert found["text"] == typed.strip()
        assert found["panel"] == (PANEL if number else "goals")
        # A new start puts the cursor first, so the newest words stand in front.
        typed = f"word{number} {typed}"

    assert look() == {"panel": PANEL, "text": typed.strip()}
    files = [path.read_bytes() for path in (home / RECORDS).iterdir() if path.is_file()]
    assert not any(b"word0" in data for data in files)


def test_a_footer_that_says_saved_too_early_is_noticed() -> None:
    with typing("never durable", "early") as process:
        read_until(process, "saved")

    assert "never durable" not in look()["text"]
