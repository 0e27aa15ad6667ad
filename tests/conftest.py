"""What holds for every test: no screen, no network, a home of its own, no unexpected warnings."""

from __future__ import annotations

import gc
import logging
import os
import re
import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import hypothesis
import pytest

# Before anything imports Qt; a job with a screen sets it to `xcb`.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent

from consult_app.gui.collecting import collect_due
from consult_app.knowledge.loading.loader import load_pack
from consult_app.paths import find_resources
from tests.sealed import Sealed, make_sealed

if TYPE_CHECKING:
    from consult_app.knowledge.pack.pack import Pack
    from tests.keyrings import Working

# A slow machine is not a fault, and a check that runs for others must give the same answer twice.
hypothesis.settings.register_profile(
    "calm",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers of this suite."""
    # Thousands of tests are made and stay: to look for waste among them takes longer.
    gc.disable()
    config.addinivalue_line(
        "markers", "expects_log(pattern): the test provokes a warning or error that matches"
    )
    config.addinivalue_line(
        "markers", "screen: needs a display with a window manager, so it is skipped without one"
    )


def pytest_collection_finish() -> None:
    """Keep the tests themselves out of every later collection."""
    _collect_all()


def _collect_all() -> None:
    """Collect everything, and never look again at what is still needed.

    Tests, content and what is kept for a whole run fill most of the memory, and to go through all
    of it after each file of tests would take longer than the tests do.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Collect what tests leave behind in this thread and between them only.

    A window's parts may lie about for long after its test, and Python collects them in whatever
    thread asks for memory next: that of a store, or the one in which tests are handed out.
    """
    gc.disable()
    done = yield
    gc.disable()
    # What Qt is to delete would else be dressed once more, with the window of the next test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if nextitem is None or nextitem.path != item.path:
        _collect_all()
    else:
        collect_due()
    return done


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests that need a display to the job that has one."""
    if os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return
    for item in items:
        if item.get_closest_marker("screen"):
            item.add_marker(pytest.mark.skip(reason="needs QT_QPA_PLATFORM=xcb and a display"))


@pytest.fixture(scope="session")
def resources() -> Path:
    """The folder of content, fonts, pictures and examples, wherever the program lies."""
    return find_resources()


@pytest.fixture(scope="session")
def pack(resources: Path) -> Pack:
    """The treatment that ships."""
    return load_pack(resources / "content" / "microneedling")


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Encrypted records, to be copied into a home."""
    return make_sealed(tmp_path_factory.mktemp("sealed") / "records")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Working:
    """A keyring that works, as that of the computer."""
    from tests.keyrings import Working, use  # noqa: PLC0415 - few tests need its library

    working = Working()
    use(monkeypatch, working)
    return working


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for records, settings and logs; never the one of the person testing."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CONSULT_APP_HOME", str(folder))
    monkeypatch.delenv("CONSULT_APP_PASSPHRASE_FILE", raising=False)
    return folder


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program works with no network, so a test that reaches for one fails."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the network was used")

    def connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - any address family
        if self.family not in _LOCAL:
            refuse()
        real_connect(self, address)

    real_connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


_LOCAL = {socket.AF_UNIX} if hasattr(socket, "AF_UNIX") else set()


class _Listener(logging.Handler):
    """Keeps warnings and errors, whichever logger they come from."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning nobody asked for fails the test, and so does an expected one that never came."""
    expected = [marker.args[0] for marker in request.node.iter_markers("expects_log")]
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    try:
        yield
    finally:
        root.removeHandler(listener)
    surprises = [line for line in listener.lines if not _matches(line, expected)]
    missing = [pattern for pattern in expected if not _found(pattern, listener.lines)]
    assert not surprises, f"unexpected in the log: {surprises}"
    assert not missing, f"expected in the log, not seen: {missing}"


def _matches(line: str, patterns: list[str]) -> bool:
    return any(re.search(pattern, line) for pattern in patterns)


def _found(pattern: str, lines: list[str]) -> bool:
    return any(re.search(pattern, line) for line in lines)
