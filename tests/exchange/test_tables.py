"""Tables are safe to open in a spreadsheet, and say what the records say."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.exchange.tables import Table, look, spread, write_cell, write_visit

FORMULAS = ["=1+1", "+44 20 7946 0101", "-1 day", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"]  # noqa: RUF001 - wide


def read(data: bytes) -> list[list[str]]:
    """Return the rows of a table as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_does_not_run(text: str) -> None:
    assert write_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ada", "a=b", "2026-06-15", "", "'quoted'", "1-2"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert write_cell(text) == text


def test_a_number_is_no_formula() -> None:
    assert [write_cell(value) for value in (-1, -0.5, 3, True, False, None)] == [
        "-1",
        "-0.5",
        "3",
        "yes",
        "no",
        "",
    ]


def test_a_list_of_objects_is_one_cell() -> None:
    targets = [{"area": "cheeks", "severity": "mild"}, {"area": "chin_jaw", "severity": "severe"}]
    assert write_cell(targets) == "cheeks mild; chin_jaw severe"
    assert write_cell({"rule": "defer"}) == "rule: defer"
    assert write_cell([{"area": "=1"}]) == "'=1"


def test_a_table_begins_with_a_mark_that_spreadsheets_read_as_utf_8() -> None:
    table = Table(("name",))
    table.add(("Zoë, 王小明",))
    data = table.encode()
    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [["name"], ["Zoë, 王小明"]]


@given(st.lists(st.text(max_size=6), min_size=1, max_size=8))
def test_no_cell_of_a_table_begins_like_a_formula(texts: list[str]) -> None:
    table = Table(("a",))
    for text in texts:
        table.add((text,))
    cells = [cell for row in read(table.encode())[1:] for cell in row]
    assert all(not cell.lstrip(" ").startswith(tuple("=+-@\t\r")) for cell in cells)


def test_every_value_of_a_visit_has_a_row() -> None:
    visit: dict[str, object] = {
        "id": "v1",
        "plan": {"targets": [{"area": "cheeks"}, {"area": "chin_jaw"}]},
        "empty": "",
        "missing": None,
        "no": False,
    }
    assert read(write_visit(visit)) == [
        ["field", "value"],
        ["id", "v1"],
        ["plan.targets[0].area", "cheeks"],
        ["plan.targets[1].area", "chin_jaw"],
        ["no", "no"],
    ]
    assert dict(spread(visit))["empty"] == ""


def test_a_place_that_is_not_there_is_empty() -> None:
    assert look({"patient": {"name": "Ada"}}, "patient.name") == "Ada"
    assert look({"patient": None}, "patient.name") is None
    assert look({}, "patient.name") is None
