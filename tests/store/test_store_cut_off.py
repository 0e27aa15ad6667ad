"""Killed at any moment of an erasure, an import or the encryption of plain records: all or nothing.

What was told is so, and a patient is there with everything or gone with everything.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from consult_app.store.erasing import find_belongings
from consult_app.store.erasures import Ledger, find_erased
from consult_app.store.faults import UnknownRecordError
from consult_app.store.log_end import LogEnd
from consult_app.store.passphrase import FLOOR
from consult_app.store.repositories import FileStore, open_store
from consult_app.store.state import State, find_state
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store
from tests.store.coming_and_going_for_ever import (
    AT,
    BATCH,
    PASSPHRASE,
    keep,
    make_arrivals,
    name,
)
from tests.store.killing import run_and_kill

SCRIPT = str(Path(__file__).with_name("coming_and_going_for_ever.py"))
KILLS, MANY_KILLS = 2, 25
PLAIN = 40

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")

Check = Callable[[SealedStore, Iterable[str]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    return tmp_path / "records"


def _run_and_kill(way: str, folder: Path, number: int, wait: float, lines: int = 1) -> list[str]:
    return run_and_kill([SCRIPT, way, str(folder), str(number)], wait, lines)


def _list_told(told: Iterable[str], what: str) -> set[int]:
    return {int(line.split()[1]) for line in told if line.startswith(what)}


def _is_whole(store: FileStore, number: int) -> bool:
    """Tell whether a visit is there with its sheet; make sure that it is not there in part."""
    try:
        there = store.consultations.get(name("v", number))["id"] == name("v", number)
    except UnknownRecordError:
        there = False
    try:
        sheet = store.attachments.get(name("s", number)) == b"sheet " * 999
    except UnknownRecordError:
        sheet = False
    assert there == sheet
    return there


def _check_erased(store: SealedStore, told: Iterable[str]) -> None:
    told = tuple(told)
    assert store.verify() == ()
    kept, erased = _list_told(told, "kept"), _list_told(told, "erased")
    for number in {*kept, max(kept, default=-1) + 1}:
        patient = name("p", number)
        noted = bool(find_erased((patient,), Ledger(store.rows).entries()))
        whole = _is_whole(store, number)
        assert bool(store.patients.of_patient(patient)) == whole
        if number in erased:
            assert noted
        if number in kept:
            assert whole != noted
        if whole:
            belongings = find_belongings(store, patient)
            assert belongings.consultations == (name("v", number),)


def _check_imported(store: SealedStore, told: Iterable[str]) -> None:
    assert store.verify() == ()
    imported = _list_told(told, "imported")
    for batch in {*imported, max(imported, default=-1) + 1}:
        whole = {_is_whole(store, batch * BATCH + n) for n in range(BATCH)}
        assert len(whole) == 1
        assert batch not in imported or whole == {True}


def _kill(way: str, folder: Path, kills: int, check: Check) -> int:
    """Kill so often, and return how often something was told before."""
    moments = random.Random(20270906)  # noqa: S311  # repeatable on purpose
    counted = 0
    for kill in range(kills):
        # Every other time something is done first, however slow the computer is.
        lines = 1 + kill % 2
        told = _run_and_kill(way, folder, kill * 1_000, moments.uniform(0.1, 0.8), lines)
        counted += len(told) > 1
        with unlock_store(folder, PASSPHRASE) as store:
            assert store.rows.engine.log_end is not LogEnd.GONE
            check(store, told)
    return counted


def _kill_encrypting(place: Path, kills: int) -> tuple[int, int]:
    """Return how often the records were found plain and encrypted."""
    moments = random.Random(20270906)  # noqa: S311  # repeatable on purpose
    found = {State.PLAIN: 0, State.SEALED: 0}
    for kill in range(kills):
        folder = place / str(kill)
        with open_store(folder) as plain:
            for number in range(PLAIN):
                plain.drafts.save(f"d{number}", {"n": number}, AT)
        told = _run_and_kill("encrypt", folder, 0, moments.uniform(0, 0.5))
        state = find_state(folder)
        found[state] += 1
        assert state is State.SEALED or "encrypted 0" not in told
        opened = unlock_store(folder, PASSPHRASE) if state is State.SEALED else open_store(folder)
        with opened as store:
            assert store.rows.engine.log_end is not LogEnd.GONE
            assert store.verify() == ()
            assert [store.drafts.get(f"d{n}")["n"] for n in range(PLAIN)] == [*range(PLAIN)]
    return found[State.PLAIN], found[State.SEALED]


def test_a_kill_in_the_middle_of_erasures_leaves_no_patient_in_part(folder: Path) -> None:
    assert _kill("erase", folder, KILLS, _check_erased) > 0


def test_a_kill_in_the_middle_of_imports_leaves_no_batch_in_part(folder: Path) -> None:
    assert _kill("import", folder, KILLS, _check_imported) > 0


def test_a_kill_while_plain_records_are_encrypted_leaves_either(tmp_path: Path) -> None:
    assert sum(_kill_encrypting(tmp_path, KILLS)) == KILLS


@pytest.mark.long
@pytest.mark.timeout(600)
def test_none_of_many_kills_leaves_anything_in_part(folder: Path, tmp_path: Path) -> None:
    assert _kill("erase", folder, MANY_KILLS, _check_erased) > MANY_KILLS / 3
    imports = tmp_path / "imports"
    create_store(imports, PASSPHRASE, at=AT, cost=FLOOR)
    assert _kill("import", imports, MANY_KILLS, _check_imported) > MANY_KILLS / 3
    plain, sealed = _kill_encrypting(tmp_path / "plain", MANY_KILLS)
    assert min(plain, sealed) > 0


def test_an_erasure_that_is_told_before_it_is_done_is_found_out(folder: Path) -> None:
    """The control: what the kills look at would tell."""
    with unlock_store(folder, PASSPHRASE) as store:
        keep(store, 0)
        _check_erased(store, ["kept 0"])
        with pytest.raises(AssertionError):
            _check_erased(store, ["kept 0", "erased 0"])
        store.attachments.discard(name("s", 0))
        with pytest.raises(AssertionError):
            _check_erased(store, ["kept 0"])


def test_a_batch_that_came_in_in_part_is_found_out(folder: Path) -> None:
    """The control: what the kills look at would tell."""
    with unlock_store(folder, PASSPHRASE) as store:
        for arrival in list(make_arrivals(0))[: BATCH // 2]:
            store.save_signed(arrival.document, {"id": "p"}, arrival.attachments, AT)
        with pytest.raises(AssertionError):
            _check_imported(store, [])
