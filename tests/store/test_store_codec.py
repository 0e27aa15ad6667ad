"""What can be kept is told in two ways, a quick one and one that names places; they agree."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consult_app.store.codec import _find_faults, _is_plain

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
KEYS = st.text() | st.integers()


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        LEAVES,
        lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(KEYS, inner),
        max_leaves=8,
    )
)
def test_the_quick_look_agrees_with_the_careful_one(value: object) -> None:
    document = {"value": value}
    assert _is_plain(document) == (not tuple(_find_faults(document, "")))
