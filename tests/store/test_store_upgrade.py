"""Documents of past formats are read as new ones; newer ones are refused, not guessed at."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult_app.domain.consultation import SCHEMA
from consult_app.errors import InputError
from consult_app.store.engine import open_engine
from consult_app.store.faults import NewerStoreError
from consult_app.store.interface import Document
from consult_app.store.kinds import DRAFTS
from consult_app.store.repositories import open_store
from consult_app.store.rows import Rows
from consult_app.store.sealing import PlainSealer
from consult_app.store.tables import Documents
from consult_app.store.upgrade import CONSULTATION, Format, Step

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)


def _rename(document: Document) -> dict[str, object]:
    changed = dict(document)
    changed["record_number"] = changed.pop("number")
    return changed


def _join(document: Document) -> dict[str, object]:
    return {**document, "name": f"{document['given']} {document['family']}"}


THREE = Format(kind="test", newest=3, steps={1: _rename, 2: _join})


def test_a_document_passes_every_step_from_its_own_version_on() -> None:
    first = {"schema": 1, "number": "A", "given": "Ana", "family": "B"}
    assert THREE.bring(first) == {
        "schema": 3,
        "record_number": "A",
        "given": "Ana",
        "family": "B",
        "name": "Ana B",
    }
    assert first == {"schema": 1, "number": "A", "given": "Ana", "family": "B"}
    assert THREE.bring({"schema": 2, "given": "A", "family": "B"})["name"] == "A B"
    assert THREE.bring({"schema": 3, "x": 1}) == {"schema": 3, "x": 1}
    assert THREE.bring({"x": 1}) == {"x": 1, "schema": 3}


def test_a_newer_document_is_refused_with_the_version_it_needs() -> None:
    with pytest.raises(NewerStoreError) as caught:
        THREE.bring({"schema": 4})
    assert caught.value.details == ("format 4 is needed, this program reads up to 3",)
    assert "test format 4" in caught.value.advice


@pytest.mark.parametrize("version", [0, -1, True, "2", 2.0, None, []])
def test_a_version_that_is_none_is_refused(version: object) -> None:
    with pytest.raises(InputError):
        THREE.bring({"schema": version})


@pytest.mark.parametrize("steps", [{}, {1: _join}, {1: _join, 2: _join, 3: _join}, {2: _join}])
def test_a_format_without_a_step_for_each_past_version_is_refused(
    steps: Mapping[int, Step],
) -> None:
    with pytest.raises(ValueError, match="versions"):
        Format(kind="test", newest=3, steps=steps)


def test_consultations_are_kept_in_the_format_the_domain_writes() -> None:
    assert CONSULTATION.newest == SCHEMA


def _write_raw(folder: Path, record_id: str, document: Document) -> None:
    """Write as another version of the program would."""
    with closing(open_engine(folder)) as engine:
        rows = Rows(engine, PlainSealer(engine.read_fact("store_id")))
        Documents(rows).records(DRAFTS.table).keep(record_id, document)


def test_what_a_newer_version_wrote_is_listed_but_neither_read_nor_overwritten(
    tmp_path: Path,
) -> None:
    _write_raw(tmp_path, "new", {"schema": SCHEMA + 1, "patient": {"name": "Ana"}})
    with open_store(tmp_path) as store:
        assert [row.name for row in store.drafts.list()] == ["Ana"]
        with pytest.raises(NewerStoreError):
            store.drafts.get("new")
        with pytest.raises(NewerStoreError):
            store.drafts.save("new", {"mine": 1}, AT)
        store.drafts.save("other", {"mine": 1}, AT)
    with closing(open_engine(tmp_path)) as engine:
        rows = Rows(engine, PlainSealer(engine.read_fact("store_id")))
        kept = Documents(rows).records(DRAFTS.table).look_up("new")
    assert kept == {"schema": SCHEMA + 1, "patient": {"name": "Ana"}}
