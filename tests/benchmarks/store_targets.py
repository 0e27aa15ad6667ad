"""Every target of the record store beside what it is measured by, met or missed, in one run.

    python tests/benchmarks/store_targets.py [COUNT ...]

For each number of signed consultations, smallest first (100, 1,000, 10,000 and 100,000 when none is
given; the last takes four minutes): raw append with a flush, plain SQLite, stock TinyDB and the
encrypted records take turns, so that a busy machine slows them all. Only ratios are judged. Opening
is timed in a process of its own, with the window without a screen.
"""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, it finds the program and the others beside it

from consult_app.store import keys as keys_module  # noqa: E402 - after the line above
from consult_app.store import passphrase as passphrase_module  # noqa: E402 - as above
from consult_app.store.listing import write_line  # noqa: E402 - as above
from consult_app.store.passphrase import Cost, calibrate  # noqa: E402 - as above
from consult_app.store.tables import Documents  # noqa: E402 - as above
from consult_app.store.unlocking import SealedStore, unlock_store  # noqa: E402 - as above
from consult_app.store.vault import create_store  # noqa: E402 - as above
from tests.benchmarks import store_backup, store_saving  # noqa: E402 - as above

COUNTS = (100, 1_000, 10_000, 100_000)
STOCK_AT = 10_000
"""More would not fit into the memory of stock TinyDB."""
SEARCH_AT = 100_000
"""Fewer lines are found at once either way."""
TURNS, SLOW_TURNS, SHOWN = 60, 3, 40
TYPED = ("a", "an", "ann", "anna", "anna b", "anna be", "r-77", "1987-04")
NAMES = ("Anna Berg", "Ben Adeyemi", "Carla Núñez", "Dana Marin", "Eva Ångström", "Finn O'Neill")


class Report:
    """Prints each target as it is measured, and remembers what later ones are compared with."""

    def __init__(self) -> None:
        self.kept: dict[str, float] = {}

    def say(self, line: str) -> None:
        """Print a line at once."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def judge(self, what: str, value: float, bound: float, *, least: bool = False) -> None:
        """Print a value beside its bound."""
        met = value >= bound if least else value <= bound
        sign = ">=" if least else "<="
        self.say(f"  {what:58} {value:8.2f}   {sign} {bound:<6g} {'met' if met else 'MISSED'}")

    def judge_growth(self, what: str, value: float, bound: float, *, part: bool = True) -> None:
        """Judge a value against the one of the smallest number of records."""
        first = self.kept.setdefault(what, value)
        self.judge(what, value / first if part else value - first, bound)


def fill(home: Path, count: int) -> None:
    """Sign that many consultations, one for each patient."""
    create_store(home / "records", store_saving.PASSPHRASE, at=store_saving.AT, cost=calibrate())
    with unlock_store(home / "records", store_saving.PASSPHRASE) as store:
        for first in range(0, count, 1_000):
            with store.rows.engine.transaction():
                for number in range(first, min(first + 1_000, count)):
                    _sign(store, f"{number:08}", number)


def _sign(store: SealedStore, name: str, number: int) -> None:
    patient = {
        "id": f"p{name}",
        "name": f"{NAMES[number % len(NAMES)]} {number}",
        "date_of_birth": f"19{number % 60 + 40}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "record_number": f"R-{number:06}",
    }
    document = store_saving.make_document(number)
    visit = {**document, "id": f"v{name}", "patient": patient, "patient_id": f"p{name}"}
    store.save_signed({**visit, "visit_date": "2027-09-06"}, patient, {}, store_saving.AT)


def judge_saving(report: Report, store: SealedStore, folder: Path, count: int) -> None:
    """Compare saves and reads."""
    with ExitStack() as held:
        bare = Documents(store.rows).records("bare")
        ways: dict[str, store_saving.Save] = {
            "raw": store_saving.open_raw(folder, held),
            "plain": store_saving.open_plain(folder, held, count),
            "bare": lambda n: bare.keep(f"v{n}", store_saving.make_document(n)),
            "full": lambda n: _sign(store, f"s{n:08}", n),
        }
        if count <= STOCK_AT:
            ways["stock"] = store_saving.open_stock(folder, held, count)
        taken: dict[str, list[float]] = {way: [] for way in ways}
        worked: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(TURNS):
            for way, save in ways.items():
                if way != "stock" or turn < SLOW_TURNS:
                    start = time.process_time()
                    taken[way].append(store_saving.measure(partial(save, count + turn)))
                    worked[way].append((time.process_time() - start) * 1000)
    times = {way: statistics.median(each) for way, each in taken.items()}
    work = {way: statistics.median(each) for way, each in worked.items()}
    report.say("  " + ", ".join(f"{way} {spent:.2f} ms" for way, spent in times.items()))
    report.say("  processor: " + ", ".join(f"{way} {spent:.2f} ms" for way, spent in work.items()))
    report.say(f"  plain SQLite insert / raw append and flush {times['plain'] / times['raw']:.2f}")
    report.judge("bare save / raw append and flush", times["bare"] / times["raw"], 1.2)
    report.judge("full clinical save / bare save", times["full"] / times["bare"], 1.4)
    if count >= 1_000:
        growing = "bare save / raw, grown since 1,000"
        report.judge_growth(growing, times["bare"] / times["raw"], 1.2)
    if count == STOCK_AT:
        report.judge(
            "stock TinyDB save / full save", times["stock"] / times["full"], 500, least=True
        )
    with closing(sqlite3.connect(folder / "plain.sqlite")) as plain:
        old, new = [], []
        for turn in range(300):
            number = turn * 37 % count
            old.append(store_saving.measure(partial(store_saving.get_plain, plain, f"v{number}")))
            get = partial(store.consultations.get, f"v{number:08}")
            new.append(store_saving.measure(get))
    report.judge("get / SQLite get and json.loads", _divide(new, old), 1.5)


def judge_search(report: Report, store: SealedStore, folder: Path, count: int) -> None:
    """Compare a search letter by letter with SQLite's LIKE over the same lines."""
    lines = [(it.id, write_line(it).decode()) for it in store.patients.list()]
    with closing(sqlite3.connect(folder / "like.sqlite")) as plain:
        plain.execute("CREATE TABLE line (id TEXT, text TEXT)")
        plain.executemany("INSERT INTO line VALUES (?, ?)", lines)
        plain.commit()
        old, new = [], []
        for typed in TYPED * 5:
            words = [f"%{word}%" for word in typed.split()]
            sql = "SELECT id FROM line WHERE " + " AND ".join("text LIKE ?" for _ in words)  # noqa: S608  # made of fixed parts
            ask = partial(plain.execute, f"{sql} LIMIT {SHOWN}", words)
            old.append(store_saving.measure(lambda ask=ask: ask().fetchall()))  # type: ignore[misc]  # bound at once
            new.append(store_saving.measure(partial(store.patients.find, typed, SHOWN)))
    what, ratio = "a keystroke of search / SQLite LIKE (all together)", sum(new) / sum(old)
    if count < SEARCH_AT:
        report.say(f"  {what:58} {ratio:8.2f}")
    else:
        report.judge(what, ratio, 1)


def judge_backup(report: Report, store: SealedStore, folder: Path, count: int) -> None:
    """Compare backups, and photographs."""
    turns = 3 if count <= STOCK_AT else 1
    copies = store_backup.compare_backups(store, folder, turns)
    report.judge(
        "first backup / copy, SHA-256, flush", copies["first backup"] / copies["by hand"], 3
    )
    beside = store_backup.compare_waiting(store, folder)
    blocked = beside["longest wait for a turn"] / beside["longest raw save"]
    report.judge("longest wait of a writer / longest raw save beside it", blocked, 1)
    photographs = store_backup.compare_photographs(store, folder)
    put = photographs["photograph put"] / photographs["raw write"]
    report.judge("photograph of 5 MB put / raw write and flush", put, 2.5)


def judge_opening(report: Report, home: Path) -> None:
    """Open the window in processes of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__, "--open", str(home)]
    runs = [
        json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
        for _ in range(3)
    ]
    least = {name: min(run[name] for run in runs) for name in runs[0]}
    beyond = min(run["unlock ms"] - run["guess ms"] for run in runs)
    report.say("  " + ", ".join(f"{name} {value:.0f}" for name, value in least.items()))
    report.judge("unlock beyond one Argon2id, ms", beyond, 50)
    report.judge_growth("open to the first screen, grown", least["first screen ms"], 3)
    report.judge_growth("memory with all lists read, MB more", least["MB"], 60, part=False)


def open_window(home: Path) -> None:
    """Open the records in a window; print when it was there and when its lists were."""
    # ruff: noqa: PLC0415 - loaded in this process only
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from consult_app.app import Program
    from consult_app.gui.application import BEHIND_GATE
    from consult_app.gui.main_window import MainWindow
    from consult_app.gui.opening import make_access
    from consult_app.gui.theme import Theme

    application = QApplication([])
    theme = Theme("light")
    theme.apply(application)
    access = make_access(Program(), home)
    for module in BEHIND_GATE:
        importlib.import_module(module)  # while the passphrase is typed
    guesses: list[float] = []

    def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        """Do the very guess that unlocking takes, and time it: another would take another time."""
        start = time.perf_counter()
        stretched = passphrase_module.stretch(passphrase, salt, cost)
        guesses.append(time.perf_counter() - start)
        return stretched

    setattr(keys_module, "stretch", stretch)  # noqa: B010 - it is not the module's own
    began = time.perf_counter()
    opened = access.unlock(store_saving.PASSPHRASE)
    unlocked = time.perf_counter()
    window = MainWindow(theme, opened.desk)
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    shown = time.perf_counter()
    while not window.start.found.rows:
        # As in a program that runs: asking without a pause would take half the time of the reading.
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    listed = time.perf_counter()
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    answer = {
        "guess ms": sum(guesses) * 1000,
        "unlock ms": (unlocked - began) * 1000,
        "first screen ms": (shown - began) * 1000,
        "first list ms": (listed - began) * 1000,
        "MB": memory / 1024,
    }
    opened.close()
    sys.stdout.write(json.dumps(answer))


def _divide(one: list[float], other: list[float]) -> float:
    return statistics.median(one) / statistics.median(other)


def main(counts: tuple[int, ...]) -> None:
    """Judge all targets at each number of records."""
    report = Report()
    for count in sorted(counts):
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            began = time.perf_counter()
            fill(home, count)
            spent = time.perf_counter() - began
            busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
            report.say(f"{count} consultations, filled in {spent:.0f} s, {busy}")
            judge_opening(report, home)
            with unlock_store(home / "records", store_saving.PASSPHRASE) as store:
                judge_search(report, store, home, count)
                judge_saving(report, store, home, count)
                judge_backup(report, store, home, count)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--open"]:
        open_window(Path(sys.argv[2]))
    else:
        main(tuple(map(int, sys.argv[1:])) or COUNTS)
