"""Time is an argument: only `app.py` reads the clock, so every date can be tested."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

READS_THE_CLOCK = "consult_app/app.py"
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime"},
    "QDate": {"currentDate"},
    "QTime": {"currentTime"},
    "QDateTime": {"currentDateTime", "currentDateTimeUtc", "currentMSecsSinceEpoch"},
}


def find_readings(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that name a clock, called or only handed on."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if node.attr in CLOCKS.get(name, ()):
            yield node.lineno


def test_only_the_composition_root_reads_the_clock(programs: Mapping[str, ast.Module]) -> None:
    found = {
        f"{path}:{line}"
        for path, tree in programs.items()
        for line in find_readings(tree)
        if path != READS_THE_CLOCK
    }
    assert found == set()


def test_a_reading_of_the_clock_is_noticed() -> None:
    """Otherwise the test above would be green for ever."""
    lines = ["datetime.now()", "x = datetime.datetime.now", "date.today()", "time.time()"]
    assert [list(find_readings(ast.parse(line))) for line in lines] == [[1]] * len(lines)
    assert list(find_readings(ast.parse("time.monotonic(); event.time(); now()"))) == []
