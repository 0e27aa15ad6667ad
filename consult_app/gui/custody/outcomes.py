"""What came of work on the records, in sentences: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from consult_app.custody.exporting import CASES, Exported
from consult_app.exchange.archive import LeftOut
from consult_app.gui.custody.backups import Backups, count, write_moment
from consult_app.store.interface import PUT_AWAY, Damage
from consult_app.store.manifest import Backup
from consult_app.store.rows import FILE
from consult_app.wording import t, tn


def tell_last(last: Backup | None, backups: Backups) -> str:
    """Return when the last backup was made and where it lies."""
    if last is None:
        return t("No backup yet. It will go to {target}.", target=backups.target)
    told = t(
        "Last backup that was read back: {when} ({count}). It lies in {target}.",
        when=write_moment(last.at),
        count=count(last),
        target=backups.target,
    )
    trial = backups.find_trial()
    if trial is None:
        tried = t("No restore was tried out yet; it is done by itself every week.")
    elif trial.damaged:
        tried = t("A restore was tried out {when}: damaged.", when=write_moment(trial.at))
    else:
        tried = t("A restore was tried out {when}: whole.", when=write_moment(trial.at))
    return f"{told} {tried}"


def tell_made(made: Backup, damages: Sequence[Damage]) -> tuple[str, str]:
    """Return what a backup that was just made holds, damage included, and the tone to say it in."""
    text = t("Backed up and read back ({count}).", count=count(made))
    if any(damage.table == FILE for damage in damages):
        broken = t(
            "The file of the records itself is damaged. This backup has every row of it that can "
            "be read: restore it before anything else is saved. What is named here may be whole in "
            "an earlier one."
        )
        return f"{text} {broken} {_list_lines(damages)}.", "stop"
    if not made.damaged:
        return text, "ok"
    same = t("What is damaged in the records is damaged in it too.")
    return f"{text} {same} {tell_damages(damages)}", "warn"


def tell_damages(damages: Sequence[Damage]) -> str:
    """Return which records are damaged, that the others are not, and what helps."""
    return t(
        "{n} damaged: {lines}. The others can be read. Restore them from a backup.",
        n=len(damages),
        lines=_list_lines(damages),
    )


def tell_checked(damages: Sequence[Damage]) -> tuple[str, str]:
    """Return how reading everything that is kept went, and the tone to say it in."""
    if not damages:
        return t("Everything was read; nothing is damaged or missing."), "ok"
    return tell_damages(damages), "stop"


def tell_tried(damaged: int, backup: Backup) -> str:
    """Return what is wrong with the last backup, of which a restore was tried out, and what helps.

    Args:
        damaged: How much could not be restored; more than none.
        backup: The backup, which knows what was damaged in the records when it was made.
    """
    if damaged <= backup.damaged:
        return t(
            "A restore of the last backup was tried out. {n} in it cannot be read, and could not "
            "in the records when it was made; everything else can be restored. An older backup "
            "may have them whole.",
            n=damaged,
        )
    return t(
        "A restore of the last backup was tried out, and {n} of the records in it are damaged. The "
        "records themselves are as they were. Check them, then make a new backup.",
        n=damaged,
    )


def tell_drilled(damages: Sequence[Damage], backup: Backup) -> tuple[str, str]:
    """Return how trying out a restore of the last backup went, and the tone to say it in."""
    if not damages:
        return t("The last backup was restored beside the records. It is whole."), "ok"
    return f"{tell_tried(len(damages), backup)} {_list_lines(damages)}.", "stop"


def _list_lines(damages: Sequence[Damage | LeftOut]) -> str:
    return "; ".join(f"{it.table} {it.id}: {it.reason}" for it in damages[:5])


def tell_exported(exported: Exported, path: Path) -> tuple[str, str]:
    """Return what an export holds and what is not in it, and the tone to say it in."""
    counts = exported.counts
    text = t(
        "Exported to {path}. Patients: {patients}, signed visits: {visits}, unfinished: {drafts}, "
        "files: {files}. It is not encrypted.",
        path=path,
        patients=counts["patients"],
        visits=counts["consultations"],
        drafts=counts["drafts"],
        files=counts["attachments"],
    )
    if away := counts[PUT_AWAY]:
        text = f"{text} {tn('{n} visit was put away.', '{n} visits were put away.', away)}"
    left = [it for it in exported.left_out if it.table != CASES]
    if not left:
        return text, "ok"
    missing = t(
        "{n} could not be read and are not in it: {lines}.", n=len(left), lines=_list_lines(left)
    )
    return f"{text} {missing}", "warn"
