"""What the sheet says of medicines and creams: which are fine, which are left out, who is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult_app.domain.people import Locale
from tests.handout.compose_cases import RECIPIENT, REQUEST, make_composed, spaced


@pytest.mark.parametrize("cut", [0, 7, 11])
@pytest.mark.parametrize(
    ("country", "name"), [("GB", "paracetamol"), ("US", "acetaminophen"), ("CA", "acetaminophen")]
)
def test_a_painkiller_that_may_be_taken_stands_below_those_that_may_not(
    country: str, name: str, cut: int
) -> None:
    recipient = replace(RECIPIENT, locale=Locale(country=country, language="en-GB"))
    text = spaced(make_composed(recipient=recipient, cut=cut))
    after = text[text.index("Do not, after your visit") :]

    assert f"For pain, {name} is fine if safe for you." in after


def test_where_nothing_is_listed_no_painkiller_is_named() -> None:
    undated = replace(REQUEST, first_session=None)

    assert "paracetamol" not in spaced(make_composed(undated))
