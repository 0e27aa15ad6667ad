"""Documents as JSON bytes: nothing is changed on the way there and back.

Whole numbers of any size, every character and the order of keys survive. NaN and infinity are
not JSON and are refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import NoReturn

from consult_app.errors import Fault
from consult_app.store.faults import UnkeepableError


def encode(document: Mapping[str, object]) -> bytes:
    """Return a document as JSON bytes.

    Raises:
        TypeError: It holds something JSON has no word for.
        ValueError: It holds NaN or infinity.
    """
    text = json.dumps(dict(document), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Half a surrogate pair (a broken emoji typed by an input method) must not cost the visit.
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> dict[str, object]:
    """Return the document that `encode` wrote; every call returns a fresh one.

    Raises:
        ValueError: The bytes are not a JSON object.
    """
    value = json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_refuse)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  # one error for all bad bytes
    return value


def check_keepable(document: Mapping[str, object]) -> None:
    """Make sure a document comes back from the disk exactly as it is.

    Raises:
        UnkeepableError: It would not; every fault is listed with its place.
    """
    faults = tuple(_find_faults(dict(document), ""))
    if faults:
        raise UnkeepableError(
            "This record holds values that cannot be kept.",
            faults,
            "Nothing was written; the last saved state is still there.",
        )


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _find_faults(value: object, place: str) -> Iterator[Fault]:
    if isinstance(value, dict):
        yield from _find_faults_in_object(value, place)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _find_faults(inner, f"{place}[{index}]")
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield Fault(place, "not a finite number")
    elif value is not None and not isinstance(value, str | int):
        yield Fault(place, f"a {type(value).__name__} cannot be kept")


def _find_faults_in_object(value: dict[object, object], place: str) -> Iterator[Fault]:
    for key, inner in value.items():
        if not isinstance(key, str):
            yield Fault(place, "a key is not text")
        yield from _find_faults(inner, f"{place}.{key}" if place else str(key))
