"""How every store lists, finds and keeps things together; another engine must pass this too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from consult_app.domain.fingerprint import make_fingerprint
from consult_app.store.faults import (
    DamagedRecordError,
    NewerStoreError,
    SignedRecordError,
    StoreClosedError,
    UnkeepableError,
    UnknownRecordError,
)
from consult_app.store.interface import Records, Store
from consult_app.store.upgrade import CONSULTATION

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)

Reopen = Callable[[Store], Store]


def _visit(name: str = "", born: str = "", number: str = "") -> dict[str, object]:
    patient = {"name": name, "date_of_birth": born, "record_number": number}
    return {"patient": patient, "visit_date": "2027-09-06", "state": "draft"}


def test_the_list_shows_last_saved_first(store: Store, reopen: Reopen) -> None:
    elsewhere = timezone(timedelta(hours=14))
    store.drafts.save("early", _visit("Ana"), AT)
    store.drafts.save("late", _visit("Ben"), AT + timedelta(hours=2))
    store.drafts.save("between", _visit("Cem"), (AT + timedelta(hours=1)).astimezone(elsewhere))
    assert [row.id for row in store.drafts.list()] == ["late", "between", "early"]
    store.drafts.save("early", _visit("Ana Maria"), AT + timedelta(hours=3))
    again = reopen(store)
    listed = again.drafts.list()
    assert [row.id for row in listed] == ["early", "late", "between"]
    assert [row.id for row in again.drafts.list(limit=2)] == ["early", "late"]
    assert listed[0].name == "Ana Maria"
    assert listed[0].saved_at == AT + timedelta(hours=3)


def test_a_summary_tells_who_and_when(store: Store) -> None:
    store.consultations.save("one", _visit("Ana", "1992-04-30", "A-1"), AT)
    (row,) = store.consultations.list()
    assert (row.id, row.name, row.date_of_birth) == ("one", "Ana", "1992-04-30")
    assert (row.record_number, row.visit_date) == ("A-1", "2027-09-06")
    assert (row.state, row.saved_at) == ("draft", AT)
    assert "Ana" not in repr(row)
    assert "1992" not in repr(row)


def test_a_summary_of_an_unfinished_document_is_empty_not_an_error(records: Records) -> None:
    records.save("one", {"patient": None, "visit_date": 7, "name": None}, AT)
    (row,) = records.list()
    assert (row.name, row.date_of_birth, row.visit_date) == ("", "", "")


def test_a_deleted_draft_is_gone_for_good(store: Store, reopen: Reopen) -> None:
    store.drafts.save("one", _visit("Ana"), AT)
    store.drafts.save("two", _visit("Ben"), AT)
    store.drafts.delete("one")
    again = reopen(store)
    assert [row.id for row in again.drafts.list()] == ["two"]
    assert list(again.drafts.find("ana")) == []
    with pytest.raises(UnknownRecordError):
        again.drafts.get("one")
    with pytest.raises(UnknownRecordError):
        again.drafts.delete("one")


@pytest.mark.parametrize("other", ["", "drafts", "consultations"])
def test_who_was_entered_by_mistake_goes_with_the_visit_and_leaves_others(
    store: Store, reopen: Reopen, other: str
) -> None:
    visit = {**_visit("Ana"), "id": "v1", "patient_id": "p1"}
    store.save_draft(visit, {"id": "p1", "name": "Ana"}, AT)
    if other:
        getattr(store, other).save("v2", {**visit, "id": "v2"}, AT)
    store.withdraw("v1", "p1", AT)

    again = reopen(store)
    assert [row.id for row in again.drafts.list()] == (["v2"] if other == "drafts" else [])
    assert [row.id for row in again.patients.list()] == (["p1"] if other else [])
    told = [entry.ids for entry in again.audit.entries() if entry.action == "patient.withdrawn"]
    assert told == ([] if other else [("p1",)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zoe", {"z"}),
        ("ZOË", {"z"}),
        ("lukasz zo", {"z"}),
        ("ukas", {"z"}),
        ("strasse", {"s"}),
        ("o'brien", {"b"}),
        ("1992-04-03", {"z"}),
        ("3.4.1992", {"z"}),
        ("3/4/92", {"z"}),
        ("4/3/1992", {"z"}),
        ("03/04", {"z"}),
        ("1992", {"z", "b"}),
        ("a-12", {"z"}),
        ("b 7", {"b"}),
        ("zoe brien", set()),
        ("nobody", set()),
        ("  ", {"z", "s", "b"}),
        ("%", set()),
    ],
)
def test_any_word_of_name_birth_date_and_number_finds(
    store: Store, text: str, found: set[str]
) -> None:
    store.consultations.save("z", _visit("Zoë Łukasz", "1992-04-03", "A-12"), AT)
    store.consultations.save("s", _visit("Ute Straße", "2001-12-31", "S-3"), AT)
    store.consultations.save("b", _visit("Nia O\u2019Brien", "1992-11-20", "B-7"), AT)
    assert {row.id for row in store.consultations.find(text)} == found


def test_the_search_knows_what_was_just_saved(store: Store) -> None:
    assert list(store.patients.find("ana")) == []
    store.patients.save("one", {"name": "Ana"}, AT)
    assert [row.id for row in store.patients.find("ana")] == ["one"]
    store.patients.save("one", {"name": "Bea"}, AT)
    assert list(store.patients.find("ana")) == []


def test_the_search_shows_last_saved_first_and_stops_at_the_limit(store: Store) -> None:
    for n in range(5):
        store.patients.save(f"p{n}", {"name": f"Ana {n}"}, AT + timedelta(minutes=n))
    assert [row.id for row in store.patients.find("ana", limit=2)] == ["p4", "p3"]


def test_the_visits_of_a_patient_are_found_by_the_id_of_the_patient(
    store: Store, reopen: Reopen
) -> None:
    for n, patient_id in enumerate(["p1", "p2", "p1"]):
        visit = {**_visit("Ana"), "id": f"v{n}", "patient_id": patient_id}
        store.consultations.save(f"v{n}", visit, AT + timedelta(minutes=n))
    store.patients.save("p1", {"id": "p1", "name": "Ana"}, AT)
    again = reopen(store)
    assert [row.id for row in again.consultations.of_patient("p1")] == ["v2", "v0"]
    assert [row.patient_id for row in again.consultations.list()] == ["p1", "p2", "p1"]
    assert [row.id for row in again.patients.of_patient("p1")] == ["p1"]
    assert list(again.consultations.of_patient("nobody")) == []


def test_the_latest_visit_of_a_patient_is_the_one_of_the_latest_day(store: Store) -> None:
    days = {"v0": "2027-09-06", "v1": "2027-11-01", "v2": "2027-10-04", "v3": "2027-09-07"}
    for n, (visit_id, day) in enumerate(days.items()):
        visit = {**_visit("Ana"), "patient_id": "p2" if n == 3 else "p1", "visit_date": day}
        visit |= {"state": "signed", "review": {"next_date": "2027-12-01"}}
        store.consultations.save(visit_id, visit, AT + timedelta(minutes=n))
    assert {row.id for row in store.consultations.due("2027-12-01", "2027-12-31")} == {"v1", "v3"}
    assert list(store.consultations.due("2027-12-02", "2027-12-31")) == []


@pytest.mark.parametrize(
    ("state", "decision", "due"),
    [("signed", "go_ahead", "2027-10-04"), ("draft", "go_ahead", ""), ("signed", "no", "")],
)
def test_a_patient_who_goes_ahead_is_expected_on_the_first_day_of_the_plan(
    store: Store, state: str, decision: str, due: str
) -> None:
    plan = {"first_session": "2027-10-04T09:15"}
    agreed = {"agreement": {"decision": decision}, "plan": plan, "state": state}
    store.consultations.save("v1", {**_visit("Ana"), **agreed}, AT)
    (row,) = store.consultations.list()
    assert (row.kind, row.due) == ("consultation", due)


@pytest.mark.parametrize(
    ("expected_on", "due"), [("2027-10-18", "2027-10-18"), (None, "2027-10-04")]
)
def test_the_day_the_plan_moved_to_is_what_is_due_where_the_record_knows_it(
    store: Store, expected_on: str | None, due: str
) -> None:
    agreed = {"agreement": {"decision": "go_ahead"}, "plan": {"first_session": "2027-10-04T09:15"}}
    signed = {**_visit("Ana"), **agreed, "state": "signed", "expected_on": expected_on}
    store.consultations.save("v1", signed, AT)
    assert [row.due for row in store.consultations.list()] == [due]
    assert [row.id for row in store.consultations.due(due, due)] == ["v1"]


def test_a_treatment_is_found_by_the_lots_that_were_used(store: Store, reopen: Reopen) -> None:
    used = {"cartridge": {"lot": "C-2207"}, "products": [{"lot": "G7"}, {"lot": ""}]}
    treatment = {"kind": "treatment", "treatment": {**used, "next_date": "2027-10-04"}}
    store.consultations.save("v1", {**_visit("Ana"), **treatment, "state": "signed"}, AT)
    store.consultations.save("v2", {**_visit("Ben"), "state": "signed"}, AT)
    again = reopen(store)
    (row,) = again.consultations.find("c-2207")
    assert (row.id, row.kind, row.lots, row.due) == ("v1", "treatment", "C-2207 G7", "2027-10-04")
    assert [entry.action for entry in again.audit.entries()] == [
        "consultation.signed",
        "treatment.signed",
    ]


def test_an_addendum_is_no_visit_a_patient_came_to(store: Store) -> None:
    expected = {"state": "signed", "review": {"next_date": "2027-12-01"}}
    store.consultations.save("v1", {**_visit("Ana"), "patient_id": "p1", **expected}, AT)
    later = {**_visit("Ana"), "patient_id": "p1", "kind": "addendum", "visit_date": "2028-01-01"}
    store.consultations.save("v2", later, AT)
    assert [row.id for row in store.consultations.due("2027-12-01", "2027-12-01")] == ["v1"]


def test_a_signed_record_that_is_not_what_was_signed_is_refused(store: Store) -> None:
    signed: dict[str, object] = {**_visit("Ana"), "id": "v1", "schema": CONSULTATION.newest}
    signed["fingerprint"] = make_fingerprint(signed)
    store.consultations.save("v1", signed, AT)
    assert store.consultations.get("v1") == signed
    changed = {**signed, "id": "v2"}
    store.consultations.save("v2", changed, AT)
    with pytest.raises(DamagedRecordError) as caught:
        store.consultations.get("v2")
    assert "not what was signed" in caught.value.details[0]
    assert store.consultations.get("v1") == signed, "the others are unaffected"


def test_a_visit_that_names_no_patient_is_the_only_one_of_its_own(store: Store) -> None:
    store.drafts.save("v1", {"schema": 1, **_visit("Ana"), "id": "v1"}, AT)
    assert [row.patient_id for row in store.drafts.list()] == ["v1"]
    assert store.drafts.get("v1")["patient_id"] == "v1"


def test_a_draft_is_kept_with_its_patient_or_alone(store: Store, reopen: Reopen) -> None:
    store.save_draft({"id": "v1"}, {"id": "p1", "name": "Ana"}, AT)
    store.save_draft({"id": "v1", "panel": "skin"}, None, AT + timedelta(minutes=1))
    again = reopen(store)
    assert again.drafts.get("v1")["panel"] == "skin"
    assert again.patients.get("p1")["name"] == "Ana"
    assert [entry.action for entry in again.audit.entries()] == ["patient.saved"]


@pytest.mark.parametrize(
    ("draft", "patient"),
    [
        ({"id": "v1", "depth": float("nan")}, {"id": "p1"}),
        ({"id": "v1", "schema": 99}, {"id": "p1"}),
        ({}, {"id": "p1"}),
        ({"id": "v1"}, {"id": "p1", "weight": float("nan")}),
        ({"id": "v1"}, {}),
    ],
)
def test_a_draft_that_cannot_be_kept_leaves_its_patient_as_it_was(
    store: Store, draft: dict[str, object], patient: dict[str, object]
) -> None:
    with pytest.raises((UnkeepableError, NewerStoreError)):
        store.save_draft(draft, patient, AT)
    assert list(store.drafts.list()) == []
    assert list(store.patients.list()) == []
    assert list(store.audit.entries()) == []


def test_the_kinds_are_kept_apart(store: Store) -> None:
    store.drafts.save("one", _visit("Ana"), AT)
    assert list(store.consultations.list()) == []
    with pytest.raises(UnknownRecordError):
        store.patients.get("one")


@pytest.mark.parametrize("size", [0, 1, 5_000, 2**20 - 1, 2**20, 2**20 + 1, 2_500_000])
def test_an_attachment_comes_back_as_it_was(store: Store, reopen: Reopen, size: int) -> None:
    data = (bytes(range(256)) * (size // 256 + 1))[:size]
    key = store.attachments.make_key()
    store.attachments.put(key, data)
    store.attachments.put(key, data)
    again = reopen(store)
    assert again.attachments.get(key) == data
    assert list(again.verify()) == []
    with pytest.raises(UnknownRecordError):
        again.attachments.get(again.attachments.make_key())


def test_an_attachment_is_never_written_over(store: Store, reopen: Reopen) -> None:
    key = store.attachments.make_key()
    store.attachments.put(key, b"photograph")
    with pytest.raises(UnkeepableError, match="cannot be kept"):
        store.attachments.put(key, b"another one")
    assert reopen(store).attachments.get(key) == b"photograph"


def test_a_discarded_attachment_is_gone_for_good(store: Store, reopen: Reopen) -> None:
    one, two = store.attachments.make_key(), store.attachments.make_key()
    assert one != two
    store.attachments.put(one, b"photograph")
    store.attachments.put(two, b"photograph")
    assert store.attachments.discard(one)
    assert not store.attachments.discard(one)
    again = reopen(store)
    with pytest.raises(UnknownRecordError):
        again.attachments.get(one)
    assert again.attachments.get(two) == b"photograph"
    assert list(again.verify()) == []


def test_settings_keep_any_json_value(store: Store, reopen: Reopen) -> None:
    assert store.settings.get("paper") is None
    assert store.settings.get("paper", "A4") == "A4"
    store.settings.set("paper", "Letter")
    store.settings.set("paper", {"size": ["A5", None, 1]})
    store.settings.set("nothing", None)
    again = reopen(store)
    assert again.settings.get("paper") == {"size": ["A5", None, 1]}
    assert again.settings.get("nothing", "default") is None
    with pytest.raises(UnkeepableError):
        again.settings.set("paper", float("nan"))
    assert again.settings.get("paper") == {"size": ["A5", None, 1]}


def test_signing_keeps_consultation_patient_and_sheet_together(
    store: Store, reopen: Reopen
) -> None:
    store.drafts.save("v1", {**_visit("Ana"), "id": "v1"}, AT)
    signed = {**_visit("Ana", "1992-04-30"), "id": "v1", "state": "signed"}
    store.save_signed(signed, {"id": "p1", "name": "Ana"}, {"k1": b"%PDF-", "k2": b"JFIF"}, AT)
    again = reopen(store)
    assert again.attachments.get("k1") == b"%PDF-"
    assert again.attachments.get("k2") == b"JFIF"
    assert again.consultations.get("v1")["state"] == "signed"
    assert again.patients.get("p1")["name"] == "Ana"
    assert list(again.drafts.list()) == []


def test_a_signed_consultation_is_never_written_over(store: Store, reopen: Reopen) -> None:
    signed = {**_visit("Ana"), "id": "v1", "state": "signed"}
    store.save_signed(signed, {"id": "p1", "name": "Ana"}, {"k1": b"%PDF-"}, AT)
    again = reopen(store)
    again.drafts.save("v1", {"id": "v1"}, AT)
    for change in ({**signed, "visit_date": "2027-09-07"}, signed):
        with pytest.raises(SignedRecordError) as caught:
            again.save_signed(change, {"id": "p1", "name": "Bea"}, {"k2": b"other"}, AT)
        assert "addendum" in caught.value.advice
        with pytest.raises(SignedRecordError):
            again.consultations.save("v1", change, AT)
    assert again.consultations.get("v1") == {**signed, "schema": CONSULTATION.newest}
    assert again.patients.get("p1")["name"] == "Ana"
    assert [row.id for row in again.drafts.list()] == ["v1"]
    with pytest.raises(UnknownRecordError):
        again.attachments.get("k2")
    again.save_signed({**signed, "id": "v2", "follows": "v1"}, {"id": "p1"}, {}, AT)
    assert {row.id for row in again.consultations.list()} == {"v1", "v2"}


def test_signing_needs_neither_draft_nor_sheet(store: Store) -> None:
    store.save_signed({"id": "v1"}, {"id": "p1"}, {}, AT)
    assert store.consultations.get("v1")["id"] == "v1"


@pytest.mark.parametrize(
    ("consultation", "patient"),
    [
        ({"id": "v1", "depth": float("nan")}, {"id": "p1"}),
        ({"id": "v1"}, {"id": "p1", "weight": float("nan")}),
        ({"id": "v1", "schema": 99}, {"id": "p1"}),
        ({}, {"id": "p1"}),
        ({"id": "v1"}, {"id": ""}),
    ],
)
def test_signing_that_fails_keeps_nothing_of_it(
    store: Store,
    reopen: Reopen,
    consultation: dict[str, object],
    patient: dict[str, object],
) -> None:
    store.drafts.save("v1", _visit("Ana"), AT)
    with pytest.raises((UnkeepableError, NewerStoreError)):
        store.save_signed(consultation, patient, {"k1": b"sheet"}, AT)
    again = reopen(store)
    assert [row.id for row in again.drafts.list()] == ["v1"]
    assert list(again.consultations.list()) == []
    assert list(again.patients.list()) == []
    with pytest.raises(UnknownRecordError):
        again.attachments.get("k1")


def test_a_sound_store_has_nothing_to_report(store: Store) -> None:
    store.save_signed({"id": "v1"}, {"id": "p1"}, {"k1": b"sheet"}, AT)
    assert list(store.verify()) == []
    assert list(store.damaged()) == []


def test_a_closed_store_says_so(store: Store) -> None:
    with store:
        store.drafts.save("one", {}, AT)
    store.close()
    with pytest.raises(StoreClosedError):
        store.drafts.get("one")
    with pytest.raises(StoreClosedError):
        store.drafts.save("one", {}, AT)
    with pytest.raises(StoreClosedError):
        store.attachments.put("k1", b"")
    with pytest.raises(StoreClosedError):
        store.settings.get("paper")
