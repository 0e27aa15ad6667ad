"""The whole life of a clinic's records, each command a process of its own, on a few patients.

How long it takes with ten thousand is what `tests/benchmarks/records_life.py` is for.
"""

from __future__ import annotations

import pytest

from tests.benchmarks import records_life


@pytest.mark.long
@pytest.mark.timeout(600)
def test_records_live_through_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    records_life.main(3)
    told = capsys.readouterr().out
    assert "both exports are the same" in told
    assert told.count("verify ") == 3
