"""Phone numbers of the sheet stand on one line each."""

from __future__ import annotations

from consult_app.domain.people import Clinic
from consult_app.handout.text import write_text
from consult_app.values import replace
from tests.handout.compose_cases import RECIPIENT, make_composed


def test_no_line_ends_within_a_phone_number() -> None:
    clinic = Clinic(
        name="Lumen",
        phone="+44 (0)20 7946 0101 ext. 4455",
        out_of_hours="the night line on 020 7946 0199",
    )
    text = write_text(make_composed(recipient=replace(RECIPIENT, clinic=clinic)))

    assert "Call +44\u00a0(0)20\u00a07946\u00a00101\u00a0ext.\u00a04455. When we" in text
    # What is no number may stand on another line.
    assert "call the night line on 020\u00a07946\u00a00199." in text
