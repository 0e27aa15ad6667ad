"""Practice set-up: what stands on the handout, the device, and how the window looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.dialogs import fit_screen
from consult_app.gui.practice.countries import COUNTRIES, find_language, find_paper
from consult_app.gui.practice.device import DeviceFields, check_depth, make_depth
from consult_app.gui.practice.limits import LimitsPage
from consult_app.gui.practice.sheet_look import SheetLookPage
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.fields import Field, TextField
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.settings import Colleague, Settings, change_hands
from consult_app.wording import t

ELAPSED = (("shown", t("Shown while it lasts")), ("hidden", t("Not shown")))
LOCK_MINUTES, VIEW_MINUTES = (1, 2, 5, 10, 15, 30), (5, 10, 15, 30, 60)
PAGES = (("practice", t("Practice")), ("limits", t("Numbers")), ("sheet", t("Handout")))
CLINIC = (
    ("clinic_name", t("Clinic's name")),
    ("clinic_phone", t("Phone")),
    ("clinic_out_of_hours", t("Out of hours")),
    ("clinic_address", t("Address")),
)
PRACTITIONER = (
    ("practitioner_name", t("Practitioner's name")),
    ("practitioner_role", t("Role")),
    ("practitioner_registration", t("Registration")),
    ("supervisor", t("Supervisor")),
)
HANDS = t("Choose another to hand over. Clear a name to take it off the list.")
NOW, NEW = "now", "new"
OWN_MAX = t("No plan or treatment goes deeper. Empty: not set.")
NO_OWN_MAX = (
    t("How deep the practitioner may needle is not a depth"),
    t("Write it in mm, from {lowest} to {highest}, or leave it empty."),
)
SUPERVISOR = t("May allow treating against the decision box. Empty: nobody may.")


class PracticeSheet(QDialog):
    """Edits the settings; they hold nothing about patients."""

    help_place = "settings"

    def __init__(
        self, theme: Theme, desk: Desk, save: Callable[[Settings], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setWindowTitle(t("Settings"))
        fit_screen(self, theme.px(680), theme.px(640))
        self._theme = theme
        self._settings = desk.settings
        self._languages = desk.sheet_languages
        self._save = save
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(14), theme.px(20))
        column.setSpacing(theme.px(12))
        self.pages = Segmented(theme, t("Settings page"), [Option(*page) for page in PAGES])
        column.addWidget(self.pages)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        fields = QWidget()
        self.device = DeviceFields(theme, desk.pack.protocol.devices)
        fields.setLayout(self._make_cards(theme))
        self._show(desk.settings)
        clock = desk.clock  # nothing else of the desk, whose records may be closed before this
        self.limits = LimitsPage(theme, desk.pack, desk.settings, lambda: clock().date())
        self.sheet = SheetLookPage(theme, desk.settings.sheet, desk.home)
        self._add_page(theme, fields)
        for page in (self.limits, self.sheet):
            card = Card(theme)
            card.add(page)
            self._add_page(theme, card)
        self.pages.edited.connect(self.show_page)
        self.show_page(PAGES[0][0])
        self.notice = Notice(theme, speaks=True)
        self.notice.hide()
        column.addWidget(self.notice)
        column.addLayout(self._make_foot(theme))

    def wait_with(self, keeper: QWidget) -> None:
        """Outlive the records that are closed, and know nothing of them."""
        self.finished.disconnect()
        self._save = _refuse
        self.setParent(keeper, self.windowFlags())

    def go_on(self, save: Callable[[Settings], None], parent: QWidget) -> None:
        """Belong to records that were opened again."""
        self._save = save
        self.setParent(parent, self.windowFlags())

    def show_page(self, page: str) -> None:
        """Show a page; what was typed on the other is kept."""
        self.pages.set_value(page)
        self._stack.setCurrentIndex([name for name, _ in PAGES].index(page))

    def lead_to(self, name: str) -> None:
        """Give the keyboard to a field of the practice or the screen, by its name."""
        if field := {**self._texts, "look": self.look}.get(name):
            field.control.setFocus()

    def _make_foot(self, theme: Theme) -> QHBoxLayout:
        """Return the buttons; who has no time at the first start sees that it can wait."""
        first = not self._settings.practice.clinic_name
        self.leave = Button(theme, t("Not now") if first else t("Cancel"), "quiet")
        self.leave.clicked.connect(self.reject)
        done = Button(theme, t("Keep these settings"), "primary")
        done.clicked.connect(self._keep)
        done.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(done)
        if first:
            self._texts[CLINIC[0][0]].control.setFocus()
        return foot

    def _add_page(self, theme: Theme, page: QWidget) -> None:
        pane = ScrollPane(theme)
        pane.body.addWidget(page)
        pane.body.addStretch(1)
        self._stack.addWidget(pane)

    def _make_cards(self, theme: Theme) -> QVBoxLayout:
        self._texts = {key: TextField(theme, label) for key, label in (*CLINIC, *PRACTITIONER)}
        self._texts["supervisor"].set_help(SUPERVISOR)
        self.own_max = make_depth(theme, t("Trained and insured to"), OWN_MAX)
        self.hands = ChoiceField(theme, t("At this computer now"), help_text=HANDS)
        self.hands.edited.connect(self._change_hands)
        self.country = ChoiceField(theme, t("Country"), COUNTRIES)
        self.language = ChoiceField(theme, t("Language of the handout"), self._languages)
        self.country.edited.connect(self._follow_country)
        self.paper = ChoiceField(theme, t("Paper"), (("A4", "A4"), ("Letter", "Letter")))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        clinic, practitioner = (
            [self._texts[key] for key, _ in group] for group in (CLINIC, PRACTITIONER)
        )
        for title, fields in (
            (t("Clinic"), [*clinic, self.country, self.language, self.paper]),
            (t("Practitioner"), [self.hands, *practitioner[:-1], self.own_max, practitioner[-1]]),
            (t("Device"), self.device.fields),
            (t("This screen"), self._make_screen(theme)),
        ):
            column.addWidget(_make_card(theme, title, fields))
        return column

    def _make_screen(self, theme: Theme) -> list[Field]:
        self.look = ChoiceField(
            theme,
            t("Look"),
            (("system", t("As the system")), ("light", t("Light")), ("dark", t("Dark"))),
        )
        sizes = (("100", "100 %"), ("115", "115 %"), ("130", "130 %"))
        self.text_size = ChoiceField(theme, t("Text size"), sizes)
        self.lock_after = _make_minutes(theme, t("Lock when nothing is done for"), LOCK_MINUTES)
        self.lock_later = _make_minutes(theme, t("In patient view"), VIEW_MINUTES)
        self.elapsed = ChoiceField(theme, t("How long the visit takes"), ELAPSED)
        return [self.look, self.text_size, self.lock_after, self.lock_later, self.elapsed]

    def _follow_country(self, country: str) -> None:
        self.language.set_value(find_language(country))
        self.paper.set_value(find_paper(country))

    def _change_hands(self, chosen: str) -> None:
        """Let somebody else work here; what was typed of the one before is kept."""
        try:
            check_depth(self.own_max, *NO_OWN_MAX)
        except ConsultError as error:
            self.hands.set_value(NOW)
            self._tell(error)
            return
        known = self._settings.colleagues
        to = known[int(chosen)] if chosen.isdecimal() else Colleague()
        if chosen != NOW:
            self._settings = change_hands(self.settings, to)
            self._show_practitioner()
        if chosen == NEW:
            self.lead_to("practitioner_name")

    def _show_practitioner(self) -> None:
        for key, _ in PRACTITIONER:
            self._texts[key].set_text(getattr(self._settings.practice, key))
        self.own_max.set_value(self._settings.practice.practitioner_max_mm)
        others = [(str(n), it.name) for n, it in enumerate(self._settings.colleagues)]
        now = self._settings.practice.practitioner_name.strip()
        offered = [(NOW, now or t("Nobody named yet"))]
        self.hands.set_options([*offered, *others, *([(NEW, t("Somebody else"))] if now else [])])
        self.hands.set_value(NOW)

    def _show(self, settings: Settings) -> None:
        practice = settings.practice
        for key, _ in CLINIC:
            self._texts[key].set_text(getattr(practice, key))
        self._show_practitioner()
        self.country.set_value(practice.country)
        self.language.set_value(practice.language)
        self.paper.set_value(practice.paper)
        self.device.show_practice(practice)
        self.look.set_value(settings.screen.theme)
        self.text_size.set_value(str(settings.screen.text_percent))
        self.lock_after.set_value(str(settings.lock.after_minutes))
        self.elapsed.set_value("shown" if settings.screen.show_elapsed else "hidden")
        self.lock_later.set_value(str(settings.lock.in_patient_view_minutes))

    @property
    def settings(self) -> Settings:
        """The settings as edited."""
        practice = replace(
            self._settings.practice,
            **{key: field.text().strip() for key, field in self._texts.items()},  # type: ignore[arg-type] # all of them are texts
            country=self.country.value() or self._settings.practice.country,
            language=self.language.value() or self._settings.practice.language,
            paper="Letter" if self.paper.value() == "Letter" else "A4",
        )
        screen = replace(
            self._settings.screen,
            theme=self.look.value(),  # type: ignore[arg-type] # the field offers these three
            show_elapsed=self.elapsed.value() == "shown",
            text_percent=int(self.text_size.value()),  # type: ignore[arg-type] # as above
        )
        lock = replace(
            self._settings.lock,
            after_minutes=int(self.lock_after.value()),  # type: ignore[arg-type] # as above
            in_patient_view_minutes=int(self.lock_later.value()),  # type: ignore[arg-type] # as above
        )
        practice = self.device.fill_in(replace(practice, practitioner_max_mm=self.own_max.value()))
        return replace(self._settings, practice=practice, screen=screen, lock=lock)

    def _keep(self) -> None:
        page = PAGES[0][0]
        try:
            check_depth(self.own_max, *NO_OWN_MAX)
            self.device.check()
            page = PAGES[1][0]
            changes = (*self._settings.changes, *self.limits.take_changes())
            page = PAGES[2][0]
            look = self.sheet.take()
            page = self.pages.value() or page
            self._save(replace(self.settings, changes=changes, sheet=look))
        except ConsultError as error:
            self.show_page(page)  # what is to be corrected stands there
            self._tell(error)
            return
        self.accept()

    def _tell(self, error: ConsultError) -> None:
        words = ". ".join((error.title, *error.details))
        self.notice.show_text(f"{words}. {error.advice}", "stop")
        self.notice.show()


def _refuse(_settings: Settings) -> None:
    """Keep nothing: no records are open."""


def _make_card(theme: Theme, title: str, fields: Sequence[Field]) -> Card:
    """Return a card with its fields in two columns of one width."""
    card = Card(theme, title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(12))
    for side in (0, 1):
        grid.setColumnStretch(side, 1)
        grid.setColumnMinimumWidth(side, 1)
    for number, field in enumerate(fields):
        grid.addWidget(field, number // 2, number % 2)
    card.add(grid)
    return card


def _make_minutes(theme: Theme, label: str, offered: tuple[int, ...]) -> ChoiceField:
    options = [(str(minutes), t("{minutes} min", minutes=minutes)) for minutes in offered]
    return ChoiceField(theme, label, options)
