"""Goals: what bothers the patient, where, how much, and by when."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import ConcernWish
from consult_app.domain.partial_date import PartialDate
from consult_app.gui.next_day import ComingDay
from consult_app.gui.panel import Panel
from consult_app.gui.screen_offer import SCREEN, ScreenOffer
from consult_app.gui.warned import WISH, is_told, list_near, tell_wish
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.fields import TextArea, TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.opening import show_opened
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.zones_field import ZonesField
from consult_app.knowledge.scoring.body_image import ITEM as BODY_IMAGE
from consult_app.wording import t

BESIDE = ((0, 0), (0, 1), (1, 0), (2, 0), (2, 1))
"""Rows and columns of the background's fields where there is room for two beside each other."""
WISHES = (("own", t("Their own")), ("shared", t("Shared")), ("other", t("Somebody else's")))


class WishRow(QWidget):
    """One chosen concern: where, and how much it bothers."""

    def __init__(self, panel: GoalsPanel, concern: str, label: str) -> None:
        super().__init__()
        theme = panel.theme
        self.concern = concern
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        name = Label(theme, label, "strong", wrap=True)
        name.setMinimumWidth(theme.px(150))
        row.addWidget(name, 1)
        self.where = ZonesField(theme, t("Where"), panel.desk.pack.protocol.areas)
        self.bother = NumberField(theme, t("Bother"), unit=t("of 10"), lowest=0, highest=10)
        self.bother.setMaximumWidth(theme.px(130))
        row.addWidget(self.where, 1)
        row.addWidget(self.bother)
        self.where.edited.connect(
            lambda areas: panel.change_wish(self.concern, areas=tuple(areas or ()))
        )
        self.bother.edited.connect(
            lambda value: panel.change_wish(
                self.concern, bother=int(value) if value is not None else None
            )
        )

    def place(self, *, narrow: bool) -> None:
        """Stand in one row, or beneath each other where there is no room for that."""
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def show_wish(self, wish: ConcernWish) -> None:
        """Show what is recorded."""
        self.where.set_value(wish.areas)
        self.bother.set_value(wish.bother)


class GoalsPanel(Panel):
    """Asks for goals; warns, and blocks nothing."""

    step = "goals"
    title = t("Goals")
    subtitle = t("Start with the patient's own words.")

    def build(self) -> None:
        """Make the cards."""
        self._rows: dict[str, WishRow] = {}
        self.pane.body.addWidget(self._make_words())
        self.pane.body.addWidget(self._make_concerns())
        self.pane.body.addWidget(self._make_background())
        self._connect()

    def refresh(self) -> None:
        """Show the goals as recorded."""
        goals = self.session.visit.goals
        self.words.set_text(goals.own_words)
        self.concerns.set_chosen([wish.concern for wish in goals.concerns])
        self._show_rows(goals.concerns)
        labels = {concern.id: concern.label for concern in self.desk.pack.protocol.concerns}
        chosen = [(wish.concern, labels.get(wish.concern, wish.concern)) for wish in goals.concerns]
        self.first.set_options(chosen)
        self.first.set_value(goals.first or "")
        self.first.setVisible(len(chosen) > 1)
        self.event_name.set_text(goals.event)
        self.event_date.show_day(goals.event_date, self.session.visit.visit_date)
        self.earlier.set_text(goals.earlier_treatments)
        self.worth.set_text(goals.worth_it)
        if goals.whose_wish:
            self.wish.set_value(goals.whose_wish)
        else:
            self.wish.clear()
        self.offer.show_visit(but_wish=True)
        visit = self.session.visit
        told, hidden = is_told(visit, tell_wish(visit)), self._wish_notice.isHidden()
        self._wish_notice.setVisible(told)
        if told and hidden:
            show_opened(self.wish, self._wish_notice)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Warn when the event falls inside the recovery window of the plan."""
        session = self.session
        near = list_near(self.desk.pack, session.visit, session.judgement, session.today)
        told = next((text for text in near if is_told(session.visit, text)), "")
        self._event_notice.show_text(told, "warn")

    def focus_first(self) -> None:
        """Give the keyboard to the patient's own words."""
        self.words.control.setFocus()

    def places(self) -> dict[str, QWidget]:
        """Return where each chosen concern is."""
        return {f"where {concern}": row.where.button for concern, row in self._rows.items()}

    def take_same(self) -> None:
        """Take the last goals over, and ask what is scored anew: how much each bothers."""
        super().take_same()
        wishes = self.session.visit.goals.concerns
        if open_now := [it.concern for it in wishes if it.bother is None]:
            field = self._rows[open_now[0]].bother
            self.pane.show_widget(field)
            field.control.setFocus()

    def change_wish(self, concern: str, **change: object) -> None:
        """Set areas or bother of one chosen concern."""
        wishes = tuple(
            replace(wish, **change) if wish.concern == concern else wish  # type: ignore[arg-type] # areas or bother
            for wish in self.session.visit.goals.concerns
        )
        self.session.set("goals.concerns", wishes)

    def _make_words(self) -> Card:
        card = Card(self.theme, t("What bothers you?"))
        self.words = TextArea(self.theme, t("In the patient's own words"), rows=3)
        card.add(self.words)
        return card

    def _make_concerns(self) -> Card:
        card = Card(self.theme, t("Concerns"))
        options = [(concern.id, concern.label) for concern in self.desk.pack.protocol.concerns]
        self.concerns = ChipGroup(self.theme, t("Concerns"), options)
        card.add(self.concerns)
        self._wishes = QVBoxLayout()
        card.add(self._wishes)
        self.first = ChoiceField(self.theme, t("What matters first"), (), empty=t("Not chosen"))
        card.add(self.first)
        self.offer = ScreenOffer(self.theme, self.desk.pack, self.session)
        self.offer.acted.connect(lambda: self.wants.emit(f"item:{BODY_IMAGE}:{SCREEN}"))
        card.add(self.offer)
        return card

    def _make_background(self) -> Card:
        card = Card(self.theme, t("Background"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(self.theme.px(16))
        self.event_name = TextField(
            self.theme, t("Event or deadline"), placeholder=t("A wedding, a flight")
        )
        self.event_date = ComingDay(self.theme, t("Its date"), self.session.tell_day)
        self.earlier = TextArea(self.theme, t("Earlier treatments, and how they went"), rows=2)
        self.worth = TextArea(self.theme, t("What would make it worth it?"), rows=2)
        self.wish = Segmented(
            self.theme, t("Whose wish is it?"), [Option(*item) for item in WISHES]
        )
        self._event_notice = Notice(self.theme)
        # With an owner from the start; a line without one would open as a window of its own.
        self._wish_notice = Notice(self.theme, WISH, parent=self)
        self.place(False)
        self.narrowed.connect(self.place)
        card.add(self._grid)
        card.add(Label(self.theme, t("Whose wish is it?"), "label", "text2"))
        card.add(self.wish)
        card.add(self._wish_notice)
        for notice in (self._event_notice, self._wish_notice):
            notice.dismissed.connect(lambda it=notice: self.session.note(it.text()))
        self._event_notice.hide()
        self._wish_notice.hide()
        return card

    def place(self, narrow: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Put the fields of a wish and of the background beneath each other where it is narrow."""
        for wish in self._rows.values():
            wish.place(narrow=narrow)
        fields = (self.event_name, self.event_date, self._event_notice, self.earlier, self.worth)
        for row, (field, beside) in enumerate(zip(fields, BESIDE, strict=True)):
            span = 2 if narrow or field is self._event_notice else 1
            self._grid.addWidget(field, *((row, 0) if narrow else beside), 1, span)

    def _connect(self) -> None:
        put = self.session.set
        self.words.edited.connect(lambda text: put("goals.own_words", text))
        self.concerns.edited.connect(self._choose)
        self.first.edited.connect(self._set_first)
        self.event_name.edited.connect(lambda text: put("goals.event", text))
        self.event_date.edited.connect(self._set_event_date)
        self.earlier.edited.connect(lambda text: put("goals.earlier_treatments", text))
        self.worth.edited.connect(lambda text: put("goals.worth_it", text))
        self.wish.edited.connect(lambda value: put("goals.whose_wish", value))

    def _choose(self, chosen: tuple[str, ...]) -> None:
        goals = self.session.visit.goals
        kept = {wish.concern: wish for wish in goals.concerns}
        wishes = tuple(kept.get(concern, ConcernWish(concern=concern)) for concern in chosen)
        first = goals.first if goals.first in chosen else next(iter(chosen), None)
        self.session.set("goals", replace(goals, concerns=wishes, first=first))
        opened = (self._rows[it.concern] for it in wishes if it.concern not in kept)
        show_opened(self.concerns.find_stop() or self.concerns, *opened)

    def _set_first(self, concern: str) -> None:
        self.session.set("goals.first", concern or None)

    def _set_event_date(self, value: PartialDate | None) -> None:
        day = value.first_day() if value is not None and value.whole else None
        visit = self.session.visit
        plan = replace(visit.plan, event_date=day)
        with self.session.one_step():
            self.session.set("goals", replace(visit.goals, event_date=day))
            self.session.set("plan", plan)

    def _show_rows(self, wishes: tuple[ConcernWish, ...]) -> None:
        labels = {concern.id: concern.label for concern in self.desk.pack.protocol.concerns}
        for wish in wishes:
            if wish.concern not in self._rows:
                row = WishRow(self, wish.concern, labels.get(wish.concern, wish.concern))
                self._rows[wish.concern] = row
                row.place(narrow=self._narrow)
                self._wishes.addWidget(row)
            self._rows[wish.concern].show_wish(wish)
        named = {wish.concern for wish in wishes}
        for concern, row in self._rows.items():
            row.setVisible(concern in named)
