"""What was said to be saved is there, however the program ended and however full the disk is."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import consult_app
from consult_app.store.faults import UnknownRecordError
from consult_app.store.interface import Store
from consult_app.store.repositories import open_store

KILLS = 30
HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(consult_app.__file__).parents[1])}


def _save_and_kill(folder: Path, first: int, mode: str, lines: int) -> list[str]:
    """Let it save, kill it once it has told so many lines, and return all it told."""
    script = str(HERE / "saving_for_ever.py")
    with subprocess.Popen(
        [sys.executable, script, str(folder), str(first), mode],
        stdout=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(lines)]
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
            return whole and store.attachments.get(store.attachments.key_of(sheet)) == sheet
        except UnknownRecordError:
            return False


@pytest.mark.timeout(240)
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    moments = random.Random(20270906)  # noqa: S311  # repeatable on purpose
    ledger = Ledger()
    for kill in range(KILLS):
        told = _save_and_kill(tmp_path, kill * 100_000, "honest", moments.randrange(1, 60))
        ledger.note(told)
        with open_store(tmp_path) as store:
            assert ledger.find_missing(store) == [], f"after kill {kill}"
            assert store.verify() == ()
    assert len(ledger.drafts) == 4
    assert len(ledger.signed) > KILLS


@pytest.mark.timeout(240)
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_the_same_check_notices_an_acknowledgement_before_the_commit(tmp_path: Path) -> None:
    for kill in range(10):
        ledger = Ledger()
        ledger.note(_save_and_kill(tmp_path, kill * 100_000, "early", 25))
        with open_store(tmp_path) as store:
            if ledger.find_missing(store):
                return
    pytest.fail("ten kills after early acknowledgements went unnoticed")


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
    assert found == {
        "error": "DiskFullError",
        "attachment": "DiskFullError",
        "kept": saved,
        "unsaved": False,
        "listed": 0,
        "patients": 0,
        "kept after": saved,
        "damaged": 0,
    }
