"""Rows of sections side by side: which section stands in which column, and how wide each is."""

from __future__ import annotations

from math import fsum

from consult_app.handout.document import Row, Section
from consult_app.handout.pieces import Piece, Setting, beside, divide, nothing, stack
from consult_app.handout.sections import fit_section

OTHER_SHARES = ((1.0, 1.0), (3.0, 2.0), (2.0, 3.0))
"""Widths tried for two columns, where they save a line over those asked for."""

FINE_SHARES = tuple((part, 40.0 - part) for away in range(8) for part in (20.0 + away, 20.0 - away))
"""Widths tried when every line counts, the even ones first."""

WIDEST = (max(OTHER_SHARES), max(FINE_SHARES))
"""The widest column of those tried, and when every line counts."""

Columns = list[tuple[Section, ...]]


def fit_row(row: Row, width: float, setting: Setting) -> Piece:
    """Set a row in columns; of the ways in which its sections can flow, the lowest.

    What was set once at the same distances is not set again: a sheet is laid out several times
    until it fits, and the next one is mostly the last with a few words changed.
    """
    told = tuple(id(setting.face.settle(section)) for section in row.sections)
    key = (told, row.shares, row.flows, width, setting)
    known: Piece | None = setting.face.pieces.get(key)
    if known is None:
        known = setting.face.pieces[key] = _fit_row(row, width, setting)
    return known


def _fit_row(row: Row, width: float, setting: Setting) -> Piece:
    """Set the most even way first; most others are then known to be higher without being set."""
    ways = [
        (number, columns, _share_out(columns, row.shares, width, setting))
        for number, columns in enumerate(_list_columns(row))
    ]
    if len(ways) > 1:
        ways.sort(key=lambda way: max(_measure_columns(way[1], way[2], setting)))
    best: tuple[float, int, Piece] | None = None
    for number, columns, widths in ways:
        if best and _is_higher((columns, widths), (best[0], number > best[1]), setting):
            continue
        piece = _fit_columns(columns, widths, setting)
        if best is None or (piece.height, number) < best[:2]:
            best = piece.height, number, piece
    return best[2] if best else nothing()


def _is_higher(
    way: tuple[Columns, list[float]], best: tuple[float, bool], setting: Setting
) -> bool:
    """Whether a way cannot be lower than the best, or as low where that would count.

    No column is lower than at the widest it could be.
    """
    columns, widths = way
    height, as_low = best
    gap = setting.style.rhythm.column
    widest = divide(fsum(widths) + gap, WIDEST[setting.style.rhythm.is_full], gap)[0]
    for column, width in zip(columns, widths, strict=True):
        least = _measure_column(column, max(width, widest), setting)
        if least > height or (as_low and least == height):
            return True
    return False


def _list_columns(row: Row) -> list[Columns]:
    """Return the ways to share the sections out among columns."""
    if not row.flows:
        return [[(section,) for section in row.sections]]
    places = range(1, len(row.sections))
    return [[row.sections[:place], row.sections[place:]] for place in places]


def _share_out(
    columns: Columns, wanted: tuple[float, ...], width: float, setting: Setting
) -> list[float]:
    """Return the width of each column as asked for, else all the same."""
    shares = wanted if len(wanted) == len(columns) else (1.0,) * len(columns)
    return divide(width, shares, setting.style.rhythm.column)


def _fit_columns(columns: Columns, widths: list[float], setting: Setting) -> Piece:
    if len(columns) == len(OTHER_SHARES[0]):
        widths = _find_better(columns, widths, setting)
    pieces = [
        _fit_column(column, part, setting) for column, part in zip(columns, widths, strict=True)
    ]
    return beside(pieces, widths, setting.style.rhythm.column)


def _fit_column(column: tuple[Section, ...], width: float, setting: Setting) -> Piece:
    pieces = [fit_section(section, width, setting) for section in column]
    return stack(pieces, setting.style.rhythm.row)


def _measure_columns(columns: Columns, widths: list[float], setting: Setting) -> list[float]:
    return [
        _measure_column(column, width, setting)
        for column, width in zip(columns, widths, strict=True)
    ]


def _measure_column(column: tuple[Section, ...], width: float, setting: Setting) -> float:
    heights = [fit_section(section, width, setting).height for section in column]
    return fsum(heights) + setting.style.rhythm.row * (len(heights) - 1)


def _find_better(columns: Columns, widths: list[float], setting: Setting) -> list[float]:
    """Return widths of two columns that save lines over the given ones, or those.

    No column is lower where it is narrower. So a column that must become lower must become wider,
    and it is known from few widths which others need not be tried.
    """
    full = setting.style.rhythm.is_full
    least = setting.style.body.leading * (0.5 if full else 1.0)
    gap = setting.style.rhythm.column
    room = fsum(widths) + gap
    heights = _measure_columns(columns, widths, setting)
    limit = max(heights) - least
    narrow = _note_narrow([0.0, 0.0], widths, heights, limit)
    high = heights.index(max(heights))
    if all(narrow):
        return widths
    for shares in FINE_SHARES if full else OTHER_SHARES:
        others = divide(room, shares, gap)
        if others[0] <= narrow[0] or others[1] <= narrow[1]:
            continue
        made = list(heights)
        for place in (high, 1 - high):
            made[place] = _measure_column(columns[place], others[place], setting)
            if made[place] >= limit:
                narrow[place] = others[place]
                break
        else:
            widths, heights, limit = others, made, max(made) - least
            narrow = _note_narrow(narrow, widths, heights, limit)
    return widths


def _note_narrow(
    narrow: list[float], widths: list[float], heights: list[float], limit: float
) -> list[float]:
    """Return the widths at which either column is too high, as far as is known."""
    return [
        max(known, width) if height >= limit else known
        for known, width, height in zip(narrow, widths, heights, strict=True)
    ]
