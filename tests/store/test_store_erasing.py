"""An erasure leaves nothing, and what it searches would be found if it were there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app.errors import InputError
from consult_app.store.erasing import (
    Belongings,
    LeftOverError,
    Order,
    erase,
    find_belongings,
    prove,
    replay,
)
from consult_app.store.erasures import Ledger, find_erased, read_erasure, write_erasure
from consult_app.store.faults import UnknownRecordError
from consult_app.store.folder import SCRATCH_NAME
from consult_app.store.passphrase import FLOOR
from consult_app.store.unlocking import SealedStore, unlock_store
from consult_app.store.vault import create_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PASSPHRASE = "correct horse battery"  # noqa: S105 - opens nothing but these tests
PATIENT = "0d4f3a52-6b7c-4a11-8e24-55f0c1d2e3b4"
SIGNED = "5b0a7c1e-0f52-4a68-9a3c-6f0d3f6f9b11"
DRAFT = "1f0c5e0a-9b6d-4a3e-8f57-0c2d4b7e6a90"
OTHER = "77777777-9b6d-4a3e-8f57-0c2d4b7e6a90"
ORDER = Order(reason="asked for it", at=AT, who="dr-7")


def visit(visit_id: str, patient_id: str, key: str = "") -> dict[str, object]:
    """Return a visit of a patient."""
    handout = {"attachment": key} if key else None
    return {"id": visit_id, "patient_id": patient_id, "handout": handout, "state": "signed"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SealedStore]:
    """Records of two patients; the sheet `shared` was handed to both."""
    create_store(tmp_path / "records", PASSPHRASE, at=AT, cost=FLOOR)
    with unlock_store(tmp_path / "records", PASSPHRASE) as opened:
        for key in ("own", "shared"):
            opened.attachments.put(key, key.encode())
        opened.save_signed(visit(SIGNED, PATIENT, "own"), {"id": PATIENT, "name": "Ada"}, {}, AT)
        opened.save_draft(visit(DRAFT, PATIENT, "shared"), None, AT)
        opened.save_signed(visit(OTHER, "p2", "shared"), {"id": "p2", "name": "Ben"}, {}, AT)
        yield opened


def test_what_belongs_to_a_patient_is_found(store: SealedStore) -> None:
    assert find_belongings(store, PATIENT) == Belongings(
        patient_id=PATIENT,
        consultations=(SIGNED,),
        drafts=(DRAFT,),
        attachments=("own",),
    )
    with pytest.raises(UnknownRecordError):
        find_belongings(store, "nobody")


def test_what_was_put_away_is_told_apart_and_goes_too(store: SealedStore) -> None:
    away = {**visit(OTHER[::-1], PATIENT), "state": "put_away", "put_away": "mistake"}
    store.save_draft(away, None, AT)
    found = find_belongings(store, PATIENT)
    assert found.put_away == (OTHER[::-1],)
    assert set(found.drafts) == {DRAFT, OTHER[::-1]}
    erase(store, found, ORDER)
    assert not store.drafts.list()


def test_all_of_it_goes_and_what_others_need_stays(store: SealedStore) -> None:
    entry, proof = erase(store, find_belongings(store, PATIENT), ORDER)
    assert (proof.attachments, proof.rows > 0, proof.bytes > 0) == (1, True, True)
    with pytest.raises(UnknownRecordError):
        store.attachments.get("own")
    assert store.attachments.get("shared") == b"shared"
    assert store.consultations.get(OTHER)["patient_id"] == "p2"
    assert store.verify() == ()
    assert Ledger(store.rows).entries() == (entry,)
    assert PATIENT not in str(write_erasure(entry))


def test_a_row_that_still_speaks_of_the_patient_is_found(store: SealedStore) -> None:
    gone = find_belongings(store, PATIENT)
    erase(store, gone, ORDER)
    store.drafts.save("another", {"id": "another", "note": [{"of": PATIENT}]}, AT)
    with pytest.raises(LeftOverError) as caught:
        prove(store, gone)
    assert caught.value.details == ("drafts another",)


def test_an_id_in_the_bytes_of_any_file_of_records_is_found(store: SealedStore) -> None:
    gone = find_belongings(store, PATIENT)
    erase(store, gone, ORDER)
    (store.folder / "records-9.sqlite").write_bytes(b"x" * 2**20 + SIGNED.encode())
    with pytest.raises(LeftOverError) as caught:
        prove(store, gone)
    assert caught.value.details == ("the bytes of records-9.sqlite",)


def test_a_file_of_the_patient_that_is_still_there_is_found(store: SealedStore) -> None:
    gone = find_belongings(store, PATIENT)
    erase(store, gone, ORDER)
    store.attachments.put("own", b"own")
    with pytest.raises(LeftOverError) as caught:
        prove(store, gone)
    assert caught.value.details[0].startswith("attachment ")


def test_damaged_rows_that_were_set_aside_go_too(store: SealedStore) -> None:
    with store.rows.engine.transaction():
        store.rows.engine.run("UPDATE row SET body = x'00' WHERE id = ?", (DRAFT,))
    store.drafts.save(DRAFT, visit(DRAFT, PATIENT), AT)
    assert any(damage.id == DRAFT for damage in store.rows.damaged)
    erase(store, find_belongings(store, PATIENT), ORDER)
    assert store.verify() == ()


def test_a_visit_that_cannot_be_read_goes_and_is_counted(store: SealedStore) -> None:
    with store.rows.engine.transaction():
        sql = "UPDATE row SET body = x'00' WHERE in_table = 'consultations' AND id = ?"
        store.rows.engine.run(sql, (SIGNED,))
    gone = find_belongings(store, PATIENT)
    assert gone.unread == (SIGNED,)
    erase(store, gone, ORDER)
    assert store.verify() == ()


def test_what_was_left_by_work_that_was_cut_off_goes_first(store: SealedStore) -> None:
    (store.folder / SCRATCH_NAME).mkdir()
    (store.folder / SCRATCH_NAME / "records-1.sqlite").write_bytes(SIGNED.encode())
    (store.folder / "records-2.sqlite").write_bytes(SIGNED.encode())
    (store.folder / "UNFINISHED").write_bytes(b"records-2.sqlite")
    erase(store, find_belongings(store, PATIENT), ORDER)
    assert not (store.folder / SCRATCH_NAME).exists()
    assert not (store.folder / "records-2.sqlite").exists()


def test_a_failure_half_way_leaves_everything(
    store: SealedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.patients, "discard", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(store, find_belongings(store, PATIENT), ORDER)
    assert store.consultations.get(SIGNED)["patient_id"] == PATIENT
    assert Ledger(store.rows).entries() == ()
    assert store.verify() == ()


def test_the_ledger_knows_the_erased_and_nobody_else(store: SealedStore) -> None:
    with store.rows.engine.transaction():
        first = Ledger(store.rows).add("p1", at=AT, who="", reason="first reason", how="erased")
        later = AT + timedelta(days=1)
        second = Ledger(store.rows).add("p2", at=later, who="", reason="two", how="anonymised")
    entries = Ledger(store.rows).entries()
    assert find_erased(["p1", "p2", "p3"], entries) == {"p1": first, "p2": second}
    assert first.key == second.key
    assert [read_erasure(write_erasure(entry)) for entry in entries] == list(entries)
    assert "first reason" not in repr(first)
    assert first.key not in repr(first)


@pytest.mark.parametrize("name", ["hash", "key"])
def test_an_entry_from_elsewhere_that_cannot_be_kept_is_refused(
    name: str, store: SealedStore
) -> None:
    with store.rows.engine.transaction():
        entry = Ledger(store.rows).add("p1", at=AT, who="", reason="a reason", how="erased")
    with pytest.raises(InputError, match="ledger cannot be read"):
        read_erasure({**write_erasure(entry), name: "\ud800"})


def test_a_replay_forgets_them_once_more(store: SealedStore) -> None:
    entry, _ = erase(store, find_belongings(store, PATIENT), ORDER)
    store.save_signed(visit(SIGNED, PATIENT), {"id": PATIENT, "name": "Ada"}, {}, AT)
    with store.rows.engine.transaction():
        store.rows.remove("erasures", entry.hash)
    assert replay(store, (entry,), AT) == 1
    assert store.patients.of_patient(PATIENT) == []
    assert Ledger(store.rows).entries() == (entry,)
    assert replay(store, (entry,), AT) == 0
