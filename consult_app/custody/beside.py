"""A visit that was gone on with in two places.

What is signed counts, of two that are the one here, and of two unfinished ones the one that was
saved later. What the other one says besides is kept beside it, as an unfinished visit of its own:
put away, a stop that was only told there would count nowhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from consult_app.store.interface import Document

_NOT_SAID = frozenset(
    (
        *("id", "schema", "state", "put_away", "started_at", "panel", "focus", "cursor", "noted"),
        # Who writes, where and by what, is of the place; who the patient is stands in their record.
        *("locale", "clinic", "practitioner", "planned_by", "operator_max_mm", "patient", "needs"),
        *("content_id", "content_version", "findings", "expected_on", "course", "needled"),
        *("handout", "fingerprint", "signed_at"),
    )
)
"""Fields of a visit that say nothing of the patient, or what is told elsewhere."""
_DAY = "expected_on"
"""One of them, but where the patient thinks about it: then it was agreed on which day to ask."""
_OF_PLACE = frozenset(("jurisdiction", "isotretinoin_profile", "device_profile"))
"""Facts that a visit takes on from the practice in which it is opened; nobody tells them."""
ASKED = frozenset(
    (
        *("photos_record", "photos_teaching", "sensitive", "treated", "prescribed", "nodules"),
        *("atopic", "uncontrolled", "prior_needling_granuloma", "still_inflamed"),
    )
)
"""Fields that are unknown until they are asked for: a *No* in one of them was said."""
_COPIES = 16
"""How many copies of one visit are known as such; a person settles two or three."""
_PROPOSED = "suggested"
"""A line in which this is set was proposed by the program; nobody has said it."""


def name_beside(visit_id: str) -> str:
    """Return the id under which an unfinished visit is kept beside the one that counts.

    It is the same in every place, so that what is carried to and fro does not add up. Where
    something else waits under it already, that one's own such id is the next.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"beside {visit_id}"))


@lru_cache(maxsize=4096)
def list_beside(visit_id: str) -> tuple[str, ...]:
    """Return the ids under which copies of a visit may wait, each beside the one before it.

    One of them may be missing: it was removed, or is no longer listed.
    """
    names = accumulate(range(_COPIES), lambda name, _: name_beside(name), initial=visit_id)
    return tuple(names)[1:]


def open_again(document: Document) -> Document:
    """Return a visit as an unfinished one, so that it can wait beside the one that counts.

    One that was signed keeps all that it says, and the sheet that was handed over.
    """
    unsigned = {"state": "draft", "signed_at": None, "fingerprint": ""}
    signed = document.get("state") == "signed"
    return {**document, **{name: it for name, it in unsigned.items() if signed}}


def says_more(unfinished: Document, counting: Document) -> bool:
    """Return whether an unfinished visit says anything that the one that counts does not say so."""
    agreed = unfinished.get("agreement")
    thinks = isinstance(agreed, Mapping) and agreed.get("decision") == "think"
    return any(
        not _is_said(value, counting.get(name), name)
        for name, value in unfinished.items()
        if name not in _NOT_SAID or (thinks and name == _DAY)
    )


def _is_said(value: object, there: object, field: str) -> bool:
    """Return whether a value of a field stands there too, or says nothing."""
    if value is False:
        return there is False if field in ASKED else there is not None
    if value is None or value in ("", [], {}):
        return True
    if isinstance(value, Mapping):
        if value.get(_PROPOSED) is True:
            return True
        known = there if isinstance(there, Mapping) else {}
        told = ((name, it) for name, it in value.items() if name not in _OF_PLACE)
        return all(_is_said(it, known.get(name), name) for name, it in told)
    if isinstance(value, Sequence) and not isinstance(value, str):
        others = there if isinstance(there, Sequence) else ()
        return all(any(_is_said(it, other, field) for other in others) for it in value)
    return value == there or _goes_on(value, there)


def _goes_on(value: object, there: object) -> bool:
    """Return whether a text was only written on, after a whole word."""
    if not (isinstance(value, str) and isinstance(there, str) and there.startswith(value)):
        return False
    following = there[len(value) :][:1]
    return not (following.isalnum() or following == "_")
