"""What is shared is finished, speaks of no one's machine, and does what the README says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path

import pytest

HERE = "tests/architecture/test_repository.py"
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
PLACES = re.compile(
    r"(?<![\w./:-])/(?:home|root|Users|work|opt|mnt)/\w"  # a folder of one machine
    r"|[A-Z]:\\Users\\\w"
    r"|\bfile:///"
    r"|\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b"  # an index: each machine has its own
    r"|(?:--|PIP_)(?:extra[-_])?(?:index[-_]url|find[-_]links)",
    re.IGNORECASE,
)


def find_lines(texts: Mapping[str, str], pattern: re.Pattern[str]) -> list[str]:
    """Return the places where a pattern is found."""
    return [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts.items()
        if path != HERE
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_left_for_later(texts: Mapping[str, str]) -> None:
    assert find_lines(texts, UNFINISHED) == []


def test_no_machine_or_index_is_named(texts: Mapping[str, str]) -> None:
    assert find_lines(texts, PLACES) == []


def test_shared_text_ends_with_a_line_and_has_unix_line_ends(texts: Mapping[str, str]) -> None:
    """Licence texts are kept as they were received."""
    own = {path: text for path, text in texts.items() if text and "/licences/" not in path}
    assert [path for path, text in own.items() if "\r" in text] == []
    assert [path for path, text in own.items() if not text.endswith("\n")] == []


@pytest.fixture(scope="module")
def readme(checkout: Path) -> str:
    """What the README says."""
    path = checkout / "README.md"
    assert path.is_file(), "README.md is missing"
    return path.read_text(encoding="utf-8")


def find_commands(readme: str) -> Iterator[list[str]]:
    """Yield the words of every command shown, one by one where `&&` joins them."""
    shown = "\n".join(re.findall(r"^```[a-z]*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL))
    for line in [*shown.splitlines(), *re.findall(r"`([^`\n]+)`", readme)]:
        for command in line.split("#")[0].split("&&"):
            if words := command.split():
                yield words


def find_own(readme: str) -> set[tuple[str, ...]]:
    """Return the sub-commands of the program that are shown, without what follows them."""
    starts = (("consult-app",), ("python", "-m", "consult_app"), ("python", "main.py"))
    found = set()
    for words in find_commands(readme):
        names = [words[0].removeprefix(".venv/bin/"), *words[1:]]
        for start in starts:
            if tuple(names[: len(start)]) == start:
                rest = names[len(start) :]
                stop = next(
                    (n for n, word in enumerate(rest) if not re.fullmatch("[a-z]+", word)),
                    len(rest),
                )
                found.add(tuple(rest[:stop]))
    return found


def test_the_readme_shows_how_to_start_and_how_to_test(readme: str) -> None:
    """`.ci/run` takes the test command from here, so that the two are always the same."""
    assert "sh .ci/setup && .venv/bin/consult-app" in readme
    assert "sh .ci/setup && .venv/bin/pytest" in readme


def test_sub_commands_in_the_readme_exist(readme: str) -> None:
    for words in sorted(find_own(readme)):
        asked = subprocess.run(
            [sys.executable, "-m", "consult_app", *words, "--help"],
            capture_output=True,
            check=False,
            text=True,
        )
        assert asked.returncode == 0, f"{' '.join(words)}: {asked.stderr}"


def test_tools_in_the_readme_are_installed(readme: str) -> None:
    scripts = {entry.name for entry in entry_points(group="console_scripts")}
    scripts |= {entry.name for entry in entry_points(group="gui_scripts")} | {"python", "pip"}
    tools = {
        words[0].removeprefix(".venv/bin/")
        for words in find_commands(readme)
        if re.match(r"\.venv/bin/\w", words[0])
    }
    assert tools - scripts - {"ruff"} == set()


def test_paths_in_the_readme_exist(readme: str, checkout: Path) -> None:
    named = {
        word
        for words in find_commands(readme)
        for word in words
        if re.match(r"(\.ci|consult_app|resources|tests)/[\w./-]+$|main\.py$", word)
    }
    assert {path for path in named if not (checkout / path).exists()} == set()


def test_a_marker_is_named_where_the_check_of_everything_looks_for_it(
    texts: Mapping[str, str],
) -> None:
    """`.ci/run` reads no other file for the long tests and for those on a screen."""
    named = re.compile(r"\bmark\.(?:long|screen)\b")
    files = {path for path, text in texts.items() if path.endswith(".py") and named.search(text)}
    names = [Path(path).name for path in files]
    assert names
    assert all(name.startswith("test_") or name == "conftest.py" for name in names), files
