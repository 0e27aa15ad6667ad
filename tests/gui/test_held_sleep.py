"""A computer that is told to sleep waits until the records are locked, as its service has it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, HeaderFields, MatchRule, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from consult_app.gui.frame import Frame
from consult_app.gui.held_sleep import LOGIND

SERVICE, PATH, INTERFACE = LOGIND
END = "End"


class Logind:
    """Stands in for the service of the system: says when it sleeps, and hands out what holds it.

    Attributes:
        asked: What it was asked for.
        ends: The other ends of what it handed out; one is at its end once that is given up.
    """

    def __init__(self, address: str) -> None:
        self._bus = open_dbus_connection(bus=address, enable_fds=True)
        self._bus.send_and_get_reply(message_bus.RequestName(SERVICE))
        self.asked: list[tuple[object, ...]] = []
        self.ends: list[int] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def tell(self, *, sleeps: bool) -> None:
        """Say that the computer is about to sleep, or woke up."""
        here = DBusAddress(PATH, SERVICE, INTERFACE)
        self._bus.send(new_signal(here, "PrepareForSleep", "b", (sleeps,)))

    def is_held(self) -> bool:
        """Tell whether what was handed out last still holds the sleep up."""
        try:
            return os.read(self.ends[-1], 1) != b""
        except BlockingIOError:
            return True

    def end(self) -> None:
        """Serve nobody any more."""
        self._bus.send(new_signal(DBusAddress(PATH, interface=INTERFACE), END))
        self._thread.join()
        self._bus.close()
        for end in self.ends:
            os.close(end)

    def _serve(self) -> None:
        """Hand out what holds the sleep up, until everything is over."""
        rule = MatchRule(type="signal", interface=INTERFACE, member=END)
        self._bus.send(message_bus.AddMatch(rule))
        while True:
            message = self._bus.receive()
            member = message.header.fields.get(HeaderFields.member)
            if member == END:
                return
            if member == "Inhibit":
                ours, theirs = os.pipe()
                os.set_blocking(ours, False)
                self._bus.send(new_method_return(message, "h", (theirs,)))
                os.close(theirs)
                self.asked.append(message.body)
                self.ends.append(ours)


@pytest.fixture
def address() -> Iterator[str]:
    """A bus that nobody else is on."""
    if (daemon := shutil.which("dbus-daemon")) is None:
        pytest.skip("there is no dbus-daemon")
    call = [daemon, "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def logind(address: str) -> Iterator[Logind]:
    """The service on that bus."""
    made = Logind(address)
    yield made
    made.end()


def test_the_computer_sleeps_only_once_the_records_are_locked(
    frame: Frame, address: str, logind: Logind, qtbot: QtBot
) -> None:
    seen: list[bool] = []
    frame.absence.noticed.connect(lambda _: seen.append(logind.is_held()))
    frame.absence.listen_to_system(QDBusConnection.connectToBus(address, "window"))
    qtbot.waitUntil(lambda: len(logind.ends) == 1)
    assert logind.asked[0][0] == "sleep"
    assert logind.asked[0][3] == "delay"
    assert logind.is_held()

    logind.tell(sleeps=True)
    qtbot.waitUntil(lambda: not logind.is_held())

    assert seen == [True]
    assert frame.room is None
    assert frame.gate.isVisible()

    logind.tell(sleeps=False)
    qtbot.waitUntil(lambda: len(logind.ends) == 2)
    assert logind.is_held()
    QDBusConnection.disconnectFromBus("window")
