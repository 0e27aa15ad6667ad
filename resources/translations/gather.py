# ruff: noqa: INP001 - a script beside its data, no package
"""Print every word of the window as a template for translators, in gettext's form.

Whatever stands inside `t` or `tn` in the program is a word of the window. Put the output below the
other entries of a language's `.po` file and translate it there:
`python resources/translations/gather.py > window.pot`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "consult_app"
MARKS = {"t": 1, "tn": 2}
"""How many of the first arguments of a marking function are English."""
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})


def find_marked(tree: ast.Module) -> Iterator[tuple[int, str, list[object]]]:
    """Yield line, marking function and words of everything that is marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            yield node.lineno, node.func.id, words


def gather(program: Path = PROGRAM) -> dict[tuple[str, str, str], list[str]]:
    """Return the files of every text, by its context, its English and its English for many."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for path in sorted(program.rglob("*.py")):
        place = path.relative_to(program).as_posix()
        for _, mark, words in find_marked(ast.parse(path.read_text(encoding="utf-8"))):
            one, other = str(words[0]), str(words[1]) if len(words) > 1 else ""
            key = (other, one, "") if mark == "t" else ("", one, other)
            places = found.setdefault(key, [])
            if place not in places:
                places.append(place)
    return found


def write_template(found: dict[tuple[str, str, str], list[str]]) -> str:
    """Return the template."""
    entries = []
    for (context, one, many), places in sorted(found.items(), key=lambda item: item[0][1]):
        lines = [f"#: {place}" for place in places]
        lines.append(f'msgctxt "{"window: " + context if context else "window"}"')
        lines.append(f'msgid "{one.translate(_ESCAPED)}"')
        if many:
            lines.append(f'msgid_plural "{many.translate(_ESCAPED)}"')
            lines += ['msgstr[0] ""', 'msgstr[1] ""']
        else:
            lines.append('msgstr ""')
        entries.append("\n".join(lines))
    return "\n\n".join(entries) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_template(gather()))
