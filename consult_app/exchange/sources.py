"""The output of `content sources` as scripts read it (interfaces 3)."""

from __future__ import annotations

from typing import Any

from consult_app.knowledge.loading.traceability import trace_sources
from consult_app.knowledge.pack.pack import Pack
from consult_app.record import write


def sources_json(pack: Pack) -> dict[str, Any]:
    """Return every source of the content in the format `consult-sources/1`.

    Each carries its code, its mark, what it is, how much of it was read and where it stands, and
    in `rests` the ids of everything that rests on it, by part of the content.
    """
    return {
        "format": "consult-sources/1",
        "content": {"id": pack.id, "version": pack.version},
        "sources": [
            {
                **write(footing.source, full=True),
                "rests": {part: list(names) for part, names in footing.rests.items()},
            }
            for footing in trace_sources(pack)
        ],
    }
