"""The table of counts in the README."""

from __future__ import annotations

import re
from pathlib import Path

from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.loading.traceability import write_counts
from consult_app.paths import find_resources

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_counts_what_the_content_holds() -> None:
    """The table between the markers is what `write_counts` returns."""
    shown = re.search(
        r"<!-- counts -->\n(.*?)\n<!-- /counts -->", README.read_text("utf-8"), re.DOTALL
    )
    assert shown is not None
    pack = load_pack(find_resources() / "content" / "microneedling")
    assert shown.group(1).strip() == write_counts(pack).strip()
