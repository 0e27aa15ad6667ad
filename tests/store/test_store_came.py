"""A record that came from elsewhere is known as that until it is saved here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from consult_app.store.repositories import open_store

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)
DRAFT = {"id": "v1", "patient_id": "p1", "state": "draft"}


def test_what_came_from_elsewhere_stays_known_as_that_until_it_is_saved_here(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        store.drafts.take_in("v1", DRAFT, AT, AT, came=True)
        assert [it.came for it in store.drafts.list()] == ["yes"]
    with open_store(tmp_path) as store:
        (line,) = store.drafts.list()
        assert (line.came, line.saved_at) == ("yes", AT)
        store.drafts.save("v1", DRAFT, AT)
        assert [it.came for it in store.drafts.list()] == [""]
    with open_store(tmp_path) as store:
        assert [it.came for it in store.drafts.list()] == [""]
