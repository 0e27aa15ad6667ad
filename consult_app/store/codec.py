"""Documents as JSON bytes: nothing is changed on the way there and back.

Whole numbers of any size, every character and the order of keys survive. NaN and infinity are
not JSON and are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import isfinite
from typing import NoReturn

from consult_app.errors import Fault
from consult_app.store.faults import UnkeepableError
from consult_app.wording import t


def encode(document: Mapping[str, object]) -> bytes:
    """Return a document as JSON bytes.

    Raises:
        TypeError: It holds something JSON has no word for.
        ValueError: It holds NaN or infinity.
    """
    text = _ENCODER.encode(dict(document))
    # Half a surrogate pair (a broken emoji typed by an input method) must not cost the visit.
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> dict[str, object]:
    """Return the document that `encode` wrote; every call returns a fresh one.

    Raises:
        ValueError: The bytes are not a JSON object.
    """
    value = _DECODER.decode(data.decode("utf-8", "surrogatepass"))
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  # one error for all bad bytes
    return value


def check_keepable(document: Mapping[str, object]) -> None:
    """Make sure a document comes back from the disk exactly as it is.

    Raises:
        UnkeepableError: It would not; every fault is listed with its place.
    """
    if _is_plain(document):
        return
    faults = tuple(_find_faults(dict(document), ""))
    if faults:
        raise UnkeepableError(
            t("This record holds values that cannot be kept."),
            faults,
            t("Nothing was written; the last saved state is still there."),
        )


def _is_plain(document: Mapping[str, object]) -> bool:
    """Tell quickly, for every ordinary document, that there is nothing to find fault with.

    Places are not told here: naming each for every save took as long as all the rest of it. All
    that is equally deep is looked at together, which leaves the looping to the interpreter.
    """
    objects: list[dict[str, object]] = [dict(document)]
    lists: list[Sequence[object]] = []
    while objects or lists:
        if not _TEXT.issuperset(map(type, set().union(*objects))):
            return False
        inner = list(chain(chain.from_iterable(map(dict.values, objects)), *lists))
        kinds = set(map(type, inner))
        if not kinds <= _KNOWN:
            return False
        if float in kinds and not all(isfinite(it) for it in inner if type(it) is float):
            return False
        objects = [it for it in inner if type(it) is dict] if dict in kinds else []
        lists = [it for it in inner if isinstance(it, list | tuple)] if kinds & _LISTS else []
    return True


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_TEXT = frozenset({str})
_LISTS = frozenset({list, tuple})
_KNOWN = _LISTS | {str, int, bool, type(None), float, dict}
_ENCODER = json.JSONEncoder(
    # Remembering each object on the way, to notice one inside itself, took a third of the time;
    # that one then ends in a RecursionError.
    check_circular=False,
    ensure_ascii=False,
    allow_nan=False,
    separators=(",", ":"),
)
_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _find_faults(value: object, place: str) -> Iterator[Fault]:
    if isinstance(value, dict):
        yield from _find_faults_in_object(value, place)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _find_faults(inner, f"{place}[{index}]")
    elif isinstance(value, float):
        if not isfinite(value):
            yield Fault(place, "not a finite number")
    elif value is not None and not isinstance(value, str | int):
        yield Fault(place, f"a {type(value).__name__} cannot be kept")


def _find_faults_in_object(value: dict[object, object], place: str) -> Iterator[Fault]:
    for key, inner in value.items():
        if not isinstance(key, str):
            yield Fault(place, "a key is not text")
        yield from _find_faults(inner, f"{place}.{key}" if place else str(key))
