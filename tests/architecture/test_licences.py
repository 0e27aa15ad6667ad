"""Everything borrowed is listed with its licence, and nothing under the (A)GPL is needed to run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# These folders hold words, numbers and settings written for the program.
OWN_WORDS = ("content/", "examples/", "licences/", "schema/", "themes/", "translations/")
OWN_SETTINGS = ".toml"
ALLOWED = {
    "Apache-2.0",
    "Apache-2.0 OR BSD-3-Clause",
    "BSD-3-Clause",
    "BSD-3-Clause OR Apache-2.0",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
}
Assets = list[dict[str, Any]]
Packages = tuple[dict[str, str], dict[str, str], dict[str, str]]
ROW = re.compile(r"^\| ([A-Za-z0-9._-]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(resources: Path) -> Path:
    """The folder of licence texts."""
    return resources / "licences"


@pytest.fixture(scope="module")
def assets(folder: Path) -> Assets:
    """What licences.toml lists."""
    listed: Assets = tomllib.loads((folder / "licences.toml").read_text(encoding="utf-8"))["asset"]
    return listed


@pytest.fixture(scope="module")
def third_party(folder: Path) -> Packages:
    """The packages listed for running, for development and for the keyring, with licences."""
    text = (folder / "THIRD_PARTY.md").read_text(encoding="utf-8")
    text, development = text.split("## Needed for development only")
    running, keyring = text.split("## Needed for the keyring only")
    return read_rows(running), read_rows(development), read_rows(keyring)


def read_rows(text: str) -> dict[str, str]:
    """Return package and licence of every row of a table."""
    rows = ROW.findall(text)
    return {canonicalize_name(name): licence for name, licence, _ in rows if name != "package"}


def find_needed(requirements: list[str]) -> set[str]:
    """Return the packages that requirements bring along on this machine, themselves included."""
    needed: set[str] = set()
    waiting = [Requirement(each) for each in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if applies and name not in needed:
            needed.add(name)
            waiting += [Requirement(each) for each in distribution(name).requires or []]
    return needed


def read_project(checkout: Path) -> dict[str, Any]:
    """Return the `project` table of pyproject.toml."""
    project: dict[str, Any] = tomllib.loads(
        (checkout / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]
    return project


def test_every_asset_is_listed(texts: Mapping[str, str], resources: Path, assets: Assets) -> None:
    patterns = [pattern for asset in assets for pattern in asset["files"]]
    unlisted = [
        name
        for path in sorted(resources.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
        if not (name := path.relative_to(resources).as_posix()).startswith(OWN_WORDS)
        if not any(fnmatch(name, pattern) for pattern in patterns)
        if not (name.endswith(OWN_SETTINGS) and f"resources/{name}" in texts)
    ]
    assert unlisted == []


def test_every_listed_asset_is_there(resources: Path, assets: Assets) -> None:
    patterns = [pattern for asset in assets for pattern in asset["files"]]
    assert [pattern for pattern in patterns if not list(resources.glob(pattern))] == []


def test_every_asset_has_its_licence_text(checkout: Path, folder: Path, assets: Assets) -> None:
    for asset in assets:
        text = checkout / "LICENSE" if asset["text"] == "LICENSE" else folder / asset["text"]
        assert len(text.read_text(encoding="utf-8")) > 500, asset["name"]


def test_every_licence_text_is_of_use(folder: Path, assets: Assets) -> None:
    used = {asset["text"] for asset in assets} | {"lgpl-3.0.txt", "gpl-3.0.txt"}
    assert {path.name for path in folder.glob("*.txt")} == used - {"LICENSE"}


def test_the_texts_for_qt_are_whole(folder: Path) -> None:
    lesser = (folder / "lgpl-3.0.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in lesser
    assert "Library as you received it specifies" in lesser
    general = (folder / "gpl-3.0.txt").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in general
    assert "END OF TERMS AND CONDITIONS" in general


def test_every_package_needed_to_run_is_listed(checkout: Path, third_party: Packages) -> None:
    assert set(third_party[0]) == find_needed(read_project(checkout)["dependencies"])


def test_every_package_for_development_is_listed(checkout: Path, third_party: Packages) -> None:
    declared = read_project(checkout)["optional-dependencies"]["dev"]
    assert set(third_party[1]) == {canonicalize_name(Requirement(each).name) for each in declared}


def test_every_package_needed_for_the_keyring_is_listed(
    checkout: Path, third_party: Packages
) -> None:
    """Some of them are needed by older versions of Python only, or on Linux only."""
    project = read_project(checkout)
    needed = find_needed(project["optional-dependencies"]["keyring"])
    assert needed - find_needed(project["dependencies"]) <= set(third_party[2])
    assert {name for name, licence in third_party[2].items() if licence not in ALLOWED} == set()


def test_packages_needed_to_run_let_the_program_be_shared(third_party: Packages) -> None:
    """Qt is used under the LGPL; nothing else asks more than a notice."""
    running = third_party[0]
    assert {name: licence for name, licence in running.items() if licence not in ALLOWED} == {}
    lesser = {name for name, licence in running.items() if licence.startswith("LGPL")}
    assert lesser == {"pyside6-essentials", "shiboken6"}


def test_listed_licences_are_those_the_packages_state(third_party: Packages) -> None:
    for name, licence in (third_party[0] | third_party[1]).items():
        assert third_party[2].get(name, licence) == licence
        metadata = distribution(name).metadata.json
        expression = metadata.get("license_expression")
        stated = str(expression or metadata.get("license", ""))
        assert expression in (None, licence), name
        if "GPL" in stated:
            assert licence in stated.split(" OR "), name
