"""The look: every pair of colours that meets is readable, every text is large enough."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from consult_app import gui
from consult_app.errors import ContentError
from consult_app.gui import theme as theme_module
from consult_app.gui.icons import draw_icon
from consult_app.gui.main_window import MainWindow
from consult_app.gui.theme import MOVING, ROLES, TEXT_SIZES, Theme, load_tokens
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.labels import Label
from tests.gui.touring import workspace_of

LOOKS = ("light", "dark")
TEXT = 4.5
"""WCAG 1.4.3 for text."""
OUTLINE = 3.0
"""WCAG 1.4.11 for what shows a control and its state."""

GROUNDS = ("canvas", "surface")
TONES = ("ok", "warn", "stop", "info")
INKS: dict[tuple[str, ...], tuple[str, ...]] = {
    GROUNDS: ("text", "text2", "text3", "accent_text", *TONES),
    tuple(f"{tone}_soft" for tone in (*TONES, "none")): ("text", "text2"),
    ("subtle",): ("text", "text2"),
    ("sev0", "sev1", "sev2", "sev3"): ("text",),
    ("accent", "accent_hover", "accent_pressed"): ("on_accent",),
    ("accent_soft",): ("accent_text",),
    ("text",): ("surface",),
    **{(f"{tone}_soft",): (tone,) for tone in (*TONES, "none")},
}
"""Grounds and what is written on them."""
SHAPES: dict[tuple[str, ...], tuple[str, ...]] = {
    GROUNDS: ("control", "focus", "accent"),
    ("subtle",): ("accent",),
}
"""Grounds and the outlines that show a control or its state on them."""
PAIRS = [
    (ink, ground, least)
    for table, least in ((INKS, TEXT), (SHAPES, OUTLINE))
    for grounds, inks in table.items()
    for ground in grounds
    for ink in inks
]


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(f()) for f in (colour.redF, colour.greenF, colour.blueF))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_pair_of_colours_that_meets_is_readable(
    look: str, ink: str, ground: str, least: float
) -> None:
    tokens = load_tokens(look)
    assert contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.parametrize("look", LOOKS)
def test_neighbouring_severities_can_be_told_apart(look: str) -> None:
    """They differ, though never by enough to go without the digit."""
    steps = [load_tokens(look)[f"sev{grade}"] for grade in range(5)]
    for one, other in pairwise(steps):
        assert contrast(one, other) > 1.1


def test_both_looks_have_the_same_tokens() -> None:
    assert set(load_tokens("light")) == set(load_tokens("dark"))


@pytest.mark.parametrize("look", LOOKS)
def test_high_contrast_draws_cards_and_regions_firmly(look: str) -> None:
    tokens = load_tokens(look, high_contrast=True)
    for outline in ("card_line", "region_line"):
        assert contrast(tokens[outline], tokens["surface"]) >= OUTLINE


def test_a_token_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        Theme("light").color("azure")


def test_a_token_that_names_no_colour_is_reported_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "themes"
    folder.mkdir()
    text = '[palette]\nred = "#A8261F"\n[tokens]\nstop = "redd"\n[high_contrast]\n'
    (folder / "light.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(theme_module, "find_resources", lambda: tmp_path)
    with pytest.raises(ContentError) as caught:
        load_tokens.__wrapped__("light")
    assert caught.value.details == ('themes/light.toml: stop: no colour called "redd"',)


@pytest.mark.parametrize("percent", TEXT_SIZES)
@pytest.mark.parametrize("role", ROLES)
def test_no_text_is_under_twelve_pixels(role: str, percent: int) -> None:
    assert Theme("light", percent).font(role).pixelSize() >= 12


def test_text_size_multiplies_fonts_and_measures() -> None:
    assert Theme("light", 130).px(44) == 57
    assert Theme("light", 130).font("body").pixelSize() == 20


def test_the_bundled_typeface_is_used(qapp: QApplication) -> None:
    look = Theme("light")
    look.apply(qapp)
    for role in ROLES:
        assert QFontInfo(look.font(role)).family() == "Inter"


def test_a_change_dresses_the_application_before_it_tells(qapp: QApplication, qtbot: QtBot) -> None:
    look = Theme("light")
    look.apply(qapp)
    seen: list[str] = []
    look.changed.connect(lambda: seen.append(qapp.palette().color(QPalette.ColorRole.Base).name()))
    with qtbot.waitSignal(look.changed, timeout=1000):
        look.choose("dark")
    assert look.dark
    assert seen == [look.color("surface").name()]


@pytest.mark.parametrize("look", LOOKS)
def test_what_the_system_wants_of_contrast_is_followed(qapp: QApplication, look: str) -> None:
    """Asked for while the window is open, and taken back."""
    theme, hints = Theme(look), qapp.styleHints()
    theme.apply(qapp)
    patients = Theme("light")
    patients.follow(theme)
    theme.changed.connect(lambda: patients.follow(theme))
    asked = hints.accessibility().contrastPreferenceChanged
    usual = [each.color("card_line") for each in (theme, patients)]
    asked.emit(Qt.ContrastPreference.HighContrast)
    for each in (theme, patients):
        assert contrast(each.color("card_line"), each.color("surface")) >= OUTLINE
    asked.emit(Qt.ContrastPreference.NoPreference)
    assert [each.color("card_line") for each in (theme, patients)] == usual
    assert not patients.dark, "it takes the contrast, not the look"


def test_what_is_in_use_already_dresses_nothing_anew(qapp: QApplication, qtbot: QtBot) -> None:
    look = Theme("light", 115)
    look.apply(qapp)
    with qtbot.assertNotEmitted(look.changed):
        look.use("light", 115)
    heard: list[int] = []
    look.changed.connect(lambda: heard.append(look.text_percent))
    look.use("dark", 130)
    assert heard == [130], "once for both"


def test_another_look_takes_little_longer_than_the_first(
    qapp: QApplication, look: Theme, window: MainWindow
) -> None:
    """It took over ten times as long for a visit of which every panel was made."""
    window.show_visit(window.desk.sample_visit())
    for step in workspace_of(window).steps:
        window.run(f"panel:{step.id}")

    def measure(work: Callable[[], object]) -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    sheet = qapp.styleSheet()
    qapp.setStyleSheet("")
    first = measure(lambda: qapp.setStyleSheet(sheet))
    change = min(measure(lambda: look.choose("dark")), measure(lambda: look.choose("light")))

    assert change < 1.5 * first


def test_another_look_leaves_nothing_in_the_colours_of_the_last(
    qapp: QApplication, look: Theme, window: MainWindow, qtbot: QtBot
) -> None:
    """The same sheet stays in use; what it leaves is compared with all dressed anew."""
    window.show_visit(window.desk.sample_visit())
    fields = workspace_of(window).findChildren(Field)
    fields[0].set_error("There is no such day")
    saved = workspace_of(window).footer.saved
    menu = QMenu(window)
    menu.addAction("Cheeks")
    menu.popup(window.mapToGlobal(QPoint()))
    qapp.setCursorFlashTime(0)

    def take() -> list[QImage]:
        pictures = []
        for name in (*(f"panel:{it.id}" for it in workspace_of(window).steps), "finder"):
            window.run(name)
            shown = [it for it in window.findChildren(QDialog) if it.isVisible()]
            for _ in range(5):
                qapp.processEvents()
                qtbot.waitUntil(lambda: saved.text().startswith("Saved"))
            pictures += [it.grab().toImage() for it in (window, menu, *shown)]
            for sheet in shown:
                sheet.close()
        return pictures

    take()  # each panel is laid out and scrolled before it is compared
    taken, sheet = [], qapp.styleSheet()
    for name in ("dark", "light"):
        look.choose(name)
        taken.append(take())
        qapp.setStyleSheet("")
        qapp.setStyleSheet(sheet)
        look.changed.emit()
        assert taken[-1] == take(), name
    assert not any(one == other for one, other in zip(*taken, strict=True))


def test_a_label_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    look = Theme("light")
    look.apply(qapp)
    label = Label(look, "Skin type", "section", "text2")
    qtbot.addWidget(label)
    look.set_text_percent(130)
    look.choose("dark")
    assert label.font().pixelSize() == 21
    assert label.palette().color(QPalette.ColorRole.WindowText) == look.color("text2")


@pytest.mark.parametrize("change", [("choose", "sepia"), ("set_text_percent", 90)])
def test_a_choice_that_does_not_exist_is_refused(change: tuple[str, object]) -> None:
    name, value = change
    with pytest.raises(ValueError, match=str(value)):
        getattr(Theme("light"), name)(value)


def test_every_icon_can_be_drawn(qapp: QApplication, resources: Path) -> None:
    del qapp
    names = sorted(path.stem for path in (resources / "icons").glob("*.svg"))
    assert len(names) > 80
    for name in names:
        image = draw_icon(name, QColor("#102030"), 20).toImage()
        inked = any(
            image.pixelColor(x, y).alpha() > 100
            for x in range(image.width())
            for y in range(image.height())
        )
        assert inked, name


def test_an_icon_is_drawn_once_per_look(qapp: QApplication) -> None:
    del qapp
    ink = QColor("#102030")
    assert draw_icon("check", ink, 20, 2.0) is draw_icon("check", ink, 20, 2.0)
    assert draw_icon("check", ink, 20, 2.0).width() == 40


def test_nothing_moves_by_itself(qapp: QApplication) -> None:
    """So it need not be asked whether somebody wants less motion."""
    for effect in MOVING:
        qapp.setEffectEnabled(effect, True)

    Theme("light").apply(qapp)

    assert not any(qapp.isEffectEnabled(effect) for effect in MOVING)
    sources = sorted(Path(gui.__file__).parent.rglob("*.py"))
    moving = re.compile(r"QPropertyAnimation|QVariantAnimation|QTimeLine|QMovie|setAnimated")
    assert len(sources) > 50
    assert not [path.name for path in sources if moving.search(path.read_text("utf-8"))]
