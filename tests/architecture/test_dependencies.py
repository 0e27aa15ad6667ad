"""What is imported is declared, what is declared is pinned, and `domain` needs nothing."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Made and released together with Qt for Python, which pins it.
COMPANIONS = {"shiboken6": "pyside6-essentials"}


def find_imports(tree: ast.Module) -> Iterator[str]:
    """Yield the top-level names a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def read_requirements(checkout: Path) -> tuple[set[str], set[str]]:
    """Return the names of what the program uses, extras included, and what development needs."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = dict(project["optional-dependencies"])
    dev = extras.pop("dev")
    used = [*project["dependencies"], *(each for extra in extras.values() for each in extra)]
    return names_of(used), names_of(dev)


def names_of(requirements: list[str]) -> set[str]:
    """Return the normalised names of requirements."""
    return {canonicalize_name(Requirement(each).name) for each in requirements}


def test_every_import_is_declared(checkout: Path, programs: Mapping[str, ast.Module]) -> None:
    """What only happens to be there because another package needs it can vanish with it."""
    declared, _ = read_requirements(checkout)
    declared |= {name for name, owner in COMPANIONS.items() if owner in declared}
    sources = packages_distributions()
    undeclared = {
        f"{path}: {name}"
        for path, tree in programs.items()
        for name in set(find_imports(tree)) - sys.stdlib_module_names - {"consult_app"}
        if not {canonicalize_name(each) for each in sources.get(name, [])} & declared
    }
    assert undeclared == set()


def test_every_declared_package_is_used(checkout: Path, programs: Mapping[str, ast.Module]) -> None:
    declared, _ = read_requirements(checkout)
    sources = packages_distributions()
    used = {
        canonicalize_name(each)
        for tree in programs.values()
        for name in find_imports(tree)
        for each in sources.get(name, [])
    }
    assert declared - used == set()


def test_domain_needs_the_standard_library_only(programs: Mapping[str, ast.Module]) -> None:
    foreign = {
        f"{path}: {name}"
        for path, tree in programs.items()
        if path.startswith("consult_app/domain/")
        for name in set(find_imports(tree)) - sys.stdlib_module_names - {"consult_app"}
    }
    assert foreign == set()


def test_pins_are_plain(checkout: Path) -> None:
    """Names and versions only, so that any index can serve them; one line each."""
    lines = (checkout / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    odd = [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", pin)]
    assert odd == []
    names = [canonicalize_name(pin.split("==")[0]) for pin in pins]
    assert len(names) == len(set(names))


def test_everything_declared_is_pinned(checkout: Path) -> None:
    lines = (checkout / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(line.split("==")[0]) for line in lines if "==" in line}
    declared, dev = read_requirements(checkout)
    assert (declared | dev) - pinned == set()
