"""A case file denies what it leaves out: the commands print the same as for a written *false*."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consult_app import cli
from consult_app.paths import find_resources

EXAMPLE = find_resources() / "examples" / "first-visit.json"
ENTRIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("conditions", "uncontrolled", {"code": "hiv"}),
    ("conditions", "uncontrolled", {"code": "epilepsy"}),
    ("conditions", "nodules", {"code": "acne", "zones": ["cheeks"], "iga": 2}),
    ("conditions", "atopic", {"code": "eczema", "status": "history", "zones": ["hands"]}),
    ("conditions", "prior_needling_granuloma", {"code": "granuloma_annulare"}),
    ("exposures", "still_inflamed", {"code": "sunburn", "zones": ["cheeks"], "date": "2026-01"}),
)
NUMBING = {"product": "emla", "contains": ["lidocaine", "prilocaine"], "minutes": 60}


@pytest.mark.parametrize("command", ["screen", "plan", "handout"])
@pytest.mark.parametrize(("name", "flag", "entry"), ENTRIES)
def test_what_is_left_out_is_printed_as_what_is_denied(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
    flag: str,
    entry: dict[str, Any],
) -> None:
    printed = []
    for said in ({}, {flag: None}, {flag: False}, {flag: True}):
        case = json.loads(EXAMPLE.read_text("utf-8"))
        case["facts"][name] = [{**entry, **said}]
        case["plan"]["numbing"] = {**NUMBING, "grams": 20, "area_cm2": 150}
        path = tmp_path / "case.json"
        path.write_text(json.dumps(case), encoding="utf-8")
        options = ["--text"] if command == "handout" else []
        exits = cli.main([command, str(path), *options])
        printed.append((exits, capsys.readouterr().out))
    absent, null, denied, told = printed

    assert absent == null == denied
    assert denied[0] == 0
    assert told != denied or command == "handout", "some of it is not for the sheet"
