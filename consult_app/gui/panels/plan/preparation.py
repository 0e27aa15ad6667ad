"""What the patient does at home before the first visit, and which other choices were offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.care_lines import CareLine, list_care, list_running
from consult_app.gui.panel import swap
from consult_app.gui.phrases import write_sentence
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.outlook import Comparison
from consult_app.knowledge.screening.tablets_decided import find_tablets
from consult_app.knowledge.visits.supervising import list_allowed
from consult_app.knowledge.visits.undated import find_told
from consult_app.wording import t

WAITING = t("Follows when the plan has its dates.")


class Preparation(Card):
    """Lists what to leave out and what to do before the first visit, with its days."""

    def __init__(self, theme: Theme, pack: Pack, earlier: Sequence[Consultation]) -> None:
        """Make the card; what was done `earlier` here tells what of its care still holds."""
        super().__init__(theme, t("At home before the first visit"))
        self._pack, self._earlier = pack, earlier
        self._lines: tuple[CareLine, ...] | None = None
        self._content: QWidget | None = None

    def show_plan(self, session: Session, today: date) -> None:
        """Show the rules of a plan, or that they follow.

        Args:
            session: The visit and its plan.
            today: From when on the patient can do something.
        """
        lines = tuple(self._list(session, today))
        if lines == self._lines:
            return
        self._lines = lines
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(20))
        grid.setVerticalSpacing(self.theme.px(8))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        top = Qt.AlignmentFlag.AlignTop
        for number, line in enumerate(lines):
            grid.addWidget(Label(self.theme, line.what, "label", wrap=True), number, 0, top)
            when = Label(self.theme, line.when, "label", "text2", wrap=True)
            grid.addWidget(when, number, 1, top)
        if not lines:
            grid.addWidget(Label(self.theme, WAITING, "body", "text2", wrap=True), 0, 0, 1, 2)
        self._content = swap(self.body, self._content, content)

    def _list(self, session: Session, today: date) -> Iterator[CareLine]:
        """Yield what still holds after an earlier treatment, then what is off before the next."""
        visit, last, judgement = session.visit, session.last, session.judgement
        told = find_told(self._pack, judgement, list_allowed(visit))
        if told is None:
            return
        # By what plan the last treatment was, if any was by one, that plan says what it was for.
        before = tuple(target.concern for target in last.plan.targets) if last else ()
        facts = judgement.facts or visit.facts
        plan, held = list_running(self._pack, facts, told, today, before or None, self._earlier)
        yield from held
        tablets = find_tablets(visit) in (None, "yes")
        yield from list_care(self._pack, plan, "before", tablets=tablets, today=today)


class Alternatives(Card):
    """Records which other choices were talked about, doing nothing among them.

    What a course costs stands here alone: *Expectations* and the patient view show no prices.

    Attributes:
        chosen: The chips.
        costs: Opens what a course costs beside the others.
        claims: Opens what is right and wrong in what the patient may have read.
    """

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__(theme, t("Other choices talked about"))
        comparison = pack.protocol.comparison
        _, *others = comparison.option
        options = [(option.id, option.label) for option in others]
        self.chosen = ChipGroup(theme, t("Other choices talked about"), options)
        self.add(self.chosen)
        hint = t("They stand side by side on Expectations.")
        self.add(Label(theme, hint, "caption", "text2", wrap=True))
        self.costs = self._fold(t("What a course costs, compared"), _tell_costs(comparison))
        claims = (write_sentence(it.text) for it in comparison.correction)
        self.claims = self._fold(t("What the patient may have read"), claims)

    def _fold(self, title: str, lines: Iterable[str]) -> Fold:
        fold = Fold(self.theme, title)
        for line in lines:
            fold.body.addWidget(Label(self.theme, line, "label", wrap=True))
        self.add(fold)
        return fold


def _tell_costs(comparison: Comparison) -> Iterator[str]:
    """Yield the choices by relative cost, the lowest first (planning reference 4, a house rule)."""
    by_cost: dict[tuple[int, int], list[str]] = {}
    for option in sorted(comparison.option, key=lambda it: (it.cost.first, it.cost.last)):
        by_cost.setdefault((option.cost.first, option.cost.last), []).append(option.label)
    for (least, most), labels in by_cost.items():
        cost = comparison.cost_words[str(least)]
        if most > least:
            cost = t("{least} to {most}", least=cost, most=comparison.cost_words[str(most)])
        yield t("{cost}: {choices}.", cost=cost.capitalize(), choices=", ".join(labels))
    yield t("A comparison by house rule, not prices.")
