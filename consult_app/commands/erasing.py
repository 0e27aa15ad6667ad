"""`records erase`: whether a patient may be erased, and the certificate that they are."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from consult_app import paths
from consult_app.app import Program
from consult_app.commands.keeping import back_up
from consult_app.commands.opening import open_sealed_records
from consult_app.commands.speech import DONE, SAID_NO, confirm, print_json, say
from consult_app.commands.stopping import watching
from consult_app.custody.erasing import (
    Case,
    Certificate,
    check_reason,
    consider,
    erase_patient,
    refuse,
)
from consult_app.errors import Fault, InputError
from consult_app.files import write_file
from consult_app.settings import read_settings
from consult_app.store.entry import Actor
from consult_app.store.unlocking import SealedStore

FORMAT = "consult-records-erase/1"


def erase(chosen: argparse.Namespace) -> int:
    """Erase a patient, or say why not; the answer is no while the record has to be kept."""
    program = Program()
    now = program.clock().astimezone()
    years = read_settings(paths.find_home()).keeping.retention_years
    with open_sealed_records("erasure") as store:
        _sign(store, chosen.by)
        with watching("Looking for everything of this patient") as watch:
            case = consider(store, chosen.patient, years, watch)
        allowed = case.is_allowed(now.date())
        if not chosen.check:
            check_reason(case, chosen.reason)
        if not allowed or chosen.check:
            text = refuse(case) if not allowed else _foretell(case)
            _hand_over(chosen, {"erased": False, "allowed": allowed, **_case_json(case)}, text)
            return DONE if allowed else SAID_NO
        say(_foretell(case))
        if not chosen.yes:
            confirm("This cannot be undone.")
        backup = back_up(store, program)
        with watching("Erasing") as watch:
            done = erase_patient(
                store,
                case,
                chosen.reason,
                backup=backup,
                at=program.clock().astimezone(),
                anonymously=chosen.anonymise,
                watch=watch,
            )
    result = {"erased": True, **_certificate_json(done), "backup": str(backup.folder)}
    _hand_over(chosen, {**result, **_case_json(case)}, certify(done))
    return DONE


def _sign(store: SealedStore, code: str) -> None:
    """Have the ledger and the audit name who erases."""
    try:
        store.audit.act_as(Actor(who=code))
    except ValueError as error:
        raise InputError("This cannot be kept", (Fault("--by", str(error)),)) from None


def certify(done: Certificate) -> str:
    """Return the certificate in words that can be handed over; it names nobody."""
    kept = (
        f" {done.kept_anonymous} visits stay for the clinic's figures, without name, days and "
        "anything that was typed."
        if done.kept_anonymous
        else ""
    )
    return (
        f"On {done.entry.at:%Y-%m-%d} everything kept of one patient was erased: "
        f"{done.counts['consultations']} signed visits, {done.counts['drafts']} unfinished ones, "
        f"{done.counts['attachments']} files and the entry in the directory.{kept} "
        f"{done.proof.rows} records and {done.proof.bytes} bytes were searched afterwards; nothing "
        f"speaks of this patient any more. Ledger entry {done.entry.hash[:16]}. Backups made "
        f"before still hold the record, sealed, until they are rotated out: by "
        f"{done.backups_until} if backups go on as they are set. A restore from one of them erases "
        "the patient again. Copies that were taken elsewhere are not known to the program."
    )


def _foretell(case: Case) -> str:
    gone = case.belongings
    return (
        f"This patient may be erased since {case.free_from}: {len(gone.consultations)} signed "
        f"visits, {len(gone.drafts)} unfinished ones, {len(gone.attachments)} files."
    )


def _hand_over(chosen: argparse.Namespace, result: dict[str, Any], text: str) -> None:
    """Print the result, and write it down where that was asked for."""
    if chosen.output:
        write_file(Path(chosen.output), f"{text}\n".encode())
    print_json({"format": FORMAT, **result, "text": text})
    say(
        "Erased, and nothing speaks of this patient any more. The certificate is in the result."
        if result["erased"]
        else text
    )


def _case_json(case: Case) -> dict[str, Any]:
    return {
        "last_entry": str(case.last_entry),
        "retention_years": case.years,
        "may_be_erased_from": str(case.free_from),
    }


def _certificate_json(done: Certificate) -> dict[str, Any]:
    return {
        "how": done.entry.how,
        "at": done.entry.at.isoformat(),
        "ledger": done.entry.hash,
        "counts": dict(done.counts),
        "kept_anonymous": done.kept_anonymous,
        "damaged_visits": done.unread,
        "searched": {"rows": done.proof.rows, "bytes": done.proof.bytes},
        "backups_until": str(done.backups_until),
    }
