"""The real program on a real display: a window with its title, keys that arrive, a draft kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult_app.settings import Practice, Settings, save_settings
from tests.sealed import PASSPHRASE, Sealed

ROOT = Path(__file__).parents[2]
XDOTOOL, OPENBOX = shutil.which("xdotool") or "", shutil.which("openbox") or ""
PATIENCE = 30.0
"""Seconds after which a window that is not there will not come."""

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(
        not (XDOTOOL and OPENBOX),
        reason="needs xdotool and openbox",
    ),
]


@pytest.fixture
def window_manager() -> Iterator[None]:
    """Windows become active only where something manages them."""
    with subprocess.Popen([OPENBOX], stderr=subprocess.DEVNULL) as process:
        yield
        process.terminate()


@pytest.fixture
def program(window_manager: None, home: Path, sealed: Sealed) -> Iterator[subprocess.Popen[bytes]]:
    """The program as somebody starts it, with records set up before."""
    del window_manager
    sealed.put(home)
    # Until the clinic has a name, each start asks for it in a sheet over the work.
    save_settings(home, Settings(practice=Practice(clinic_name="Lumen Skin Clinic")))
    with subprocess.Popen([sys.executable, str(ROOT / "main.py")], cwd=ROOT) as process:
        yield process
        process.kill()


def xdotool(*arguments: str) -> str:
    """Run xdotool and return what it says."""
    done = subprocess.run(
        [XDOTOOL, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def wait_for(look: Callable[[], str]) -> str:
    """Return what `look` finds as soon as it finds something; looking takes its own time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
    raise AssertionError("it never came")


def test_the_program_opens_takes_keys_and_keeps_a_draft(
    program: subprocess.Popen[bytes], home: Path, sealed: Sealed
) -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "xcb"
    window = wait_for(
        lambda: xdotool("search", "--onlyvisible", "--pid", str(program.pid), "--name", ".")
    ).splitlines()[0]
    assert xdotool("getwindowname", window) == "Consultation"
    xdotool("windowactivate", "--sync", window)

    xdotool("type", "--delay", "20", PASSPHRASE)
    xdotool("key", "Return")
    log = home / "logs" / "consult-app.log"
    wait_for(lambda: "records.opened" if "records.opened" in log.read_text("utf-8") else "")
    xdotool("type", "--delay", "20", "Ada Berg")
    xdotool("key", "ctrl+n")
    xdotool("type", "--delay", "20", "The dents on my cheeks")
    assert xdotool("getwindowname", window) == "Consultation", "a title names nobody"
    xdotool("key", "ctrl+w")
    xdotool("key", "alt+F4")

    assert program.wait(PATIENCE) == 0
    with sealed.open_again(home) as store:
        (draft,) = store.drafts.list()
        document = store.drafts.get(draft.id)
    assert draft.name == "Ada Berg"
    assert document["goals"]["own_words"] == "The dents on my cheeks"  # type: ignore[index] # as written
