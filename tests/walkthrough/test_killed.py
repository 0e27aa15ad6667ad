"""Nothing older than two seconds is lost when the program is killed, in the middle of anything."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from consult_app.gui.access import RECORDS
from consult_app.settings import Practice, Settings, save_settings
from tests.sealed import PASSPHRASE, Sealed

WORKER = Path(__file__).with_name("typing_until_killed.py")
PANEL = "agree"
AT_RISK = 2.0
"""So many seconds of work may be missing."""


@pytest.fixture(autouse=True)
def unlocked(home: Path, sealed: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encrypted records in the home, which the program opens without asking."""
    sealed.put(home)
    # Until the clinic has a name, each start asks for it in a sheet over the work.
    save_settings(home, Settings(practice=Practice(clinic_name="Lumen Skin Clinic")))
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("CONSULT_APP_PASSPHRASE_FILE", str(secret))


@dataclass
class Account:
    """What one run of the program told before it ended.

    Attributes:
        panel: Where it resumed.
        fits: Whether every letter stood where it was typed.
        written, drawn: How many letters and points were there.
        done: How much there was at which time.
        killed_at: When it was killed.
    """

    panel: str = ""
    fits: bool = False
    written: int = 0
    drawn: int = 0
    done: list[tuple[float, int]] = field(default_factory=list)
    killed_at: float = 0.0

    def hear(self, line: str) -> None:
        """Take down one line."""
        word, *rest = line.split()
        if word == "resumed":
            (self.panel,) = rest
        elif word == "found":
            self.fits = rest[0] == "True"
            self.written, self.drawn = int(rest[1]), int(rest[2])
        elif word == "done":
            self.done.append((float(rest[1]), int(rest[0])))

    @property
    def due(self) -> int:
        """How much must be there at the next start."""
        kept = [amount for at, amount in self.done if at <= self.killed_at - AT_RISK]
        return max(kept, default=0)


@contextmanager
def running(mode: str) -> Iterator[subprocess.Popen[str]]:
    """The program with somebody at work; killed at the end, whatever happens."""
    with subprocess.Popen(
        [sys.executable, str(WORKER), mode], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def work(mode: str, seconds: float) -> Account:
    """Let somebody work for so long, then kill the program, and return what it told."""
    account = Account()
    with running(mode) as process:
        assert process.stdout is not None
        for line in process.stdout:
            account.hear(line)
            if account.done and time.monotonic() - account.done[0][0] >= seconds:
                break
        else:
            pytest.fail("the program ended by itself")
        account.killed_at = time.monotonic()
    return account


def look() -> Account:
    """Return what a new start of the program finds."""
    account = Account()
    with running("look") as process:
        assert process.stdout is not None
        for line in process.stdout:
            account.hear(line)
    return account


def kill_again_and_again(modes: Sequence[str], chance: random.Random) -> Account:
    """Kill the program at any moment, and find at each start all that was older than that."""
    due = {"write": 0, "sign": 0}
    for number, mode in enumerate((*modes, "look")):
        now = look() if mode == "look" else work(mode, chance.uniform(1.0, 4.5))
        assert now.panel == (PANEL if number else "goals")
        assert now.fits, "letters are missing or out of order"
        assert now.written >= due["write"]
        assert now.drawn >= due["sign"]
        due[mode] = now.due
    return now


def test_typing_and_signing_survive_being_killed(home: Path) -> None:
    """The second start types on in the field, and behind the letter, of the first."""
    chance = random.Random(3)  # noqa: S311 - moments to end at, not secrets
    last = kill_again_and_again(["write", "write", "sign"], chance)
    assert last.written > 0
    assert last.drawn > 0
    files = [path.read_bytes() for path in (home / RECORDS).iterdir() if path.is_file()]
    assert not any(b"own_words" in data for data in files)


def test_work_that_was_not_kept_is_noticed() -> None:
    claimed = work("early", 0.0)
    assert claimed.due == 10000
    assert look().written < claimed.due


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(5))
@pytest.mark.parametrize("mode", ["write", "sign"])
def test_fifty_times(mode: str, part: int) -> None:
    """In five parts: each start has the work of those before it to read again."""
    kill_again_and_again([mode] * 10, random.Random(f"{mode} {part}"))  # noqa: S311 - moments
