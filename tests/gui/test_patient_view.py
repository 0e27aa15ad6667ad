"""The patient view: the patient's own sheet, large, and nothing that is not theirs."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from consult_app.domain import change
from consult_app.domain.consultation import Consultation, MapFinding, Override, TeachBack
from consult_app.domain.own import Own
from consult_app.domain.people import Patient
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.patient_view.slide import Slide
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.patient_view.waiting import WAITING
from consult_app.settings import Colleague, LimitChange
from consult_app.values import fields, is_dataclass
from tests.gui.touring import workspace_of

V = TypeVar("V")

PRIVATE = "Zanzibarword"
CODES = {
    "id",
    "patient_id",
    "panel",
    "locale.country",
    "locale.language",
    "needs.language",
    "facts.device_profile",
    "plan.device_kind",
    "device_kind",
    "device_profile",
    "country",
    "language",
    "content_id",
    "content_version",
    "fingerprint",
    "agreement.wording_version",
}
"""What the program itself writes, or takes from a list."""

FOR_THE_PATIENT = {
    "clinic.name",
    "clinic.out_of_hours",
    "clinic.phone",
    "discussion.agreed_range",
    "discussion.must_avoid",
    "practitioner.name",
    "practitioner.registration",
    "practitioner.role",
}
"""What was written for the patient to read: it stands on their sheet."""

ELSEWHERE = {"clinic_name", "said back"}
"""The clinic's name in the settings, and what the patient themselves said."""


def show(window: MainWindow, qtbot: QtBot, visit: Consultation) -> PatientView:
    """Open a consultation and its patient view, and wait for its words."""
    window.show_visit(visit)
    QTest.keyClick(window, Qt.Key.Key_F8)
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told)
    return view


def walk(view: PatientView) -> list[QWidget]:
    """Return every part from the one that is shown to the last."""
    parts: list[QWidget] = []
    while view.slide is not None and view.slide not in parts:
        parts.append(view.slide)
        view.turn(1)
    return parts


def words_in(root: QWidget) -> str:
    """Return every word that can be seen, heard or pointed at in `root`."""
    found = []
    for part in (root, *root.findChildren(QWidget)):
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, (QLabel, QLineEdit, QAbstractButton)):
            found.append(part.text())
        if isinstance(part, QPlainTextEdit):
            found.append(part.toPlainText())
    return "\n".join(found)


def find_texts(value: Any, lead: str = "") -> Iterator[str]:  # noqa: ANN401 - any value
    """Yield the path of every field of a frozen value in which anything can be written."""
    types = typing.get_type_hints(type(value))
    for each in fields(value):
        path, inner = f"{lead}{each.name}", getattr(value, each.name)
        if is_dataclass(inner):
            yield from find_texts(inner, f"{path}.")
        elif types[each.name] is str and path not in CODES:
            yield path


def mark(value: V) -> V:
    """Return the value with a price and the path of the field in everything that can be written."""
    for path in find_texts(value):
        value = change.put(value, path, price_of(path))
    return value


def price_of(path: str) -> str:
    """Return a word with a price, as somebody may note it in the field at a path."""
    return f"{PRIVATE}\N{POUND SIGN}480{''.join(filter(str.isalpha, path))}."


def mark_lists(visit: Consultation) -> Consultation:
    """Return the visit with marks also in the lists whose entries hold words of their own."""
    finding = MapFinding(area="nose", concern="pores", grade=1, note=price_of("note"))
    back = TeachBack(words=dict.fromkeys(("tonight", "again", "call"), price_of("said back")))
    return replace(
        visit,
        overrides=(Override(id="soft_cap:cheeks", reason=price_of("reason")),),
        skin=replace(visit.skin, findings=(*visit.skin.findings, finding)),
        agreement=replace(visit.agreement, teach_back=back),
    )


def test_says_what_the_sheet_says_and_ends_with_the_choice(
    window: MainWindow, qtbot: QtBot
) -> None:
    visit = window.desk.sample_visit()
    view = show(window, qtbot, visit)

    parts = walk(view)

    sheet = window.desk.tell_patient(visit)
    told = {s.id for page in sheet.pages for row in page.rows for s in row.sections}
    shown = {name for part in parts if isinstance(part, Slide) for name in part.sections}
    assert shown == told
    assert isinstance(parts[-1], AgreePanel)
    seen = "".join(map(words_in, parts)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Mon 9:15 am" in seen


def test_shows_no_private_note_no_price_no_decision_and_no_other_patient(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Whatever is written anywhere, also in fields to come, only what is for the patient shows."""
    window.begin_visit(Patient(name=f"{PRIVATE} Other"))
    window.desk.records.finish_writing()
    window.desk.records.save_own(Own(phrases=(price_of("phrase"),)))
    settings = window.desk.settings
    limit = LimitChange(
        limit="x", who=price_of("who"), on=date(2026, 6, 1), before=1, after=2, reason=PRIVATE
    )
    visit = mark_lists(mark(window.desk.sample_visit()))
    desk = replace(
        window.desk,
        settings=replace(
            settings,
            practice=mark(settings.practice),
            colleagues=(mark(Colleague()),),
            changes=(limit,),
        ),
    )
    window.desk = window.reception.desk = desk
    view = show(window, qtbot, visit)

    seen = "".join(words_in(part) for part in (*walk(view), view))

    assert len(set(find_texts(visit))) > 12, "the fields were found"
    shown = {path for path in find_texts(visit) if price_of(path) in seen}
    assert shown == FOR_THE_PATIENT
    for path in FOR_THE_PATIENT | ELSEWHERE:
        seen = seen.replace(price_of(path), "")
    assert PRIVATE not in seen
    workspace = window.workspace
    assert workspace is not None
    assert not workspace.isVisible()
    assert price_of("goals.worth_it") in words_in(window), (
        "the practitioner's window does hold the marker"
    )


def test_is_larger_than_the_practitioners_window(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())

    assert view.theme.font("body").pixelSize() >= 1.4 * window.theme.font("body").pixelSize()
    assert view.theme.font("body").pixelSize() >= 20


def test_a_column_of_longer_words_is_wider(window: MainWindow, qtbot: QtBot) -> None:
    """On an upright tablet the redness bars left what may be seen one word a line."""
    window.resize(800, 1240)
    view = show(window, qtbot, window.desk.sample_visit())
    (table,) = [slide for slide in walk(view) if "What you may see" in words_in(slide)]
    width = {label.text(): label.width() for label in table.findChildren(QLabel)}
    assert width["What you may see"] > 1.3 * width["What to do"] > width["When"]


def test_the_choice_is_recorded_from_the_patients_side(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    panel = walk(view)[-1]
    assert isinstance(panel, AgreePanel)

    panel.decision.edited.emit("think")

    assert window.workspace is not None
    assert window.workspace.session.visit.agreement.decision == "think"


def test_turns_by_keys_and_ends_by_escape_or_its_key(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    first = view.slide
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.slide is not first
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.slide is first

    QTest.keyClick(view, Qt.Key.Key_Escape)

    workspace = workspace_of(window)
    assert workspace.isVisible()
    assert window.patient.view is None
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not workspace.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert workspace.isVisible()


def test_a_plan_that_is_not_ready_shows_nothing_of_the_record(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.begin_visit(Patient(name="Ada North"))

    QTest.keyClick(window, Qt.Key.Key_F8)

    view = window.patient.view
    assert view is not None
    assert WAITING not in words_in(view), "it may be ready: that is only being looked up"
    assert view.place.text() == ""
    qtbot.waitUntil(lambda: WAITING in words_in(view))


def test_is_gone_once_the_screen_is_locked(frame: Frame, qtbot: QtBot) -> None:
    room = frame.room
    assert room is not None
    view = show(room, qtbot, room.desk.sample_visit())

    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert frame.gate.isVisible()
    assert not shiboken6.isValid(view) or not view.isVisible()


def test_any_other_command_leads_back_to_the_work(window: MainWindow, qtbot: QtBot) -> None:
    show(window, qtbot, window.desk.sample_visit())

    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)

    assert window.patient.view is None
    assert window.workspace is not None
    assert window.workspace.panel.step == "plan"
    assert window.workspace.isVisible()


def test_is_gone_with_its_consultation(window: MainWindow, qtbot: QtBot) -> None:
    show(window, qtbot, window.desk.sample_visit())

    window.show_start()

    assert window.patient.view is None
    assert window.start.isVisible()


def test_the_work_goes_on_once_it_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    show(window, qtbot, window.desk.sample_visit())
    assert window.workspace is not None
    window.run("patient_view")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    window.workspace.session.set("goals.own_words", "The dents on my cheeks")

    assert window.workspace.session.visit.goals.own_words == "The dents on my cheeks"


def test_stays_with_the_choice_when_the_sheet_grows(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, window.desk.sample_visit())
    panel = walk(view)[-1]
    assert isinstance(panel, AgreePanel)
    parts = view.count
    assert window.workspace is not None
    window.workspace.session.set("discussion.agreed_range", "Softer, not gone")

    view.tell()
    qtbot.waitUntil(lambda: view.count > parts)

    assert view.slide is panel
