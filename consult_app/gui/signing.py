"""What stands in the way of signing a visit, by its kind."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.fields_offered import applies, look_around
from consult_app.gui.identity import UNREAD
from consult_app.gui.unread import find_unread
from consult_app.gui.whereabouts import name_field
from consult_app.gui.workspace import Workspace
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.locking import find_obstacles
from consult_app.knowledge.obstacle import IDENTITY, Obstacle
from consult_app.knowledge.treating import (
    find_addendum_obstacles,
    find_review_obstacles,
    find_treatment_obstacles,
)
from consult_app.wording import t


def list_obstacles(visit: Consultation, judgement: Judgement, desk: Desk) -> tuple[Obstacle, ...]:
    """Return what is needed first; empty when nothing is."""
    if visit.kind == "treatment":
        supervisor = desk.settings.practice.supervisor
        return find_treatment_obstacles(visit, judgement, supervisor)
    if visit.kind == "review":
        return find_review_obstacles(visit)
    if visit.kind == "addendum":
        return find_addendum_obstacles(visit)
    return find_obstacles(visit, judgement, desk.pack)


def list_unread(workspace: Workspace) -> tuple[Obstacle, ...]:
    """Return what was written into a field and cannot be read.

    The signed record has no place for it, so signing would drop what somebody typed. A field that
    does not apply any more, such as a detail of what was answered No since, is left out.
    """
    workspace.bookmark.note()
    unread = workspace.session.visit.unread
    steps = {name.partition(":")[0] for name in unread}
    panels = [workspace.find_panel(step.id) for step in workspace.steps if step.id in steps]
    for panel in panels:
        panel.refresh()  # one not looked at since the work was resumed hides what applies
    details = [
        (t("Patient details"), name.removeprefix(UNREAD), text, IDENTITY)
        for name, text in unread.items()
        if name.startswith(UNREAD)
    ]
    asked = [
        (
            panel.title,
            field.control.accessibleName(),
            text,
            f"panel:{panel.step}:{name_field(panel, field.control)}",
        )
        for panel in panels
        for field, text in find_unread(panel, unread)
        if applies(field, list(look_around(field, panel)))
    ]
    return tuple(
        Obstacle(
            text=t(
                '{panel}, {field}: "{text}" cannot be read. Correct or clear it.',
                panel=panel,
                field=field,
                text=text,
            ),
            place=place,
        )
        for panel, field, text, place in (*details, *asked)
    )
