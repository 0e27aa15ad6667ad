"""The ledger of erasures in later backups, for when the records themselves are lost."""

from __future__ import annotations

from contextlib import closing

from consult_app.errors import ConsultError
from consult_app.store.backup import list_siblings
from consult_app.store.erasures import Erasure, Ledger
from consult_app.store.frozen import open_frozen
from consult_app.store.manifest import Backup
from consult_app.store.rows import Rows
from consult_app.store.sealing import Sealer


def read_later_ledger(backup: Backup, sealer: Sealer) -> tuple[Erasure, ...]:
    """Return who was erased after a backup, by what the later ones beside it tell together.

    Args:
        backup: The backup that is to be restored.
        sealer: Opens it, and those made with the same key.
    """
    later = [each for each in list_siblings(backup) if each.at > backup.at and each.is_sound]
    found: dict[str, Erasure] = {}
    for each in later:
        try:
            with closing(open_frozen(each.folder / each.file)) as engine:
                found.update({it.hash: it for it in Ledger(Rows(engine, sealer)).entries()})
        except ConsultError:
            continue  # of another key, or damaged: the next one may tell
    return tuple(found.values())
