"""A visit that is opened again, by what is known now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.workspace.earlier import renew_needled
from consult_app.knowledge.later_said import LastSaid, forget_overtaken


def resume_visit(
    desk: Desk,
    visit: Consultation,
    said: LastSaid | None,
    saved_at: datetime | None,
    tell: Callable[[ConsultError], object],
) -> Consultation:
    """Return a visit that is opened again, without what holds no more; one put away is taken up.

    Args:
        desk: Where it is kept.
        visit: The visit as it was left; a signed one stays as it is.
        said: What it follows, with what was said since.
        saved_at: When it was last saved.
        tell: Tells of earlier visits that cannot be read.

    Raises:
        ConsultError: It cannot be taken up; it is put away as before.
    """
    if visit.state == "signed":
        return visit
    if said is not None:
        visit = forget_overtaken(desk.pack, visit, said, saved_at)
    visit = renew_needled(desk, visit, tell)
    if visit.state == "put_away":
        desk.records.take_up(visit)
        visit = replace(visit, state="draft", put_away="")
    return visit
