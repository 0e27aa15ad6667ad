"""Goes through every page of the window with one patient; for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from consult_app.domain.consultation import Consultation, Discussion
from consult_app.gui.desk import Desk
from consult_app.gui.frame import Frame
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.page import GatePage
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS
from consult_app.gui.practice.sheet import PAGES, PracticeSheet
from consult_app.gui.theme import Theme
from consult_app.gui.workspace.workspace import Workspace
from consult_app.wording import t

Wait = Callable[[Callable[[], bool]], object]
"""Lets the window work until something is so."""
Page = tuple[str, QWidget]
"""What is shown, and the window or sheet that shows it."""
CODE = "7B6J-WHTQ-Y00X-H9C7-EWTN-6G46-M8TH-T275-GK3B"
ANSWERS = ("herpes_simplex", "keloid", "isotretinoin", "diabetes", "metal")
SHEETS = ("help", "finder", "identity", "compare", "settings", "own", "sign", "records")


def make_last(desk: Desk, **said: Any) -> Consultation:  # noqa: ANN401 - as a visit has it
    """Keep a signed visit of three months ago, to be followed up, and return it.

    Args:
        desk: Where it is kept.
        said: What it says otherwise than the sample.
    """
    visit = replace(desk.sample_visit(), state="signed", visit_date=date(2026, 3, 9), sample=False)
    told = replace(visit.discussion, risks_shown=True)
    visit = replace(visit, discussion=told)
    visit = replace(visit, **said)
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    return desk.records.sign(replace(visit, agreement=agreed, panel="goals"), None, 0)


def workspace_of(room: MainWindow) -> Workspace:
    """Return the workspace of the open visit."""
    assert room.workspace is not None
    return room.workspace


def tour(frame: Frame, wait: Wait) -> Iterator[Page]:
    """Yield every page from the empty start page on; the records are open."""
    room = frame.room
    assert room is not None
    yield "start, empty", frame
    last = make_last(room.desk)
    patient = room.desk.patients.open(last.patient_id)
    visit = room.desk.begin_again(room.desk.settings, patient, last.id)
    room.show_visit(replace(visit, panel="goals"))
    yield "a visit that begins", frame
    room.run("panel:safety")
    yield "safety of a return visit", frame
    room.run("panel:goals")
    workspace_of(room).session.answer("diabetes", "yes")
    workspace_of(room).session.set("skin.skin_type", "dry")
    yield from _tour_sheets(room, ("compare", "file_away"))
    room.show_visit(replace(room.desk.sample_visit(), panel="goals"))
    yield from _tour_panels(frame, room)
    yield from _tour_sheets(room, SHEETS)
    room.show_visit(room.desk.sample_visit())  # one that can be planned for
    yield from _tour_patient_side(frame, room, wait)
    room.show_start()
    yield "start", frame
    room.reception.show_patient(last.patient_id)
    yield "patient", frame
    for kind in ("treatment", "review", "addendum"):
        room.show_visit(room.desk.begin_after(kind, room.desk.settings, patient, last, 0))
        for step in workspace_of(room).steps:
            room.run(f"panel:{step.id}")
            yield step.id, frame
    untold = make_last(room.desk, discussion=Discussion())
    room.show_visit(room.desk.begin_after("treatment", room.desk.settings, patient, untold, 0))
    yield "recheck, no harms read", frame
    room.show_visit(last)
    yield "signed", frame
    room.show_start()


def tour_gate(frame: Frame, theme: Theme) -> Iterator[Page]:
    """Yield the pages before the records are open."""
    gate = frame.gate
    code = CodePage(theme)
    pages: tuple[GatePage, ...] = (
        WelcomePage(theme),
        PassphrasePage(theme, t("Choose a passphrase")),
        code,
        UnlockPage(theme),
    )
    code.show_code(CODE)
    for page in pages:
        gate.show_page(page)
        yield type(page).__name__, frame
    gate.lock()
    yield "locked", frame


def _tour_panels(frame: Frame, room: MainWindow) -> Iterator[Page]:
    workspace = workspace_of(room)
    for item in ANSWERS:
        workspace.session.answer(item, "yes")
    workspace.session.add_entry("conditions", "herpes_simplex")
    workspace.session.add_entry("medications", "isotretinoin")
    workspace.session.add_entry("conditions", "keloid")
    for step in workspace.steps:
        room.run(f"panel:{step.id}")
        yield step.id, frame
        if isinstance(workspace.panel, SafetyPanel):
            for group, _ in GROUPS[1:]:
                workspace.panel.show_group(group)
                yield f"safety, {group}", frame


def _tour_sheets(room: MainWindow, names: Sequence[str]) -> Iterator[Page]:
    for name in names:
        room.run(name)
        (sheet,) = [it for it in room.findChildren(QDialog) if it.isVisible()]
        yield name, sheet
        if isinstance(sheet, PracticeSheet):
            for page, _ in PAGES[1:]:
                sheet.show_page(page)
                yield f"{name}, {page}", sheet
        sheet.close()


def _tour_patient_side(frame: Frame, room: MainWindow, wait: Wait) -> Iterator[Page]:
    room.run("patient_view")
    view = room.patient.view
    assert view is not None
    wait(lambda: view.is_told)
    for number in range(1, view.count):
        yield f"patient view {number}", frame
        view.turn(1)
    assert isinstance(view.slide, AgreePanel)
    yield "patient's choice", frame
    view.go_on()
    yield "patient's last page", frame
    room.run("patient_view")
    room.run("handout")
    wait(room.preview.isVisible)
    yield "handout", frame
    room.preview.close_wanted.emit()
