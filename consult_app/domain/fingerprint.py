"""The fingerprint of a signed record: whatever is changed in it later does not fit it any more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

FIELD = "fingerprint"


def make_fingerprint(document: Mapping[str, object]) -> str:
    """Return the SHA-256 of a record in plain JSON values, its own fingerprint left out.

    The order of the fields makes no difference.
    """
    content = {name: value for name, value in document.items() if name != FIELD}
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def fits(document: Mapping[str, object]) -> bool:
    """Return whether a record is what was signed; one without a fingerprint tells nothing."""
    written = document.get(FIELD)
    return not written or written == make_fingerprint(document)
