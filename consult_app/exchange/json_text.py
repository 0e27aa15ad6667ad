"""Documents as JSON text that other programs read, and back with nothing changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NoReturn


def encode_document(document: object) -> bytes:
    """Return a document as JSON in UTF-8, in one line: writing it indented takes ten times as long.

    Half a surrogate pair has no place in UTF-8; a document that holds one is written in ASCII with
    escapes, so that it comes back as it was.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(document, allow_nan=False) + "\n").encode("ascii")


def encode_line(document: object) -> str:
    """Return a document as JSON in one line of ASCII."""
    return json.dumps(document, allow_nan=False, separators=(",", ":"))


def decode_document(data: bytes) -> dict[str, object]:
    """Return the JSON object in these bytes.

    Raises:
        ValueError: There is none; the message says why in a few words and quotes nothing.
    """
    try:
        value = json.loads(
            data.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_make_object
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 text") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, Mapping):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one error for all bad bytes
    return dict(value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _make_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name is given twice")
    return made
