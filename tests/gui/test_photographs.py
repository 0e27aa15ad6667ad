"""Photographs are kept with the record, encrypted, and stand beside each other with one key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtGui import QColor, QImage, QImageReader
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from consult_app import record
from consult_app.domain.attachments import find_attachments
from consult_app.domain.consultation import Consultation, Photograph
from consult_app.errors import ConsultError, InputError
from consult_app.gui import photographs
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panel import Panel
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.review import ReviewPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.gui.photo_set import Picture
from consult_app.gui.photographs import LONGEST, read_photograph
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.comparison import ALONE
from consult_app.knowledge.visits.photographs import pair_photographs
from tests.gui.touring import workspace_of

WHERE = "51.5 N, 0.1 W"
Take = Callable[[str, str], Path]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Take a photograph of one colour; the camera writes into it where that was."""

    def shoot(name: str, colour: str) -> Path:
        image = QImage(64, 48, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        image.setText("Location", WHERE)
        path = tmp_path / name
        assert image.save(str(path))
        return path

    return shoot


def open_skin(window: MainWindow, visit: Consultation) -> SkinPanel:
    window.show_visit(visit)
    window.run("panel:skin")
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, SkinPanel)
    return panel


def pictures_of(panel: SkinPanel) -> tuple[Photograph, ...]:
    return panel.session.visit.skin.pictures


def take_in(panel: SkinPanel, qtbot: QtBot, angle: str, source: Path) -> Photograph:
    before = pictures_of(panel)
    panel.photos.kept.take_in(angle, source)
    qtbot.waitUntil(lambda: pictures_of(panel) != before)
    return pictures_of(panel)[-1]


def test_only_the_picture_itself_is_kept_and_no_larger_than_needed(take: Take) -> None:
    source = take("there.png", "red")
    assert WHERE.encode() in source.read_bytes()
    large = QImage(LONGEST + 600, 40, QImage.Format.Format_RGB32)
    large.save(str(source.with_name("large.png")))

    kept = QImage.fromData(read_photograph(source))

    assert WHERE.encode() not in read_photograph(source)
    assert (kept.width(), kept.height()) == (64, 48)
    assert kept.pixelColor(30, 20).red() > 200
    assert QImage.fromData(read_photograph(source.with_name("large.png"))).width() == LONGEST


def test_a_picture_too_large_to_be_read_whole_is_made_small_as_it_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Qt gives one picture 256 MB, and the finest of a telephone take three times as much."""
    monkeypatch.setattr(photographs, "LONGEST", 300)
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(tmp_path / "fine.jpg"))
    before = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(1)
    try:
        kept = QImage.fromData(read_photograph(tmp_path / "fine.jpg"))
    finally:
        QImageReader.setAllocationLimit(before)
    assert (kept.width(), kept.height()) == (300, 225)


def test_a_photograph_is_durable_with_the_draft_and_found_again(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    panel = open_skin(window, desk.sample_visit())
    taken = take_in(panel, qtbot, "front", take("a.jpg", "red"))
    visit_id = panel.session.visit.id
    assert "front" in panel.session.visit.skin.photos, "the angle is ticked as taken"
    assert panel.photos.fold.summary == "1 taken, 0 of 4 conditions, 1 kept here"
    window.settle()

    kept = desk.records.open_visit(visit_id)

    assert kept.skin.pictures == (taken,)
    found = list(find_attachments(record.write(kept, full=True)))
    assert found == [("pictures", taken.attachment)], "so it is exported, backed up and erased"
    assert QImage.fromData(desk.records.read_photograph(taken.attachment)).width() == 64
    shown = panel.photos.kept.findChild(Picture)
    assert isinstance(shown, Picture)
    assert shown.accessibleName() == "Front"
    qtbot.waitUntil(lambda: not shown.pixmap().isNull())


def test_one_of_the_same_angle_takes_its_place_and_can_be_taken_back(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    panel = open_skin(window, desk.sample_visit())
    first = take_in(panel, qtbot, "front", take("a.jpg", "red"))
    second = take_in(panel, qtbot, "front", take("b.jpg", "blue"))
    assert pictures_of(panel) == (second,)

    panel.session.undo()
    assert pictures_of(panel) == (first,)
    panel.photos.kept._remove(first.attachment)
    assert pictures_of(panel) == ()
    panel.session.undo()
    assert pictures_of(panel) == (first,)
    window.show_start()

    assert desk.records.read_photograph(first.attachment)
    with pytest.raises(ConsultError):
        desk.records.read_photograph(second.attachment)


def test_close_ups_of_several_places_are_kept_beside_each_other(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    """The second took the place of the first, which showed another place."""
    panel = open_skin(window, desk.sample_visit())
    cheek = take_in(panel, qtbot, "close_up", take("a.jpg", "red"))
    chin = take_in(panel, qtbot, "close_up", take("b.jpg", "blue"))

    assert pictures_of(panel) == (cheek, chin)
    menu = panel.photos.kept.add.open_menu()
    assert menu.actions()[-1].text() == "Close-up of the area"
    menu.close()
    panel.photos.kept._remove(cheek.attachment)
    assert pictures_of(panel) == (chin,)


def test_an_angle_that_is_kept_says_that_another_takes_its_place(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    panel = open_skin(window, desk.sample_visit())
    take_in(panel, qtbot, "front", take("a.jpg", "red"))
    assert "front" in [it.angle for it in pictures_of(panel)]

    menu = panel.photos.kept.add.open_menu()
    shown = [action.text() for action in menu.actions()]
    menu.close()

    assert shown[:2] == ["Front: in place of the one kept", "Right, half turned"]


def test_what_is_no_picture_is_refused_and_nothing_changes(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "notes.jpg"
    source.write_text("no picture")
    with pytest.raises(InputError):
        read_photograph(source)
    panel = open_skin(window, desk.sample_visit())

    panel.photos.kept.take_in("front", source)

    qtbot.waitUntil(
        lambda: "The file: no picture that can be read." in panel.photos.kept.notice.text()
    )
    assert pictures_of(panel) == ()


def test_who_refuses_photographs_is_told_where_those_kept_are(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    """The refusal is given long after they were taken, and nothing else would lead back."""
    panel = open_skin(window, desk.sample_visit())
    taken = take_in(panel, qtbot, "front", take("a.jpg", "red"))
    window.run("panel:agree")
    workspace = workspace_of(window)
    agree = workspace.panel
    assert isinstance(agree, AgreePanel)
    assert not agree.kept.isVisible()

    agree.consents["photos_record"].edited.emit("no")
    assert agree.kept.text().startswith("Photographs are kept with this record.")
    agree.kept.acted.emit()
    assert workspace.panel is panel
    panel.photos.kept._remove(taken.attachment)

    window.run("panel:agree")
    assert not agree.kept.isVisible()


def test_the_first_and_the_latest_of_each_angle_make_a_pair(desk: Desk) -> None:
    def visit(day: int, *angles: str) -> Consultation:
        empty = replace(desk.sample_visit(), visit_date=date(2026, 6, day))
        taken = [
            Photograph(angle=it, attachment=f"{it}{day}", added_at=empty.started_at)
            for it in angles
        ]
        return replace(empty, skin=replace(empty.skin, pictures=tuple(taken)))

    pairs = pair_photographs([visit(9, "front"), visit(1, "left_side", "front"), visit(5, "front")])

    told = [
        (it.angle, it.before.attachment, it.after.attachment if it.after else None) for it in pairs
    ]
    assert told == [("front", "front1", "front9"), ("left_side", "left_side1", None)]


def test_close_ups_of_a_visit_are_no_before_and_after_of_each_other(desk: Desk) -> None:
    def visit(day: int, *names: str) -> Consultation:
        empty = replace(desk.sample_visit(), visit_date=date(2026, 6, day))
        taken = [
            Photograph(angle="close_up", attachment=it, added_at=empty.started_at) for it in names
        ]
        return replace(empty, skin=replace(empty.skin, pictures=tuple(taken)))

    def pair(*visits: Consultation) -> list[tuple[str, str | None]]:
        return [
            (it.before.attachment, it.after.attachment if it.after else None)
            for it in pair_photographs(visits)
        ]

    first = visit(1, "cheek", "chin")
    assert pair(first) == [("cheek", None), ("chin", None)]
    later = visit(9, "cheek 9", "chin 9", "nose 9")
    assert pair(later, first) == [("cheek", "cheek 9"), ("chin", "chin 9"), ("nose 9", None)]
    assert pair(visit(9, "cheek 9"), first) == [("cheek", "cheek 9"), ("chin", None)]


def begin_next(
    window: MainWindow, desk: Desk, kind: Literal["treatment", "review"], first: Consultation
) -> Panel:
    """Begin what follows a signed consultation, and return its first panel."""
    person = desk.patients.open(first.patient_id)
    window.show_visit(desk.begin_after(kind, desk.settings, person, first, 0))
    assert window.workspace is not None
    panel = window.workspace.panel
    assert not panel.session.visit.skin.pictures, "those of the consultation stay with it"
    return panel


def test_a_treatment_record_keeps_photographs_too(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    visit = replace(desk.sample_visit(), sample=False, state="signed")
    agreed = replace(visit.agreement, decision="go_ahead", signed_on_paper=True)
    first = desk.records.sign(replace(visit, agreement=agreed), None, 0)

    recheck = begin_next(window, desk, "treatment", first)
    assert isinstance(recheck, RecheckPanel)
    recheck.photographs.take_in("close_up", take("d.jpg", "green"))
    qtbot.waitUntil(lambda: bool(recheck.session.visit.skin.pictures))

    (kept,) = recheck.session.visit.skin.pictures
    window.show_start()
    written = record.write(desk.records.open_visit(recheck.session.visit.id), full=True)
    carried = list(find_attachments(written))
    assert ("pictures", kept.attachment) in carried, "so it is exported, backed up and erased"


def test_before_and_after_stand_side_by_side_with_one_key(
    window: MainWindow, desk: Desk, take: Take, qtbot: QtBot
) -> None:
    panel = open_skin(window, replace(desk.sample_visit(), sample=False))
    take_in(panel, qtbot, "front", take("a.jpg", "red"))
    take_in(panel, qtbot, "left_side", take("b.jpg", "green"))
    agreed = replace(panel.session.visit.agreement, decision="go_ahead", signed_on_paper=True)
    signed = replace(panel.session.visit, agreement=agreed, state="signed")
    window.show_start()
    first = desk.records.sign(replace(signed, visit_date=date(2026, 3, 9)), None, 0)

    review = begin_next(window, desk, "review", first)
    assert isinstance(review, ReviewPanel)
    review.photographs.take_in("front", take("c.jpg", "blue"))
    qtbot.waitUntil(lambda: bool(review.session.visit.skin.pictures))
    window.run("compare")

    (sheet,) = [it for it in window.findChildren(QDialog) if it.isVisible()]
    shown = sheet.findChildren(Picture)
    names = [it.accessibleName() for it in shown]
    assert names == ["Front, 9 Mar 2026", "Front, 15 Jun 2026", "Left side, 9 Mar 2026"]
    assert ALONE in [it.text() for it in sheet.findChildren(Label)]
    qtbot.waitUntil(lambda: all(not it.pixmap().isNull() for it in shown))
    colours = [it.pixmap().toImage().pixelColor(20, 20) for it in shown[:2]]
    assert colours[0].red() > 200 > colours[0].blue()
    assert colours[1].blue() > 200 > colours[1].red()
    sheet.close()


@pytest.mark.parametrize("then", ["left", "signed", "locked"])
def test_one_that_is_still_being_taken_in_is_kept_with_the_visit(
    window: MainWindow, desk: Desk, take: Take, then: str
) -> None:
    """It came after the visit was closed or signed, and was gone without a word."""
    visit = desk.sample_visit()
    panel = open_skin(window, visit)
    panel.photos.kept.take_in("front", take("front.png", "red"))
    assert not pictures_of(panel)
    ways = {"left": window.show_start, "locked": window.settle}
    ways.get(then, window.reception.keep_draft)()  # signing keeps the draft first
    desk.records.finish_writing()
    kept = desk.records.open_visit(visit.id)
    assert [it.angle for it in kept.skin.pictures] == ["front"]
    assert kept.skin.photos == ("front",)
