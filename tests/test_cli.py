"""The commands answer as documented: JSON on standard output, faults with places beside it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consult_app import cli, paths
from consult_app.app import Program

Answer = tuple[int, str, str]
Run = Callable[..., Answer]

CASE_TEXT = (paths.find_resources() / "examples" / "first-visit.json").read_text(encoding="utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command and return its exit code, standard output and standard error."""
    monkeypatch.setattr(cli, "Program", find_program)

    def run_command(*arguments: str | Path, case: object = None) -> Answer:
        text = case if isinstance(case, str) else json.dumps(case)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code = cli.main([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command


@cache
def find_program() -> Program:
    """Return the program with its content, read once."""
    return Program()


@pytest.fixture
def case() -> dict[str, Any]:
    """A complete case."""
    loaded: dict[str, Any] = json.loads(CASE_TEXT)
    return loaded


def plan_of(run: Run, case: dict[str, Any]) -> dict[str, Any]:
    """Return the plan of a case."""
    code, out, err = run("plan", "-", case=case)
    assert (code, err) == (0, "")
    plan: dict[str, Any] = json.loads(out)
    return plan


def refuse(run: Run, command: str, case: object) -> str:
    """Return the lines of a refused case."""
    code, out, err = run(command, "-", *(["--text"] if command == "handout" else []), case=case)
    assert (code, out) == (2, "")
    return err


@pytest.mark.parametrize("command", ["screen", "plan"])
def test_a_case_from_a_file_and_from_standard_input_is_answered_alike(
    command: str, run: Run, resources: Path
) -> None:
    path = resources / "examples" / "first-visit.json"
    code, out, err = run(command, path)
    assert (code, err) == (0, "")
    assert (
        json.loads(out)["format"]
        == {
            "screen": "consult-screening/1",
            "plan": "consult-plan/1",
        }[command]
    )
    assert run(command, "-", case=CASE_TEXT) == (code, out, err)


def test_a_byte_order_mark_is_no_fault(run: Run) -> None:
    assert run("screen", "-", case="\ufeff" + CASE_TEXT)[0] == 0


def test_names_stay_what_they_are_in_the_output(run: Run, case: dict[str, Any]) -> None:
    case["patient"]["name"] = "Zoë Ångström"
    code, out, _ = run("handout", "-", "--text", case=case)
    assert code == 0
    assert "Zoë Ångström" in out


def test_a_letter_that_cannot_be_printed_is_said_in_one_line(
    run: Run, case: dict[str, Any]
) -> None:
    """Leaving it out would print somebody else's name."""
    case["patient"]["name"] = "Zoë 😀"
    assert refuse(run, "handout", case).startswith(
        "patient.name: The sheet cannot show this character"
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["screen"], "consult-app screen: the following arguments are required: CASE.json."),
        (["screen", "a", "b"], "consult-app: unrecognized arguments: b."),
        (["treat", "a"], "consult-app: argument COMMAND: invalid choice: 'treat'"),
        (["content"], "consult-app content: the following arguments are required: COMMAND."),
        (["handout", "-", "--paper", "A5"], "consult-app handout: argument --paper: invalid"),
        (["handout", "-", "--print", "huge"], "consult-app handout: argument --print: invalid"),
        (["handout", "-", "--lang", "en-GB"], "consult-app: unrecognized arguments: --lang en-GB"),
        (["handout", "-"], "handout: say where it goes. Use -o OUT.pdf, --text, --html or --ics."),
        (["handout", "-", "-o", "-"], "handout: standard output takes --text only."),
        (["handout", "-", "-o", "a", "--ics", "./a"], "handout: one file would overwrite another."),
        (["handout", "a", "-o", "a"], "handout: one file would overwrite another."),
        (["screen", "no/such.json"], "no/such.json: No such file or directory."),
        (["content", "check", "no/such"], "no/such: not a folder."),
    ],
)
def test_a_wrong_call_is_one_line(arguments: list[str], line: str, run: Run) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(line)
    assert err.count("\n") == 1


def test_a_folder_is_no_case(run: Run, tmp_path: Path) -> None:
    assert run("screen", tmp_path)[0] == 2


def test_help_and_version_are_answers(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--help", "--version"):
        with pytest.raises(SystemExit) as left:
            run(option)
        assert left.value.code == 0
        assert "consult-app" in capsys.readouterr().out


def test_help_lists_every_command_and_each_knows_its_own_help(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A call makes only the parser it needs, so none may be forgotten."""
    with pytest.raises(SystemExit):
        run("--help")
    listed = capsys.readouterr().out
    for name in ("screen", "plan", "handout", "content", "records"):
        assert f"\n    {name} " in listed
        with pytest.raises(SystemExit) as ended:
            run(name, "--help")
        assert ended.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: consult-app {name} ")


def test_faults_are_one_line_each_and_nobody_is_named(run: Run, case: dict[str, Any]) -> None:
    case["patient"]["date_of_birth"] = "Maya Ellison"
    case["facts"]["phototype"] = 9
    case["plan"]["targets"][0]["area\nwith a break"] = 1
    assert refuse(run, "plan", case).splitlines() == [
        "patient.date_of_birth: not a date",
        "facts.phototype: not one of 1, 2, 3, 4, 5, 6: 9",
        r"plan.targets[0].area\nwith a break: unknown field",
    ]


def test_a_fault_cannot_steer_a_terminal(run: Run, case: dict[str, Any]) -> None:
    case["\x1b[2J\u202e"] = 1
    case["x" * 10_000] = 1
    lines = refuse(run, "screen", case).splitlines()
    assert lines[0] == r"\x1b[2J\u202e: unknown field"
    assert len(lines[1]) == 500


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        ("targets", [{"area": "cheeks", "concern": "texture"}], "plan.targets[0].concern: not a"),
        ("targets", [{"area": "nowhere", "concern": "melasma"}], "plan.targets[0].area: not a kno"),
        ("targets", [], "plan.targets: missing: at least one area and concern"),
        ("primary_concern", "youth", 'plan.primary_concern: not a known concern: "youth"'),
        ("device_kind", "laser", 'plan.device_kind: not a known device: "laser"'),
        ("device_label_max_mm", 0.1, "plan.device_label_max_mm: less than 0.25 mm"),
        ("depth_mm", -1, "plan.depth_mm: not above 0 and up to 100: -1"),
        ("sessions", 0, "plan.sessions: not from 1 to 100: 0"),
        ("interval_weeks", 0, "plan.interval_weeks: not from 1 to 520: 0"),
        ("first_session", "2027-09-06T09:15Z", "plan.first_session: not a date and time:"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "handout"])
def test_what_cannot_be_planned_is_named(
    command: str, place: str, value: object, line: str, run: Run, case: dict[str, Any]
) -> None:
    case["plan"][place] = value
    assert refuse(run, command, case).startswith(line)


def test_an_unknown_device_profile_is_named(run: Run, case: dict[str, Any]) -> None:
    case["facts"]["device_profile"] = "skinpen"
    line = "facts.device_profile: not one of generic, skinpen_precision, exceed"
    assert refuse(run, "screen", case).startswith(line)


def test_an_unknown_code_fires_nothing(run: Run) -> None:
    facts = {"consult_date": "2027-08-16", "phototype": 2, "zones": ["cheeks"], "depth_mm": 0.5}
    facts |= {"date_of_birth": "1990-01-01", "consent": {"risks_given_on": "2027-08-01"}}
    case = {"format": "consult-case/1", "facts": facts}
    known = json.loads(run("screen", "-", case=case)[1])
    facts |= {"conditions": [{"code": "hay_fever_of_mars"}], "allergies": ["kiwi"]}
    facts |= {"addons": ["moon_dust"], "topicals_planned": ["honey"]}
    facts |= {"medications": [{"code": "x"}], "procedures": [{"code": "y"}]}
    code, out, err = run("screen", "-", case=case)
    assert (code, json.loads(out)) == (0, known)
    assert err.splitlines() == [
        f"{place}: not a known code, so no rule judges it: {quoted}"
        for place, quoted in [
            ("facts.conditions[0]", '"hay_fever_of_mars"'),
            ("facts.medications[0]", '"x"'),
            ("facts.procedures[0]", '"y"'),
            ("facts.allergies[0]", '"kiwi"'),
            ("facts.topicals_planned[0]", '"honey"'),
            ("facts.addons[0]", '"moon_dust"'),
        ]
    ]


@pytest.mark.parametrize("command", ["plan", "handout"])
def test_a_code_nobody_knows_is_named_beside_what_is_made_of_the_rest(
    command: str, run: Run, case: dict[str, Any]
) -> None:
    """A brand, or a code with a capital, would have stopped the treatment under its own code."""
    case["facts"]["medications"] = [{"code": "Warfarin", "status": "current"}]
    code, out, err = run(command, "-", *(["--text"] if command == "handout" else []), case=case)
    assert (code, bool(out)) == (0, True)
    named = 'facts.medications[0]: not a known code, so no rule judges it: "Warfarin"\n'
    assert err == named


def test_an_area_nobody_knows_is_never_clear(run: Run) -> None:
    """A cold sore at a place that is not in the tree may lie in the treated region."""
    facts = {
        "zones": ["cheeks"],
        "conditions": [{"code": "herpes_simplex", "status": "active", "zones": ["philtrum"]}],
    }
    code, out, _ = run("screen", "-", case={"format": "consult-case/1", "facts": facts})
    result = json.loads(out)
    assert (code, result["complete"]) == (0, False)
    assert "herpes_simplex" in result["unanswered"]


def test_findings_are_ordered_by_severity_then_by_id(run: Run, case: dict[str, Any]) -> None:
    case["facts"] |= {
        "pregnancy": "yes",
        "breastfeeding": True,
        "conditions": [{"code": "keloid"}, {"code": "pih_history"}, {"code": "bruising"}],
        "medications": [{"code": "isotretinoin", "status": "current"}, {"code": "warfarin"}],
    }
    found = json.loads(run("screen", "-", case=case)[1])["findings"]
    ranks = ["absolute", "defer", "relative", "precaution"]
    keys = [(ranks.index(each["severity"]), each["id"]) for each in found]
    assert keys == sorted(keys)
    assert len({rank for rank, _ in keys}) > 2


@pytest.mark.parametrize(
    ("area", "stored"),
    [
        *(("chin_jaw", "chin_jaw"), ("decollete", "chest"), ("flank_hip", "flanks")),
        *(("thigh", "thighs"), ("buttock", "buttocks"), ("upper_arm", "upper_arms")),
        *(("breast", "breasts"), ("temple_zygoma", "temples"), ("limb_bony", "limb_bony")),
    ],
)
def test_areas_keep_the_id_that_the_case_used(
    area: str, stored: str, run: Run, case: dict[str, Any]
) -> None:
    """Either vocabulary gives the same plan under its own names."""
    plans = []
    for name in (area, stored):
        case["plan"]["targets"] = [{"area": name, "concern": "scar_flat"}]
        case["plan"]["primary_concern"] = "scar_flat"
        plan = plan_of(run, case)
        assert {line["area"] for line in plan["lines"]} == {name}
        depths = [depth for session in plan["session_plan"] for depth in session["depths"]]
        assert {depth["area"] for depth in depths} == {name}
        plans.append(json.dumps(plan).replace(f'"{name}"', '"here"'))
    assert plans[0] == plans[1]


def test_a_plan_screens_what_is_planned(run: Run, case: dict[str, Any]) -> None:
    """What the facts say of areas, depth and day may be left out, and does not count."""
    for name in ("zones", "depth_mm", "treatment_date"):
        del case["facts"][name]
    without = plan_of(run, case)
    case["facts"] |= {"zones": ["back"], "depth_mm": 2.5, "treatment_date": "2028-01-01"}
    assert plan_of(run, case) == without


def test_a_plan_needs_no_more_than_a_skin_type_and_a_target(run: Run) -> None:
    case = {
        "format": "consult-case/1",
        "facts": {"phototype": 2},
        "plan": {"targets": [{"area": "cheeks", "concern": "acne_rolling"}]},
    }
    plan = plan_of(run, case)
    assert plan["lines"]
    assert (plan["session_dates"], plan["review_date"], plan["care_calendar"]) == ([], None, {})


def test_a_plan_is_written_as_documented(run: Run, case: dict[str, Any]) -> None:
    plan = plan_of(run, case)
    assert list(plan) == [
        *("format", "content", "outcome", "earliest_first_session", "adjustments", "conditions"),
        *("warnings", "lines", "interval_weeks", "session_dates", "session_plan"),
        *("earliest_session_2", "test_patch_date", "first_visible_window", "review_date"),
        *("peak_window", "evidence", "care_calendar"),
    ]
    assert list(plan["lines"][0]) == [
        *("area", "concern", "floor_mm", "typical_mm", "cap_mm", "hard_cap_mm"),
        *("session1_max_mm", "session1_typical_mm", "flags"),
    ]
    assert list(plan["interval_weeks"]) == ["min", "typ", "max", "used"]
    assert list(plan["session_plan"][0]) == ["session", "intensity_band", "depths"]
    assert plan["session_dates"][0] == "2027-09-06T09:15"
    assert set(plan["care_calendar"]) == {f"session_{n}" for n in range(1, 5)}


def test_a_bug_ends_in_one_line_without_its_message(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("Maya Ellison")

    monkeypatch.setattr(Program, "screen", fail)
    code, out, err = run("screen", "-", case=CASE_TEXT)
    assert (code, out) == (2, "")
    assert err == "This should not have happened (KeyError). Nothing was written.\n"


def test_stopping_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Program, "plan", stop)
    assert run("plan", "-", case=CASE_TEXT) == (2, "", "Stopped. Nothing was written.\n")


@pytest.mark.parametrize(("spoiled", "counted"), [(1, "1 fault. "), (2, "2 faults. ")])
def test_a_pack_with_faults_is_answered_no_with_a_line_for_each(
    spoiled: int, counted: str, run: Run, resources: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(resources / "content" / "microneedling", pack)
    rules = pack / "rules" / "lifestyle.toml"
    kept = rules.read_text(encoding="utf-8")
    rules.write_text(kept.replace("\nsources = ", "\n# ", spoiled), encoding="utf-8")

    code, out, err = run("content", "check", pack)

    lines = err.splitlines()
    assert (code, out) == (1, "")
    assert len(lines) == spoiled + 1
    assert lines[-1].startswith(counted)
    assert all(line.startswith("rules/lifestyle.toml: ") for line in lines[:-1])
