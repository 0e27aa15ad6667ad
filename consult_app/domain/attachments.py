"""Which files a document refers to: every field called `attachment` holds the key of one."""

from __future__ import annotations

from collections.abc import Iterator

FIELD = "attachment"


def find_attachments(document: object) -> Iterator[tuple[str, str]]:
    """Yield name and key of every file that a document as plain JSON values refers to.

    The name is that of the field whose object holds the key, such as `handout`.
    """
    waiting = [("", document)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            key = value.get(FIELD)
            if isinstance(key, str) and key:
                yield name, key
            waiting += [pair for pair in value.items() if isinstance(pair[1], dict | list)]
        elif isinstance(value, list):
            waiting += [(name, item) for item in value if isinstance(item, dict | list)]
