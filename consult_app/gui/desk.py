"""What the window is given to work with; `app.py` builds it once and passes it in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from consult_app.domain.consultation import Consultation
from consult_app.domain.own import Own
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.gui.start.listed import FollowUp, ListedPatient, ListedVisit
from consult_app.handout.document import Handout
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.settings import Settings


class Records(Protocol):
    """The consultations on this computer, as the window needs them.

    Every failure is a `ConsultError`.
    """

    def keep_draft(
        self,
        visit: Consultation,
        done: Callable[[datetime], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Make the draft durable in the background and say when it is; the newest value wins."""

    def finish_writing(self) -> None:
        """Return once everything handed over is durable."""

    def list_drafts(self, text: str = "", limit: int | None = None) -> Sequence[ListedVisit]:
        """Return what is unfinished, last saved first; with a text only what matches it.

        No more than `limit` of them, where there is one.
        """

    def open_visit(self, visit_id: str) -> Consultation:
        """Return one consultation."""

    def drop_draft(self, visit_id: str) -> None:
        """Delete an unfinished consultation."""

    def put_away(self, visit_id: str, why: str) -> None:
        """Put an unfinished visit away as it is, with the code of a reason."""

    def take_up(self, visit: Consultation) -> None:
        """Have a visit that was put away wait among the unfinished ones again, as it is given."""

    def withdraw(self, visit: Consultation) -> None:
        """Take back an unfinished consultation, and its patient if it is all there is of them."""

    def sign(self, visit: Consultation, pdf: bytes | None, pages: int) -> Consultation:
        """Keep the signed visit and the exact PDF handed over, if there was one, all or nothing."""

    def list_addenda(self, visit: Consultation) -> Sequence[Consultation]:
        """Return what was added to a signed record, oldest first."""

    def read_handout(self, visit: Consultation) -> bytes:
        """Return the PDF kept with a signed consultation."""

    def keep_photograph(self, data: bytes) -> str:
        """Keep a photograph, encrypted, and return its key; durable on return. Any thread."""

    def read_photograph(self, key: str) -> bytes:
        """Return a photograph as it was kept. Any thread."""

    def drop_photographs(self, keys: Collection[str], patient_id: str) -> None:
        """Take away photographs that no visit refers to any more."""

    def tell_audit(self, action: str, *ids: str) -> None:
        """Have the audit tell, beside the work, what was done with records: a code and their ids.

        What fails is logged: nobody is kept from a record because the audit cannot be written.
        """

    def read_own(self) -> Own:
        """Return the saved phrases and plans, oldest first."""

    def save_own(self, own: Own) -> None:
        """Keep these phrases and plans and no others."""


class Directory(Protocol):
    """The patients of this clinic, as the window needs them.

    Every failure is a `ConsultError`.
    """

    def open(self, patient_id: str) -> PatientRecord:
        """Return one patient."""

    @property
    def is_at_hand(self) -> bool:
        """Whether lists and searches answer at once; otherwise `read_ahead` comes first."""

    def read_ahead(self) -> None:
        """Read what lists and searches need, off the window's thread."""

    def find(self, text: str, limit: int) -> Sequence[ListedPatient]:
        """Return those whose name, birth date or record number match, last saved first."""

    def find_namesakes(self, patient: Patient) -> Sequence[ListedPatient]:
        """Return those who may be the same person: born on the same day, with a similar name."""

    def list_visits(self, patient_id: str) -> Sequence[ListedVisit]:
        """Return what is unfinished, then signed, latest day first, then put away."""

    def find_lots(self, text: str, limit: int) -> Sequence[ListedVisit]:
        """Return the treatments at which a lot was used."""

    def list_due(
        self, today: date, limit: int | None = None, *, every: bool = False
    ) -> Sequence[FollowUp]:
        """Return the nearest who are expected about now, or at all; earliest first."""

    def list_due_of(self, patient_id: str, today: date) -> Sequence[FollowUp]:
        """Return what one patient is expected back for, also long from now, earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Content, records, settings and the clock.

    Attributes:
        pack: The clinical content.
        records: Where consultations are kept.
        patients: Who they are of.
        clock: Local wall-clock time.
        judge: What the content says of a consultation, by the clinic's numbers of today.
        judge_then: What it says of a signed one by the numbers it was signed with, if known.
        make_sheet: Makes the handout of a consultation; raises `ConsultError` when it cannot.
        enlarge_sheet: Makes it anew in large print, with no day sooner than in ordinary print.
        tell_patient: Says in words what that handout says, for a screen; raises likewise.
        begin_visit: Makes an empty consultation for a new patient, with what the practice chose.
        begin_again: Makes one for a patient of the directory, following a visit or none.
        begin_after: Makes a treatment, a review or an addendum after a signed visit.
        sample_visit: Makes a consultation with an invented patient, to try the program.
        read_case: Reads a case file as a new consultation.
        settings: What the practice chose.
        save_settings: Keeps changed settings and returns the desk that works by them.
        resources: The program's resources.
        home: Where records, settings and logs are kept.
    """

    pack: Pack
    records: Records
    patients: Directory
    clock: Callable[[], datetime]
    judge: Callable[[Consultation], Judgement]
    judge_then: Callable[[Consultation], Judgement]
    make_sheet: Callable[[Consultation], Sheet]
    enlarge_sheet: Callable[[Consultation], Sheet]
    tell_patient: Callable[[Consultation], Handout]
    begin_visit: Callable[[Settings, Patient], Consultation]
    begin_again: Callable[[Settings, PatientRecord, str | None], Consultation]
    begin_after: Callable[[str, Settings, PatientRecord, Consultation, int], Consultation]
    sample_visit: Callable[[], Consultation]
    read_case: Callable[[Path], Consultation]
    settings: Settings
    save_settings: Callable[[Settings], Desk]
    resources: Path
    home: Path

    @property
    def sheet_languages(self) -> tuple[tuple[str, str], ...]:
        """Tag and own name of every language that the patient's sheet can be written in."""
        # Behind the first frame: only two sheets ask.
        from consult_app.i18n.translator import list_languages  # noqa: PLC0415

        return list_languages(self.resources / "translations")
