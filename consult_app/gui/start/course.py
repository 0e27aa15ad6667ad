"""How far the course is to which a treatment or a review belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.start.following import is_overtaken
from consult_app.gui.tasks import attempt
from consult_app.gui.workspace.earlier import recall_earlier
from consult_app.knowledge.judgement import could_not_judge
from consult_app.knowledge.visits.continuing import list_done

if TYPE_CHECKING:
    from consult_app.gui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The treatments of one plan.

    Attributes:
        done: How many were done by then.
        planned: How many there are to be; none where nobody can tell.
        at: The hour that was agreed for them; None where none was.
    """

    done: int = 0
    planned: int = 0
    at: time | None = None


def find_course(desk: Desk, visit: Consultation) -> Course:
    """Return the course of a signed treatment or review, as its plan was signed.

    None where a later consultation counts: its treatments are to come by another plan.
    """
    if is_overtaken(desk, visit):
        return Course()
    try:
        base = desk.records.open_visit(visit.follows or "")
    except ConsultError:
        return Course()  # whoever opens it is told
    if base.agreement.decision != "go_ahead":
        return Course()
    known = (visit, *recall_earlier(desk, visit))
    done = list_done(base.id, known, visit.visit_date + timedelta(days=1))
    plan = attempt(partial(desk.judge_then, base), could_not_judge).plan
    planned = len(plan.session_plan) if plan is not None else 0
    first = base.plan.first_session
    return Course(done=len(done), planned=planned, at=first.time() if first is not None else None)
