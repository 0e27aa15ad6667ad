"""Plan: lines with proposed depths, device, numbing, visits, and what they run into."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.history import Numbing
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.gui.panel import Panel
from consult_app.gui.panels.plan.lines import PlanLines, suggest_targets
from consult_app.gui.panels.plan.result import PlanResult
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip, ChipGroup
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.number_field import NumberField
from consult_app.knowledge.locking import may_treat_today

ADDONS = (("prp", "PRP (own plasma)"),)
USUAL_TIME = time(9, 0)


class PlanPanel(Panel):
    """Edits the plan request and shows what it resolves to."""

    step = "plan"
    title = "Plan"
    subtitle = "Proposed values are suggestions until you accept them (Ctrl+Enter)."

    def build(self) -> None:
        """Make the cards."""
        self.pane.body.addWidget(self._make_lines())
        self.pane.body.addWidget(self._make_visits())
        self.pane.body.addWidget(self._make_device())
        self.result = PlanResult(self.theme)
        self.pane.body.addWidget(self.result)
        self.pane.body.addWidget(self._make_decision())
        self._connect()

    def refresh(self) -> None:
        """Show the plan as recorded."""
        visit = self.session.visit
        plan = visit.plan
        self.lines.show_targets(plan.targets)
        self.take_over.setVisible(not plan.targets and bool(suggest_targets(visit)))
        concerns = {item.id: item.label for item in self.desk.pack.protocol.concerns}
        chosen = dict.fromkeys(target.concern for target in plan.targets)
        self.primary.set_options([(item, concerns.get(item, item)) for item in chosen])
        self.primary.set_value(plan.primary_concern or "")
        first = plan.first_session
        self.first_day.set_value(PartialDate.of(first.date()) if first else None)
        if not self.first_time.control.hasFocus():
            self.first_time.set_text(f"{first:%H:%M}" if first else "")
        self.sessions.set_value(plan.sessions)
        self.interval.set_value(plan.interval_weeks)
        self.device.set_value(plan.device_kind)
        self.label_max.set_value(plan.device_label_max_mm)
        self.addons.set_chosen(plan.addons)
        self.treat_today.setChecked(visit.agreement.treat_today)
        self._show_numbing(plan.numbing)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Show the resolved plan."""
        judgement = self.session.judgement
        visit = self.session.visit
        self.lines.show_plan(judgement.plan)
        self.result.show_plan(judgement.plan, judgement.plan_faults, self.desk.pack)
        self._show_depth(judgement.plan, visit.plan)
        accepted = visit.plan_accepted
        self.accept_button.setEnabled(judgement.plan is not None and not accepted)
        self.accept_button.set_text("Plan accepted" if accepted else "Accept this plan")
        if may_treat_today(judgement):
            self.refusal.hide()

    def focus_item(self, item: str) -> bool:
        """Give the keyboard to the part of the plan an item is about."""
        targets: dict[str, QWidget] = {
            "site": self.lines.concern,
            "la_plan": self.numbing.control,
            "prp": self.addons,
            "first_session": self.first_day.control,
        }
        if item not in targets:
            return False
        targets[item].setFocus()
        self.pane.show_widget(targets[item])
        return True

    def focus_first(self) -> None:
        """Give the keyboard to the first thing to decide."""
        (self.take_over if self.take_over.isVisible() else self.lines.concern).setFocus()

    def accept(self) -> None:
        """Take over the suggested lines, or accept the plan as it stands."""
        if self.take_over.isVisible():
            self._take_over()
        elif self.accept_button.isEnabled():
            self.session.set("plan_accepted", value=True)

    def _make_lines(self) -> Card:
        card = Card(self.theme, "What and where")
        self.take_over = Button(self.theme, "Take over from Goals", "secondary", "check")
        card.add(self.take_over)
        self.lines = PlanLines(self.theme, self.desk.pack)
        card.add(self.lines)
        row = QHBoxLayout()
        self.primary = ChoiceField(self.theme, "What sets the pace", (), empty="Not chosen")
        self.depth_slider = DepthSlider(self.theme, "Depth asked for")
        self.usual_depth = Button(self.theme, "Usual depth", "ghost", "rotate-ccw")
        depth = QVBoxLayout()
        self._depth_words = Label(self.theme, "", "label", "text2", wrap=True)
        depth.addWidget(self._depth_words)
        depth.addWidget(self.depth_slider)
        row.addWidget(self.primary, 1)
        row.addLayout(depth, 1)
        row.addWidget(self.usual_depth)
        card.add(row)
        return card

    def _make_visits(self) -> Card:
        card = Card(self.theme, "Visits")
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        self.first_day = DateField(self.theme, "First visit", whole=True)
        self.first_time = TextField(self.theme, "Time", placeholder="9:00")
        self.sessions = NumberField(
            self.theme, "Visits", lowest=1, highest=12, help_text="Empty: usual number"
        )
        self.interval = NumberField(
            self.theme, "Weeks between", lowest=1, highest=26, help_text="Empty: usual gap"
        )
        for number, field in enumerate(
            (self.first_day, self.first_time, self.sessions, self.interval)
        ):
            grid.addWidget(field, number // 2, number % 2)
        card.add(grid)
        return card

    def _make_device(self) -> Card:
        card = Card(self.theme, "Device, numbing, add-ons")
        protocol = self.desk.pack.protocol
        devices = [(item.id, item.label) for item in protocol.devices if not item.out_of_scope]
        self.device = ChoiceField(self.theme, "Device", devices)
        self.label_max = NumberField(
            self.theme,
            "Deepest setting on its label",
            unit="mm",
            lowest=0.25,
            highest=2.5,
            decimals=2,
        )
        products = [(item.id, item.label) for item in protocol.plan.numbing]
        self.numbing = ChoiceField(self.theme, "Numbing cream", products, empty="None")
        self.grams = NumberField(self.theme, "Amount", unit="g", lowest=0, decimals=1)
        self.area = NumberField(self.theme, "Area", unit="cm²", lowest=0)
        self.minutes = NumberField(self.theme, "Time on", unit="min", lowest=0)
        self.addons = ChipGroup(self.theme, "Add-ons", ADDONS)
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.addWidget(self.device, 0, 0, 1, 2)
        grid.addWidget(self.label_max, 0, 2)
        grid.addWidget(self.numbing, 1, 0, 1, 3)
        for column, field in enumerate((self.grams, self.area, self.minutes)):
            grid.addWidget(field, 2, column)
        card.add(grid)
        card.add(self.addons)
        return card

    def _make_decision(self) -> Card:
        card = Card(self.theme, name="Accept")
        row = QHBoxLayout()
        self.accept_button = Button(self.theme, "Accept this plan", "secondary", "check")
        self.treat_today = Chip(self.theme, "Treat today")
        row.addWidget(self.accept_button)
        row.addWidget(self.treat_today)
        row.addStretch(1)
        card.add(row)
        self.refusal = Notice(self.theme, "", "stop")
        self.refusal.hide()
        card.add(self.refusal)
        return card

    def _connect(self) -> None:
        self.take_over.clicked.connect(self._take_over)
        self.lines.edited.connect(lambda targets: self._change(targets=targets))
        self.primary.edited.connect(lambda value: self._change(primary_concern=value or None))
        self.depth_slider.depth_edited.connect(lambda value: self._change(depth_mm=value))
        self.usual_depth.clicked.connect(lambda: self._change(depth_mm=None))
        self.first_day.edited.connect(lambda _: self._set_first())
        self.first_time.finished.connect(self._set_first)
        self.sessions.edited.connect(lambda value: self._change(sessions=_whole(value)))
        self.interval.edited.connect(lambda value: self._change(interval_weeks=_whole(value)))
        self.device.edited.connect(lambda value: self._change(device_kind=value))
        self.label_max.edited.connect(lambda value: self._change(device_label_max_mm=value))
        for field in (self.grams, self.area, self.minutes):
            field.edited.connect(lambda _: self._set_numbing())
        self.numbing.edited.connect(lambda _: self._set_numbing())
        self.addons.edited.connect(lambda chosen: self._change(addons=chosen))
        self.accept_button.clicked.connect(self.accept)
        self.treat_today.clicked.connect(self._set_treat_today)

    def _change(self, **changes: object) -> None:
        visit = self.session.visit
        plan = replace(visit.plan, **changes)  # type: ignore[arg-type] # fields of the request
        concerns = [target.concern for target in plan.targets]
        if plan.primary_concern not in concerns:
            first = visit.goals.first if visit.goals.first in concerns else None
            plan = replace(plan, primary_concern=first or next(iter(concerns), None))
        if plan != visit.plan:
            # What was accepted was another plan.
            self.session.set("plan_accepted", value=False)
            self.session.set("plan", plan)

    def _take_over(self) -> None:
        self._change(targets=suggest_targets(self.session.visit))

    def _set_first(self) -> None:
        day = self.first_day.value()
        if day is None or not day.whole:
            self._change(first_session=None)
            return
        clock = _read_time(self.first_time.text())
        self.first_time.set_error("" if clock else "Write the time as 9:15 or 14:30")
        if clock is not None:
            self._change(first_session=datetime.combine(day.first_day(), clock))

    def _set_numbing(self) -> None:
        product = self.numbing.value()
        if product in {"", "none"}:
            self._change(numbing=None)
            return
        found = next(item for item in self.desk.pack.protocol.plan.numbing if item.id == product)
        screened = next(iter(found.also), found.id)
        self._change(
            numbing=Numbing(
                product=screened,
                contains=found.contains,
                grams=self.grams.value(),
                area_cm2=self.area.value(),
                minutes=self.minutes.value(),
            )
        )

    def _set_treat_today(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        judgement = self.session.judgement
        if on and not may_treat_today(judgement):
            self.treat_today.setChecked(False)
            self.refusal.show_text(
                f"Treat today is refused: {judgement.decision.headline}.", "stop"
            )
            self.refusal.show()
            return
        self.session.set("agreement.treat_today", on)

    def _show_numbing(self, numbing: Numbing | None) -> None:
        products = self.desk.pack.protocol.plan.numbing
        code = numbing.product if numbing else None
        found = next((item.id for item in products if code in (item.id, *item.also)), "")
        self.numbing.set_value(found)
        self.grams.set_value(numbing.grams if numbing else None)
        self.area.set_value(numbing.area_cm2 if numbing else None)
        self.minutes.set_value(numbing.minutes if numbing else None)
        for field in (self.grams, self.area, self.minutes):
            field.setVisible(numbing is not None)

    def _show_depth(self, plan: Plan | None, request: PlanRequest) -> None:
        lines = plan.lines if plan else ()
        soft = max((line.cap_mm for line in lines), default=None)
        hard = max((line.hard_cap_mm for line in lines), default=None)
        self.depth_slider.set_caps(soft, hard)
        usual = max((line.session1_typical_mm for line in lines), default=None)
        if request.depth_mm is not None:
            self.depth_slider.set_millimetres(request.depth_mm)
            self._depth_words.setText(f"Asked for {request.depth_mm:g} mm")
        else:
            if usual is not None:
                self.depth_slider.set_millimetres(usual)
            self._depth_words.setText("Usual depth, not changed")
        self.usual_depth.setEnabled(request.depth_mm is not None)


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None else None


def _read_time(text: str) -> time | None:
    text = text.strip().replace(".", ":")
    if not text:
        return USUAL_TIME
    for pattern in ("%H:%M", "%H", "%I:%M%p", "%I%p"):
        try:
            return datetime.strptime(text.replace(" ", "").upper(), pattern).time()  # noqa: DTZ007 - wall clock
        except ValueError:
            continue
    return None
