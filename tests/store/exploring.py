"""Judging the states that a power cut may leave, each once, however often chance makes it up."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.store.power_cuts import ForgetfulDisk, RecordingDisk, lay_out

State = dict[str, bytes | None]


@dataclass(frozen=True)
class Scenario:
    """Something that is done, and what has to hold after a cut in the middle of it.

    Attributes:
        make: Makes the folder in which it is done.
        act: Does it, on a disk that records the steps.
        judge: Raises if a folder is not as it has to be; `done` says that nothing was cut off.
    """

    make: Callable[[Path], None]
    act: Callable[[Path, RecordingDisk], None]
    judge: Callable[..., None]


def record(scenario: Scenario, folder: Path, forget: str = "") -> RecordingDisk:
    """Do it once in a new folder, and return the steps it took."""
    folder.mkdir()
    scenario.make(folder)
    disk = ForgetfulDisk(folder, forget)
    scenario.act(folder, disk)
    return disk


def explore(
    scenario: Scenario, disk: RecordingDisk, folder: Path, states: int
) -> Iterator[tuple[int, str]]:
    """Judge states after cuts; yield the steps before each that fails, and why.

    Of thousands of states most are the same, byte by byte; those are judged the first time.
    """
    chance = random.Random(20270906)  # noqa: S311  # repeatable on purpose
    judged: set[tuple[bool, bytes]] = set()
    for _ in range(states):
        after = chance.randrange(len(disk.steps) + 1)
        state, done = disk.cut(after, chance), after == len(disk.steps)
        known = (done, _digest(state))
        if known in judged:
            continue
        judged.add(known)
        lay_out(state, folder)
        try:
            scenario.judge(folder, done=done)
        except Exception as error:  # noqa: BLE001  # whatever goes wrong, the state was a wrong one
            yield after, repr(error)
        shutil.rmtree(folder)


def _digest(state: State) -> bytes:
    whole = sha256()
    for name, data in sorted(state.items()):
        whole.update(repr((name, data if data is None else sha256(data).digest())).encode())
    return whole.digest()
