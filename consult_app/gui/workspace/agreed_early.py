"""A day that was agreed in a signed visit although what it knew has a treatment wait then."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.workspace.earlier import recall_earlier, recall_last
from consult_app.knowledge.visits.soonest import find_refused_until


def is_early(desk: Desk, visit: Consultation, day: date) -> bool:
    """Return whether a visit agreed this day, and what it knew has a treatment wait beyond it.

    It was kept as written and pointed out there; whoever reads a list was not told. That the plan
    keeps more weeks between two, or days before an event, refuses no treatment.

    Raises:
        ConsultError: The visit that it follows cannot be read.
    """
    told = visit.treatment or visit.review
    if told is None or told.next_date != day:
        return False
    said, judged = recall_last(desk, visit), desk.judge_then(visit)
    until = find_refused_until(desk.pack, visit, judged, recall_earlier(desk, visit), said)
    return until is not None and day < until
