"""What has no code and no rule is found by its name, and what is known of it is told there."""

from __future__ import annotations

from consult_app.domain.people import Patient
from consult_app.gui.finding.asked_offered import offer_asked
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.beneath import tell_beneath
from tests.gui.touring import workspace_of

ITEM = "topical_actives"


def test_the_finder_says_that_no_rule_asks_for_it(window: MainWindow) -> None:
    pack = window.desk.pack
    label = pack.question_by_id[ITEM].label
    found = [text for place, text, _ in offer_asked(pack) if "Hydroquinone" in text]
    assert found == [f"Hydroquinone: no rule of its own ({label})"]


def test_a_yes_that_names_nothing_says_what_is_known_of_it(window: MainWindow) -> None:
    """Which of the others it was to be was all that was asked, and none of them was right."""
    window.begin_visit(Patient(name="Ada Berg"))
    session, pack = workspace_of(window).session, window.desk.pack
    told = pack.question_by_id[ITEM].unlisted
    assert "no rule asks for it. By itself it is a No" in told
    assert "unless the prescriber says otherwise" in told
    assert tell_beneath(pack, session, ITEM)[0] != told

    session.answer(ITEM, "yes")
    assert tell_beneath(pack, session, ITEM) == (told, "text2")
    session.add_entry("medications", "tretinoin_topical")
    assert tell_beneath(pack, session, ITEM)[0] != told
    session.answer(ITEM, "no")
    assert tell_beneath(pack, session, ITEM)[0] != told


def test_whatever_is_found_so_is_told_of(window: MainWindow) -> None:
    for question in window.desk.pack.questions:
        assert bool(question.also) is bool(question.unlisted), question.id
