"""The depth asked for, against the caps; going deeper than a soft cap needs a written reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from consult_app.domain.consultation import Consultation
from consult_app.gui.panels.plan.line_words import tell_ceilings
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.depth_slider import DepthSlider
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.planning.plan_missing import where_missing
from consult_app.knowledge.planning.soft_caps import find_reason
from consult_app.knowledge.told.planned import deepest_first
from consult_app.wording import t

LAPSED = t("Written for {most} mm. Change it so that it counts for {asked} mm.")
IDLE = t("Written for {most} mm. The usual depth needs none.")


class DepthChoice(QWidget):
    """One depth for the plan; the resolver caps it for each area.

    Attributes:
        edited: The depth in mm, or None for the usual one.
        reasoned: The reason for going deeper than the soft cap; empty takes it back.
        led: Leads to the field of what is missing; carries its place.
    """

    edited = Signal(object)
    reasoned = Signal(str)
    led = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.words = Label(theme, "", "label", "text2", wrap=True)
        column.addWidget(self.words)
        self._missing = ""
        self.go = Button(theme, t("Go"), "ghost", "arrow-right")
        self.go.set_flush()
        self.go.clicked.connect(lambda: self.led.emit(where_missing(self._missing)))
        column.addWidget(self.go)
        row = QHBoxLayout()
        self.slider = DepthSlider(theme, t("Depth asked for"))
        self.usual = Button(theme, t("Usual depth"), "ghost", "rotate-ccw")
        row.addWidget(self.slider, 1)
        row.addWidget(self.usual)
        column.addLayout(row)
        self.reason = TextField(theme, t("Reason to go deeper than the soft cap"))
        column.addWidget(self.reason)
        self.slider.depth_edited.connect(self.edited.emit)
        self.usual.clicked.connect(lambda: self.edited.emit(None))
        self.reason.edited.connect(self.reasoned)

    def show_depth(self, judgement: Judgement, visit: Consultation) -> None:
        """Show the depth asked for and the caps of the lines, or what is missing for that."""
        asked = visit.plan.depth_mm
        plan, missing = judgement.plan, next(iter(judgement.plan_faults), "")
        lines = plan.lines if plan else ()
        soft = max((line.cap_mm for line in lines), default=None)
        hard = max((line.reach_mm for line in lines), default=None)
        self.slider.set_caps(soft, hard)
        usual = max((line.session1_typical_mm for line in lines), default=None)
        shown = asked if asked is not None else usual
        if shown is not None:
            self.slider.set_millimetres(shown)
        words = _tell_asked(judgement, asked)
        known = shown is not None
        self.slider.setVisible(known)
        self.usual.setVisible(known)
        self._missing = "" if known else missing
        self.go.setVisible(bool(self._missing))
        self.go.setAccessibleName(t("Go: {place}", place=self._missing))
        if not known:
            words = t("No depth yet. {missing}", missing=missing)
        elif soft is not None and hard is not None:
            words = f"{words}. {_tell_caps(visit, soft, hard)}"
            if both := tell_ceilings(judgement.ceilings):
                words = f"{words} ({both})"
        self.words.setText(words)
        self.usual.setEnabled(asked is not None)
        deeper = asked is not None and soft is not None and asked > soft
        self._show_reason(visit, deeper=deeper)

    def _show_reason(self, visit: Consultation, *, deeper: bool) -> None:
        """Show the reason that stands, and for which depth it was where it holds no more."""
        reason, most = find_reason(visit)
        self.reason.setVisible(deeper or bool(reason))
        if not self.reason.control.hasFocus():
            self.reason.set_text(reason)
        asked = f"{visit.plan.depth_mm:g}" if visit.plan.depth_mm is not None else ""
        lapsed = LAPSED if asked else IDLE
        self.reason.set_help("" if most is None else lapsed.format(most=f"{most:g}", asked=asked))


def _tell_asked(judgement: Judgement, asked: float | None) -> str:
    """Return which depth is asked for, and that of the first visit where it is less deep."""
    plan = judgement.plan
    lines, first = (plan.lines, deepest_first(plan)) if plan else ((), None)
    usual = max((line.typical_mm for line in lines), default=0.0)
    words = (
        t("Depth: the usual one")
        if asked is None
        else t("Depth: {asked} mm asked for", asked=f"{asked:g}")
    )
    if first is not None and first < (usual if asked is None else asked):
        return t("{words}, first visit {first} mm", words=words, first=f"{first:g}")
    return words


def _tell_caps(visit: Consultation, soft: float, hard: float) -> str:
    """Return how deep it may go, and how deep with a reason where that is deeper."""
    reason, lapsed = find_reason(visit)
    if hard > soft and reason and lapsed is None:
        return t("Cap {cap} mm, never above {hard} mm", cap=f"{soft:g}", hard=f"{hard:g}")
    if hard > soft:
        return t("Soft cap {soft} mm, never above {hard} mm", soft=f"{soft:g}", hard=f"{hard:g}")
    return t("Never above {hard} mm", hard=f"{hard:g}")
