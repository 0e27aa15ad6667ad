"""The digest by which an override knows its rule again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def fingerprint(table: Mapping[str, object]) -> str:
    """Return the digest of a rule's table, the same for the same content in any key order."""
    text = json.dumps(table, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
