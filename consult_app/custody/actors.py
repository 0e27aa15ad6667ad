"""Who acts, as the audit tells it: by codes, never by a name."""

from __future__ import annotations

import hashlib
import platform
import re
import unicodedata

from consult_app.settings import Practice
from consult_app.store.entry import Actor

_OTHER = re.compile(r"[^A-Za-z0-9._:@-]+")
_LONGEST = 64


def find_actor(practice: Practice) -> Actor:
    """Return the practitioner who uses this computer, as the settings name them.

    The registration tells who it is; where there is none, the initials do. The computer is told
    by a digest, because many are called after their owner.
    """
    host = platform.node()
    return Actor(
        who=_spell(practice.practitioner_registration) or _shorten(practice.practitioner_name),
        role=_spell(practice.practitioner_role).lower(),
        workstation=hashlib.sha256(host.encode()).hexdigest()[:8] if host else "",
    )


def _spell(text: str) -> str:
    """Return a text as a code: plain letters and digits, with dashes for whatever else."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain).strip("-")[:_LONGEST]


def _shorten(name: str) -> str:
    return "".join(word[:1] for word in _spell(name).split("-")).upper()
