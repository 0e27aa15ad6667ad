"""The consultations on this computer, as the window asks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import islice

from consult_app import log, record
from consult_app.domain.attachments import find_attachments
from consult_app.domain.consultation import Consultation, HandoutKept
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.own import Own
from consult_app.errors import ConsultError
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.start.listed_from import list_visit
from consult_app.gui.start.patients import Patients
from consult_app.gui.tasks import attempt
from consult_app.store.faults import StoreClosedError, StoreError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Store
from consult_app.store.writer import Writer
from consult_app.wording import t

PHRASES, PLANS = "phrases", "plans"
UNSAVED = t("The last changes could not be saved")
UNSAVED_ADVICE = t(
    "They are still in the window, and everything before them is kept. Try again; if it stays so, "
    "write down what was typed last."
)


class Visits:
    """Translates consultations to and from the documents of the store.

    Args:
        store: Where documents are kept.
        writer: Writes them beside the window.
        clock: Local wall-clock time.
    """

    def __init__(self, store: Store, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._writer = writer
        self._clock = clock
        self._patients = Patients(store, clock)
        self._last: dict[str, Future[None]] = {}

    def keep_draft(
        self,
        visit: Consultation,
        done: Callable[[datetime], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Make the draft durable in the background and say when it is; the newest value wins."""
        at = self._clock()

        def save() -> None:
            patient = self._patients.find_change(visit, at.replace(microsecond=0))
            kept = None if patient is None else record.write(patient, full=True)
            self._store.save_draft(_document(visit), kept, at.astimezone())

        def fail(error: BaseException) -> None:
            failed(error if isinstance(error, Exception) else ConsultError(t("Saving was stopped")))

        self._last[visit.id] = self._writer.submit(
            save, key=visit.id, done=lambda moment: done(moment.replace(tzinfo=None)), failed=fail
        )

    def finish_writing(self) -> None:
        """Return once everything handed over is durable.

        A save that had failed before this was asked counts as well: what it held is not kept.
        """
        last, self._last = self._last, {}

        def finish() -> None:
            self._writer.flush()
            for save in last.values():
                save.result()

        attempt(finish, _tell)

    def list_drafts(self, text: str = "", limit: int | None = None) -> Sequence[ListedVisit]:
        """Return what is unfinished, last saved first; with a text only what matches it."""
        begun = (line for line in self._store.drafts.find(text) if line.state != PUT_AWAY)
        return [list_visit(line, self._clock) for line in islice(begun, limit)]

    def open_visit(self, visit_id: str) -> Consultation:
        """Return one consultation.

        Raises:
            ConsultError: There is none, or it cannot be read.
        """
        try:
            document, is_signed = self._store.consultations.get(visit_id), True
        except UnknownRecordError:
            document, is_signed = self._store.drafts.get(visit_id), False
        visit = record.read(Consultation, document, title=t("This record cannot be read"))
        return visit if is_signed else self._patients.recall(visit)

    def drop_draft(self, visit_id: str) -> None:
        """Delete an unfinished consultation."""
        self._store.drafts.delete(visit_id)

    def put_away(self, visit_id: str, why: str) -> None:
        """Put an unfinished visit away as it is, and have the audit tell why."""
        document = self._store.drafts.get(visit_id)
        turned = {**document, "state": PUT_AWAY, "put_away": why}
        self._turn(turned, f"{document['kind']}.put_away", why)

    def take_up(self, visit: Consultation) -> None:
        """Have a visit that was put away wait among the unfinished ones again, as it is given.

        By when it was saved it is told whether what it answers is newer than another record, so
        what is out of date by now must not be saved anew.
        """
        turned = _document(replace(visit, state="draft", put_away=""))
        self._turn(turned, f"{visit.kind}.taken_up")

    def _turn(self, turned: dict[str, object], act: str, why: str = "") -> None:
        """Keep where an unfinished visit stands by now, and have the audit tell it."""
        self._store.save_draft(turned, None, self._clock().astimezone(), act, why)

    def withdraw(self, visit: Consultation) -> None:
        """Take back an unfinished consultation, and its patient if it is all there is of them."""
        self._store.withdraw(visit.id, visit.patient_id, self._clock().astimezone())

    def sign(self, visit: Consultation, pdf: bytes | None, pages: int) -> Consultation:
        """Keep the signed visit and the exact PDF handed over, if there was one, all or nothing."""
        self._writer.flush()
        at = self._clock()
        sheets: dict[str, bytes] = {}
        if pdf is not None:
            kept = HandoutKept(
                attachment=self._store.attachments.make_key(),
                sha256=sha256(pdf).hexdigest(),
                pages=pages,
                made_at=at.replace(microsecond=0),
            )
            sheets[kept.attachment] = pdf
            visit = replace(visit, handout=kept)
        signed = replace(visit, fingerprint=make_fingerprint(_document(visit)))
        patient = self._patients.describe(signed, at.replace(microsecond=0))
        kept_patient = record.write(patient, full=True)
        self._store.save_signed(_document(signed), kept_patient, sheets, at.astimezone())
        return signed

    def list_addenda(self, visit: Consultation) -> Sequence[Consultation]:
        """Return what was added to a signed record, oldest first."""
        lines = self._store.consultations.of_patient(visit.patient_id)
        added = [it.id for it in lines if it.kind == "addendum" and it.follows == visit.id]
        return [self.open_visit(visit_id) for visit_id in reversed(added)]

    def read_handout(self, visit: Consultation) -> bytes:
        """Return the PDF kept with a signed consultation."""
        if visit.handout is None:
            raise ConsultError(
                t("No handout was kept with this record"), t("Make a new one to print.")
            )
        return self._store.attachments.get(visit.handout.attachment)

    def keep_photograph(self, data: bytes) -> str:
        """Keep a photograph, encrypted, and return its key; durable on return. Any thread."""
        key = self._store.attachments.make_key()
        self._store.attachments.put(key, data)
        return key

    def read_photograph(self, key: str) -> bytes:
        """Return a photograph as it was kept. Any thread."""
        return self._store.attachments.get(key)

    def drop_photographs(self, keys: Collection[str], patient_id: str) -> None:
        """Take away photographs to which no visit of a patient refers any more.

        Of a visit and the copy of it that is kept beside both refer to the same ones. Where one of
        them cannot be read, nothing is taken away.
        """
        if not keys:
            return
        try:
            kept = {
                key
                for records in (self._store.drafts, self._store.consultations)
                for line in records.of_patient(patient_id)
                for _, key in find_attachments(records.get(line.id))
            }
        except ConsultError:
            return
        for key in keys:
            if key not in kept:
                self._store.attachments.discard(key)

    def tell_audit(self, action: str, *ids: str) -> None:
        """Have the audit tell, beside the work, what was done with records."""
        at = self._clock().astimezone()

        def add() -> None:
            try:
                self._store.audit.record(action, ids, at)
            except StoreError as error:
                log.note("audit.failed", kind=type(error).__name__)

        try:
            self._writer.submit(add)
        except StoreClosedError:
            log.note("audit.failed", kind="closed")

    def read_own(self) -> Own:
        """Return the saved phrases and plans, oldest first.

        Raises:
            ConsultError: They cannot be read.
        """
        kept = {name: self._store.settings.get(name, []) for name in (PHRASES, PLANS)}
        return record.read(Own, kept, title=t("Your phrases and plans cannot be read"))

    def save_own(self, own: Own) -> None:
        """Keep these phrases and plans; with the records, for a phrase may speak of a patient."""
        kept = record.write(own, full=True)
        before = self.read_own()
        for name in (PHRASES, PLANS):
            if getattr(own, name) != getattr(before, name):
                self._store.settings.set(name, kept[name])

    def close(self) -> None:
        """Write what is left and close the store, also when something could not be written."""
        try:
            self._writer.close()
        finally:
            self._store.close()


def _tell(error: Exception) -> None:
    """Raise what kept changes from being saved, also what nobody foresaw, as people can act on it.

    Whoever locks or closes is to hear of it: it would go with the window.
    """
    if isinstance(error, ConsultError):
        raise error
    raise ConsultError(UNSAVED, UNSAVED_ADVICE, (type(error).__name__,)) from error


def _document(visit: Consultation) -> dict[str, object]:
    document: dict[str, object] = record.write(visit, full=True)
    return document
