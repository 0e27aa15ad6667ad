"""The banner: whatever there is to keep in mind, it leaves the window to the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.people import Needs
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.banner import Tag
from consult_app.gui.workspace.banner import Banner, list_alerts
from tests.gui.touring import make_last, workspace_of


@pytest.fixture
def much(desk: Desk) -> Consultation:
    """A visit with every alert there is, and needs of all kinds."""
    visit = desk.sample_visit()
    alerts = {it.id: Answer(state="yes") for it in desk.pack.questions if it.alert}
    needs = Needs(large_print=True, interpreter=True, language="Polish")
    return replace(visit, answers={**visit.answers, **alerts}, needs=needs)


def banner_of(window: MainWindow, visit: Consultation) -> Banner:
    """Show a visit and return the banner over it."""
    window.show_visit(visit)
    for _ in range(3):
        QApplication.processEvents()
    assert window.workspace is not None
    return window.workspace.banner


def read_tags(banner: Banner) -> list[str]:
    """Return the words of the tags that are shown."""
    return [tag.text() for tag in banner.findChildren(Tag) if tag.isVisible()]


@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (720, 480)])
def test_many_alerts_take_two_rows_and_the_button_names_the_rest(
    open_window: Callable[..., MainWindow], much: Consultation, size: tuple[int, int]
) -> None:
    banner = banner_of(open_window(*size), much)

    shown, rest = read_tags(banner), [text for text, _ in banner.more._choices]
    alerts = list_alerts(banner._pack, much)
    assert set(alerts) <= {*shown, *rest}, "none is left out"
    assert shown
    assert set(shown) <= set(alerts), "what to take care of comes before needs"
    assert banner.more.isVisible()
    assert all(text in banner.more.accessibleName() for text in rest)
    tops = {tag.y() for tag in banner.findChildren(Tag) if tag.isVisible()}
    assert len(tops) <= 2
    assert banner.height() <= 160


@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (720, 480)])
def test_a_long_name_is_never_cut(
    open_window: Callable[..., MainWindow], much: Consultation, size: tuple[int, int]
) -> None:
    """It ended in the middle of a word, as if the patient were called that."""
    name = "Wolfeschlegelsteinhausen-Maximiliana Alexandrovna Oyelaran-Nguyen de la Cruz"
    window = open_window(*size)
    for called in (name, "Ada Berg"):
        banner = banner_of(window, replace(much, patient=replace(much.patient, name=called)))
        for _ in range(5):
            QApplication.processEvents()
        shown = banner._name
        assert shown.text() == called
        words = called.split() if shown.wordWrap() else [called]
        width = shown.fontMetrics().horizontalAdvance
        assert max(width(word) for word in words) <= shown.width()
        assert shown.heightForWidth(shown.width()) <= shown.height()
        assert window.width() == size[0]


def test_a_low_window_keeps_one_row_of_alerts_beneath_the_name(
    open_window: Callable[..., MainWindow], much: Consultation, look: Theme
) -> None:
    look.set_text_percent(130)
    banner = banner_of(open_window(960, 540), much)

    shown, rest = read_tags(banner), [text for text, _ in banner.more._choices]
    assert {tag.y() for tag in banner.findChildren(Tag) if tag.isVisible()} == {0}
    assert set(list_alerts(banner._pack, much)) <= {*shown, *rest}, "none is left out"
    assert shown
    assert banner.height() < look.px(100)


def test_few_are_all_shown_in_their_order(window: MainWindow, desk: Desk) -> None:
    visit = replace(desk.sample_visit(), needs=Needs(large_print=True))

    banner = banner_of(window, visit)

    assert read_tags(banner)[:2] == ["Sample", "Large print"]
    assert not banner.more.isVisible()


def test_a_wider_window_shows_more_of_them(
    open_window: Callable[..., MainWindow], much: Consultation
) -> None:
    window = open_window(960, 540)
    narrow = len(read_tags(banner_of(window, much)))

    window.resize(1900, 900)
    for _ in range(3):
        QApplication.processEvents()

    assert window.workspace is not None
    assert len(read_tags(window.workspace.banner)) > narrow


@pytest.mark.parametrize(("width", "percent"), [(720, 100), (720, 130), (1366, 130), (1366, 100)])
def test_who_the_patient_is_is_never_cut(
    open_window: Callable[..., MainWindow],
    look: Theme,
    much: Consultation,
    width: int,
    percent: int,
) -> None:
    look.set_text_percent(percent)
    window = open_window(width, 600)
    banner = banner_of(window, much)
    line = banner._line

    assert window.width() == width
    assert line.width() >= line.sizeHint().width()
    assert line.height() >= line.sizeHint().height()
    assert "17 May 1994 · 32 years" in line.text()
    assert "E-0001" in line.text()
    assert ("\n" in line.text()) is ((width, percent) == (720, 130)), "only where it must be"


def test_known_allergies_are_marked_from_the_moment_a_visit_is_opened(
    window: MainWindow, desk: Desk, look: Theme
) -> None:
    """In a visit that was resumed, or in a treatment, they stood there like any other fact."""
    known = replace(desk.sample_visit(), allergy_state="known", allergies="Penicillin")
    allergies = banner_of(window, known)._allergies._text
    assert allergies.text() == "Penicillin"
    assert allergies.palette().color(QPalette.ColorRole.WindowText) == look.color("stop")


def test_what_the_last_visit_said_is_kept_in_mind_until_it_is_asked(
    window: MainWindow, desk: Desk
) -> None:
    """Nothing was said of a known allergy until its question came, in the third panel."""
    last = replace(
        make_last(desk),
        id="last",
        allergy_state="known",
        allergies="penicillin",
        answers={"herpes_simplex": Answer(state="yes")},
        visit_date=date(2026, 4, 1),
    )
    last = desk.records.sign(last, None, 0)
    person = desk.patients.open(last.patient_id)
    banner = banner_of(window, desk.begin_again(desk.settings, person, last.id))
    session = workspace_of(window).session
    assert banner._allergies.text() == "Not asked; last visit: penicillin"
    assert "Cold sores, last visit" in read_tags(banner)

    session.answer("herpes_simplex", "no")
    session.set("allergy_state", "none_known")

    assert banner._allergies.text() == "None known"
    assert "Cold sores, last visit" not in read_tags(banner)
