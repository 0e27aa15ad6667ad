"""Points of a list, fields of a name and a reason are told apart from what stands beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.widgets.labels import IconLabel
from tests.gui.test_beyond_limits import begin
from tests.gui.test_recording import thinned
from tests.gui.touring import make_last, workspace_of

__all__ = ["thinned"]


def test_a_reason_follows_the_words_that_speak_of_it(
    window: MainWindow, thinned: Consultation
) -> None:
    """*With the reason: Blood thinners* read as if that were the reason."""
    window.show_visit(thinned)
    session = workspace_of(window).session
    (found,) = (it for it in session.judgement.decision.findings if it.item == "anticoagulants")
    session.override(found.id, "Dr Roe agrees", found.digest)

    window.run("panel:finish")

    texts = [it.text() for it in workspace_of(window).panel.findChildren(QLabel)]
    assert "Blood thinners. Decided, with the reason: Dr Roe agrees" in texts


def test_end_points_are_named_with_their_areas(window: MainWindow, desk: Desk) -> None:
    """In the finder, and to who hears them, all of them were called the same."""
    _, panel = begin(window, desk, make_last(desk))

    names = [it.end_point.control.accessibleName() for it in panel._areas]

    assert len(names) > 1
    assert len(set(names)) == len(names)
    assert all(it.startswith("End point: ") for it in names)


def test_points_before_locking_stand_apart(window: MainWindow, desk: Desk) -> None:
    """Wrapped lines looked like new points."""
    begin(window, desk, make_last(desk))
    window.run("panel:after")
    panel = workspace_of(window).panel
    assert isinstance(panel, AfterPanel)

    marks = [it for it in panel.missing.findChildren(IconLabel) if it.isVisible()]
    texts = [it for it in panel.missing.findChildren(QLabel) if it.isVisible()]

    assert len(marks) == len(panel.missing.points()) > 1
    assert [it.text() for it in texts] == list(panel.missing.points())
    assert all(mark.y() == text.y() for mark, text in zip(marks, texts, strict=True))
