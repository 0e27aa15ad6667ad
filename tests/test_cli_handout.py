"""`handout` writes what was asked for, all of it or nothing."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from consult_app import cli
from consult_app.app import Program
from consult_app.composed import Composed

Answer = tuple[int, str, str]
Run = Callable[..., Answer]
POINTS = {"A4": (595, 842), "Letter": (612, 792)}
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the files of a Unix system")


@cache
def find_program() -> Program:
    """Return the program with its content, read once."""
    return Program()


@pytest.fixture
def example(resources: Path) -> Path:
    """A complete case."""
    return resources / "examples" / "first-visit.json"


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    example: Path,
) -> Run:
    """Make the handout of an example in an empty folder; return code, output and messages."""
    monkeypatch.setattr(cli, "Program", find_program)
    monkeypatch.chdir(tmp_path)

    def run_command(*options: str | Path, case: Path = example) -> Answer:
        code = cli.main(["handout", str(case), *map(str, options)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command


def listing(folder: Path) -> list[str]:
    """Return the names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper_and_print_are_as_asked(paper: str, size: str, run: Run, tmp_path: Path) -> None:
    assert run("-o", "out.pdf", "--paper", paper, "--print", size) == (0, "", "")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        box = [round(float(side)) for side in pdf.pages[0].mediabox]
        assert (box[2], box[3]) == POINTS[paper]
        assert len(pdf.pages) <= (2 if size == "standard" else 6)
    assert listing(tmp_path) == ["out.pdf"]


def test_paper_is_the_cases_own_unless_another_is_asked_for(
    run: Run, example: Path, tmp_path: Path
) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    case["locale"]["paper"] = "Letter"
    (tmp_path / "case.json").write_text(json.dumps(case))
    assert run("-o", "own.pdf", case=tmp_path / "case.json")[0] == 0
    with pikepdf.open(tmp_path / "own.pdf") as pdf:
        assert round(float(pdf.pages[0].mediabox[3])) == POINTS["Letter"][1]


def test_all_three_forms_come_at_once(run: Run, tmp_path: Path) -> None:
    code, out, err = run("-o", "out.pdf", "--ics", "out.ics", "--text")
    assert (code, err) == (0, "")
    assert "Maya Ellison" in out
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    dates = (tmp_path / "out.ics").read_bytes()
    assert dates.startswith(b"BEGIN:VCALENDAR\r\n")
    assert dates.count(b"BEGIN:VEVENT") >= 4
    assert b"Ellison" not in dates
    assert listing(tmp_path) == ["out.ics", "out.pdf"]


@pytest.mark.parametrize("thinner", ["apixaban", None])
def test_dates_are_tentative_where_the_sheet_says_that_they_may_change(
    thinner: str | None, run: Run, example: Path, tmp_path: Path
) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    case["facts"]["conditions"], case["facts"]["medications"] = [], []
    case["facts"]["phototype"], case["facts"]["unanswered"] = 2, []
    if thinner:
        case["facts"]["medications"] = [{"code": thinner, "status": "current", "prescribed": True}]
    (tmp_path / "case.json").write_text(json.dumps(case))
    code, out, err = run("-o", "a.pdf", "--ics", "a.ics", "--text", case=tmp_path / "case.json")
    assert (code, err) == (0, "")
    dates = (tmp_path / "a.ics").read_text(encoding="utf-8")
    events = dates.count("BEGIN:VEVENT")
    assert events
    assert ("These dates may change." in out) is bool(thinner)
    for told in ("STATUS:TENTATIVE", "DESCRIPTION:This date may change."):
        assert dates.count(told) == (events if thinner else 0)


def test_the_dates_alone_need_no_pdf(run: Run, tmp_path: Path) -> None:
    assert run("--ics", "out.ics") == (0, "", "")
    assert listing(tmp_path) == ["out.ics"]


def test_text_alone_writes_no_file(run: Run, tmp_path: Path) -> None:
    assert run("--text")[0] == 0
    assert listing(tmp_path) == []


def test_the_language_asked_for_goes_before_the_cases_own(run: Run) -> None:
    british = run("--text")[1].replace("\u00a0", " ")
    american = run("--text", "--language", "en-US")[1].replace("\u00a0", " ")
    assert "16 August 2027" in british
    assert "August 16, 2027" in american


@pytest.mark.parametrize("tag", ["xx", "", "zz-ZZ", "../../etc"])
def test_an_unknown_language_is_one_line_that_lists_those_there_are(
    tag: str, run: Run, tmp_path: Path
) -> None:
    code, out, err = run("-o", "out.pdf", "--language", tag)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("--language: ")
    assert "en-GB" in err
    assert listing(tmp_path) == []


def test_an_unknown_language_in_the_case_has_its_place(
    run: Run, example: Path, tmp_path: Path
) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    case["locale"]["language"] = "xx"
    (tmp_path / "case.json").write_text(json.dumps(case))
    assert run("--text", case=tmp_path / "case.json")[2].startswith("locale.language: ")


def test_there_is_no_sheet_for_a_plan_that_must_not_be_carried_out(
    run: Run, example: Path, tmp_path: Path
) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    case["facts"]["pregnancy"] = "yes"
    (tmp_path / "case.json").write_text(json.dumps(case))
    code, out, err = run("-o", "out.pdf", "--text", case=tmp_path / "case.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "do not treat" in err
    assert listing(tmp_path) == ["case.json"]


def test_without_a_first_session_there_are_no_dates_to_write(
    run: Run, example: Path, tmp_path: Path
) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    del case["plan"]["first_session"]
    (tmp_path / "case.json").write_text(json.dumps(case))
    code, out, err = run("-o", "a.pdf", "--ics", "a.ics", "--text", case=tmp_path / "case.json")
    assert (code, out) == (2, "")
    assert err.startswith("plan.first_session: missing")
    assert listing(tmp_path) == ["case.json"]


@POSIX
def test_a_first_visit_that_is_too_early_has_no_day_in_the_calendar(
    run: Run, example: Path, tmp_path: Path
) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    sore = {"code": "herpes_simplex", "status": "active", "zones": ["perioral"]}
    case["facts"]["conditions"] = [sore]
    case["plan"]["first_session"] = f"{case['facts']['consult_date']}T18:30"
    (tmp_path / "case.json").write_text(json.dumps(case))
    code, out, err = run("-o", "a.pdf", "--ics", "a.ics", "--text", case=tmp_path / "case.json")
    assert (code, err.count("\n")) == (0, 1)
    assert err.startswith("plan.first_session: too early")
    assert "visit\u00a01 cannot be before" in out
    assert b"VEVENT" not in (tmp_path / "a.ics").read_bytes()


@POSIX
def test_so_has_one_on_a_day_that_is_refused_now(run: Run, example: Path, tmp_path: Path) -> None:
    case = json.loads(example.read_text(encoding="utf-8"))
    case["facts"]["pregnancy"] = "possible"
    day = case["facts"]["consult_date"]
    case["plan"]["first_session"] = f"{day}T18:30"
    (tmp_path / "case.json").write_text(json.dumps(case))
    code, out, err = run(
        "-o", "a.pdf", "--ics", "a.ics", "--html", "a.html", "--text", case=tmp_path / "case.json"
    )
    assert (code, err.count("\n")) == (0, 1)
    assert err.startswith("plan.first_session: something has to settle first")
    html = (tmp_path / "a.html").read_text(encoding="utf-8").replace("&#160;", "\u00a0")
    for told in (out, html):
        assert "We must know that you are not pregnant first." in told
        assert "6.30\u00a0pm" not in told
        assert "Visit\u00a01" not in told
    assert b"VEVENT" not in (tmp_path / "a.ics").read_bytes()


@pytest.mark.parametrize("ics", ["missing/out.ics", "folder", "/dev/null", "old.pdf/out.ics"])
@pytest.mark.parametrize("pdf", ["old.pdf", "new.pdf"])
def test_when_the_dates_cannot_be_written_there_is_no_pdf_and_no_text(
    pdf: str, ics: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    code, out, err = run("-o", pdf, "--ics", ics, "--text")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"{ics}: ")
    assert "nothing was written" in err
    assert (tmp_path / "old.pdf").read_bytes() == b"old"
    assert listing(tmp_path) == ["folder", "old.pdf"]


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "may write to")],
)
def test_a_failing_disk_leaves_the_old_sheet(
    number: int, advice: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.pdf").write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    code, out, err = run("-o", "out.pdf", "--text")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert advice in err
    assert (tmp_path / "out.pdf").read_bytes() == b"old"
    assert listing(tmp_path) == ["out.pdf"]


def test_a_bug_on_the_way_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Composed, "write_dates", fail)
    code, out, err = run("-o", "out.pdf", "--ics", "out.ics", "--text")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert listing(tmp_path) == []


def test_an_earlier_sheet_is_replaced_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.pdf").write_bytes(b"x" * 10**6)
    assert run("-o", "out.pdf")[0] == 0
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "out.pdf").stat().st_size < 10**6


def test_html_is_written_beside_the_pdf(run: Run, tmp_path: Path) -> None:
    assert run("-o", "out.pdf", "--html", "out.html") == (0, "", "")
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert listing(tmp_path) == ["out.html", "out.pdf"]
    assert text.startswith("<!DOCTYPE html>")
    assert "Your microneedling plan" in text


@pytest.mark.parametrize(
    "taken",
    [
        [{"code": "warfarin", "status": "stopped", "last_dose": "2027-08-01"}],
        [
            {"code": "aspirin", "status": "stopped", "last_dose": "2027-08-01"},
            {"code": "clopidogrel", "status": "stopped", "last_dose": "2027-08-01"},
        ],
    ],
)
def test_a_thinner_that_its_prescriber_is_asked_about_is_named_whenever_the_visit_comes(
    run: Run, example: Path, tmp_path: Path, taken: list[dict[str, str]]
) -> None:
    """Stopped days before the day asked for, it is long over on the day after the event."""
    case = json.loads(example.read_text("utf-8"))
    case["facts"].update(consult_date="2027-08-04", medications=taken)
    case["plan"].update(first_session="2027-08-06T09:15", event_date="2027-08-13")
    told = tmp_path / "case.json"
    told.write_text(json.dumps(case), "utf-8")

    code, text, _ = run("--text", case=told)

    words = " ".join(text.split())
    assert code == 0
    moved = "We had to move your first visit. A visit was too close to your event."
    assert moved in words
    assert "your doctor" in words.partition(moved)[2].partition(".")[0].lower()
    assert "lood thinner" in words
