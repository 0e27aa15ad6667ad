"""Short files, short functions, modules named for what they hold, failures never swallowed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

FILE_LIMIT = 300
TEST_FILE_LIMIT = 400  # a test may carry the table of its cases
FUNCTION_LIMIT = 40
USUAL_FUNCTION = 20
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core", "data"}

# The hook for what nobody caught, the runner of background work, the end of every command, and the
# keyring: other people's code, which raises what it likes and must never keep the passphrase out.
MAY_CATCH_EVERYTHING = {
    "consult_app/gui/crash.py",
    "consult_app/gui/tasks.py",
    "consult_app/cli.py",
    "consult_app/store/os_keyring.py",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_functions(programs: Mapping[str, ast.Module]) -> Iterator[tuple[str, Function]]:
    """Yield every function with its place."""
    for path, tree in programs.items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{path}:{node.lineno} {node.name}", node


def count_lines(function: Function) -> int:
    """Return the lines of a function from `def` to its end; its docstring is not code."""
    first, *rest = function.body
    described = ast.get_docstring(function) is not None
    start = rest[0].lineno if described and rest else first.lineno
    head = function.body[0].lineno - function.lineno
    return head + (function.end_lineno or start) - start + 1


def test_files_are_short(texts: Mapping[str, str]) -> None:
    long = {
        path: length
        for path, text in texts.items()
        if path.endswith(".py") or path.startswith(".ci/")
        if (length := text.count("\n")) >= limit_of(path)
    }
    assert long == {}


def limit_of(path: str) -> int:
    """Return how many lines a file must stay under."""
    return TEST_FILE_LIMIT if path.startswith("tests/") else FILE_LIMIT


def test_functions_are_short(programs: Mapping[str, ast.Module]) -> None:
    lengths = {place: count_lines(function) for place, function in find_functions(programs)}
    assert {place: n for place, n in lengths.items() if n >= FUNCTION_LIMIT} == {}


def test_nine_in_ten_functions_are_very_short(programs: Mapping[str, ast.Module]) -> None:
    lengths = [count_lines(function) for _, function in find_functions(programs)]
    short = sum(length < USUAL_FUNCTION for length in lengths)
    assert short >= 0.9 * len(lengths), f"{short} of {len(lengths)}"


def test_what_a_command_loads_makes_its_dataclasses_by_values(
    programs: Mapping[str, ast.Module],
) -> None:
    """The decorator of the standard library costs a millisecond for each class at every start."""
    quick = ("app.py", "errors.py", "record.py", "domain/", "exchange/", "knowledge/")
    found = {
        f"{path}:{node.lineno}"
        for path, tree in programs.items()
        if path.removeprefix("consult_app/").startswith(quick)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and "dataclasses" in {name.name for name in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module == "dataclasses")
    }
    assert found == set()


def test_modules_are_named_for_what_they_hold(texts: Mapping[str, str]) -> None:
    paths = [PurePosixPath(path) for path in texts if path.endswith(".py")]
    parts = {path: {path.stem, *path.parent.parts} for path in paths}
    assert {str(path) for path, names in parts.items() if names & BANNED} == set()


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler catches any exception and does not raise it again."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
    wide = handler.type is None or bool(names & {"Exception", "BaseException"})
    last = handler.body[-1]
    return wide and not (isinstance(last, ast.Raise) and last.exc is None)


def test_only_four_places_catch_everything(programs: Mapping[str, ast.Module]) -> None:
    """Everywhere else a bug must reach the hook, or it is hidden from the person it concerns."""
    found = {
        f"{path}:{node.lineno}"
        for path, tree in programs.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
        if path not in MAY_CATCH_EVERYTHING
    }
    assert found == set()


def test_a_place_that_may_catch_everything_does_so_once(
    programs: Mapping[str, ast.Module],
) -> None:
    counts = {
        path: sum(
            isinstance(node, ast.ExceptHandler) and catches_everything(node)
            for node in ast.walk(programs[path])
        )
        for path in MAY_CATCH_EVERYTHING & set(programs)
    }
    assert {path: n for path, n in counts.items() if n > 1} == {}


def test_a_missing_thing_is_not_silenced(programs: Mapping[str, ast.Module]) -> None:
    """`except ...: pass` says nothing to anyone; say why in words, with `contextlib.suppress`."""
    found = {
        f"{path}:{node.lineno}"
        for path, tree in programs.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        if len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
    }
    assert found == set()
