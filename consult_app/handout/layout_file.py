"""Reads the layout of the sheet from its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from consult_app import record
from consult_app.errors import ContentError, Fault
from consult_app.handout.layout import Layout
from consult_app.wording import t

FILE = "layout.toml"
FLOWING = 2
"""Columns of a row whose sections flow."""


def read_layout(folder: Path) -> Layout:
    """Return the layout that lies in `folder`, as its file says.

    Raises:
        ContentError: It has faults; every one is named.
    """
    import tomli  # noqa: PLC0415 - the compiled form needs none

    try:
        data = tomli.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ContentError(
            t("The layout of the sheet cannot be read"), (Fault(FILE, str(error)),)
        ) from error
    faults: list[Fault] = []
    layout = record.collect(Layout, data, "", faults)
    if layout is not None:
        faults.extend(_find_faults(layout))
    if layout is None or faults:
        raise ContentError(t("The layout of the sheet has faults"), tuple(faults))
    return layout


def _find_faults(layout: Layout) -> Iterator[Fault]:
    rows = [row for page in layout.page for row in page.row]
    known = [spec.id for spec in layout.section]
    placed = [name for row in rows for name in row.sections]
    for name in sorted(set(known) ^ set(placed)):
        problem = "no such section" if name in placed else "stands on no page"
        yield Fault(f"{FILE} section {name}", problem)
    for row in rows:
        if len(row.shares) != (FLOWING if row.flows else len(row.sections)):
            yield Fault(f"{FILE} row {', '.join(row.sections)}", "needs a share for each column")
        for name in row.takes:
            if not row.flows or name in row.sections or name not in placed:
                yield Fault(f"{FILE} row {', '.join(row.sections)}", f"cannot take {name}")
