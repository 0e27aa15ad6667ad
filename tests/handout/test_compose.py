"""The sheet says what applies to this plan, in order, with real dates, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.plan import PlanOutcome, Target
from consult_app.errors import ConsultError
from consult_app.handout.compose_length import count_words, list_blocks, list_sections
from consult_app.handout.document import (
    Calendar,
    DatedList,
    Figure,
    Table,
)
from consult_app.handout.layout import Layout
from consult_app.handout.text import write_text
from tests.handout import compose_cases
from tests.handout.compose_cases import (
    RECIPIENT,
    REQUEST,
    Sheet,
    find,
    locale,
    make_composed,
    make_versions,
    section,
    spaced,
)


@pytest.fixture
def sheet() -> Sheet:
    """A function that makes the sheet of a request."""
    return make_composed


@pytest.fixture
def layout() -> Layout:
    return compose_cases.layout()


def test_sections_stand_in_the_order_of_the_reference(sheet: Sheet) -> None:
    order = [one.id for one in list_sections(sheet())]

    assert order == [
        "main", "plan", "visits", "happens", "may", "choices", "harms",
        "before", "after", "healing", "avoid", "call", "emergency", "choice",
    ]  # fmt: skip


def test_the_head_says_for_whom_by_whom_and_when(sheet: Sheet) -> None:
    handout = sheet()

    assert handout.made_for == "Made for **Maya Okafor** by Lena Hart on 1\u00a0July\u00a02027."
    assert "born 30\u00a0April\u00a01992" in handout.footer
    assert "Record\u00a0MN-0412" in handout.footer
    assert handout.clinic_phone == "020 7946 0123"
    assert "Maya" not in handout.subject
    assert handout.page_label == "Page {page} of {pages}"
    assert "nurse, NMC\u00a012A, will treat you" in write_text(handout)


def test_every_visit_stands_with_weekday_date_time_and_gap(sheet: Sheet) -> None:
    calendar: Calendar = find(sheet(), Calendar)

    assert [visit.label for visit in calendar.visits] == [
        *(f"Visit\u00a0{number}" for number in range(1, 5)),
        "Check-up",
    ]
    first, second, *_, review = calendar.visits
    assert first.spoken.replace("\u00a0", " ") == "9:15 am on Monday 6 September 2027"
    assert (first.day_number, first.month_year, first.gap) == ("6", "Sep\u00a02027", "")
    assert second.gap == "4\u00a0weeks"
    assert (review.kind, review.gap) == ("check", "12\u00a0weeks")


def test_areas_concerns_and_depths_are_numbered_like_the_figure(sheet: Sheet) -> None:
    request = replace(
        REQUEST, targets=(*REQUEST.targets, Target(area="forehead", concern="fine_lines"))
    )
    handout = sheet(request)
    table, figure = find(handout, Table), find(handout, Figure)

    assert table.numbered
    assert [row[0] for row in table.rows] == ["Cheeks", "Forehead"]
    assert table.rows[0][2] == "1.5\u00a0mm"
    assert [(zone.area, zone.number) for zone in figure.zones] == [("cheeks", 1), ("forehead", 2)]
    assert "1 Cheeks, 2 Forehead" in figure.description


def test_rules_by_the_hour_say_until_when_exactly(sheet: Sheet) -> None:
    text = spaced(sheet())

    assert "Before 9:15 am on Tuesday 7 September: hot baths, hot showers; alcohol." in text
    assert "Until 9:15 am on Tuesday 7 September: only our gel, no sunscreen;" in text
    assert "From 9:15 am on Tuesday 7 September until Monday 13 September: gentle" in text


def test_no_wait_by_the_hour_is_rounded_for_the_sake_of_air(sheet: Sheet) -> None:
    """The calendar on paper says what the plan and the .ics say, unless nothing else fits."""
    budget = compose_cases.layout().budget
    text = spaced(sheet(cut=budget.air_until))

    assert "Before 9:15 am on Thu 9 Sep: direct sun; hard exercise" in text
    assert "Before 9:15 am on Mon 13 Sep: swimming, hot tub, sauna." in text


def test_shortened_lists_keep_every_date(sheet: Sheet) -> None:
    text = spaced(sheet(cut=1))

    assert "Before 9:15 am on Tue 7 Sep: hot baths, hot showers; alcohol." in text


def test_what_has_to_wait_is_named_with_the_day_from_which_it_is_allowed(sheet: Sheet) -> None:
    """A wait by days ends with its last day; one of three days by the clock may end later."""
    assert "Before Friday 17 September: strong creams, scrubs." in spaced(sheet())
    assert "Before 9:15 am on Thursday 9 September: direct sun; hard exercise" in spaced(sheet())
    shortened = spaced(sheet(cut=compose_cases.layout().budget.whole_days))
    assert "Before Fri 10 Sep: direct sun; hard exercise" in shortened


def test_preparation_that_has_begun_says_from_today(sheet: Sheet) -> None:
    text = spaced(sheet(made_on=date(2027, 8, 30)))

    assert "From today: " in text
    assert "From Friday 3 September: ibuprofen" in text


def test_every_thing_to_leave_has_a_date(sheet: Sheet) -> None:
    for block in list_blocks(sheet()):
        if isinstance(block, DatedList):
            assert all(item.when and item.text for item in block.items)


def test_a_clinic_without_an_evening_line_sends_to_urgent_care(sheet: Sheet) -> None:
    clinic = replace(RECIPIENT.clinic, out_of_hours="")

    assert "go to urgent care" in write_text(sheet(recipient=replace(RECIPIENT, clinic=clinic)))


def test_americans_read_their_dates_spelling_and_degrees(sheet: Sheet) -> None:
    text = spaced(sheet(recipient=locale("US", "en-US")))

    assert "9:15 am on Monday, September 6, 2027" in text
    assert "100.4 °F" in text
    assert "moisturizer" in text
    assert "moisturiser" not in text


def test_outside_the_cleared_use_americans_are_told(sheet: Sheet) -> None:
    striae = replace(
        REQUEST,
        primary_concern="striae_white",
        targets=(Target(area="abdomen", concern="striae_white"),),
    )
    line = "The FDA has not reviewed this device for this use."

    assert line in write_text(sheet(striae, recipient=locale("US", "en-US")))
    assert line not in write_text(sheet(striae))


@pytest.mark.parametrize(("phototype", "patch"), [(2, False), (3, False), (5, True), (6, True)])
def test_a_test_patch_is_told_with_its_date(sheet: Sheet, phototype: Any, patch: bool) -> None:  # noqa: ANN401, FBT001 - a literal
    handout = sheet(facts=Facts(phototype=phototype))
    labels = [visit.label for visit in find(handout, Calendar).visits]

    assert ("Test patch" in labels) is patch
    assert ("small test patch on Monday 9 August 2027" in spaced(handout)) is patch


def test_nobody_is_told_to_come_for_a_test_patch_on_a_day_that_is_past(sheet: Sheet) -> None:
    soon = replace(REQUEST, first_session=datetime(2027, 7, 20, 9, 15))  # noqa: DTZ001 - wall clock
    handout = sheet(soon, facts=Facts(phototype=5))
    text = write_text(handout)

    assert "20 July 2027" in spaced(handout)
    assert "Test patch" not in [visit.label for visit in find(handout, Calendar).visits]
    assert "June" not in text


@pytest.mark.parametrize(
    ("phototype", "words"),
    [(5, "0 to 17 people in every 100"), (2, "we do not have a number for your skin tone")],
)
def test_dark_marks_have_the_number_for_this_skin_or_say_it_is_not_known(
    sheet: Sheet,
    phototype: Any,  # noqa: ANN401 - a literal
    words: str,
) -> None:
    assert words in spaced(sheet(facts=Facts(phototype=phototype)))


def test_stretch_marks_have_their_own_number_and_clothes(sheet: Sheet) -> None:
    request = replace(
        REQUEST,
        primary_concern="striae_red",
        targets=(Target(area="thighs", concern="striae_red"),),
    )
    text = spaced(sheet(request))

    assert "0 to 22 people in every 100" in text
    assert "0 to 17" not in text
    assert "Tight waistbands" in text


def test_melasma_asks_for_tinted_sunscreen(sheet: Sheet) -> None:
    request = replace(
        REQUEST, primary_concern="melasma", targets=(Target(area="cheeks", concern="melasma"),)
    )

    assert "tinted mineral sunscreen" in write_text(sheet(request))
    assert "tinted" not in write_text(sheet())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts(phototype=2, conditions=(Condition(code="herpes_simplex", status="healed"),)),
         "You have had cold sores before."),
        (Facts(phototype=2, medications=(Medication(code="warfarin", status="current"),)),
         "You take a blood thinner."),
        (Facts(phototype=2, medications=(Medication(code="tretinoin_topical", status="current"),)),
         "Stop your strong cream on Wednesday"),
        (Facts(phototype=2, unanswered=("isotretinoin",)),
         "Some health questions are still open."),
    ],
)  # fmt: skip
def test_what_concerns_only_some_patients_is_said_to_them_alone(
    sheet: Sheet, facts: Facts, words: str
) -> None:
    assert words in write_text(sheet(facts=facts))
    assert words not in write_text(sheet())


def test_numbing_cream_is_told_only_when_it_is_planned(sheet: Sheet) -> None:
    numbing = Numbing(product="lidocaine4", contains=("lidocaine",), grams=5, area_cm2=100)
    request = replace(REQUEST, numbing=numbing)
    facts = Facts(phototype=2, anaesthetic=numbing)

    assert "We put on numbing cream" in write_text(sheet(request, facts=facts))
    assert "numbing cream" not in write_text(sheet())


def test_a_numbing_cream_is_never_put_on_or_covered_at_home(sheet: Sheet) -> None:
    """People have died with the cream under film (planning reference 1.7 and 2.5)."""
    numbing = Numbing(product="lidocaine4", contains=("lidocaine",), grams=5, area_cm2=100)
    request = replace(REQUEST, numbing=numbing)
    for cut in range(compose_cases.layout().budget.cuts + 1):
        text = spaced(sheet(request, cut=cut))
        assert "Do not put numbing cream on at home. Never cover it with plastic wrap." in text


def test_at_most_two_concerns_are_explained_the_first_one_first(sheet: Sheet) -> None:
    request = replace(
        REQUEST,
        primary_concern="pores",
        targets=(
            Target(area="cheeks", concern="acne_rolling"),
            Target(area="forehead", concern="fine_lines"),
            Target(area="nose", concern="pores"),
        ),
    )
    words = write_text(sheet(request))

    assert words.index("Pores may look") < words.index("Your scars may look")
    assert "Fine lines may look" not in words
    assert "very little proof" in words


def test_the_healing_table_is_that_of_the_depth(sheet: Sheet) -> None:
    light = replace(
        REQUEST,
        primary_concern="dull_texture",
        targets=(Target(area="cheeks", concern="dull_texture"),),
    )
    tables = {
        name: next(
            block for block in section(sheet(request), "healing").blocks if isinstance(block, Table)
        )
        for name, request in (("deep", REQUEST), ("light", light))
    }

    assert tables["deep"].meters == (4, 3, 1, 0, 0)
    assert tables["light"].meters == (2, 0, 0, 0, 0)
    assert len(tables["deep"].rows) == len(tables["deep"].meters)
    assert len(tables["deep"].meter_words) == 5


def test_cutting_merges_the_healing_table_and_keeps_what_is_never_cut(
    sheet: Sheet, layout: Layout
) -> None:
    whole = {one.id for one in list_sections(sheet())}
    for cut in range(1, layout.budget.cuts + 1):
        handout = sheet(cut=cut)
        text = write_text(handout)

        assert whole - {one.id for one in list_sections(handout)} == {"healing"}
        assert "Day\u00a01: red, tight and swollen." in text
        assert "You can also choose to do nothing." in text
        assert count_words(handout).prose < count_words(sheet(cut=cut - 1)).prose or cut > 3


def test_the_whole_sheet_of_a_usual_plan_keeps_to_the_words_of_two_pages(sheet: Sheet) -> None:
    """Planning reference 5.1: 780 words of prose and 120 in the date tables.

    What is signed is counted by itself: it is the words of the consent, and gives way first.
    """
    length = count_words(sheet())

    assert length.prose <= 780
    assert length.dates <= 120
    assert length.signed <= 62


def test_a_deeper_later_visit_has_its_own_dates(sheet: Sheet) -> None:
    handout = sheet(facts=Facts(phototype=4))

    assert "From visit\u00a02 the needles go deeper." in write_text(handout)
    dated = section(handout, "later").blocks[1]
    assert isinstance(dated, DatedList)
    assert all("October" in item.when for item in dated.items)


def test_a_plan_without_dates_says_so(sheet: Sheet) -> None:
    handout = sheet(replace(REQUEST, first_session=None))
    text = write_text(handout)

    assert "We will set the dates with you. Then you get a new sheet" in text
    assert (
        "You may start to see a change about 6\u00a0to\u00a012\u00a0weeks after your first visit."
        in text
    )
    assert "three months after your last visit" in text
    assert "cannot come" not in text
    assert not any(isinstance(block, Calendar) for block in list_blocks(handout))


def test_no_sheet_is_made_for_a_plan_that_must_not_be_carried_out(sheet: Sheet) -> None:
    with pytest.raises(ConsultError, match="no sheet for this plan"):
        sheet(alter=lambda plan: replace(plan, outcome=PlanOutcome.DO_NOT_TREAT))


def test_no_sheet_is_made_without_a_phone_number(sheet: Sheet) -> None:
    clinic = replace(RECIPIENT.clinic, phone=" ")

    with pytest.raises(ConsultError, match="phone number"):
        sheet(recipient=replace(RECIPIENT, clinic=clinic))


def test_names_cannot_make_words_bold(sheet: Sheet) -> None:
    patient = replace(RECIPIENT.patient, name="Ma**ya\nOkafor")

    assert "**Maya Okafor**" in sheet(recipient=replace(RECIPIENT, patient=patient)).made_for


def test_the_versions_run_from_the_whole_sheet_to_the_shortest(
    sheet: Sheet, layout: Layout
) -> None:
    lengths = [count_words(sheet(cut=cut)) for cut in range(layout.budget.cuts + 1)]
    prose = [length.prose for length in lengths]

    assert prose == sorted(prose, reverse=True)
    assert len({length.dates for length in lengths}) == 1


def test_a_version_is_the_same_whichever_were_made_before_it(layout: Layout) -> None:
    """Sections that stay as they are from one step to the next are made once."""
    facts = Facts(phototype=5, medications=(Medication(code="warfarin", status="current"),))
    every = make_versions(facts=facts)
    for cut in reversed(range(layout.budget.cuts + 1)):
        assert every[cut] == make_versions(facts=facts)[cut]
    assert every[0] is every[0]
    assert every[1:3] == (every[1], every[2])
