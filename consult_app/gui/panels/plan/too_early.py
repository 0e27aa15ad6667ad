"""A first visit that is planned for before what is going on now can be over."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_weekday
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.waiting import judge_unset
from consult_app.wording import t

UNSET = t(
    "Something has to settle before anybody is needled, and no day is known for that; the handout "
    "names no dates"
)


def tell_too_early(desk: Desk, judged: Judgement) -> Iterator[str]:
    """Yield when the first visit can be at the earliest, where its day is refused now."""
    unset = judge_unset(desk.pack, judged)
    if unset is None:
        return
    if unset.soonest is None:
        yield UNSET
        return
    yield t(
        "Visit 1 cannot be before {day}, even if all is over today; the handout names no dates",
        day=write_weekday(unset.soonest),
    )
