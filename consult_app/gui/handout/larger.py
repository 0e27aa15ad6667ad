"""The sheet that was kept; or the same one made anew in large print, for who cannot read it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from consult_app.domain.consultation import Consultation, HandoutKept
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_day import recall_anew
from consult_app.gui.handout.rendering import read_words
from consult_app.gui.tasks import attempt
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.judgement import could_not_judge
from consult_app.values import replace


class Larger:
    """Whether a kept sheet is wanted in large print.

    What was chosen in the preview holds for as long as that is open: it is seen there. Else it is
    what the patient needs, by the visit that is open.

    Attributes:
        view: The preview.
        chosen: What was chosen there; None for nothing.
    """

    def __init__(self) -> None:
        self.view: QWidget | None = None
        self.chosen: bool | None = None

    def is_wanted(self, visit: Consultation) -> bool:
        """Return whether it is, and forget what was chosen in a preview that was left."""
        if self.view is None or self.view.isHidden():
            self.chosen = None
        return visit.needs.large_print if self.chosen is None else self.chosen


def show_kept(desk: Desk, told: Consultation, kept: HandoutKept, *, large: bool) -> Sheet:
    """Return the sheet that was kept with a signed visit; in large print where that is wanted.

    What was handed over is shown and printed again, byte for byte, for the content may have changed
    since. Only large print is made anew, and only by the numbers that the visit was signed with. It
    allows nothing sooner than the one that was kept, which the patient has too.

    Raises:
        ConsultError: It cannot be read, or not be made.
    """
    pdf, day = desk.records.read_handout(told), kept.made_at.date()
    again = find_again(desk, told, pdf)
    if large and again is not None:
        made = desk.enlarge_sheet(again)
        return replace(made, handed_on=day, can_enlarge=True, enlarged=True)
    return Sheet(pdf=pdf, pages=kept.pages, handed_on=day, can_enlarge=again is not None)


def find_again(desk: Desk, told: Consultation, pdf: bytes) -> Consultation | None:
    """Return what a kept sheet can be made anew of in large print; None where it cannot.

    By other content or numbers it could say another plan than the one that was handed over, so
    they are to be those that the visit was signed with. A treatment's own sheet was made of more
    than its record tells: made anew in ordinary print, it has to say word for word what was kept.
    """
    if told.needs.large_print or told.kind not in {"consultation", "treatment"}:
        return None
    if told.kind == "consultation":
        judged = attempt(lambda: desk.judge_then(told), could_not_judge).screening
        known = judged is not None and judged.content_version == told.content_version
        return told if known else None
    again = recall_anew(desk, told)
    same = again is not None and attempt(
        lambda: read_words(desk.make_sheet(again).pdf) == read_words(pdf), lambda _: False
    )
    return again if same else None
