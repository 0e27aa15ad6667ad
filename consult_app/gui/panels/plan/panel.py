"""Plan: lines with proposed depths, device, numbing, visits, and what they run into."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from consult_app.domain.plan import Plan
from consult_app.gui.missing_told import tell_unread
from consult_app.gui.other_device import tell_other
from consult_app.gui.panel import Panel
from consult_app.gui.panels.plan.depth import DepthChoice
from consult_app.gui.panels.plan.device import DeviceCard
from consult_app.gui.panels.plan.first_visit import FirstVisit, tell_waits
from consult_app.gui.panels.plan.line_words import ACCEPTED, PROPOSED, tell_number
from consult_app.gui.panels.plan.lines import PlanLines
from consult_app.gui.panels.plan.own_plans import OwnPlans, list_fields
from consult_app.gui.panels.plan.pigment import PigmentAdvice
from consult_app.gui.panels.plan.placeless import Placeless
from consult_app.gui.panels.plan.preparation import Alternatives, Preparation
from consult_app.gui.panels.plan.result import PlanResult
from consult_app.gui.panels.plan.told import ToldAreas
from consult_app.gui.panels.plan.told_first import tell_first
from consult_app.gui.panels.plan.treat_today import TodayNotice
from consult_app.gui.tablets import Tablets
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import Chip
from consult_app.gui.widgets.choices import ChoiceField
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.side_by_side import SideBySide
from consult_app.gui.workspace.earlier import recall_all
from consult_app.knowledge.judgement import ANTIVIRAL
from consult_app.knowledge.planning.soft_caps import set_caps_aside
from consult_app.knowledge.told.allergies import find_cream_allergies, find_unjudged
from consult_app.knowledge.told.seen import (
    find_line_sides,
    find_met,
    find_unplanned,
    suggest_targets,
    tell_seen,
)
from consult_app.knowledge.visits.course_left import find_agreed, propose_rest
from consult_app.wording import t


class PlanPanel(Panel):
    """Edits the plan request and shows what it resolves to."""

    step = "plan"
    title = t("Plan")
    subtitle = PROPOSED

    def build(self) -> None:
        """Make the cards."""
        self.pane.body.addWidget(self._make_lines())
        self.pane.body.addWidget(self._make_visits())
        self.device = DeviceCard(self.theme, self.desk.pack.protocol)
        self.pane.body.addWidget(self.device)
        self.narrowed.connect(self.device.place)
        self.result = PlanResult(self.theme, self.desk.pack)
        self.result.led.connect(self.wants)
        self.pane.body.addWidget(self.result)
        self.tablets = Tablets(self.theme, self.session)
        self.pane.body.addWidget(self.tablets)
        earlier = recall_all(self.desk, self.session.visit)
        self._agreed = find_agreed(self.session.visit, earlier)
        self.preparation = Preparation(self.theme, self.desk.pack, earlier)
        self.pane.body.addWidget(self.preparation)
        self.alternatives = Alternatives(self.theme, self.desk.pack)
        self.pane.body.addWidget(self.alternatives)
        self.pane.body.addWidget(self._make_decision())
        self._connect()

    def refresh(self) -> None:
        """Show the plan as recorded."""
        visit = self.session.visit
        plan, pack = visit.plan, self.desk.pack
        self.lines.show_visit(visit)
        unplanned = find_unplanned(pack, visit)
        self.take_over.setVisible(not plan.targets and bool(unplanned))
        offered = unplanned if plan.targets else ()
        self.lines.show_unplanned(offered, find_line_sides(pack, visit, offered))
        self.placeless.show_visit()
        self.told.show_visit()
        concerns = {item.id: item.label for item in self.desk.pack.protocol.concerns}
        chosen = dict.fromkeys(target.concern for target in plan.targets)
        self.primary.set_options([(item, concerns.get(item, item)) for item in chosen])
        self.primary.set_value(plan.primary_concern or "")
        self.first.show_moment(plan.first_session)
        self.sessions.set_value(plan.sessions)
        self.interval.set_value(plan.interval_weeks)
        kept = self.session.locked or self.desk.settings.practice.device_label_max_mm
        self.device.show_request(plan, tell_other(self.desk, visit), once=not kept)
        unjudged = find_unjudged(pack, visit)
        self.device.show_allergies(find_cream_allergies(pack, visit), unjudged)
        self.alternatives.chosen.set_chosen(visit.discussion.alternatives)
        self.treat_today.setChecked(visit.agreement.treat_today)
        self.show_judgement()

    def show_judgement(self) -> None:
        """Show the resolved plan."""
        judgement = self.session.judgement
        visit = self.session.visit
        self.lines.show_judgement(judgement, visit)
        self.device.show_plan(judgement.plan)
        event = (visit.goals.event, visit.plan.event_date)
        first = (*tell_unread(self.session), *tell_first(self.desk, self.session, self._agreed))
        self.result.show_plan(judgement, event, first, visit.noted)
        self.tablets.show_visit()
        day = visit.visit_date if self.session.locked else self.session.today
        self.preparation.show_plan(self.session, day)
        self._suggest(judgement.plan)
        self.depth_choice.show_depth(judgement, visit)
        self.pigment.show_visit(self.desk.clock().date())
        accepted = visit.plan_accepted
        self.subtitle = ACCEPTED if accepted else PROPOSED
        self.accept_button.setEnabled(judgement.plan is not None and not accepted)
        self.accept_button.set_text(t("Plan accepted") if accepted else t("Accept this plan"))
        self.refusal.show_visit()

    def focus_item(self, item: str) -> bool:
        """Give the keyboard to the part of the plan an item is about."""
        needed = any(it.item == item for it in self.session.judgement.decision.needed)
        targets: dict[str, QWidget] = {
            "site": self._find_open(),
            "la_plan": self.device.find_open() if needed else self.device.numbing.control,
            "prp": self.device.addons,
            "first_session": self.first.stop,
            ANTIVIRAL: self.tablets.choice.stop(),
        }
        if item not in targets:
            return False
        targets[item].setFocus()
        self.pane.show_widget(targets[item])
        return True

    def places(self) -> dict[str, QWidget]:
        """Return the fields of what a plan needs."""
        adding = self.take_over if self.take_over.isVisible() else self.lines.concern
        return {
            "targets": adding,
            "primary_concern": self.primary.control,
            "device_label_max_mm": self.device.label_max.control,
            "first_session": self.first.stop,
        }

    def focus_first(self) -> None:
        """Give the keyboard to the first thing to decide."""
        if self.take_over.isVisible():
            self.take_over.setFocus()
        else:
            self.lines.take_focus()

    def take_same(self) -> None:
        """Take the last plan over, and ask for its first day."""
        super().take_same()
        if self.session.visit.plan.first_session is None:
            self.focus_item("first_session")

    def accept(self) -> None:
        """Take over the suggested lines, or accept the plan as it stands."""
        if self.take_over.isVisible():
            self._take_over()
        elif self.accept_button.isEnabled():
            self.session.set("plan_accepted", value=True)
        elif self.session.judgement.plan is None:
            self.focus_item("site")

    def _find_open(self) -> QWidget:
        """Return the field of what the plan lacks first, else the one that adds a line."""
        plan = self.session.visit.plan
        if not plan.targets:
            return self.take_over if self.take_over.isVisible() else self.lines.concern
        if plan.device_label_max_mm is None:
            return self.device.label_max.control
        return self.lines.concern if plan.first_session else self.first.stop

    def _make_lines(self) -> Card:
        card = Card(self.theme, t("What and where"))
        self.take_over = Button(self.theme, t("Take over from Goals and map"), "secondary", "check")
        self.own = OwnPlans(self.theme, self.desk, self.session)
        card.add(self.take_over)
        self.placeless = Placeless(self.theme, self.desk.pack, self.session)
        self.placeless.led.connect(self.wants)
        card.add(self.placeless)
        self.told = ToldAreas(self.theme, self.desk.pack, self.session)
        card.add(self.told)
        self.lines = PlanLines(self.theme, self.desk.pack)
        self.lines.ways.addWidget(self.own)
        card.add(self.lines)
        self.primary = ChoiceField(self.theme, t("What sets the pace"), (), empty=t("Not chosen"))
        self.depth_choice = DepthChoice(self.theme)
        card.add(SideBySide(self.theme, self.primary, self.depth_choice))
        self.pigment = PigmentAdvice(self.theme, self.desk.pack, self.session)
        card.add(self.pigment)
        return card

    def _make_visits(self) -> Card:
        card = Card(self.theme, t("Visits"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        self.first = FirstVisit(self.theme, self, self.session.tell_day)
        self.first_day, self.first_time = self.first.day, self.first.time
        self.sessions = NumberField(
            self.theme, t("Visits"), lowest=1, highest=12, help_text=t("Empty: as suggested")
        )
        self.interval = NumberField(
            self.theme, t("Weeks between"), lowest=1, highest=26, help_text=t("Empty: as suggested")
        )
        grid.addWidget(self.first.waits, 1, 0, 1, 2)
        for at, field in enumerate((self.first_day, self.first_time, self.sessions, self.interval)):
            grid.addWidget(field, at // 2 * 2, at % 2)
        card.add(grid)
        return card

    def _make_decision(self) -> Card:
        card = Card(self.theme, name=t("Accept"))
        row = QHBoxLayout()
        self.accept_button = Button(self.theme, t("Accept this plan"), "secondary", "check")
        self.treat_today = Chip(self.theme, t("Treat today"))
        self.suggested = Tag(self.theme, t("Suggested, not accepted yet"), "info", "info")
        row.addWidget(self.accept_button)
        row.addWidget(self.treat_today)
        row.addStretch(1)
        card.add(self.suggested)
        card.add(row)
        self.refusal = TodayNotice(self.theme, self.desk.pack, self.session, self)
        self.refusal.led.connect(self.wants)
        card.add(self.refusal)
        return card

    def _connect(self) -> None:
        self.take_over.clicked.connect(self._take_over)
        self.own.taken.connect(lambda plan: self._change(**list_fields(plan)))
        self.own.manage_wanted.connect(lambda: self.wants.emit("own"))
        self.lines.edited.connect(lambda targets: self._change(targets=targets))
        self.primary.edited.connect(lambda value: self._change(primary_concern=value or None))
        self.depth_choice.edited.connect(lambda value: self._change(depth_mm=value))
        self.depth_choice.reasoned.connect(self._set_reason)
        self.depth_choice.led.connect(self.wants)
        self.first.edited.connect(lambda moment: self._change(first_session=moment))
        self.sessions.edited.connect(lambda value: self._change(sessions=_whole(value)))
        self.interval.edited.connect(lambda value: self._change(interval_weeks=_whole(value)))
        self.alternatives.chosen.edited.connect(
            lambda chosen: self.session.set("discussion.alternatives", chosen)
        )
        self.device.edited.connect(lambda fields: self._change(**fields))
        self.accept_button.clicked.connect(self.accept)
        self.treat_today.clicked.connect(self._set_treat_today)

    def _change(self, **changes: object) -> None:
        visit = self.session.visit
        plan = replace(visit.plan, **changes)  # type: ignore[arg-type] # fields of the request
        if self.session.said is not None and "sessions" not in changes:
            plan = propose_rest(self.desk.pack, visit, plan, self.session.said.course)
        concerns = [target.concern for target in plan.targets]
        if plan.primary_concern not in concerns:
            first = visit.goals.first if visit.goals.first in concerns else None
            plan = replace(plan, primary_concern=first or next(iter(concerns), None))
        if plan != visit.plan:
            # What was accepted was another plan.
            with self.session.one_step():
                self.session.set("plan_accepted", value=False)
                self.session.set("plan", plan)
                before = find_met(visit.plan.targets)
                more = [it for it in find_met(plan.targets) if it not in before]
                self.session.take(tell_seen(self.desk.pack, self.session.visit, more), "")

    def _suggest(self, plan: Plan | None) -> None:
        """Show in empty fields what the plan takes as long as nothing is written."""
        accepted, interval = self.session.visit.plan_accepted, plan.interval_weeks if plan else None
        number, weeks = len(plan.session_dates) if plan else 0, interval.used if interval else 0
        self.sessions.suggest(tell_number(number, accepted=accepted))
        self.first.show_start(plan, tell_waits(self.desk.pack, self.session.judgement))
        self.interval.suggest(tell_number(weeks, accepted=accepted))
        self.suggested.setVisible(plan is not None and not accepted)

    def _take_over(self) -> None:
        self._change(targets=suggest_targets(self.desk.pack, self.session.visit))

    def _set_reason(self, reason: str) -> None:
        """Set the soft cap of every planned area aside, or take that back without a reason."""
        self.session.set("overrides", set_caps_aside(self.session.visit, reason))

    def _set_treat_today(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and self.refusal.answer():
            self.treat_today.setChecked(False)
        else:
            self.session.set("agreement.treat_today", on)
        if not self.refusal.isHidden():  # it has its place only once it is laid out
            QTimer.singleShot(0, self, lambda: self.pane.show_widget(self.refusal))


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None else None
