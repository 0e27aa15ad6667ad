"""The program by a clinic's numbers: by those of today, and by those a visit was signed with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from consult_app.domain.consultation import Consultation
from consult_app.exchange.casefile import Case
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.document import Handout
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.pack.clinic import find_changes_of
from consult_app.knowledge.pack.pack import Pack
from consult_app.settings import LimitChange


class Program(Protocol):
    """What the composition root offers the window."""

    @property
    def resources(self) -> Path:
        """The program's resources."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Local wall-clock time."""

    @property
    def pack(self) -> Pack:
        """The clinical content."""

    def make_sheet(
        self,
        case: Case,
        visit: Consultation,
        look: ClinicLook,
        earlier: Sequence[Consultation],
        *,
        enlarged: bool = False,
    ) -> Sheet:
        """Return the finished handout of a case, with what was said in the consultation.

        One that is `enlarged` for who has it in ordinary print names no day sooner than that.
        """

    def tell(
        self, case: Case, visit: Consultation, look: ClinicLook, earlier: Sequence[Consultation]
    ) -> Handout:
        """Return what the handout of a case says, and what was said in the consultation."""

    def with_changes(self, changes: Iterable[LimitChange]) -> Program:
        """Return the program by a clinic's numbers."""


class Programs:
    """Finds the program by whose numbers a visit is told.

    Args:
        shipped: The program as it ships.
        changes: The clinic's changes of its numbers, in the order they were made.

    Attributes:
        today: The program by the numbers that hold now.

    Raises:
        InputError: A number cannot be used.
    """

    def __init__(self, shipped: Program, changes: Sequence[LimitChange]) -> None:
        self._shipped, self._changes = shipped, changes
        self.today = shipped.with_changes(changes)
        self._former: dict[str, Program] = {}

    def find(self, visit: Consultation) -> Program:
        """Return the program by the numbers a visit was signed with; by today's for any other.

        By today's too where the clinic's changes do not tell them, as after an update.
        """
        version = visit.content_version
        if visit.state != "signed" or version in {"", self.today.pack.version}:
            return self.today
        if version not in self._former:
            then = find_changes_of(self._shipped.pack, self._changes, version)
            told = self.today if then is None else self._shipped.with_changes(then)
            self._former[version] = told
        return self._former[version]
