"""Says when the patient is to come next by the plan, while no date is written or one too early."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import UNSETTLED, Review, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_weekday
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.today import tell_near_event
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.earlier import recall_earlier
from consult_app.gui.workspace.entered import is_replaced
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.coming import Coming, find_coming, is_put_off
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.soonest import find_too_early
from consult_app.values import replace
from consult_app.wording import t, tn

BY_PLAN = {
    "treatment": t(
        "No date is written. By the plan the next treatment is on {day} at the earliest."
    ),
    "review": t("No date is written. By the plan the review is on {day}."),
}
UNSETTLED_DAY = t(
    "No date is written, and by the plan the day is not settled. Today stands in Follow-ups due "
    "until one is written."
)
AS_BEFORE = {
    "treatment": t("No date is written. The next treatment is planned for {day}."),
    "review": t("No date is written. The review is planned for {day}."),
    "test_patch": t("No date is written. The test patch is planned for {day}."),
    "decision": t("No date is written. The patient thinks about it, and is asked on {day}."),
}
OVERTAKEN = t("No date is written. A later consultation counts: what comes next is by that one.")
ABSENT = t("No date is written. What the patient was expected for stays in Follow-ups due.")
UNTIL = t("{told} That day stands in Follow-ups due until another is written.")
FROM_NOW = t(
    "{told} Because of the side effect this patient stands in Follow-ups due from today on, until "
    "a date is written."
)
SIGNED = t("No date was written. By the plan the patient is expected on {day}.")
SIGNED_OVERTAKEN = t(
    "No date was written. A later consultation counts: what comes next is by that one."
)
SIGNED_UNSETTLED = t("No date was written. The patient stands in Follow-ups due from {day} on.")


def tell_too_early(
    pack: Pack,
    visit: Consultation,
    judgement: Judgement,
    earlier: Sequence[Consultation] = (),
    said: LastSaid | None = None,
) -> str:
    """Return that the next date is too early for a treatment, and why; else empty."""
    soonest = find_too_early(pack, visit, judgement, earlier, said)
    if soonest is None:
        return ""
    day = write_weekday(soonest.day)
    if soonest.event is not None:
        return tell_near_event(soonest.event, soonest.days, soonest.day)
    if visit.review is not None and soonest.days:
        return _tell_resting(visit.review, soonest.days, day)
    if soonest.weeks:
        return tn(
            "Too early for a treatment: this plan keeps at least {n} week between two. The first "
            "day is {day}.",
            "Too early for a treatment: this plan keeps at least {n} weeks between two. The first "
            "day is {day}.",
            soonest.weeks,
            day=day,
        )
    if soonest.days:
        return tn(
            "Too early for a treatment: {n} day is kept after this depth. The first day is {day}.",
            "Too early for a treatment: {n} days are kept after this depth. The first day is "
            "{day}.",
            soonest.days,
            day=day,
        )
    return _tell_waiting(visit, day)


def _tell_waiting(visit: Consultation, day: str) -> str:
    """Return that what was found is not over by then."""
    if visit.review is not None and visit.review.next_visit == "test_patch":
        return t(
            "Too early for a test patch, which is needling too: what was found has it wait until "
            "{day}.",
            day=day,
        )
    if visit.treatment is not None and visit.treatment.treated is False:
        return t("Too early for a treatment: what was found lets the plan begin on {day}.", day=day)
    return t("Too early for a treatment: what was found has it wait until {day}.", day=day)


def _tell_resting(review: Review, days: int, day: str) -> str:
    """Return that the skin still rests after the last treatment, for another or a test patch."""
    if review.next_visit == "test_patch":
        return tn(
            "Too early for a test patch, which is needling too: {n} day is kept after the depth of "
            "the last treatment. The first day is {day}.",
            "Too early for a test patch, which is needling too: {n} days are kept after the depth "
            "of the last treatment. The first day is {day}.",
            days,
            day=day,
        )
    return tn(
        "Too early for a treatment: {n} day is kept after the depth of the last one. The first day "
        "is {day}.",
        "Too early for a treatment: {n} days are kept after the depth of the last one. The first "
        "day is {day}.",
        days,
        day=day,
    )


class ByPlan(Notice):
    """One line beneath the next date, with a way to take the plan's day as the one agreed.

    Args:
        theme: The look.
        desk: Opens what was done before.
        session: The open treatment or review.
        take: Writes the day that was taken.
        parent: Qt owner.
    """

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        session: Session,
        take: Callable[[Coming], None],
        parent: QWidget,
    ) -> None:
        super().__init__(theme, "", "info", parent=parent)
        self._desk, self._session, self._take_day = desk, session, take
        self._beside: object = None
        self.set_dismissible(on=False)
        self.acted.connect(self._take)

    def show_visit(self) -> None:
        """Say it while nothing is written; of a signed record what it was signed with."""
        told = self._part
        locked = self._session.locked
        self.set_action("" if locked else t("Take this day"))
        if told is not None and told.next_date is None:
            text, taken = (self._tell_signed(), False) if locked else self._tell()
            if isinstance(told, Treatment) and told.absent:
                text, taken = ABSENT, False
            if not taken:
                self.set_action("")
            self.show_text(text, "info")
        elif early := self.tell_too_early():
            self.show_text(early, "warn")
        else:
            self._give_way()
            return
        self._beside = self._rest

    def _give_way(self) -> None:
        """Hide, in its place: what stands beside it stays under the pointer as a day is written.

        The place is given up with the next answer, which was pressed by then.
        """
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(bool(self.text()) and self._rest == self._beside)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def _part(self) -> Treatment | Review | None:
        return self._session.visit.treatment or self._session.visit.review

    @property
    def _rest(self) -> object:
        """What is told of the treatment or review but the day."""
        part = self._part
        return None if part is None else replace(part, next_date=None)

    def tell_too_early(self) -> str:
        """Return that the date written is too early, and why; of a signed record nothing."""
        session = self._session
        if session.locked:
            return ""
        pack, judged = self._desk.pack, session.judgement
        return tell_too_early(pack, session.visit, judged, self._earlier, session.said)

    def _tell_signed(self) -> str:
        visit = self._session.visit
        day = visit.expected_on
        if day is not None and self._is_overtaken():
            return SIGNED_OVERTAKEN
        told = SIGNED_UNSETTLED if is_put_off(visit) else SIGNED
        return told.format(day=write_weekday(day)) if day is not None else ""

    def _tell(self) -> tuple[str, bool]:
        """Return what is said, and whether there is a day in it to be taken."""
        coming = self._find()
        if coming is None:
            return "", False
        if self._is_overtaken():
            return OVERTAKEN, False
        if not coming.settled and coming.what != "decision":
            return UNSETTLED_DAY, False
        review = self._session.visit.review is not None
        told = (AS_BEFORE if review else BY_PLAN)[coming.what]
        told = told.format(day=write_weekday(coming.day))
        part = self._part
        hurt = part is not None and part.adverse in UNSETTLED
        return (FROM_NOW if hurt else UNTIL).format(told=told), coming.settled

    def _is_overtaken(self) -> bool:
        """Return whether a consultation counts that was signed since, for this day or a later."""
        visit = self._session.visit
        try:
            listed = self._desk.patients.list_visits(visit.patient_id)
        except ConsultError:
            return False  # whoever lists them is told
        return is_replaced(visit, visit.follows or "", listed)

    @cached_property
    def _earlier(self) -> Sequence[Consultation]:
        return recall_earlier(self._desk, self._session.visit)

    def _find(self) -> Coming | None:
        session = self._session
        pack = self._desk.pack
        visit, judged, last = session.visit, session.judgement, session.last
        early = find_too_early(pack, visit, judged, self._earlier, session.said)
        if early is not None:
            return Coming(day=early.day, what="treatment")
        known = (*self._earlier, *filter(None, [last]))
        return find_coming(pack, session.visit, session.judgement, known)

    def _take(self) -> None:
        coming = self._find()
        if coming is not None and coming.settled and not self._session.locked:
            self._take_day(coming)
