"""What the visit has come to so far, in a few lines beneath the decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation, MapFinding
from consult_app.domain.plan import Plan, PlanOutcome
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Meter, Rule
from consult_app.gui.widgets.gaps import Gaps
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.words import ENGLISH
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.planned import deepest_first
from consult_app.knowledge.visits.recall import ROMAN
from consult_app.wording import t, tn

MOST = 4
"""So many findings stand here; the map has all of them."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is shown, each part empty where nobody said anything of it yet.

    Attributes:
        skin_type: The type that counts for pigment risk.
        areas: How many places of the map have findings.
        findings: Concerns with their highest grade, the most marked first.
        more: How many further concerns were found.
        course: Depth and visits as planned.
    """

    skin_type: str = ""
    areas: str = ""
    findings: tuple[tuple[str, int], ...] = ()
    more: int = 0
    course: tuple[str, ...] = ()


def sum_up(pack: Pack, visit: Consultation, judgement: Judgement) -> Summary:
    """Return what a consultation tells of skin and plan; nothing here is judged anew.

    A treatment has both on panels of its own.
    """
    if visit.kind != "consultation":
        return Summary()
    facts, seen = judgement.facts, [it for it in visit.skin.findings if it.concern]
    grades = _find_grades(pack, seen)
    places = len({(it.area, it.side) for it in seen})
    return Summary(
        skin_type=ROMAN[facts.phototype - 1] if facts and facts.phototype else "",
        areas=tn("{n} area with findings", "{n} areas with findings", places) if places else "",
        findings=grades[:MOST],
        more=max(0, len(grades) - MOST),
        course=tuple(_tell_course(judgement.plan)) if judgement.plan else (),
    )


def _find_grades(pack: Pack, seen: list[MapFinding]) -> tuple[tuple[str, int], ...]:
    highest: dict[str, int] = {}
    for finding in seen:
        highest[finding.concern] = max(finding.grade, highest.get(finding.concern, 0))
    known = pack.protocol.concern_by_id
    named = [(known[it].label if it in known else it, grade) for it, grade in highest.items()]
    return tuple(sorted(named, key=lambda pair: -pair[1]))


def _tell_course(plan: Plan) -> Iterator[str]:
    """Yield how deep and how often; nothing of a plan that must not be carried out."""
    if plan.outcome is PlanOutcome.DO_NOT_TREAT:
        return
    if (deepest := deepest_first(plan)) is not None:
        yield t("First visit up to {depth} mm", depth=f"{deepest:g}")
    count, interval = len(plan.session_plan), plan.interval_weeks
    if count > 1 and interval is not None:
        weeks = tn("{n} week apart", "{n} weeks apart", interval.used)
        yield t("{count} visits, {weeks}", count=count, weeks=weeks)
    elif count:
        yield tn("{n} visit", "{n} visits", count)


class VisitSummary(QWidget):
    """Shows a `Summary`, and nothing at all while there is nothing to sum up."""

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__()
        self.setAccessibleName(t("Summary so far"))
        self._theme, self._pack = theme, pack
        self._shown = Summary()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(theme, self, column, 10)
        column.addWidget(Rule(theme))
        column.addWidget(Label(theme, t("Summary so far"), "strong"))
        words = replace(ENGLISH, severities=(ENGLISH.ungraded, *ENGLISH.severities[1:]))
        self._meters = [Meter(theme, words=words) for _ in range(MOST)]
        self._skin_type, self._areas, self._course = (self._make("", "body") for _ in range(3))
        self._more = self._make("", "label", "text2")
        self._parts = [
            self._add_part(t("Skin type"), self._skin_type),
            self._add_part(t("Areas"), self._areas),
            self._add_part(t("Main findings"), *self._meters, self._more),
            self._add_part(t("Planned so far"), self._course),
        ]
        self.hide()

    def show_visit(self, visit: Consultation, judgement: Judgement) -> None:
        """Sum up the visit; an unchanged summary is left as it is."""
        summary = sum_up(self._pack, visit, judgement)
        if summary == self._shown:
            return
        self._shown = summary
        self._skin_type.setText(summary.skin_type)
        self._areas.setText(summary.areas)
        for number, meter in enumerate(self._meters):
            if number < len(summary.findings):
                meter.show_grade(*summary.findings[number])
            meter.setVisible(number < len(summary.findings))
        self._more.setText(t("and {rest} more", rest=summary.more))
        self._more.setVisible(bool(summary.more))
        self._course.setText("\n".join(summary.course))
        told = (summary.skin_type, summary.areas, summary.findings, summary.course)
        for part, shown in zip(self._parts, told, strict=True):
            part.setVisible(bool(shown))
        self.setVisible(summary != Summary())

    def _add_part(self, caption: str, *told: QWidget) -> QWidget:
        """Put a caption close over what it names."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        Gaps(self._theme, part, column, 2)
        column.addWidget(self._make(caption, "label", "text2"))
        for widget in told:
            column.addWidget(widget)
        self._column.addWidget(part)
        return part

    def _make(self, text: str, role: str, tone: str = "text") -> Label:
        return Label(self._theme, text, role, tone, wrap=True)
