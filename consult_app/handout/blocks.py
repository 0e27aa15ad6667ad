"""Which function sets which kind of block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consult_app.handout.blocks_advice import fit_call_box, fit_dated_list
from consult_app.handout.blocks_calendar import fit_calendar
from consult_app.handout.blocks_figure import fit_figure
from consult_app.handout.blocks_page import fit_clinic_page
from consult_app.handout.blocks_table import fit_table
from consult_app.handout.blocks_text import (
    fit_bullets,
    fit_choice,
    fit_key_points,
    fit_paragraph,
    fit_quotes,
    fit_write_lines,
)
from consult_app.handout.document import (
    Block,
    Bullets,
    Calendar,
    CallBox,
    Choice,
    ClinicPage,
    DatedList,
    Figure,
    KeyPoints,
    Paragraph,
    Quotes,
    Table,
    WriteLines,
)
from consult_app.handout.pieces import Piece, Setting

FITS: dict[type, Callable[[Any, float, Setting], Piece]] = {
    Bullets: fit_bullets,
    Calendar: fit_calendar,
    CallBox: fit_call_box,
    Choice: fit_choice,
    ClinicPage: fit_clinic_page,
    DatedList: fit_dated_list,
    Figure: fit_figure,
    KeyPoints: fit_key_points,
    Paragraph: fit_paragraph,
    Quotes: fit_quotes,
    Table: fit_table,
    WriteLines: fit_write_lines,
}


def fit_block(block: Block, width: float, setting: Setting) -> Piece:
    """Make the piece of a block for a width."""
    return FITS[type(block)](block, width, setting)
