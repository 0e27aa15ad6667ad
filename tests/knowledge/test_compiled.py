"""The compiled form of the content: it says what the files say, or nothing at all."""

from __future__ import annotations

import copy
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import consult_app
from consult_app.app import Program
from consult_app.errors import ContentError
from consult_app.knowledge.loading.compiled import CODE, NAME, compile_pack, load, recall
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.parts import InParts
from consult_app.paths import find_resources
from consult_app.values import dataclass, fields, replace

Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Resources of their own with content that is compiled."""
    resources = tmp_path_factory.mktemp("compiled") / "resources"
    content = Path("content", "microneedling")
    shutil.copytree(
        find_resources() / content,
        resources / content,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    compile_pack(resources / content)
    shutil.copytree(find_resources() / "handout", resources / "handout")
    return resources


@pytest.fixture
def resources(compiled: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(compiled, tmp_path / "resources")


@pytest.fixture
def folder(resources: Path) -> Path:
    """The folder of the content in that copy."""
    return resources / "content" / "microneedling"


@pytest.fixture(scope="module")
def pack(compiled: Path) -> Pack:
    """The content as its files say."""
    return load_pack(compiled / "content" / "microneedling")


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _forge(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a compiled form that fits the files and says something else."""
    forged = replace(load_pack(folder), version=version)
    (folder / NAME).unlink()
    with monkeypatch.context() as patch:
        patch.setattr("consult_app.knowledge.loading.loader.load_pack", lambda _: forged)
        compile_pack(folder)


def test_it_holds_the_whole_content(folder: Path, pack: Pack) -> None:
    found = recall(folder)
    assert found is not None
    for part in fields(pack):
        assert getattr(found, part.name) == getattr(pack, part.name), part.name
    for part in fields(pack.protocol):
        assert getattr(found.protocol, part.name) == getattr(pack.protocol, part.name), part.name
    assert found == pack


def test_it_is_what_the_program_loads(
    folder: Path, resources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without this, the tests below would also pass if the files were always read."""
    _forge(folder, "forged", monkeypatch)
    assert Program(resources=resources).pack.version == "forged"


def test_the_check_reads_the_files_all_the_same(
    folder: Path, resources: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forge(folder, "forged", monkeypatch)
    summary, faults = Program(resources=resources).check_content(None)
    assert not faults
    assert pack.version in summary
    assert "forged" not in summary


def test_a_changed_number_counts_at_once(folder: Path) -> None:
    _edit(folder / "pack.toml", "version = ", 'version = "9.9.9" # ')
    assert recall(folder) is None
    assert load(folder).version == "9.9.9"


def test_one_bit_of_any_file_counts(folder: Path) -> None:
    random = Random(7)  # noqa: S311 - any places will do
    for file in sorted(folder.rglob("*.toml")):
        sound = file.read_bytes()
        data = bytearray(sound)
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        file.write_bytes(data)
        assert recall(folder) is None, file
        file.write_bytes(sound)
    assert recall(folder) is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "rules" / "new.toml").touch(),
        lambda folder: (folder / "rules" / "plan.toml").unlink(),
        lambda folder: (folder / "care.toml").unlink(),
        lambda folder: (folder / "rules" / "plan.toml").rename(folder / "rules" / "planned.toml"),
        lambda folder: (folder / "rules" / "plan.toml").rename(folder / "plan2.toml"),
        lambda folder: shutil.rmtree(folder / "rules"),
    ],
    ids=["added", "removed", "other removed", "renamed", "moved", "folder removed"],
)
def test_which_files_there_are_counts(folder: Path, change: Change) -> None:
    change(folder)
    assert recall(folder) is None


def test_content_that_was_made_wrong_is_refused_with_every_fault(folder: Path) -> None:
    _edit(folder / "rules" / "plan.toml", "severity = ", "sevrity = ")
    with pytest.raises(ContentError) as expected:
        load_pack(folder)
    with pytest.raises(ContentError) as found:
        load(folder)
    assert found.value.details == expected.value.details
    with pytest.raises(ContentError):
        compile_pack(folder)
    assert recall(folder) is None


def test_content_that_changes_while_it_is_compiled_is_not_served(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / NAME).unlink()

    def change_and_load(place: Path) -> Pack:
        found = load_pack(place)
        _edit(place / "pack.toml", "version = ", 'version = "9.9.9" # ')
        return found

    monkeypatch.setattr("consult_app.knowledge.loading.loader.load_pack", change_and_load)
    compile_pack(folder)
    assert recall(folder) is None


@pytest.mark.parametrize("part", CODE)
def test_other_code_reads_the_files(
    folder: Path, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(consult_app.__file__).parent
    ours = shutil.ignore_patterns("__pycache__", "resources", "gui", "handout", "store")
    program = shutil.copytree(package, tmp_path / "program", ignore=ours)
    monkeypatch.setattr(consult_app, "__file__", str(program / "__init__.py"))
    assert recall(folder) is not None
    changed = program / part if part.endswith(".py") else max((program / part).glob("*.py"))
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert recall(folder) is None
    changed.unlink()
    assert recall(folder) is None
    monkeypatch.setattr(consult_app, "__file__", str(tmp_path / "bundle" / "__init__.py"))
    assert recall(folder) is None, "code that is not there to be compared"


def test_the_code_that_reads_content_is_all_compared() -> None:
    program = (
        "import sys\n"
        "import consult_app.knowledge.loading.loader\n"
        "print(*(name for name in sys.modules if name.startswith('consult_app.')))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = {name.split(".")[1] for name in run.stdout.decode().split()}
    assert "knowledge" in loaded
    assert loaded <= {part.removesuffix(".py") for part in CODE}


def test_a_damaged_form_is_not_used(folder: Path, pack: Pack) -> None:
    form = folder / NAME
    sound = form.read_bytes()
    random = Random(3)  # noqa: S311 - any places will do
    for length in (0, 1, 31, 32, 33, *(random.randrange(len(sound)) for _ in range(9))):
        form.write_bytes(sound[:length])
        assert recall(folder) is None, length
    for place in (0, 31, 32, len(sound) - 1, *(random.randrange(len(sound)) for _ in range(16))):
        data = bytearray(sound)
        data[place] ^= 1 << random.randrange(8)
        form.write_bytes(data)
        assert recall(folder) is None, place
    form.write_bytes(sound + b"\0")
    assert recall(folder) is None
    assert load(folder) == pack
    form.write_bytes(sound)
    assert recall(folder) is not None


@pytest.mark.parametrize("instead", ["nothing", "a folder", "a file of that name"])
def test_what_cannot_be_read_is_not_missed(folder: Path, pack: Pack, instead: str) -> None:
    shutil.rmtree((folder / NAME).parent)
    if instead == "a folder":
        (folder / NAME).mkdir(parents=True)
    elif instead == "a file of that name":
        (folder / NAME).parent.touch()
    assert recall(folder) is None
    assert load(folder) == pack


def test_loading_writes_nothing(folder: Path) -> None:
    (folder / NAME).unlink()
    load(folder)
    assert not (folder / NAME).exists()


def test_compiling_again_leaves_what_is_true(folder: Path) -> None:
    before = (folder / NAME).stat().st_mtime_ns
    compile_pack(folder)
    assert (folder / NAME).stat().st_mtime_ns == before


def test_screening_loads_nothing_that_reads_content(resources: Path) -> None:
    case = str(find_resources() / "examples" / "first-visit.json")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from consult_app.app import Program\n"
        "from consult_app.exchange.casefile import read_case\n"
        f"case = read_case(Path({case!r}).read_text('utf-8'), 'screen')\n"
        f"Program(resources=Path({str(resources)!r})).screen(case)\n"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(run.stdout.decode().split())
    rooms = (
        *("loading.loader", "loading.traceability", "condition.reader", "protocol.plan"),
        *("scoring.instruments", "pack.clinic"),
    )
    assert "consult_app.knowledge.screening.screening" in loaded
    assert loaded.isdisjoint({"tomli", *(f"consult_app.knowledge.{room}" for room in rooms)})


@dataclass(frozen=True, kw_only=True)
class Kept(InParts):
    """A value in parts; one of them has a default."""

    first: tuple[int, ...]
    second: str = "as ever"


def test_a_part_comes_back_however_it_is_asked_for() -> None:
    kept = Kept(first=(1, 2), second="given")
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301 - made one line above
    assert "first" not in vars(again)
    assert again.first == (1, 2)
    assert again.second == "given", "not the default of its class"
    assert again == kept
    assert copy.deepcopy(again) == pickle.loads(pickle.dumps(again)) == kept  # noqa: S301 - as above
    assert replace(again, second="new").first == (1, 2)
    assert not hasattr(again, "third")
    assert not hasattr(kept, "third")
