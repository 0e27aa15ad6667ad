"""The clinic's numbers: each with its reference, limits and sources, and a log of changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.errors import Fault, InputError
from consult_app.gui.phrases import write_day, write_sources
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.number_field import NumberField
from consult_app.knowledge.pack.clinic import settle_number
from consult_app.knowledge.pack.clinic_limits import Limit
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.care import Remark
from consult_app.settings import LimitChange, Settings
from consult_app.wording import t, tn

FIELD_WIDTH = 150
SOURCES = t("Sources: ")
LEAD = t(
    "Numbers that the references leave to the clinic. Where one differs from the reference, the "
    "program says both. They count in this window; the commands keep to the reference."
)
TITLE = t("The clinic's numbers were not kept")
NOTES = t("Where sources disagree on care")
ADVICE = t("Nothing was changed. Correct them and keep the settings again.")


class LimitRow(QWidget):
    """One number with what the reference says about it."""

    def __init__(self, theme: Theme, pack: Pack, limit: Limit, held: float) -> None:
        super().__init__()
        self.limit = limit
        self.held = held
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.px(8))
        row.setSpacing(theme.px(12))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(Label(theme, limit.label, "body", wrap=True))
        column.addWidget(Label(theme, describe_limit(limit), "label", "text2", wrap=True))
        column.addWidget(Label(theme, limit.text, "caption", "text3", wrap=True))
        if named := write_sources(pack.source_by_id[it] for it in limit.sources):
            column.addWidget(Label(theme, SOURCES + named, "caption", "text3", wrap=True))
        column.addStretch(1)
        row.addLayout(column, 1)
        self.back = Button(
            theme, t("Back to {number}", number=limit.say(limit.default)), "quiet", "rotate-ccw"
        )
        self.back.set_compact(on=True)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.back.clicked.connect(self._go_back)
        row.addWidget(self.back)
        self.field = NumberField(
            theme,
            limit.unit,
            lowest=limit.lowest,
            highest=limit.highest,
            decimals=2 if limit.step < 1 else 0,
            step=limit.step,
        )
        self.field.control.setAccessibleName(f"{limit.label} ({limit.unit})")
        self.field.setFixedWidth(theme.px(FIELD_WIDTH))
        self.field.set_value(held)
        self.field.edited.connect(lambda _: self._show())
        row.addWidget(self.field)
        self._show()

    def find_fault(self) -> str:
        """Return what is wrong with the number written; empty when it can be used."""
        number = self.field.value()
        if number is None:
            return self.field.error or t("use a number {range}", range=describe_range(self.limit))
        return self.limit.refuse(number)

    def _go_back(self) -> None:
        self.field.set_value(self.limit.default)
        self.field.setFocus()
        self._show()

    def _show(self) -> None:
        self.back.setVisible(self.field.value() != self.limit.default)


class LimitsPage(QWidget):
    """Lists the numbers in groups; the rows of a group are made when it is opened."""

    def __init__(
        self, theme: Theme, pack: Pack, settings: Settings, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._theme, self._pack, self._today = theme, pack, today
        self.rows: dict[str, LimitRow] = {}
        self.folds: dict[str, Fold] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, LEAD, "body", "text2", wrap=True))
        self._groups: dict[str, list[Limit]] = {}
        for limit in pack.limits:
            self._groups.setdefault(group_of(limit), []).append(limit)
        for name in self._groups:
            self._add_group(column, name)
        self.who = TextField(theme, t("Changed by"))
        self.who.set_text(settings.practice.practitioner_name)
        self.reason = TextField(theme, t("Reason for the change"))
        column.addWidget(self.who)
        column.addWidget(self.reason)
        log = Fold(theme, t("Log of changes"))
        log.show_summary(str(len(pack.changes)) if pack.changes else t("None"))
        labels = {limit.id: limit for limit in pack.limits}
        for made in reversed(pack.changes):
            words = describe_log(labels[made.limit], made)
            log.body.addWidget(Label(theme, words, "label", "text2", wrap=True))
        column.addWidget(log)
        self.notes = Fold(theme, NOTES)
        for note in pack.protocol.care.remark:
            words = describe_note(pack, note)
            self.notes.body.addWidget(Label(theme, words, "label", "text2", wrap=True))
        column.addWidget(self.notes)

    def take_changes(self) -> tuple[LimitChange, ...]:
        """Return what was changed.

        Raises:
            InputError: A number cannot be used, or nobody is named; each place is named.
        """
        faults = [
            Fault(row.limit.label, problem)
            for row in self.rows.values()
            if (problem := row.find_fault())
        ]
        moved = [row for row in self.rows.values() if row.field.value() not in (None, row.held)]
        who = self.who.text().strip()
        if moved and not who:
            self.who.set_error(t("Say who changes the numbers"))
            faults.append(Fault(t("Changed by"), "missing"))
        if faults:
            raise InputError(TITLE, tuple(faults), ADVICE)
        return tuple(
            LimitChange(
                limit=row.limit.id,
                who=who,
                on=self._today(),
                before=row.held,
                after=row.field.value() or 0.0,
                reason=self.reason.text().strip(),
            )
            for row in moved
        )

    def _add_group(self, column: QVBoxLayout, name: str) -> None:
        fold = Fold(self._theme, name)
        fold.turned.connect(lambda _: self._fill(name))
        self.folds[name] = fold
        held = [(limit, settle_number(self._pack, limit.id)) for limit in self._groups[name]]
        changed = sum(number != limit.default for limit, number in held)
        fold.show_summary(
            t("{count} numbers, {changed} changed", count=len(held), changed=changed)
            if changed
            else tn("{n} number", "{n} numbers", len(held))
        )
        column.addWidget(fold)

    def _fill(self, name: str) -> None:
        for limit in self._groups[name]:
            if limit.id not in self.rows:
                row = LimitRow(self._theme, self._pack, limit, settle_number(self._pack, limit.id))
                self.rows[limit.id] = row
                self.folds[name].body.addWidget(row)


def group_of(limit: Limit) -> str:
    """Return the heading a number stands under."""
    if limit.unit == "mm":
        return t("Depth")
    if any(place.rule for place in limit.at):
        return t("Waits")
    if any(place.care for place in limit.at):
        return t("Before and after care")
    return t("Course and visit")


def describe_limit(limit: Limit) -> str:
    """Return reference, limits and kind of basis of a number in one line."""
    number, span = limit.say(limit.default), describe_range(limit)
    if not limit.marks:
        return t("Reference {number}; {range}.", number=number, range=span)
    return t(
        "Reference {number}; {range}. {basis}",
        number=number,
        range=span,
        basis=", ".join(limit.marks),
    )


def describe_range(limit: Limit) -> str:
    """Return how far a number may be changed."""
    if limit.highest is None:
        return t("from {lowest} up", lowest=limit.say(limit.lowest))
    return t(
        "from {lowest} to {highest}",
        lowest=limit.say(limit.lowest),
        highest=limit.say(limit.highest),
    )


def describe_note(pack: Pack, note: Remark) -> str:
    """Return what sources say differently and what counts here, with all that it rests on."""
    named = write_sources(pack.source_by_id[it] for it in note.sources)
    return f"{note.text} [{'; '.join(filter(None, (named, *note.marks)))}]"


def describe_log(limit: Limit, made: LimitChange) -> str:
    """Return one line of the log."""
    moved = t(
        "{label}: {before} to {after}",
        label=limit.label,
        before=limit.say(made.before),
        after=limit.say(made.after),
    )
    reason = f". {made.reason}" if made.reason else ""
    return f"{write_day(made.on)}, {made.who}. {moved}{reason}"
