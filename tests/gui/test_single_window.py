"""A second start shows the first window; a crash keeps nobody out."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app.errors import ConsultError
from consult_app.gui import single
from consult_app.gui.single import LOCK_NAME, SingleWindow

HOLD = """
import sys, time
from pathlib import Path
from consult_app.gui.single import SingleWindow
first = SingleWindow(Path(sys.argv[1]))
print(first.take(), flush=True)
sys.stdin.read()
"""


def test_the_second_start_raises_the_first(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    del qapp
    first, second = SingleWindow(home), SingleWindow(home)
    assert first.take()
    first.listen()

    assert not second.take()
    with qtbot.waitSignal(first.wanted):
        second.show_other()

    first.give_up()


def test_homes_do_not_know_each_other(home: Path, tmp_path: Path) -> None:
    first, other = SingleWindow(home), SingleWindow(tmp_path)

    assert first.take()
    assert other.take()

    first.give_up()
    other.give_up()


def test_a_window_that_does_not_answer_is_told(
    home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.setattr(single, "PATIENCE_MS", 50)
    first = SingleWindow(home)
    assert first.take()

    with pytest.raises(ConsultError) as caught:
        SingleWindow(home).show_other()

    assert "does not answer" in caught.value.title
    assert "is kept" in caught.value.advice
    first.give_up()


def test_the_start_after_a_kill_works(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    del qapp
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"True"
        window = SingleWindow(home)
        assert not window.take()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (home / LOCK_NAME).exists()

    assert window.take()
    window.listen()
    with qtbot.waitSignal(window.wanted):
        SingleWindow(home).show_other()
    window.give_up()


def test_a_start_while_the_window_closes_takes_its_place(
    home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wish went to a window that nobody saw any more, and nothing opened."""
    del qapp
    first, second = SingleWindow(home), SingleWindow(home)
    assert first.take()
    first.listen()
    first.fall_silent()
    monkeypatch.setattr(time, "sleep", lambda _: first.give_up())  # the last backup is made

    assert second.take_over()

    assert not first.take()
    second.give_up()


def test_a_start_beside_a_window_that_is_open_brings_that_forward(
    home: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    del qapp
    first, second = SingleWindow(home), SingleWindow(home)
    assert first.take()
    first.listen()

    with qtbot.waitSignal(first.wanted):
        assert not second.take_over()

    first.give_up()


def test_a_window_that_stays_silent_is_told_in_the_end(
    home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.setattr(single, "PATIENCE_MS", 50)
    first = SingleWindow(home)
    assert first.take()

    with pytest.raises(ConsultError) as caught:
        SingleWindow(home).take_over()

    assert "last backup" in caught.value.advice
    first.give_up()
