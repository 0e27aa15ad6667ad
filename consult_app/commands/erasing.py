"""`records erase`: whether a patient may be erased, and the certificate that they are."""

from __future__ import annotations

import argparse
from dataclasses import replace
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
    RetentionUnsetError,
    certify,
    check_reason,
    consider,
    erase_patient,
    foretell,
    refuse,
)
from consult_app.errors import Fault, InputError
from consult_app.files import write_file
from consult_app.settings import read_settings
from consult_app.store.faults import UnknownRecordError
from consult_app.store.unlocking import SealedStore
from consult_app.store.watching import Watch

NO_SUCH = "Nobody was erased"
WHICH = (
    "no patient has this id; give the one that `records find` prints, as a name may be of several"
)
BY_FILE = "Without a window, write retention_years under [keeping] in settings.toml."
FORMAT = "consult-records-erase/1"


def erase(chosen: argparse.Namespace) -> int:
    """Erase a patient, or say why not; the answer is no while the record has to be kept."""
    program = Program()
    now = program.clock().astimezone()
    years = read_settings(paths.find_home()).keeping.retention_years
    with open_sealed_records("erasure") as store:
        _sign(store, chosen.by)
        with watching("Looking for everything of this patient") as watch:
            case = _consider(store, chosen.patient, years, watch)
        allowed = case.is_allowed(now.date())
        if not chosen.check:
            check_reason(case, chosen.reason)
        if not allowed or chosen.check:
            text = refuse(case) if not allowed else foretell(case)
            _hand_over(chosen, {"erased": False, "allowed": allowed, **_case_json(case)}, text)
            return DONE if allowed else SAID_NO
        say(foretell(case))
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


def _consider(store: SealedStore, patient: str, years: int | None, watch: Watch) -> Case:
    """Return what there is to say about erasing a patient; a name instead of an id is answered.

    Raises:
        InputError: There is no such id; those that a name finds are named by their ids alone.
    """
    try:
        return consider(store, patient, years, watch)
    except UnknownRecordError:
        found = [line.id for line in store.patients.find(patient)]
        told = (WHICH, *(f"this text finds {it}" for it in found))
        raise InputError(NO_SUCH, tuple(Fault("PATIENT", it) for it in told)) from None
    except RetentionUnsetError as error:
        raise RetentionUnsetError(error.title, f"{error.advice} {BY_FILE}") from None


def _sign(store: SealedStore, code: str) -> None:
    """Have the ledger and the audit name who erases, where it is somebody else than usual."""
    try:
        if code:
            store.audit.act_as(replace(store.audit.actor, who=code, role=""))
    except ValueError as error:
        raise InputError("This cannot be kept", (Fault("--by", str(error)),)) from None


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
