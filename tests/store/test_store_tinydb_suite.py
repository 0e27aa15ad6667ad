"""TinyDB's own tests, as its authors publish them, pass on our rows, plain and sealed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAM = HERE.parents[1]
SPELLS_OUT_A_CLASS = "test_tables.py::test_table_repr"
"""Its pattern names the class `Table` and the stock storages; ours say who they are."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch the archive of the pinned version, unpack it, and return the folder of its tests."""
    place = tmp_path_factory.mktemp("tinydb")
    wanted = f"tinydb=={version('tinydb')}"
    fetching = [sys.executable, "-m", "pip", "download", "--quiet", "--no-binary", ":all:"]
    done = subprocess.run(
        [*fetching, "--no-deps", "--dest", str(place), wanted],
        capture_output=True,
        check=False,
        text=True,
        timeout=200,
    )
    archives = list(place.glob("*.tar.gz"))
    if done.returncode or not archives:
        last = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        pytest.skip(f"NOT RUN: the archive of {wanted} could not be fetched: {last}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(place, filter="data")
    return next(place.glob("tinydb-*/tests"))


def _run(published: Path, place: Path, variant: str) -> tuple[set[str], int, int]:
    """Return which tests failed, how many passed, and how many databases of ours were opened."""
    tests = place / "tests"
    shutil.copytree(published, tests)
    shutil.copy(HERE / "tinydb_conftest.py", tests / "conftest.py")
    (place / "empty.ini").write_text("[pytest]\n", encoding="ascii")
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-c", str(place / "empty.ini")]
    environment = {
        **os.environ,
        "CONSULT_VARIANT": variant,
        "PYTEST_ADDOPTS": "",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TMPDIR": str(place),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--tb=no", "-rfEp", str(tests)],
        capture_output=True,
        check=False,
        text=True,
        cwd=place,
        env=environment,
        timeout=250,
    )
    lines = done.stdout.splitlines()
    failed = {
        line.split()[1].rpartition("/")[2]
        for line in lines
        if line.startswith(("FAILED ", "ERROR "))
    }
    passed = sum(line.startswith("PASSED ") for line in lines)
    return failed, passed, int((tests / "opened").read_text("ascii"))


@pytest.mark.parametrize("variant", ["plain", "sealed"])
def test_all_of_it_passes_but_the_one_that_spells_out_a_class(
    published: Path, tmp_path: Path, variant: str
) -> None:
    failed, passed, opened = _run(published, tmp_path, variant)
    assert failed == {SPELLS_OUT_A_CLASS}
    assert passed == 151
    assert opened > 70  # where a test makes a database by itself, and one for each `db`


def test_a_table_that_keeps_nothing_is_noticed(published: Path, tmp_path: Path) -> None:
    """The control: the tests do look at our tables."""
    failed, _, _ = _run(published, tmp_path, "forgetful")
    assert len(failed) > 40
