"""The protocol's content is read strictly and fits together."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app.errors import Fault
from consult_app.knowledge import planning
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol import sentences as protocol_sentences
from consult_app.knowledge.protocol.reader import read_protocol
from consult_app.paths import find_resources

FOLDER = find_resources() / "content" / "microneedling"
Spoil = Callable[[str, str, str], list[str]]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Read the content after one text in one file was replaced; return the faults."""

    def read(name: str, old: str, new: str) -> list[str]:
        for file in FOLDER.glob("*.toml"):
            shutil.copy(file, tmp_path)
        text = (tmp_path / name).read_text("utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
        faults: list[Fault] = []
        assert read_protocol(tmp_path, faults) is None
        return [str(fault) for fault in faults]

    return read


def test_the_shipped_protocol_has_no_fault() -> None:
    faults: list[Fault] = []
    assert read_protocol(FOLDER, faults) is not None
    assert faults == []


def test_every_source_named_is_listed(pack: Pack) -> None:
    known = {source.id for source in pack.sources}
    named = {source for _, found in pack.protocol.citations() for source in found}
    assert named
    assert named - known == set()


def test_all_seventeen_concerns_are_there(pack: Pack) -> None:
    assert len(pack.protocol.concerns) == 17
    scarred = [concern.id for concern in pack.protocol.concerns if concern.specialist]
    assert scarred == ["scar_raised"]


def test_every_limit_names_its_basis(pack: Pack) -> None:
    plan = pack.protocol.plan
    assert [row for row in plan.ceiling if not (row.sources or row.marks)] == []
    assert [row for row in plan.cap_rule if not (row.sources or row.marks)] == []
    assert [row for row in plan.numbing if not (row.sources or row.marks)] == []
    assert [row for row in plan.topical if not (row.sources or row.marks)] == []
    assert [row for row in plan.combination if not (row.sources or row.marks)] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("concerns.toml", "passes =", "pases =", "concerns.toml.concern[0].pases: unknown field"),
        ("concerns.toml", 'group = "rejuv"', 'group = "new"', "no ceiling for the group"),
        ("concerns.toml", '"forehead",', '"forhead",', 'no area is stored as "forhead"'),
        ("concerns.toml", 'id = "wrinkles"', 'id = "fine_lines"', "used twice"),
        ("care.toml", 'applies = ["face"]', 'applies = ["fase"]', 'no trait is called "fase"'),
        ("care.toml", "{ L = 0, M = 0, H = 0 }", "{ L = 0, M = 0 }", "bands L, M, H"),
        ("plan.toml", "[2.5, 2.5, 2.5, 1.5, 1.5, 1.5]", "[2.5]", "each phototype"),
        ("outlook.toml", 'concern = "pores"', 'concern = "poors"', "what to expect"),
        ("plan.toml", "start_low =", "start_slow =", "plan.toml: warnings.start_low: missing"),
        ("plan.toml", "more than {depth} mm and", "more than {deep} mm and", 'into "{deep}"'),
        ("plan.toml", "more than {depth} mm and", "more than {depth mm and", "braces do not"),
        ("areas.toml", "[[area]]", "[[area]", "areas.toml: not TOML"),
    ],
)
def test_a_fault_is_named_with_its_file(
    spoil: Spoil, name: str, old: str, new: str, fault: str
) -> None:
    faults = spoil(name, old, new)
    assert any(fault in line for line in faults), faults


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert read_protocol(tmp_path, faults) is None
    assert len(faults) == 7


def test_every_sentence_that_planning_says_is_checked_when_content_is_read() -> None:
    """One that is missing would else only show when a plan needs it."""
    folder = Path(planning.__file__).parent
    code = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    warned = set(re.findall(r'\.warn\(\s*"(\w+)"', code))
    reasoned = set(re.findall(r'\.reason\(\s*"(\w+)"', code))
    set_down = set(re.findall(r'_condition\(\s*order,\s*"(\w+)"', code))
    assert warned
    assert reasoned
    assert warned <= set(protocol_sentences.WARNINGS)
    assert reasoned <= set(protocol_sentences.REASONS)
    assert set_down == set(protocol_sentences.CONDITIONS)
