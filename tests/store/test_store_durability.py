"""What was said to be saved is there, however the program ended and however full the disk is."""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

import consult_app
from consult_app.store.faults import UnknownRecordError
from consult_app.store.interface import Store
from consult_app.store.key_faults import WrongSecretError
from consult_app.store.log_end import LogEnd
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import unlock_store
from consult_app.store.vault import create_store
from tests.store.failing_to_flush import FLUSHES, find_kept

KILLS = 30
MANY_KILLS, STORES = 50, 10
AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "passphrase number 0"  # noqa: S105  # opens nothing but these tests
HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(consult_app.__file__).parents[1])}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of encrypted records."""
    create_store(tmp_path, PASSPHRASE, at=AT, cost=FLOOR)
    return tmp_path


def _save_and_kill(folder: Path, first: int, mode: str, lines: int) -> list[str]:
    script = str(HERE / "saving_for_ever.py")
    return _run_and_kill([script, str(folder), str(first), mode, PASSPHRASE], lines)


def _run_and_kill(command: list[str], lines: int, wait: float = 0) -> list[str]:
    """Run a script, kill it so long after it has told so many lines, and return all it told."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(lines)]
        threading.Event().wait(wait)  # waits for nothing: the moment of the kill is random
        process.kill()
        told += process.stdout.readlines()
    # The last line may have been cut off by the kill.
    return [line.decode().strip() for line in told if line.endswith(b"\n")]


class Ledger:
    """What was acknowledged, and what of it is missing from a store."""

    def __init__(self) -> None:
        self.drafts: dict[str, int] = {}
        self.signed: set[int] = set()

    def note(self, told: list[str]) -> None:
        """Take in the lines of one run."""
        for line in told:
            match line.split():
                case ["draft", draft, number]:
                    self.drafts[draft] = int(number)
                case ["signed", number]:
                    self.signed.add(int(number))
                case _:
                    raise AssertionError(line)

    def find_missing(self, store: Store) -> list[str]:
        """Return what was acknowledged and is not there, or not whole."""
        missing = [
            f"draft {draft} {number}"
            for draft, number in self.drafts.items()
            if not self._has_draft(store, draft, number)
        ]
        return missing + [
            f"signed {number}" for number in self.signed if not self._has_signed(store, number)
        ]

    @staticmethod
    def _has_draft(store: Store, draft: str, number: int) -> bool:
        try:
            kept = store.drafts.get(draft)["number"]
        except UnknownRecordError:
            return False
        assert isinstance(kept, int)
        return kept >= number

    @staticmethod
    def _has_signed(store: Store, number: int) -> bool:
        sheet = f"sheet {number} ".encode() * 500
        try:
            whole = store.consultations.get(f"s{number}")["number"] == number
            whole &= store.patients.get(f"p{number}")["name"] == f"Patient {number}"
            return whole and store.attachments.get(f"sheet {number}") == sheet
        except UnknownRecordError:
            return False


def _kill_and_compare(folder: Path, kills: int, seed: int = 0) -> Ledger:
    moments = random.Random(20270906 + seed)  # noqa: S311  # repeatable on purpose
    ledger = Ledger()
    for kill in range(kills):
        told = _save_and_kill(folder, kill * 100_000, "honest", moments.randrange(1, 60))
        ledger.note(told)
        with unlock_store(folder, PASSPHRASE) as store:
            assert store.rows.engine.log_end is not LogEnd.GONE
            assert ledger.find_missing(store) == [], f"after kill {kill}"
            assert store.verify() == ()
    return ledger


@pytest.mark.timeout(240)
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(folder: Path) -> None:
    ledger = _kill_and_compare(folder, KILLS)
    assert len(ledger.drafts) == 4
    assert len(ledger.signed) > KILLS


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(STORES))
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_nothing_acknowledged_is_lost_in_many_kills(folder: Path, seed: int) -> None:
    """After each kill all there is is looked at, so many stores are quicker than a large one."""
    assert len(_kill_and_compare(folder, MANY_KILLS, seed).signed) > MANY_KILLS


@pytest.mark.timeout(240)
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_the_same_check_notices_an_acknowledgement_before_the_commit(folder: Path) -> None:
    for kill in range(10):
        ledger = Ledger()
        ledger.note(_save_and_kill(folder, kill * 100_000, "early", 25))
        with unlock_store(folder, PASSPHRASE) as store:
            if ledger.find_missing(store):
                return
    pytest.fail("ten kills after early acknowledgements went unnoticed")


def _change_and_kill(folder: Path, kills: int, seed: int = 0) -> int:
    """Kill it while it changes passphrases; return how often the change was under way."""
    moments = random.Random(20270906 + seed)  # noqa: S311  # repeatable on purpose
    number = begun = 0
    for kill in range(kills):
        script = [str(HERE / "changing_for_ever.py"), str(folder), str(number)]
        told = _run_and_kill(script, moments.randrange(1, 6), moments.random() * 0.12)
        word, last = told[-1].split()
        # Two guesses lie between the two lines, so most kills fall there; some after the file.
        begun += word == "begins"
        possible = [int(last)] if word == "holds" else [int(last) - 1, int(last)]
        opening = [each for each in possible if _opens(folder, each)]
        assert len(opening) == 1, f"after kill {kill}"
        number = opening[0]
    return begun


def _opens(folder: Path, number: int) -> bool:
    try:
        unlock_store(folder, f"passphrase number {number}").close()
    except WrongSecretError:
        return False
    return True


@pytest.mark.timeout(240)
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_change_of_passphrase_holds_or_never_was_when_killed(folder: Path) -> None:
    assert _change_and_kill(folder, 10) > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_change_of_passphrase_holds_or_never_was_in_many_kills(folder: Path, seed: int) -> None:
    assert _change_and_kill(folder, MANY_KILLS, seed) > MANY_KILLS / 10


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_loses_nothing_and_is_over_when_there_is_space(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "saving_until_full.py"), str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    )
    found = json.loads(done.stdout)
    saved = found.pop("saved")
    assert saved > 10
    assert "Free some space" in found.pop("advice")
    signed = found.pop("signed")
    assert 0 < signed < found.pop("refused")
    assert found == {
        "error": "DiskFullError",
        "attachment": "DiskFullError",
        "kept": saved,
        "unsaved": False,
        "listed": 0,
        "patients": 0,
        "wrong": 0,
        "kept after": saved,
        "signed after": signed,
        "damaged": 0,
    }


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() not in FLUSHES,
    reason="needs a kernel that can be told to refuse flushes",
)
def test_a_disk_that_fails_to_flush_is_told_and_nothing_counts_as_saved(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "failing_to_flush.py"), str(folder), PASSPHRASE],
        check=True,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    )
    found = json.loads(done.stdout)
    assert found["advice"][:3] == ["", "", ""], "the control: without the fault they are kept"
    for advice in found["advice"][3:]:
        assert "The records could not be read or written." in advice
        assert "Check the disk that holds" in advice
        assert "Everything reported as saved is still there." in advice
    assert found["kept"] == [0, 1, 2], "what is in memory is what was told"
    assert found["damaged"] == 0
    with unlock_store(folder, PASSPHRASE) as store:
        # What could not be flushed may have reached the disk after all, but then all of it.
        assert {0, 1, 2} <= set(find_kept(store, range(5)))
        assert store.verify() == ()
        store.drafts.save("after", {}, AT)
