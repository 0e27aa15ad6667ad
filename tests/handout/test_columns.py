"""Of the ways in which sections flow down two columns, the lowest is taken."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consult_app.handout.columns import _fit_columns, _list_columns, _share_out, fit_row
from consult_app.handout.document import Paragraph, Row, Section
from consult_app.handout.fonts import open_typeface
from consult_app.handout.pieces import Setting
from consult_app.handout.style import RHYTHMS, Rhythm, standard
from consult_app.paths import find_resources

FACE = open_typeface(find_resources() / "fonts", "standard")
WORDS = "Skin may be pink and warm for a day or two. "


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(1, 8), min_size=1, max_size=3), min_size=2, max_size=5),
    st.sampled_from(RHYTHMS["standard"]),
    st.sampled_from([(1.0,), (1.0, 1.0), (3.0, 2.0)]),
)
def test_no_way_is_lower_than_the_one_taken(
    lengths: list[list[int]], rhythm: Rhythm, shares: tuple[float, ...]
) -> None:
    sections = tuple(
        Section(
            id=str(number),
            heading="",
            blocks=tuple(Paragraph(text=WORDS * many) for many in several),
            tone="plain",
        )
        for number, several in enumerate(lengths)
    )
    setting = Setting(FACE, standard(rhythm), ())
    row = Row(sections=sections, shares=shares, flows=True)
    ways = [
        _fit_columns(columns, _share_out(columns, shares, 511, setting), setting).height
        for columns in _list_columns(row)
    ]
    assert fit_row(row, 511, setting).height == min(ways)
