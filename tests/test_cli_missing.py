"""Commands say so when what they stand on is missing: the content, Qt's libraries, a display."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app import app, cli
from consult_app.app import Program
from consult_app.display import explain_missing_libraries, has_display

Answer = tuple[int, str, str]
Run = Callable[..., Answer]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, resources: Path
) -> Run:
    """Run a command on an example and return its exit code, output and messages."""
    example = (resources / "examples" / "first-visit.json").read_bytes()

    def run_command(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(example)))
        code = cli.main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command


def test_every_source_is_listed(run: Run) -> None:
    code, out, err = run("content", "sources")
    assert (code, err) == (0, "")
    assert {"S07", "S18"} <= {source["id"] for source in json.loads(out)["sources"]}


def test_the_shipped_content_has_no_faults(run: Run) -> None:
    code, out, err = run("content", "check")
    assert (code, out) == (0, "")
    assert "no faults" in err


@pytest.fixture
def broken(resources: Path, tmp_path: Path) -> Path:
    """Resources with two faults in two files of the content."""
    copied = tmp_path / "resources"
    shutil.copytree(resources / "content", copied / "content")
    pack = copied / "content" / "microneedling"
    rules = pack / "rules" / "lifestyle.toml"
    rules.write_text(rules.read_text("utf-8").replace("severity =", "severty =", 1), "utf-8")
    (pack / "care.toml").unlink()
    return copied


def test_every_fault_of_a_content_pack_is_listed_and_the_answer_is_no(
    run: Run, broken: Path
) -> None:
    code, out, err = run("content", "check", broken / "content" / "microneedling")
    assert (code, out) == (1, "")
    assert "care.toml: cannot be read: No such file" in err
    assert "severty: unknown field" in err
    assert "severity: missing" in err
    assert err.splitlines()[-1].endswith("Nothing of this pack is used.")


@pytest.mark.parametrize(
    "arguments",
    [["screen", "-"], ["plan", "-"], ["handout", "-", "--text"], ["content", "sources"]],
)
def test_nothing_is_judged_by_content_with_faults(
    arguments: list[str], run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "Program", lambda: Program(resources=broken))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "severty: unknown field" in err
    assert "care.toml: cannot be read" in err


def test_faults_in_the_layout_of_the_sheet_are_listed_with_those_of_the_content(
    run: Run, broken: Path, resources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "Program", lambda: Program(resources=broken))
    shutil.copytree(resources / "handout", broken / "handout")
    layout = broken / "handout" / "layout.toml"
    layout.write_text(layout.read_text("utf-8").replace("sections = [", 'sections = ["hat", ', 1))
    code, out, err = run("content", "check")
    assert (code, out) == (1, "")
    assert "layout.toml section hat: no such section" in err
    assert "care.toml: cannot be read" in err


@pytest.mark.parametrize("arguments", [["screen", "-"], ["plan", "-"], ["content", "check"]])
def test_missing_resources_are_one_line(
    arguments: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "Program", lambda: Program(resources=tmp_path / "gone"))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "the clinical content is missing. Install the program again." in err


def test_missing_system_libraries_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    message = "libGL.so.1: cannot open shared object file: No such file or directory"

    class Refusing:
        def find_spec(self, name: str, *_: object) -> None:
            if name.startswith(("consult_app.gui", "PySide6")):
                raise ImportError(message)

    for name in [name for name in sys.modules if name.startswith("consult_app.gui")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    code, out, err = run()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "libGL.so.1" in err
    assert "apt-get install" in err
    assert "libgl1" in err


def test_a_missing_package_is_not_taken_for_a_system_library() -> None:
    title, advice = explain_missing_libraries(ModuleNotFoundError("No", name="PySide6"))
    assert "PySide6" in title
    assert "apt-get" not in advice


@pytest.mark.parametrize(
    ("platform", "environment", "answer"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, False),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_without_a_display_there_is_no_window(
    platform: str, environment: dict[str, str], *, answer: bool
) -> None:
    assert has_display(platform, environment) is answer


def test_no_display_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would end the whole process."""
    monkeypatch.setattr(app, "has_display", lambda *_: False)
    code, out, err = run()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "There is no display" in err
