"""The pigment score beside the plan: advice, and a lower first depth to take or leave."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain.score import Score
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.question_rows import ChoiceRow
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.assessment import PIGMENT, offer_first_depth, score_pigment
from consult_app.wording import t, tn


class PigmentAdvice(QWidget):
    """Shows the score and offers a depth; it blocks nothing and changes nothing by itself."""

    def __init__(self, theme: Theme, pack: Pack, session: Session) -> None:
        super().__init__()
        self._pack = pack
        self._session = session
        self._offered: float | None = None
        self._dismissed: float | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.offer = Notice(theme, "", "info", parent=self)
        self.offer.acted.connect(self._take)
        self.offer.dismissed.connect(self._dismiss)
        column.addWidget(self.offer)
        self._instrument = pack.instruments.by_id[PIGMENT]
        self.fold = Fold(theme, t("Pigment score"))
        column.addWidget(self.fold)
        lead = t("House score, not validated: advice only, it limits nothing. Known answers stand.")
        self.fold.body.addWidget(Label(theme, lead, "caption", "text3", wrap=True))
        self.rows: dict[str, ChoiceRow] = {}
        for query in self._instrument.question:
            row = ChoiceRow(theme, query.text, [(item.points, item.text) for item in query.options])
            row.edited.connect(lambda points, name=query.id: self._answer(name, points))
            self.rows[query.id] = row
            self.fold.body.addWidget(row)
        self._advice = Label(theme, "", "label", "text2", wrap=True)
        self.fold.body.addWidget(self._advice)

    def show_visit(self, today: date) -> None:
        """Show the score of the facts as judged."""
        facts = self._session.judgement.facts
        skin = self._session.visit.skin
        found = score_pigment(self._pack, skin, facts, today=today) if facts else None
        self.fold.setVisible(found is not None)
        if found is None:
            self._show_offer(None)
            return
        for name, row in self.rows.items():
            row.set_value(found.inputs.get(name))
        self.fold.show_summary(_sum_up(found))
        self._advice.setText("\n".join((found.formula, *found.advice, *self._instrument.notes)))
        self._show_offer(offer_first_depth(self._pack, found))

    def _show_offer(self, depth: float | None) -> None:
        asked = self._session.visit.plan.depth_mm
        plan = self._session.judgement.plan
        first = max((it.session1_max_mm for it in plan.lines), default=None) if plan else None
        # Where no line can go deeper, it is planned so already.
        low = depth is not None and any(it is not None and it <= depth for it in (asked, first))
        self._offered = depth
        if depth is None or low or depth == self._dismissed:
            self.offer.show_text("")
            return
        self.offer.show_text(
            t(
                "Pigment score high: {depth} mm is advised for the first visit.",
                depth=f"{depth:g}",
            )
        )
        self.offer.set_action(t("Plan {depth} mm", depth=f"{depth:g}"))

    def _take(self) -> None:
        plan = self._session.visit.plan
        if self._offered is not None and plan.depth_mm != self._offered:
            with self._session.one_step():
                self._session.set("plan_accepted", value=False)
                self._session.set("plan.depth_mm", self._offered)

    def _dismiss(self) -> None:
        self._dismissed = self._offered

    def _answer(self, name: str, points: float | None) -> None:
        scores = self._session.visit.skin.scores
        held = {key: number for key, number in scores.get(PIGMENT, {}).items() if key != name}
        if points is not None:
            held[name] = points
        rest = {key: kept for key, kept in scores.items() if key != PIGMENT}
        self._session.set("skin.scores", {**rest, PIGMENT: held} if held else rest)


def _sum_up(found: Score) -> str:
    least = f"{found.least:g}" if found.least is not None else ""
    if found.missing:
        count = len(found.missing)
        open_now = tn("{n} question open", "{n} questions open", count)
        return t(
            "At least {label} ({least}); {open_now}",
            least=least,
            label=found.least_label,
            open_now=open_now,
        )
    return f"{least}, {found.label}"
