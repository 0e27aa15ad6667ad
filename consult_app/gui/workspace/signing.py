"""What was typed into a visit and would be dropped by signing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.finding import Severity
from consult_app.gui.finding.fields_offered import applies, look_around
from consult_app.gui.widgets.written_dates import write_kept
from consult_app.gui.workspace.identity import UNREAD, read_day
from consult_app.gui.workspace.unread import find_unread, read_begun
from consult_app.gui.workspace.whereabouts import name_field
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.visits.obstacle import IDENTITY, Obstacle
from consult_app.wording import t

UNREADABLE = t('{panel}, {field}: "{text}" cannot be read. Correct or clear it.')
LATE = t('{panel}, {field}: "{text}" has not come yet. Correct or clear it.')
"""The one whole day that is no value: of a visit still to come."""
COME = t('{panel}, {field}: "{text}" has come by now. Open the details to take it, or clear it.')
NOT_RECORDED = t('Decision, {finding}: "{text}" is not recorded. Record or clear it.')


def list_unread(workspace: Workspace) -> tuple[Obstacle, ...]:
    """Return what was written into a field and cannot be read, or is not recorded yet.

    The signed record has no place for it, so signing would drop what somebody typed. A field that
    does not apply any more, such as a detail of what was answered No since, is left out.
    """
    workspace.bookmark.note()
    unread = workspace.session.visit.unread
    steps = {name.partition(":")[0] for name in unread}
    panels = [workspace.find_panel(step.id) for step in workspace.steps if step.id in steps]
    for panel in panels:
        panel.refresh()  # one not looked at since the work was resumed hides what applies
    today = workspace.session.today
    details = [
        (_say(text, today), t("Patient details"), field, text, IDENTITY)
        for name, text in unread.items()
        if (field := name.removeprefix(UNREAD)) != name
    ]
    asked = [
        (
            UNREADABLE,
            panel.title,
            field.control.accessibleName(),
            text,
            f"panel:{panel.step}:{name_field(panel, field.control)}",
        )
        for panel in panels
        for field, text in find_unread(panel, unread)
        if applies(field, list(look_around(field, panel)))
    ]
    return tuple(_list_begun(workspace)) + tuple(
        Obstacle(text=words.format(panel=panel, field=field, text=write_kept(text)), place=place)
        for words, panel, field, text, place in (*details, *asked)
    )


def _list_begun(workspace: Workspace) -> Iterator[Obstacle]:
    """Yield the reasons begun in the decision box, of what still asks for one."""
    begun = read_begun(workspace.session.visit.unread)
    for finding in workspace.session.judgement.decision.findings:
        if finding.severity is Severity.RELATIVE and finding.id in begun:
            about = workspace.panel.desk.pack.name_finding(finding)
            words = NOT_RECORDED.format(finding=about, text=begun[finding.id])
            yield Obstacle(text=words, place=f"record:{finding.id}")


def _say(text: str, today: date) -> str:
    day = read_day(text)
    if day is None:
        return UNREADABLE
    return LATE if day > today else COME
