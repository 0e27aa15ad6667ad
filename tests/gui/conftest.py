"""The real window over real content and a real store, in a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.app import Program
from consult_app.gui.access import Access, Opened
from consult_app.gui.building import build_desk
from consult_app.gui.commands import COMMANDS, use_keys
from consult_app.gui.custody.records_sheet import RecordsSheet
from consult_app.gui.desk import Desk
from consult_app.gui.fonts import load_fonts
from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.visits import Visits
from consult_app.gui.theme import Theme
from consult_app.gui.widgets import speaking
from consult_app.gui.widgets.written_dates import ORDER
from consult_app.settings import Practice, Settings
from consult_app.store.interface import Store
from consult_app.store.unlocking import SealedStore
from tests.custody.clinic import Person, fill
from tests.sealed import CHEAP, Sealed

PRACTICE = Practice(
    clinic_name="Lumen Skin Clinic",
    clinic_phone="020 7946 0123",
    clinic_out_of_hours="111",
    practitioner_name="Dr Lena Hart",
    practitioner_role="Doctor",
    practitioner_registration="GMC 0000000",
)
OpenSheet = Callable[[], RecordsSheet]


@pytest.fixture(autouse=True)
def _usual_keys() -> None:
    """Start with the usual keys: those of a window of another test are still in use."""
    use_keys(COMMANDS)


@pytest.fixture(autouse=True)
def _usual_order() -> None:
    """Read dates day first: the window of another test may have stood where the month is first."""
    ORDER.use(month_first=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Overhear what the platform without a screen says about every window it cannot serve."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is announced, in order."""
    heard: list[str] = []

    class Ear:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802 - Qt's name
            heard.append(event.message())

    monkeypatch.setattr(speaking, "QAccessible", Ear)
    return heard


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-06-15T10:00:00")

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """Ten o'clock on a Monday."""
    return Clock()


@pytest.fixture(scope="session")
def loaded() -> Program:
    """The program with its content read once."""
    program = Program()
    assert program.pack.questions
    return program


@pytest.fixture
def program(loaded: Program, clock: Clock) -> Program:
    """The program at the time of the clock."""
    told = Program(clock=clock)
    told.__dict__["pack"] = loaded.pack
    return told


@pytest.fixture
def store(sealed: Sealed, home: Path) -> Iterator[SealedStore]:
    """Encrypted records, unlocked."""
    with sealed.open(home) as opened:
        yield opened


@pytest.fixture
def desk(program: Program, home: Path, store: SealedStore) -> Iterator[Desk]:
    """Everything the window works with."""
    made, visits = build_desk(program, home, Settings(practice=PRACTICE), store)
    yield made
    visits.close()


@pytest.fixture
def look(qapp: QApplication) -> Theme:
    """The light look at text size 100, with its own fonts."""
    load_fonts(qapp)
    theme = Theme("light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def open_window(qtbot: QtBot, look: Theme, desk: Desk) -> Callable[..., MainWindow]:
    """Open the window in a size and a look; it is closed before the desk is."""

    def show(
        width: int = 1366, height: int = 768, *, theme: Theme = look, at: Desk = desk
    ) -> MainWindow:
        window = MainWindow(theme, at)
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """The window on its start page."""
    return open_window()


@pytest.fixture
def room(qtbot: QtBot, look: Theme, desk: Desk) -> MainWindow:
    """The window as it works where nobody looks: nothing is painted or made ahead."""
    window = MainWindow(look, desk)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def practice() -> Practice:
    """Whose practice it is; a test may begin before anybody has said."""
    return PRACTICE


@pytest.fixture
def access(program: Program, home: Path, practice: Practice) -> Access:
    """The way to the records in the home, at the cheapest cost."""

    def make_desk(store: Store, sample: bool) -> tuple[Desk, Visits]:  # noqa: FBT001 - its shape
        settings = Settings(practice=practice)
        return build_desk(program, home, settings, store, sample=sample)

    return Access(home, make_desk, program.clock, cost=CHEAP)


@pytest.fixture
def closed_frame(qtbot: QtBot, look: Theme, access: Access) -> Frame:
    """The window as it stands on the screen, with nothing open yet."""
    made = Frame(look, access)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def frame(closed_frame: Frame, desk: Desk, store: SealedStore) -> Frame:
    """The window as it stands on the screen, with the records open."""
    visits = desk.records
    assert isinstance(visits, Visits)
    closed_frame.gate.begin()
    closed_frame.enter(Opened(desk=desk, visits=visits, keys=store))
    return closed_frame


@pytest.fixture
def people(store: SealedStore) -> list[Person]:
    """Three patients in the records."""
    return fill(store, 3)


@pytest.fixture
def open_sheet(frame: Frame, people: list[Person]) -> OpenSheet:
    """Open *Records and backup*; the records hold three patients."""
    assert people

    def show() -> RecordsSheet:
        room_of(frame).run("records")
        (shown,) = [it for it in frame.findChildren(RecordsSheet) if it.isVisible()]
        return shown

    return show


def room_of(frame: Frame) -> MainWindow:
    """Return where the work is done, once the records are open."""
    assert frame.room is not None
    return frame.room
