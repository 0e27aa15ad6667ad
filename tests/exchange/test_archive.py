"""An archive comes back as it was written, or is refused as a whole with every fault named."""

from __future__ import annotations

import io
import json
import random
import stat
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from consult_app.errors import ConsultError, InputError
from consult_app.exchange import archive, archive_dangers
from consult_app.exchange.archive import AnchorNote, ArchivedRecord
from consult_app.exchange.archive_reading import open_archive
from consult_app.exchange.archive_writing import ArchiveWriter
from consult_app.exchange.json_text import decode_document, encode_document, encode_line
from consult_app.exchange.tinydb_file import read_database

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
PATIENT = "0d4f3a52-6b7c-4a11-8e24-55f0c1d2e3b4"
VISIT = "5b0a7c1e-0f52-4a68-9a3c-6f0d3f6f9b11"
PDF = b"%PDF-1.7 a sheet"
ANCHOR = AnchorNote(n=3, hash="ab" * 32)
RECORDS = (
    ArchivedRecord(
        kind="patients",
        id=PATIENT,
        saved_at="2027-09-06T09:15:00+00:00",
        document={"id": PATIENT, "name": "Zoë =1+1"},
    ),
    ArchivedRecord(
        kind="consultations",
        id=VISIT,
        saved_at="2027-09-06T09:15:00.000001+00:00",
        document={"id": VISIT, "patient_id": PATIENT, "handout": {"attachment": "k1"}},
    ),
)
Change = Callable[[dict[str, bytes]], None]


def write(*records: ArchivedRecord, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """Return an archive of these records."""
    out = io.BytesIO()
    with ArchiveWriter(out, AT) as writer:
        writer.add_file("README.md", b"what this is\n")
        for kept in records:
            case = None if kept.kind == "patients" else b"{}"
            writer.add_record(kept, case, attachments or {"k1": PDF})
        writer.finish(program="0.1.0", patient="", anchor=ANCHOR)
    return out.getvalue()


def rewrite(data: bytes, change: Change) -> bytes:
    """Return the archive with its files changed, as somebody with a zip tool would do it."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def refuse(data: bytes) -> tuple[str, ...]:
    """Return why an archive is refused."""
    with pytest.raises(InputError) as caught:
        open_archive(io.BytesIO(data))
    assert "Nothing was changed." in caught.value.advice
    return caught.value.details


def test_records_and_files_come_back_as_they_went() -> None:
    with open_archive(io.BytesIO(write(*RECORDS))) as opened:
        back = list(opened.read_records())
        assert [(it.kind, it.id, it.saved_at, it.document) for it in back] == [
            (it.kind, it.id, it.saved_at, it.document) for it in RECORDS
        ]
        assert opened.read(back[1].attachments["k1"]) == PDF
        assert opened.manifest.audit == ANCHOR


def test_the_files_lie_where_the_documentation_says() -> None:
    with zipfile.ZipFile(io.BytesIO(write(*RECORDS))) as packed:
        assert sorted(packed.namelist()) == [
            "README.md",
            f"consultations/{VISIT}/case.json",
            f"consultations/{VISIT}/handout.pdf",
            f"consultations/{VISIT}/record.json",
            f"consultations/{VISIT}/visit.csv",
            "manifest.json",
            f"patients/{PATIENT}/record.json",
            "records.tinydb.json",
            "tables/patients.csv",
            "tables/visits.csv",
        ]
        modes = {entry.external_attr >> 16 for entry in packed.infolist()}
        assert modes == {0o600}


def test_unmodified_tinydb_opens_the_database(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(write(*RECORDS))) as packed:
        packed.extract(archive.DATABASE, tmp_path)
    with TinyDB(tmp_path / archive.DATABASE) as database:
        found = database.table("consultations").search(where("patient_id") == PATIENT)
        assert found == [RECORDS[1].document]
        assert database.table("patients").get(doc_id=1) == RECORDS[0].document
        assert database.table("patients").insert({"id": "another"}) == 2
    back = read_database((tmp_path / archive.DATABASE).read_bytes())
    assert [it.document for it in back.read_records() if it.kind == "consultations"] == [
        RECORDS[1].document
    ]


def test_the_same_records_make_the_same_archive() -> None:
    assert write(*RECORDS) == write(*RECORDS)


def test_an_id_that_says_something_is_in_no_name() -> None:
    kept = ArchivedRecord(kind="patients", id="../Ada Berg", document={"name": "Ada"})
    data = write(kept)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert all("ada" not in name.lower() for name in packed.namelist())
    with open_archive(io.BytesIO(data)) as opened:
        assert [it.id for it in opened.read_records()] == ["../Ada Berg"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@hypothesis.settings(max_examples=40)
@given(st.dictionaries(st.text(st.characters(exclude_categories=()), max_size=4), JSON, max_size=3))
def test_any_document_survives(document: dict[str, object]) -> None:
    """Every letter, half a surrogate pair included, every digit and the order of the fields."""
    back = decode_document(encode_document(document))
    assert json.dumps(back) == json.dumps(document)
    assert json.dumps(json.loads(encode_line(document))) == json.dumps(document)


@hypothesis.settings(max_examples=20)
@given(st.lists(st.text(min_size=1), unique=True))
def test_any_id_survives(ids: list[str]) -> None:
    """Half a surrogate pair is no id: the records could not keep it."""
    kept = [ArchivedRecord(kind="drafts", id=name, document={"n": name}) for name in ids]
    with open_archive(io.BytesIO(write(*kept))) as opened:
        assert [(it.id, it.document) for it in opened.read_records()] == [
            (it.id, it.document) for it in kept
        ]


def _cut(files: dict[str, bytes]) -> None:
    del files[f"consultations/{VISIT}/handout.pdf"]
    files[f"patients/{PATIENT}/record.json"] += b" "
    files["tables/visits.csv"] = files["tables/visits.csv"].replace(b"id", b"ID")
    files["another.json"] = b"{}"


def test_every_fault_is_named_at_once() -> None:
    faults = refuse(rewrite(write(*RECORDS), _cut))
    assert set(faults) == {
        f"consultations/{VISIT}/handout.pdf: missing",
        f"patients/{PATIENT}/record.json: not as long as it was",
        "tables/visits.csv: changed since it was exported",
        "another.json: not named in the manifest",
    }


def _lose_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the archive: no zip file, or cut short"),
        (b"not a zip at all", "the archive: no zip file, or cut short"),
        (write(*RECORDS)[:-40], "the archive: no zip file, or cut short"),
        (
            rewrite(write(*RECORDS), _lose_manifest),
            "manifest.json: missing, so this is no archive of records",
        ),
    ],
)
def test_what_is_no_archive_is_said_so(data: bytes, said: str) -> None:
    assert refuse(data) == (said,)


def _edit(**fields: object) -> Change:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps(
            {**json.loads(files["manifest.json"]), **fields}
        ).encode()

    return change


def test_an_archive_of_a_newer_version_names_what_is_needed() -> None:
    with pytest.raises(ConsultError) as caught:
        open_archive(io.BytesIO(rewrite(write(*RECORDS), _edit(format="consult-records/2"))))
    assert "newer version of the program" in caught.value.title
    assert "consult-records/2" in caught.value.advice


def test_a_manifest_with_other_fields_is_refused_by_their_names() -> None:
    data = rewrite(write(*RECORDS), _edit(patient=7, extra="x"))
    assert set(refuse(data)) == {
        "manifest.json.patient: not text",
        "manifest.json.extra: unknown field",
    }


def test_a_record_that_names_another_is_refused() -> None:
    """The checksums fit, so only the contradiction is left to notice it by."""
    other = ArchivedRecord(kind="drafts", id=VISIT, document={"id": PATIENT})
    assert refuse(write(other)) == (f"drafts/{VISIT}/record.json: id: not the id in the manifest",)


@pytest.mark.parametrize("id_", ["\ud800", "a\udfff"])
def test_half_a_letter_is_no_id(id_: str) -> None:
    record = ArchivedRecord(kind="drafts", id=id_, document={"id": id_})
    (fault,) = refuse(write(record))
    assert fault.endswith("record.json: id: not text")


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2027-09-06T09:15:00", "soon"]
)
def test_what_is_no_moment_was_not_saved_then(at: str) -> None:
    record = ArchivedRecord(kind="drafts", id=VISIT, saved_at=at, document={"id": VISIT})
    (fault,) = refuse(write(record))
    assert fault.endswith("saved_at: not a moment with a time zone")


def test_a_file_that_a_record_refers_to_must_be_there() -> None:
    data = write(RECORDS[1], attachments={"other": b""})
    assert refuse(data) == (f"consultations/{VISIT}/record.json: handout: its file is missing",)


@pytest.mark.parametrize(
    "name",
    ["../outside.json", "/etc/passwd", "a\\b.json", "C:evil", "a/../../b", "Ada Berg.pdf"],
)
def test_a_name_that_leads_elsewhere_is_refused_and_not_repeated(name: str) -> None:
    faults = refuse(rewrite(write(*RECORDS), lambda files: files.update({name: b"x"})))
    assert faults == ("a file with a foreign name: not a name that an archive of records has",)


def test_a_link_is_refused() -> None:
    out = io.BytesIO(write(*RECORDS))
    with zipfile.ZipFile(out, "a") as packed:
        info = zipfile.ZipInfo("tables/link.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    assert refuse(out.getvalue()) == ("tables/link.csv: a link, not a file",)


@pytest.mark.parametrize("name", ["manifest.json", "tables/more.csv", "drafts/x/attachment-1.bin"])
def test_a_bomb_is_refused_before_it_swells(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_dangers, "_SMALL", 2**20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, bytes(2 * 2**20))
    assert f"{name}: too long" in refuse(out.getvalue())


def test_files_that_share_their_bytes_are_refused() -> None:
    """A small archive can count the same bytes a thousand times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("tables/a.csv", b"x" * 1000)
        packed.writestr("tables/b.csv", b"x" * 1000)
        packed.filelist[1].header_offset = 0
        packed.filelist[1].CRC = packed.filelist[0].CRC
    assert "the archive: would swell to many times its size when unpacked" in refuse(out.getvalue())


def test_no_flipped_bit_changes_a_record_unnoticed() -> None:
    data = write(*RECORDS)
    chance = random.Random(1)  # noqa: S311 - nothing secret
    refused = 0
    for _ in range(400):
        broken = bytearray(data)
        broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            with open_archive(io.BytesIO(bytes(broken))) as opened:
                back = [(it.id, it.document) for it in opened.read_records()]
        except ConsultError:
            refused += 1
        else:
            assert back == [(it.id, it.document) for it in RECORDS]
    assert refused > 200


def test_progress_is_told_and_can_end_it() -> None:
    told: list[tuple[int, int]] = []
    with open_archive(io.BytesIO(write(*RECORDS)), lambda done, total: told.append((done, total))):
        pass
    assert told[-1] == (9, 9)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_archive(io.BytesIO(write(*RECORDS)), stop)
