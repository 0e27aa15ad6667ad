"""Records are counted as people know them: what was put away waits for nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from consult_app.custody.comparing import Fate
from consult_app.custody.erasing import Case, foretell
from consult_app.custody.exporting import Exported, Shipped, export_records
from consult_app.custody.importing import Changes
from consult_app.exchange.archive import Kind
from consult_app.gui.custody.backups import count
from consult_app.gui.custody.import_sheet import describe_changes
from consult_app.gui.custody.outcomes import tell_exported
from consult_app.knowledge.pack.pack import Pack
from consult_app.store.erasing import Belongings
from consult_app.store.manifest import Backup
from consult_app.store.memory import MemoryStore

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def tell(*away: str) -> str:
    """Return what is foretold of a patient with two visits that are not signed."""
    gone = Belongings(
        patient_id="p1", consultations=("a",), drafts=("b", "c"), put_away=away, attachments=("k",)
    )
    day = date(2026, 6, 15)
    return foretell(Case(belongings=gone, last_entry=day, years=0, free_from=day))


def test_a_visit_that_was_put_away_is_not_called_unfinished() -> None:
    assert tell("c").endswith("1 signed visit, 1 unfinished visit, 1 visit put away, 1 file.")
    assert tell().endswith("1 signed visit, 2 unfinished visits, 1 file.")


def export(pack: Pack, *states: str) -> Exported:
    """Return what is exported of records with drafts in these states."""
    store = MemoryStore()
    for number, state in enumerate(states):
        store.drafts.save(f"d{number}", {"id": f"d{number}", "state": state}, AT)
    return export_records(store, BytesIO(), Shipped(pack=pack), at=AT)


def test_an_export_tells_apart_what_is_unfinished_and_what_was_put_away(pack: Pack) -> None:
    done = export(pack, "draft", "put_away", "draft")
    assert (done.counts["drafts"], done.counts["put_away"]) == (2, 1)
    told, _ = tell_exported(done, Path("all.zip"))
    assert "unfinished: 2, " in told
    assert told.endswith("1 visit was put away.")


def test_where_nothing_was_put_away_nothing_is_said_of_it(pack: Pack) -> None:
    told, _ = tell_exported(export(pack, "draft"), Path("all.zip"))
    assert "put away" not in told


def test_an_import_counts_nothing_that_was_put_away_as_unfinished() -> None:
    """The sheet before an import told of three unfinished visits where two waited."""
    fates: dict[tuple[Kind, str], Fate] = dict.fromkeys(
        (("drafts", "a"), ("drafts", "b"), ("drafts", "c"), ("consultations", "c")), "new"
    )
    changes = Changes(fates=fates, put_away=frozenset("c"))

    assert changes.counts == {
        "consultations": {"new": 1},
        "drafts": {"new": 2},
        "put_away": {"new": 1},
    }
    told = describe_changes(changes).splitlines()
    assert told == [
        "Signed visits: 1 added",
        "Unfinished visits: 2 added",
        "Visits put away: 1 added",
    ]


@pytest.mark.parametrize(
    ("away", "told"), [(1, "unfinished: 2, put away: 1"), (0, "unfinished: 2")]
)
def test_a_backup_is_told_likewise(away: int, told: str) -> None:
    assert count(Backup(folder=Path(), at=AT, counts={"drafts": 2, "put_away": away})) == told
