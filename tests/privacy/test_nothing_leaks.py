"""What a patient said can be read nowhere on the disk, not even in the records."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sealed import PASSPHRASE, Sealed

SCRIPT = Path(__file__).with_name("marking_everything.py")
MARKER = "zqxvmarker"
FEWEST_FIELDS = 100
FEWEST_LATER = {"treatment": 20, "review": 3, "addendum": 1}
EARLIER = "Fatal Python error: of earlier\n"
CODINGS = ("utf-8", "utf-16-le")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the program left behind."""

    home: Path
    outside: Path
    output: str
    errors: str
    code: int


@pytest.fixture(scope="module", params=["close", "abort"])
def run(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sealed: Sealed
) -> Run:
    """The program after a whole visit in which much went wrong."""
    home = tmp_path_factory.mktemp("home")
    sealed.put(home)
    (home / "logs").mkdir()
    (home / "logs" / "fault.log").write_text(EARLIER, encoding="utf-8")
    secret = tmp_path_factory.mktemp("secret") / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    outside = tmp_path_factory.mktemp("outside")
    places = {
        name: str(outside)
        for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    }
    done = subprocess.run(
        [sys.executable, str(SCRIPT), MARKER, request.param],
        env=os.environ
        | places
        | {"CONSULT_APP_HOME": str(home), "CONSULT_APP_PASSPHRASE_FILE": str(secret)},
        cwd=outside,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    return Run(home, outside, done.stdout, done.stderr, done.returncode)


def list_files(run: Run) -> Iterator[Path]:
    """Yield everything that was left behind."""
    for folder in (run.home, run.outside):
        yield from (path for path in folder.rglob("*") if path.is_file())


def holds_marker(data: bytes) -> bool:
    """Return whether a patient's word or the passphrase stands in these bytes, wide or narrow."""
    folded = data.lower()
    words = (MARKER, PASSPHRASE)
    return any(word.encode(coding) in folded for word in words for coding in CODINGS)


def test_the_visit_was_filled_in_and_kept(run: Run, sealed: Sealed) -> None:
    """Otherwise its absence elsewhere would prove nothing."""
    fields = next(line for line in run.output.splitlines() if line.startswith("fields "))
    assert int(fields.split()[1]) >= FEWEST_FIELDS
    with sealed.open_again(run.home) as store:
        drafts = [store.drafts.get(draft.id) for draft in store.drafts.list()]
    told = {draft["kind"] for draft in drafts if holds_marker(str(_own_words(draft)).encode())}
    assert told == {"consultation", *FEWEST_LATER}
    for kind, fewest in FEWEST_LATER.items():
        (line,) = [line for line in run.output.splitlines() if line.startswith(f"{kind} ")]
        assert int(line.split()[1]) >= fewest, kind


def _own_words(draft: Mapping[str, object]) -> list[object]:
    """Return what was typed in the panels of this kind of visit, and nowhere before."""
    kind = str(draft["kind"])
    return [draft["goals" if kind == "consultation" else kind]]


def test_it_ended_the_way_it_was_meant_to(run: Run) -> None:
    assert run.code in {0, -signal.SIGABRT}, run.errors


def test_where_it_ended_is_told_beside_what_was_told_before(run: Run) -> None:
    told = (run.home / "logs" / "fault.log").read_text(encoding="utf-8")

    assert told.startswith(EARLIER)
    assert ("Aborted" in told.removeprefix(EARLIER)) == (run.code == -signal.SIGABRT)


def test_no_file_holds_a_word_of_it(run: Run) -> None:
    files = list(list_files(run))

    assert any(path.suffix == ".log" for path in files), "there is a log to look into"
    assert any(path.suffix == ".sqlite" for path in files), "there are records to look into"
    assert [path.name for path in files if holds_marker(path.read_bytes())] == []


def test_no_name_of_a_file_or_folder_holds_a_word_of_it(run: Run) -> None:
    names = [path for root in (run.home, run.outside) for path in root.rglob("*")]

    assert [path for path in names if MARKER in path.name.lower()] == []


def test_the_failures_were_logged_by_kind_and_place(run: Run) -> None:
    log = (run.home / "logs" / "consult-app.log").read_text("utf-8")

    assert "KeyError" in log
    assert "raise_in_a_slot" in log


def test_the_crash_report_and_the_title_name_nobody(run: Run) -> None:
    assert "report" in run.output
    assert "KeyError" in run.output
    assert MARKER not in run.output.lower()


def test_nothing_is_said_on_standard_error(run: Run) -> None:
    assert MARKER not in run.errors.lower()
