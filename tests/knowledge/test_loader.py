"""Reading a pack: whole and right, or refused with every fault named."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from consult_app.errors import ContentError
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.rule_digest import fingerprint
from tests.knowledge.conftest import PLAN

Load = Callable[..., Pack]
TINY = Path(__file__).with_name("tiny")


def read_tiny(name: str) -> str:
    return (TINY / f"{name}.toml").read_text("utf-8")


def faults_of(load_tiny: Load, **changes: str | None) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_tiny(**changes)
    return list(error.value.details)


RULE = """
[[rule]]
id = "more"
item = "age"
severity = "precaution"
scope = "body"
resolves_by = "none"
when = { age = { below = 30 } }
action = "Look twice."
sources = ["A1"]
"""


def test_the_tiny_treatment_is_whole(tiny: Pack) -> None:
    assert (tiny.id, tiny.version, tiny.title) == ("tiny", "7", "A tiny treatment")
    assert tiny.question_by_id["site"].step == "plan"
    assert tiny.texts["plain"]["microneedling"].text == "tiny-needle treatment"
    assert tiny.vocabulary.label("conditions", "sugar") == "Diabetes"
    assert tiny.vocabulary.label("conditions", "a_new_code") == "a_new_code"


def test_rules_of_any_file_are_read(load_tiny: Load) -> None:
    assert load_tiny(**{"rules/more": RULE}).rule_by_id["more"].action == "Look twice."


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('item = "age"', 'item = "eye"', 'rules/more.toml: rule more.item: unknown item "eye"'),
        ('action = "Look twice."', "", "rules/more.toml: rule more.action: missing"),
        ('"Look twice."', '" "', "rules/more.toml: rule more.action: empty"),
        ('["A1"]', "[]", "rules/more.toml: rule more.sources: no source"),
        ('["A1"]', '["B2"]', 'rules/more.toml: rule more.sources: unknown source "B2"'),
        ('id = "more"', 'id = "minor"', "rules: rule minor: this id is used twice"),
        (
            '"precaution"',
            '"severe"',
            (
                "rules/more.toml: rule more.severity: not one of absolute, defer, relative, "
                'precaution, clear: "severe"'
            ),
        ),
        ('"precaution"', '"clear"', "rules/more.toml: rule more.severity: a rule never clears"),
        ("scope", "scpoe", "rules/more.toml: rule more.scpoe: unknown field"),
        (
            "{ below = 30 } }",
            "{ below = 30 }, depth = 1 }",
            "rules/more.toml: rule more.when: two tests in one table: age, depth",
        ),
        (
            'resolves_by = "none"',
            'resolves_by = "none"\nseverity_when = [{ severity = "relative", when = { x = 1 } }]',
            "rules/more.toml: rule more.severity_when[0].when: not a test: x",
        ),
        (
            'resolves_by = "none"',
            'resolves_by = "none"\noverlay = { gentle = "relative" }',
            'rules/more.toml: rule more.overlay: unknown device profile "gentle"',
        ),
        ("[[rule]]", "[[rules]]", "rules/more.toml: rules: unknown table"),
        ("[[rule]]", "[rule]", "rules/more.toml: rule: not a list of tables"),
    ],
)
def test_a_fault_in_a_rule_names_file_and_rule(
    load_tiny: Load, old: str, new: str, fault: str
) -> None:
    assert fault in faults_of(load_tiny, **{"rules/more": RULE.replace(old, new)})


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("pack", 'version = "7"', "", "pack.toml.version: missing"),
        ("pack", '["baby"]', '["bay"]', 'pack.toml: recheck.items: unknown item "bay"'),
        (
            "pack",
            'group = "today"',
            'group = "x"',
            'pack.toml: recheck.group: no question is in group "x"',
        ),
        ("pack", 'ask = "Anything new since then?"', 'ask = ""', "pack.toml: recheck.ask: empty"),
        (
            "questions",
            'label = "The age"',
            'label = ""',
            "questions.toml: item age.label: empty",
        ),
        (
            "questions",
            'facts = ["pregnancy"]',
            'facts = ["eye_colour"]',
            'questions.toml: item baby.facts: unknown fact "eye_colour"',
        ),
        (
            "questions",
            'fields = ["code", "date_healed"]',
            'fields = ["size"]',
            'questions.toml: item virus.fields: unknown field "size"',
        ),
        (
            "questions",
            'label = "The age"',
            'label = "The age"\nonly_with = ["moonlight"]',
            'questions.toml: item age.only_with: nothing that is planned is called "moonlight"',
        ),
        (
            "questions",
            'label = "The age"',
            'label = "The age"\ncounts = ["conditions:lunacy"]',
            'questions.toml: item age.counts: no question asks for "conditions:lunacy"',
        ),
        (
            "questions",
            "[item.age]",
            (
                '[item.spare]\ncategory = "any"\ngroup = "body"\ntext = "?"\nlabel = "Spare"\n'
                'why = "None."\n\n[item.age]'
            ),
            "questions.toml: item spare: no rule uses this question",
        ),
        (
            "vocabulary",
            'item = "metal"',
            'item = "wood"',
            'vocabulary.toml: allergies steel.item: unknown item "wood"',
        ),
        (
            "vocabulary",
            'id = "steel"',
            'id = "sugar"\nattributes = ["size"]',
            'vocabulary.toml: allergies sugar.attributes: unknown attribute "size"',
        ),
        (
            "vocabulary",
            'ended_on = "date_healed"',
            'ended_on = "date_cleared"',
            (
                "vocabulary.toml: conditions cold_sore.ended_on: "
                '"date_cleared" is not among its attributes'
            ),
        ),
        (
            "vocabulary",
            'now = ["active", "current"]',
            'soon = ["tomorrow"]',
            "vocabulary.toml: status_words.soon: unknown field",
        ),
        (
            "vocabulary",
            'id = "vitamin"',
            'id = "aspirin"',
            "vocabulary.toml: medications aspirin: this code is listed twice",
        ),
        (
            "vocabulary",
            'label = "Steel"',
            "",
            "vocabulary.toml: allergies steel.label: missing",
        ),
        ("sources", 'title = "A study"', "", "sources.toml: source A1.title: missing"),
        ("sources", "[source.A1]", "[source.B1]", 'areas.sources: unknown source "A1"'),
        (
            "texts",
            '["A1"]',
            '["B2"]',
            'texts.toml: plain microneedling.sources: unknown source "B2"',
        ),
    ],
)
def test_a_fault_names_file_and_table(
    load_tiny: Load, name: str, old: str, new: str, fault: str
) -> None:
    text = read_tiny(name)
    assert old in text

    assert fault in faults_of(load_tiny, **{name: text.replace(old, new)})


def test_text_that_is_not_toml_is_named_with_its_line(load_tiny: Load) -> None:
    found = faults_of(load_tiny, **{"rules/more": "\n\nid = = 1\n"})

    assert found == ["rules/more.toml: not TOML: Invalid value (at line 3, column 6)"]


def test_a_file_that_is_not_there_is_the_only_fault_it_makes(load_tiny: Load) -> None:
    found = faults_of(load_tiny, vocabulary=None)

    assert found == ["vocabulary.toml: cannot be read: No such file or directory"]


def test_all_faults_come_at_once_and_nothing_is_used(load_tiny: Load) -> None:
    found = faults_of(
        load_tiny,
        **{
            "pack": read_tiny("pack").replace('id = "tiny"', "id = 1"),
            "rules/more": RULE.replace('"age"', '"eye"').replace("below", "under"),
            "sources": read_tiny("sources").replace('"C"', '"X"'),
        },
    )

    assert "pack.toml.id: not text: 1" in found
    assert "rules/more.toml: rule more.when.age.under: unknown key" in found
    assert 'sources.toml: source A1.mark: not one of C, G, P: "X"' in found


def test_a_digest_follows_the_meaning_and_not_the_order_of_keys() -> None:
    rule = {"id": "a", "when": {"age": {"below": 18}}}
    same = {"when": {"age": {"below": 18}}, "id": "a"}

    assert fingerprint(rule) == fingerprint(same)
    assert fingerprint(rule) != fingerprint(rule | {"when": {"age": {"below": 19}}})


def test_the_content_that_ships_is_whole(resources: Path) -> None:
    pack = load_pack(resources / "content" / "microneedling")

    assert len(pack.questions) == 63
    assert len(pack.rules) == 118
    assert pack.review.state == "not yet signed off by a clinician"


def test_a_rule_that_asks_for_a_test_patch_is_one_of_the_rules(
    load_tiny: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLAN, "test_patch", SimpleNamespace(asked_by=("nowhere",)))

    found = faults_of(load_tiny)

    assert found == ['plan.toml: test_patch.asked_by: no rule is called "nowhere"']


def test_a_rule_that_asks_for_weeks_of_preparation_is_one_of_the_rules(
    load_tiny: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLAN, "preparing", (SimpleNamespace(rule="nowhere"),))

    found = faults_of(load_tiny)

    assert found == ['plan.toml: preparing: no rule is called "nowhere"']
