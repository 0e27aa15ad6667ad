"""A panel that comes back into sight shows what was changed while another page covered it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.steps import STEPS
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.touring import workspace_of


@pytest.fixture
def agreed(desk: Desk) -> Consultation:
    """A visit in which the patient was told everything, goes ahead and signed on paper."""
    visit = desk.sample_visit()
    agreement = replace(
        visit.agreement, decision="go_ahead", signed_on_paper=True, wording_version="1"
    )
    talk = replace(visit.discussion, risks_shown=True, discussed=True)
    return replace(visit, agreement=agreement, discussion=talk)


def read(part: QWidget) -> list[tuple[str, bool]]:
    """Return every word in sight, and of a button whether it is chosen and can be pressed."""
    QApplication.processEvents()
    words = [(it.text(), True) for it in part.findChildren(QLabel) if it.isVisible() and it.text()]
    buttons = [it for it in part.findChildren(QAbstractButton) if it.isVisible()]
    words += [(it.text() or it.accessibleName(), it.isChecked()) for it in buttons]
    return words + [(it.text() or it.accessibleName(), it.isEnabled()) for it in buttons]


@pytest.mark.parametrize("page", ["patient_view", "handout"])
@pytest.mark.parametrize("panel", [step.id for step in STEPS])
def test_what_changed_behind_another_page_is_seen(
    panel: str, page: str, window: MainWindow, agreed: Consultation, qtbot: QtBot
) -> None:
    """A patient's *No* on their own screen left *go ahead* on Finish, and the handout to print."""
    window.show_visit(agreed)
    workspace = workspace_of(window)
    window.run(f"panel:{panel}")
    before = read(workspace.panel)
    window.run(page)
    qtbot.waitUntil(lambda: not workspace.isVisible())

    session = workspace.session
    with session.one_step():
        session.set("agreement.decision", "no")
        session.set("agreement.signed_on_paper", value=False)
        session.set("skin.phototype_seen", 5)
        session.set("goals.own_words", "not today")
        session.answer("pregnancy", "yes")
    if page == "patient_view":
        window.run(page)
    else:
        window.preview.close_wanted.emit()

    assert workspace.isVisible()
    shown = read(workspace.panel)
    workspace.panel.refresh()
    workspace.panel.show_lock()
    assert shown == read(workspace.panel)
    assert shown != before or panel == "goals", "only then this test says anything"
