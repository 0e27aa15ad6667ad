"""The test patch before a treatment: whether it was done, when, and what it showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import cast

from PySide6.QtWidgets import QHBoxLayout

from consult_app.domain.consultation import Consultation
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import REACTED
from consult_app.domain.treatment import Patch, Result, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label, held_to_measure
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.workspace.earlier import recall_patched
from consult_app.knowledge.planning.met_by_plan import PATCHES
from consult_app.knowledge.planning.missed_patch import find_asking
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.visits.patched import (
    find_agreed,
    find_patch,
    has_reacted,
    is_asked,
    is_begun,
    is_clear,
    is_too_soon,
    tell_patch,
)
from consult_app.wording import t, tn

TITLE = t("Test patch")
OPEN = "open"
RESULTS = (
    Option(OPEN, t("Not recorded")),
    Option("nothing", t("Nothing unusual")),
    Option("reaction", t("Reaction")),
    Option("not_done", t("Not done")),
)
KELOID = "keloid_history_elsewhere"
"""A spot for it is watched for months, whatever else asks for a test patch (screening 21)."""
LATER = t("That day is still to come. Write the day on which the test patch was done.")
UNDATED = t("Write the day on which it was done: it answers the plan only with that.")
ANSWERED = t("That answers the test patch of the plan.")
WATCHED = t("The finding in the decision box says how long the skin is to be watched after it.")
EARLIER = t(
    "{told} in another record. That counts until a test patch is recorded here that was done "
    "after it."
)
AGREED = t("It was agreed on at the review of {day}.")
TO_DECIDE = t("To be decided, under the finding in the decision box, before anybody is treated.")


class PatchDone(Card):
    """Asks for it before the first treatment, where the plan or what was found asks for one.

    Later it asks where a review agreed on one since the last treatment.

    Attributes:
        result: What it showed.
        day: When it was done.
        words: What was seen.
    """

    def __init__(self, theme: Theme, desk: Desk, session: Session) -> None:
        super().__init__(theme, TITLE)
        self._desk, self._session = desk, session
        self.result = Segmented(theme, TITLE, RESULTS)
        self.day = DateField(theme, t("Done on"), whole=True)
        self.words = TextField(theme, t("What was seen"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.day, 1)
        row.addWidget(self.words, 2)
        self._told = Label(theme, "", "caption", "text2", wrap=True)
        self.add(self.result)
        self.add(row)
        self.add(held_to_measure(self._told))
        self.result.edited.connect(self._take_result)
        self.day.edited.connect(self._take_day)
        self.words.edited.connect(lambda words: self._record(replace(self._patch, words=words)))
        self.hide()

    def show_visit(self) -> None:
        """Show what is recorded, here or in an earlier record; nothing where none is asked for."""
        patch, judged = self._patch, self._session.judgement
        plan, visit = judged.plan, self._session.visit
        protocol = self._desk.pack.protocol
        asked = plan is not None and is_asked(protocol, plan, judged.decision.findings)
        waits = not self._begun and (asked or patch != Patch())
        waits = waits or self._agreed is not None or self._is_undecided()
        self.setVisible(waits or self._own != Patch() or bool(self.day.pending()))
        self.result.set_value(patch.result or OPEN)
        self.day.set_value(PartialDate.of(patch.done_on) if patch.done_on else None)
        self.words.set_text(patch.words)
        locked = self._session.locked
        for field in (self.result, self.day, self.words):
            field.setEnabled(not locked)
        told = self._tell(patch, visit)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def take_focus(self) -> None:
        """Give the keyboard to what it showed."""
        self.result.take_focus()

    def _tell(self, patch: Patch, visit: Consultation) -> str:
        protocol, judged = self._desk.pack.protocol, self._session.judgement
        plan, counts = judged.plan, find_patch(protocol, visit, self._earlier)
        if counts.result == "reaction":
            told = "" if patch.result == "reaction" else EARLIER.format(told=tell_patch(counts))
            return " ".join(filter(None, (told, TO_DECIDE if self._is_undecided() else "")))
        if is_clear(protocol, patch, visit.visit_date):
            found = judged.decision.findings
            asking = plan is not None and bool(find_asking(protocol, plan, found))
            return WATCHED if asking or any(it.id == KELOID for it in found) else ANSWERED
        if is_too_soon(protocol, patch, visit.visit_date):
            days = protocol.plan.test_patch.days_before
            return tn(
                "It answers the plan once it was looked at {n} day after it.",
                "It answers the plan once it was looked at {n} days after it.",
                days,
            )
        if patch.result == "nothing":
            return UNDATED
        if self._agreed is not None:
            return AGREED.format(day=write_day(self._agreed.visit_date))
        notes = plan.warnings if plan is not None else ()
        return " ".join(note.text for note in notes if note.id in PATCHES)

    def _is_undecided(self) -> bool:
        return REACTED in {it.id for it in find_undecided(self._session.judgement.decision)}

    @property
    def _own(self) -> Patch:
        return (self._session.visit.treatment or Treatment()).patch

    @property
    def _patch(self) -> Patch:
        """What is shown: what is recorded here; in an open record else what another one tells."""
        if self._own != Patch() or self._session.locked:
            return self._own
        protocol = self._desk.pack.protocol
        return find_patch(protocol, self._session.visit, self._earlier)

    @cached_property
    def _known(self) -> Sequence[Consultation]:
        return recall_patched(self._desk, self._session.visit)

    @property
    def _earlier(self) -> Sequence[Consultation]:
        """What counts: once somebody was needled, no result from before another was agreed."""
        if not self._begun or self._agreed is None:
            return self._known
        since = self._agreed.visit_date
        return [it for it in self._known if it.visit_date >= since or has_reacted(it)]

    @property
    def _begun(self) -> bool:
        """Whether the patient was needled by this plan already."""
        return is_begun(self._session.visit, self._known)

    @property
    def _agreed(self) -> Consultation | None:
        """The review that agreed on one since the patient was needled by this plan."""
        return find_agreed(self._session.visit, self._known)

    def _take_result(self, value: str) -> None:
        told = Patch() if value == OPEN else replace(self._own, result=cast("Result", value))
        self._record(told)

    def _take_day(self, day: PartialDate | None) -> None:
        told = day.first_day() if day is not None else None
        if told is not None and told > self._session.today:
            self.day.set_error(LATER)
            told = None
        self._record(replace(self._patch, done_on=told))

    def _record(self, patch: Patch) -> None:
        if self._session.visit.treatment is None:
            self._session.set("treatment", Treatment(patch=patch))
        else:
            self._session.set("treatment.patch", patch)
