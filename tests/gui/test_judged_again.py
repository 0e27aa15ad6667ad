"""Nothing that is judged can change without being judged again, whichever field it stands in."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any

import pytest

from consult_app.domain import change
from consult_app.domain.consultation import (
    Answer,
    ConcernWish,
    Consultation,
    MapFinding,
    Override,
    TeachBack,
)
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition, Exposure, Medication, Numbing, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.gui import building
from consult_app.gui.desk import Desk
from consult_app.knowledge.judgement import Basis, Judgement, judge, judge_basis
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care import MakeCare
from consult_app.knowledge.planning.soft_caps import SOFT_CAP
from consult_app.values import fields, is_dataclass
from tests.gui.conftest import Clock

TOLD: dict[str, object] = {
    "goals.concerns": (ConcernWish(concern="melasma", areas=("cheeks",), bother=9),),
    "skin.phototype_sheet": {"G1": 4},
    "skin.findings": (MapFinding(area="cheeks", concern="acne_active", grade=4),),
    "skin.scores": {"iga": {"grade": 4.0}},
    "body_image": {"B1": 2, "B2": 2},
    "facts.addons": ("prp",),
    "facts.topicals_planned": ("vitamin_c_serum",),
    "facts.conditions": (Condition(code="cold_sore", status="active", zones=("lips",)),),
    "facts.medications": (Medication(code="isotretinoin", status="current"),),
    "facts.procedures": (
        Procedure(code="needling", date=PartialDate(year=2026, month=6, day=1), zones=("cheeks",)),
    ),
    "needled": (Procedure(code="microneedling", zones=("cheeks",), depth_mm=1.0),),
    "facts.allergies": ("lidocaine",),
    "facts.exposures": (Exposure(code="sunburn", zones=("cheeks",), still_inflamed=True),),
    "facts.unanswered": ("pregnancy",),
    "facts.zones": ("neck",),
    "plan.targets": (),
    "plan.addons": ("prp",),
    "plan.numbing": Numbing(product="emla", contains=("prilocaine",), grams=500.0),
    "facts.anaesthetic": Numbing(contains=("tetracaine",)),
    "overrides": (Override(id=f"{SOFT_CAP}cheeks", reason="Thick scars"),),
    "plan.first_session": None,
    "patient.date_of_birth": date(2015, 1, 1),
}
"""Other values for fields whose type does not tell one that means something."""

SIMPLE: dict[Any, list[object]] = {
    NoneType: [None],
    bool: [False, True],
    int: [1, 3],
    float: [0.5, 2.0],
    str: ["x"],
    date: [date(2026, 6, 17)],
    datetime: [datetime.fromisoformat("2026-06-17T10:00")],
}
LATER = {"treatment", "review", "handout"}
"""What is added to a visit afterwards."""

JUDGED = {"answers", "facts", "overrides", "patient", "plan", "skin", "visit_date"}
"""Where the changes below must have told, or they would prove nothing."""


def find_paths(value: Any, lead: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any value
    """Yield the path of every field of a frozen value, and its type."""
    types = typing.get_type_hints(type(value))
    for each in fields(value):
        path, inner = f"{lead}{each.name}", getattr(value, each.name)
        if is_dataclass(inner) and path not in TOLD:
            yield from find_paths(inner, f"{path}.")
        else:
            yield path, types[each.name]


def find_others(visit: Consultation, path: str, kind: Any) -> list[object]:  # noqa: ANN401 - a type
    """Return other values for the field at `path`."""
    now = change.look(visit, path)
    if path in TOLD:
        return [TOLD[path]]
    if isinstance(now, tuple):
        return [(*now, *now) or ("x",)]
    if isinstance(now, Mapping):
        return [dict(list(now.items())[1:]) if now else {"x": "x"}]
    return [other for other in _find_values(kind) if other != now]


def _find_values(kind: Any) -> list[object]:  # noqa: ANN401 - a type
    """Return values of a simple type; of a choice, all of them."""
    if typing.get_origin(kind) is typing.Literal:
        return list(typing.get_args(kind))
    if typing.get_origin(kind) in {typing.Union, UnionType}:
        return [value for each in typing.get_args(kind) for value in _find_values(each)]
    return SIMPLE[kind]


def find_changes(visit: Consultation, pack: Pack) -> Iterator[tuple[str, Consultation]]:
    """Yield the visit with one field changed, for every field there is and every question."""
    for path, kind in find_paths(visit):
        if path not in LATER:
            for other in find_others(visit, path, kind):
                yield path, change.put(visit, path, other)
    for question in pack.questions:
        answers = {**visit.answers, question.id: Answer(state="unsure")}
        yield "answers", replace(visit, answers=answers)


def test_whichever_field_changes_what_is_remembered_is_what_judging_it_anew_would_say(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample, today = desk.sample_visit(), clock().date()
    # So deep that the reason for it has a say.
    visit = replace(sample, plan=replace(sample.plan, depth_mm=1.75))
    before, anew = judge(desk.pack, visit, today=today), list[Basis]()

    def note(_: Pack, basis: Basis, _care: MakeCare) -> Judgement:
        anew.append(basis)
        return before

    monkeypatch.setattr(building, "judge_basis", note)
    tried, told = set(), set()
    for path, changed in find_changes(visit, desk.pack):
        assert changed != visit, f"{path}: nothing was changed"
        desk.judge(visit)
        anew.clear()
        desk.judge(changed)
        differs = judge(desk.pack, changed, today=today) != before
        assert anew or not differs, path
        tried.add(path.partition(".")[0])
        told |= {path.partition(".")[0]} if differs else set()

    assert tried == {each.name for each in fields(visit)} - LATER
    assert told >= JUDGED


def test_whatever_was_judged_before_a_change_is_judged_as_if_nothing_had_been(
    desk: Desk, clock: Clock
) -> None:
    visit, today = desk.sample_visit(), clock().date()
    dates = set()
    for path, changed in find_changes(visit, desk.pack):
        desk.judge(visit)
        found, anew = desk.judge(changed), judge(desk.pack, changed, today=today)
        assert found == anew, path
        dates.add(str(found.plan and found.plan.care_calendar))
    assert len(dates) > 5, "the dates of care did not change, which proves nothing"


def write_everywhere(visit: Consultation, words: str) -> Consultation:
    """Return the visit with other words in every field that is only kept."""
    goals, talk = visit.goals, visit.discussion
    return replace(
        visit,
        goals=replace(
            goals, own_words=words, event=words, earlier_treatments=words, worth_it=words
        ),
        discussion=replace(talk, agreed_range=words, questions=words, must_avoid=words),
        agreement=replace(visit.agreement, teach_back=TeachBack(words={"call": words})),
        panel="skin",
        focus=words,
        cursor=3,
    )


def test_a_letter_more_computes_nothing_and_everything_else_does(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Basis] = []

    def count(pack: Pack, basis: Basis, care: MakeCare) -> Judgement:
        judged.append(basis)
        return judge_basis(pack, basis, care)

    monkeypatch.setattr(building, "judge_basis", count)
    healthy = desk.sample_visit()
    desk.judge(healthy)
    desk.judge(write_everywhere(healthy, "a word"))
    assert len(judged) == 1

    answers = {**healthy.answers, "pregnancy": Answer(state="yes")}
    facts = replace(healthy.facts, pregnancy="yes")
    stopped = desk.judge(replace(healthy, answers=answers, facts=facts))
    assert stopped.decision.state is DecisionState.ABSOLUTE
    assert desk.judge(healthy).decision.state is not DecisionState.ABSOLUTE
    clock.move(24 * 60 * 60)
    desk.judge(healthy)
    assert len(judged) == 4, "another day is judged anew"


def test_a_failure_to_judge_is_never_remembered_as_a_result(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy = desk.sample_visit()
    desk.judge(healthy)
    changed = replace(healthy, answers={**healthy.answers, "pregnancy": Answer(state="yes")})

    def fail(*_: object) -> Judgement:
        raise LookupError("Ada Berg")

    with monkeypatch.context() as broken:
        broken.setattr(building, "judge_basis", fail)
        for _ in range(2):
            with pytest.raises(LookupError):
                desk.judge(changed)

    assert desk.judge(changed).decision.blocks_treatment


def test_what_was_signed_is_read_as_of_the_day_it_was_signed(desk: Desk, clock: Clock) -> None:
    """A year on, its dates moved and a wait that was told then was over."""
    visit = replace(desk.sample_visit(), visit_date=date(2026, 6, 15))
    burnt = Exposure(code="sunburn", zones=("cheeks",), date=PartialDate(year=2026, month=6, day=9))
    visit = replace(
        visit,
        answers={**visit.answers, "sunburn": Answer(state="yes")},
        facts=replace(visit.facts, exposures=(burnt,), treatment_date=None),
        plan=replace(visit.plan, first_session=None),
    )
    signed = replace(visit, state="signed", signed_at=clock())
    then = desk.judge(signed)
    assert then.decision.state is DecisionState.DEFER

    clock.move(365 * 24 * 60 * 60)

    assert desk.judge(signed) == then
    assert desk.judge(visit).decision.state is not DecisionState.DEFER, "a draft is of today"
