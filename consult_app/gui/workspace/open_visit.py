"""A consultation that is open: its session, the workspace that shows it, and its journal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.session import Session
from consult_app.gui.start.of_practice import follow_practice, judge_by_device, name_practice
from consult_app.gui.tasks import finish
from consult_app.gui.theme import Theme
from consult_app.gui.workspace.earlier import follow_needled, list_treated_days
from consult_app.gui.workspace.harms_shown import HarmsShown
from consult_app.gui.workspace.journal import Journal
from consult_app.gui.workspace.overtaking import judge_overtaken
from consult_app.gui.workspace.plan_accepted import PlanAccepted
from consult_app.gui.workspace.renewal import renew
from consult_app.gui.workspace.stepping import follow_steps, judge_steps, renew_depths
from consult_app.gui.workspace.unfinished import judge_beside
from consult_app.gui.workspace.unpatched import Judge, judge_reacted, judge_unpatched
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.visits.dated_ahead import judge_ahead
from consult_app.knowledge.visits.dated_before import judge_day
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.over_since import judge_over_since
from consult_app.knowledge.visits.recorded_before import judge_dated
from consult_app.knowledge.visits.signed_otherwise import judge_as_signed


class OpenVisit(QObject):
    """Belongs together while one consultation is worked on, and goes together.

    Args:
        visit: The consultation.
        said: The signed visit it follows, with what was said after it.
        addenda: What was added to it since it was signed.
        theme: The look.
        desk: What it works with.
        parent: Qt owner.
        begun: It is opened for the first time.

    Attributes:
        since: When the work on it began this time; the hours for which it was closed are no work.
    """

    def __init__(  # noqa: PLR0913 - what a visit belongs to, and how it is opened by name
        self,
        visit: Consultation,
        said: LastSaid | None,
        addenda: Sequence[Consultation],
        theme: Theme,
        desk: Desk,
        parent: QObject,
        *,
        begun: bool = False,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.since = desk.clock()
        self._day = self.since.date()
        visit = name_practice(visit, desk.settings, find_planned(said))
        self._begun = visit if begun else None
        self._patient, self._given = visit.patient, list_given(visit)
        judge = find_judge(desk, visit, said)
        visit = visit if begun else renew_depths(desk, visit, judge)
        self.session = Session(visit, judge, desk.clock, self, said=said)
        self.session.changed.connect(self._follow_given)  # before anything that shows it
        self._harms = HarmsShown(self.session, lambda: self.desk)
        self._accepted = PlanAccepted(self.session)
        self.workspace = Workspace(theme, self.session, desk, addenda)
        self.journal = Journal(self.session, desk.records, self.workspace)
        self._connect_journal()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.show_elapsed)
        self._photographs = {it.attachment for it in visit.skin.pictures}
        self.session.changed.connect(self._note_photographs)
        self.journal.save_now()
        self._clock.start()
        self.show_elapsed()

    def _connect_journal(self) -> None:
        footer = self.workspace.footer
        self.journal.saving.connect(footer.show_saving)
        self.journal.saved.connect(footer.show_saved)
        self.journal.failed.connect(footer.show_save_failed)
        footer.retry_wanted.connect(self.journal.save_now)
        self.journal.handing_over.connect(self.workspace.bookmark.note)
        self.workspace.bookmark.moved.connect(self.journal.note_place)

    @property
    def untouched(self) -> bool:
        """Whether nothing was entered since it was begun; where the keyboard was is nothing."""
        begun, now = self._begun, self.session.visit
        return begun is not None and begun == replace(
            now, panel=begun.panel, focus=begun.focus, cursor=begun.cursor
        )

    @property
    def renamed(self) -> bool:
        """Whether who the patient is was changed here; the patient's own record follows that."""
        return self._patient != self.session.visit.patient

    def use(self, desk: Desk) -> None:
        """Work with another desk, as after the settings changed.

        Panels made with other content would go on telling, and allowing, what that said.
        """
        before, self.desk = self.desk, desk
        session = self.session

        def follow(visit: Consultation) -> Consultation:
            visit = follow_practice(visit, before.settings, desk.settings)
            return name_practice(visit, desk.settings, find_planned(session.said))

        session.fill_in(follow)
        session.judge_by(find_judge(desk, session.visit, session.said))
        self._offer_depths()
        if tell_rules(desk) != tell_rules(before):
            renew(self.workspace, desk=desk)

    def _follow_given(self) -> None:
        """Know what follows for the visit once one of its days or its device is another.

        That is what was needled by then, and what the label of the device here adds.
        """
        visit = self.session.visit
        if list_given(visit) == self._given or visit.kind not in {"consultation", "treatment"}:
            return
        self._given = list_given(visit)
        self.session.fill_in(follow_needled(self.desk, visit))
        self.session.fill_in(lambda it: judge_by_device(it, self.desk.settings))
        self.session.judge_again()
        self._offer_depths()

    def _offer_depths(self) -> None:
        """Offer a treatment the depths by what is known now, where nobody confirmed others."""
        session = self.session
        if session.visit.kind == "treatment" and not session.locked:
            judge = find_judge(self.desk, session.visit, session.said)
            session.fill_in(follow_steps(self.desk, session.visit, judge))
            session.judge_again()

    def show_elapsed(self) -> None:
        """Show how long the visit has run since it was opened, and on a new day of which it is."""
        day = self.desk.clock().date()
        if day != self._day:
            self._day = day
            self.session.judge_again()
            self.session.dated.emit()
        self.workspace.show_elapsed(self.since, on=self.desk.settings.screen.show_elapsed)

    def _note_photographs(self) -> None:
        self._photographs.update(it.attachment for it in self.session.visit.skin.pictures)

    def _drop_photographs(self) -> None:
        """Take away what was removed for good: nothing can be undone any more.

        What cannot be taken away now opens for nobody, for its key stood in the visit alone.
        """
        kept = {it.attachment for it in self.session.visit.skin.pictures}
        with suppress(ConsultError):
            gone, patient_id = self._photographs - kept, self.session.visit.patient_id
            self.desk.records.drop_photographs(gone, patient_id)

    def finish(self) -> None:
        """Wait for what is still on its way into the visit.

        A photograph that was chosen is taken in beside the window, and a sheet is made there at
        signing: what is begun or listed next is to know of either.
        """
        held = self.session.held
        finish(self.workspace.window() if held else self.workspace)

    def keep(self) -> None:
        """Hand the visit over to be made durable, with all that was on its way into it."""
        self.finish()
        self.journal.save_now()

    def close(self) -> None:
        """Forget what could be undone and let go of everything; what it held is kept by now."""
        self.journal.close()
        self._clock.stop()
        self._drop_photographs()
        self.session.forget_steps()
        self.workspace.deleteLater()
        self.deleteLater()


def list_given(visit: Consultation) -> tuple[object, ...]:
    """Return what more follows from than is judged: its days, the birth date and the device."""
    first = visit.plan.first_session
    planned = first.date() if first is not None else None
    return visit.visit_date, planned, visit.patient.date_of_birth, visit.plan.device_kind


def tell_rules(desk: Desk) -> tuple[object, ...]:
    """Return by what panels tell what is allowed, and whether there is another to sign it.

    That is content, who may set it aside, and the device.
    """
    practice = desk.settings.practice
    device = (practice.device_kind, practice.device_label_max_mm)
    return (desk.pack.version, practice.supervisor, *device, bool(desk.settings.colleagues))


def find_planned(said: LastSaid | None) -> Consultation | None:
    """Return the consultation that a visit follows."""
    return said.visit if said is not None else None


def find_judge(desk: Desk, visit: Consultation, said: LastSaid | None) -> Judge:
    """Return what judges a visit: a treatment beside all that is known of its patient."""
    if visit.kind == "treatment":
        judge = judge_treatment(desk, visit, said)
    else:
        judge = judge_as_signed(desk.pack, desk.judge, desk.judge_then)
        judge = judge_over_since(desk.pack, said, judge)
    if visit.kind == "consultation":
        judge = judge_reacted(desk, visit, judge)
    if visit.kind in {"consultation", "treatment"}:
        judge = judge_ahead(judge, list_treated_days(desk, visit), lambda: desk.clock().date())
    return judge_dated(said, judge)


def judge_treatment(desk: Desk, visit: Consultation, said: LastSaid | None) -> Judge:
    """Return what judges a treatment beside all that is known of its patient."""
    last = find_planned(said)
    # What was done stands as it was signed.
    judge = judge_overtaken(replace(desk, judge=desk.judge_then), visit)
    judge = judge_beside(desk, visit, judge)
    judge = judge_steps(desk, visit, judge_unpatched(desk, visit, last, judge))
    return judge_day(last, judge_over_since(desk.pack, said, judge))
