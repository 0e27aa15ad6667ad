"""The banner: who the patient is, never out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from consult_app.domain.consultation import Consultation
from consult_app.domain.people import Needs
from consult_app.gui.commands import with_keys
from consult_app.gui.phrases import initials_of, write_birth, write_day
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.banner import Fact, Tag
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Avatar
from consult_app.gui.widgets.flow import GAP, FlowBox
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.alerts import find_alerts
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import write_allergies
from consult_app.knowledge.visits.allergies_elsewhere import tell_more_allergies
from consult_app.wording import t

JOINT = " · "
ROWS = 2
"""What must not take the window from the work, however much there is to keep in mind."""
TRIES = 3
"""Once for the place of the alerts, once for the button beside them, once for what it left."""


class Banner(QFrame):
    """Name, date of birth with age, record number, allergies, care alerts and needs.

    Args:
        theme: The look.
        pack: The content.
        begun: The patient's other unfinished visits, whose allergies are told too.

    Attributes:
        identity_wanted: The person's details are to be edited.
        patient_view_wanted: Patient view is to be switched.
        lock_wanted: The screen is to be locked.
    """

    identity_wanted = Signal()
    patient_view_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, theme: Theme, pack: Pack, begun: Sequence[Consultation] = ()) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAccessibleName(t("Patient"))
        self._pack, self._begun = pack, begun
        self._theme = theme
        self._column = column = QVBoxLayout(self)
        Gaps(theme, self, column, 4, (20, 8, 20, 8))
        self._row = row = QHBoxLayout()
        Gaps(theme, self, row, 12)
        column.addLayout(row)
        self._avatar = Avatar(theme)
        self._name = Label(theme, "", "strong")
        self._line = Label(theme, "", "label", "text2")
        self._identity: tuple[str, ...] = ()
        self._who = who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._line)
        row.addWidget(self._avatar)
        row.addLayout(who)
        self.edit = Button(theme, t("Details"), "ghost", "pen-line")
        self.edit.setToolTip(with_keys(t("Patient details"), "identity"))
        self.edit.clicked.connect(self.identity_wanted)
        row.addWidget(self.edit)
        self._allergies = Fact(theme, t("Allergies"))
        row.addSpacing(8)
        row.addWidget(self._allergies)
        self._alerts_row, self._alerts_beneath = FlowBox(t("Alerts")), FlowBox(t("Alerts"))
        row.addWidget(self._alerts_row, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
        column.addWidget(self._alerts_beneath)
        self._alerts_row.resized.connect(self._fit_tags)
        self._alerts_beneath.resized.connect(self._fit_tags)
        self._tight, self._rows = False, ROWS
        self._fitting = self._outgrown = False
        self._tags: list[Tag] = []
        self._told: list[tuple[str, str, str]] = []
        self._add_buttons(row)

    def _add_buttons(self, row: QHBoxLayout) -> None:
        theme = self._theme
        self.more = MenuButton(theme, "")
        self.more.setToolTip(t("What else there is to keep in mind"))
        self.more.hide()
        row.addWidget(self.more)
        self.patient_view = Button(theme, t("Patient view"), "ghost", "eye")
        self.patient_view.setToolTip(
            with_keys(t("Show only what the patient may see"), "patient_view")
        )
        self.patient_view.clicked.connect(self.patient_view_wanted)
        self.lock = Button(theme, t("Lock"), "ghost", "lock")
        self.lock.setToolTip(with_keys(t("Hide everything until you return"), "lock"))
        self.lock.clicked.connect(self.lock_wanted)
        row.addWidget(self.patient_view)
        row.addWidget(self.lock)

    def show_visit(
        self, visit: Consultation, today: date, last: Consultation | None = None
    ) -> None:
        """Show who the visit is for; what the last one said is kept in mind until it is asked."""
        patient = visit.patient
        self._avatar.set_initials(initials_of(patient.name))
        self._name.setText(patient.name or t("Name not given yet"))
        self._identity = _list_identity(visit, today)
        text, tone = tell_allergies(self._pack, visit)
        if last is not None and tone == "warn":
            text = _recall_allergies(self._pack, last) or text
        if more := tell_more_allergies(self._pack, visit, self._begun):
            text, tone = "; ".join((*more, t("here: {allergies}", allergies=text))), "stop"
        self._allergies.set_text(text, tone=tone)
        self._show_tags(visit, last)
        self._fit_identity()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep who the patient is whole at the new width."""
        super().resizeEvent(event)
        self._fit_identity()

    def _fit_identity(self) -> None:
        """Break a long name, and before the record number, where one line would be cut.

        A name that is cut may be that of somebody else.
        """
        line = JOINT.join(self._identity)
        metrics, edges = self._line.fontMetrics(), self._column.contentsMargins()
        others = self._row.minimumSize().width() - self._who.minimumSize().width()
        room = self.width() - edges.left() - edges.right() - others
        name = self._name
        name.setWordWrap(name.fontMetrics().horizontalAdvance(name.text()) > room)
        if metrics.horizontalAdvance(line) > room:
            line = "\n".join((JOINT.join(self._identity[:-1]), self._identity[-1]))
        if line != self._line.text():
            self._line.setText(line)

    def set_compact(self, *, on: bool, tight: bool = False, short: bool = False) -> None:
        """Keep the buttons to their icons where the window is narrow; `tight` is narrower still.

        Beneath the name a low window, a `short` one, has room for one row of alerts.
        """
        for button in (self.edit, self.patient_view, self.lock):
            button.set_compact(on=on)
        rows = 1 if tight and short else ROWS
        if (tight, rows) != (self._tight, self._rows):
            self._tight, self._rows = tight, rows
            self._avatar.setVisible(not tight)
            self._fit_tags()
        self._fit_identity()

    def _show_tags(self, visit: Consultation, last: Consultation | None) -> None:
        tags = [(t("Sample"), "info", "flask-conical")] if visit.sample else []
        if visit.visit_date != visit.started_at.date():
            tags.append((_tell_begun(visit), "info", "calendar"))
        tags += [(text, "info", "info") for text in list_needs(visit.needs)]
        tags += [(text, "warn", "triangle-alert") for text in list_alerts(self._pack, visit)]
        if last is not None:
            tags += [(text, "warn", "history") for text in list_former(self._pack, visit, last)]
        if tags == self._told:
            return
        self._told = tags
        while len(self._tags) < len(tags):
            self._tags.append(Tag(self._theme, "", parent=self))
        self._fit_tags()

    def _place_tags(self) -> FlowBox:
        """Put the alerts beside the name, or beneath it where a narrow window has no room there."""
        for tag, shown in zip(self._tags, self._told, strict=False):
            tag.show_text(*shown)
        tags = self._tags[: len(self._told)]
        needed = sum(tag.sizeHint().width() + GAP for tag in tags)
        beneath = self._tight and needed > self._alerts_row.width()
        home = self._alerts_beneath if beneath else self._alerts_row
        for tag in self._tags:
            if tag.parentWidget() is not home:
                home.add(tag)
        self._alerts_beneath.setVisible(beneath and bool(self._told))
        return home

    def _fit_tags(self) -> None:
        """Show as many as fit, and look again where that gave them another width meanwhile.

        To show the button lays out the row at once, which asks for this; were the button hidden
        then, Qt would go on to show it where it has no place.
        """
        self._outgrown = True
        if self._fitting:
            return
        self._fitting = True
        for _ in range(TRIES):
            if self._outgrown:
                self._outgrown = False
                self._show_fitting()
        self._fitting = False

    def _show_fitting(self) -> None:
        """Show as many as fit into the rows; where they are not all, warnings come first.

        The button beside them names the others.
        """
        home = self._place_tags()
        fits = self._show_texts(self._told, home)
        told = sorted(self._told, key=lambda tag: tag[1] != "warn")
        if fits < len(told):
            fits = self._show_texts(told, home)
        for number, tag in enumerate(self._tags):
            tag.setHidden(number >= min(fits, len(told)))
        rest = [text for text, _, _ in told[fits:]]
        self.more.setVisible(bool(rest))
        if rest:
            self.more.set_text(t("{n} more", n=len(rest)))
            self.more.setAccessibleName(f"{self.more.words}: {', '.join(rest)}")
            self.more.set_choices([(text, text) for text in rest])
        self._alerts_row.refit()
        self._alerts_beneath.refit()

    def _show_texts(self, told: list[tuple[str, str, str]], home: FlowBox) -> int:
        for tag, shown in zip(self._tags, told, strict=False):
            tag.show_text(*shown)
        return home.count_fitting(self._rows)


def list_alerts(pack: Pack, visit: Consultation) -> list[str]:
    """Return what to keep in mind of a patient, as a visit tells it.

    What is asked again on the day of a treatment is kept in mind until it is denied.
    """
    return list(find_alerts(pack, visit).values())


def list_former(pack: Pack, visit: Consultation, last: Consultation) -> list[str]:
    """Return what the last visit said to keep in mind and today has not asked yet."""
    asked = find_alerts(pack, visit).keys() | visit.answers.keys()
    former = [it for item, it in find_alerts(pack, last).items() if item not in asked]
    return [t("{alert}, last visit", alert=it) for it in former]


def _recall_allergies(pack: Pack, last: Consultation) -> str:
    """Return what the last visit says of allergies that are not asked yet; empty for none."""
    then, tone = tell_allergies(pack, last)
    return t("Not asked; last visit: {allergies}", allergies=then) if tone == "stop" else ""


def _tell_begun(visit: Consultation) -> str:
    """Return of which day a visit is that was not begun on it."""
    day, begun = write_day(visit.visit_date), write_day(visit.started_at.date())
    if visit.visit_date > visit.started_at.date():
        return t("Visit of {day}, begun {begun}", day=day, begun=begun)
    return t("Visit of {day}, entered {entered}", day=day, entered=begun)


def _list_identity(visit: Consultation, today: date) -> tuple[str, ...]:
    patient = visit.patient
    parts = write_birth(patient.date_of_birth, today)
    if patient.record_number:
        parts.append(t("No. {number}", number=patient.record_number))
    return tuple(parts)


def tell_allergies(pack: Pack, visit: Consultation) -> tuple[str, str]:
    """Return what a visit says of allergies, and the tone to say it in; never nothing."""
    told = write_allergies(pack, visit)
    if told or visit.allergy_state == "known":
        between = "; " if any("," in it for it in told) else ", "
        return between.join(told) or t("Yes, not listed yet"), "stop"
    if visit.allergy_state == "none_known":
        return t("None known"), "text"
    return t("Not asked"), "warn"


def list_needs(needs: Needs) -> list[str]:
    """Return what a patient needs to take part, in words."""
    language = needs.language.strip()
    wanted = [
        (t("Large print"), needs.large_print),
        (t("Interpreter"), needs.interpreter),
        (t("Speaks {language}", language=language), bool(language)),
    ]
    return [text for text, on in wanted if on]
