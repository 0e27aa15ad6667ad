"""How far the reviews of a patient let a treatment go deeper than the first of its plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.workspace.earlier import read_earlier
from consult_app.knowledge.continuing import count_steps
from consult_app.knowledge.judgement import Judgement
from consult_app.values import replace

Judge = Callable[[Consultation], Judgement]


def judge_steps(desk: Desk, treatment: Consultation, judge: Judge) -> Judge:
    """Return what judges a treatment that is not signed, with the steps that its reviews allow.

    Where a record cannot be read, none is known to allow any.
    """

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state == "signed":
            return found
        return replace(found, steps=count(visit.visit_date))

    @lru_cache(maxsize=1)
    def count(day: date) -> int:
        """Count them for a day; nobody changes the others while this visit is open."""
        try:
            earlier = read_earlier(desk, treatment, unfinished=True)
        except ConsultError:
            return 0
        return count_steps(treatment.follows or "", (it for it in earlier if it.visit_date <= day))

    return judge_all
