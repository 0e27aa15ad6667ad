"""Every fact names its source, every source names its facts, and nothing is left without words."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from consult_app.errors import ContentError
from consult_app.exchange.sources import sources_json
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.loading.traceability import (
    count_pack,
    find_unsourced,
    trace_sources,
    write_counts,
)
from consult_app.knowledge.pack.pack import Pack, Review
from consult_app.record import read, write

SEEDS = Path(__file__).with_name("seed_coverage.toml")
TINY = Path(__file__).with_name("tiny")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where a fact is said, and the words that stand there."""

    at: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One fact of the introductory articles."""

    fact: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """The file."""

    seed: tuple[Seed, ...]


ALL = read(Seeds, tomllib.loads(SEEDS.read_text("utf-8")), place=SEEDS.name).seed


@pytest.fixture(scope="module")
def rows(pack: Pack) -> Mapping[str, str]:
    """Every text and row of the content by its place; rows of one place stand together."""
    found: dict[str, str] = {}
    for group, texts in pack.texts.items():
        found |= {f"{group}.{key}": text.text for key, text in texts.items()}
    for field in fields(pack.protocol):
        for place, text in walk(field.name, getattr(pack.protocol, field.name)):
            found[place] = found.get(place, "") + text
    return found


def walk(place: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the place and the content of every row in a value."""
    if isinstance(value, tuple):
        for item in value:
            yield from walk(place, item)
    elif is_dataclass(value):
        name = getattr(value, "id", "") or getattr(value, "concern", "")
        yield f"{place} {name}".strip(), json.dumps(write(value), ensure_ascii=False)
        for field in fields(value):
            yield from walk(f"{place}.{field.name}", getattr(value, field.name))


@pytest.mark.parametrize("seed", [pytest.param(seed, id=seed.fact) for seed in ALL])
def test_what_introductory_articles_say_is_said_here(rows: Mapping[str, str], seed: Seed) -> None:
    assert seed.said
    for said in seed.said:
        assert said.at in rows
        for words in said.words:
            assert words in rows[said.at], f"{said.at}: {rows[said.at]}"


def test_every_row_of_the_seed_table_is_there() -> None:
    assert len(ALL) == 30
    assert len({seed.fact for seed in ALL}) == 30


def test_every_rule_and_every_cited_row_is_found_from_its_source(pack: Pack) -> None:
    footings = {footing.source.id: footing.rests for footing in trace_sources(pack)}
    assert set(footings) == set(pack.source_by_id)
    for rule in pack.rules:
        assert all(rule.id in footings[source]["rules"] for source in rule.sources)
    for care in pack.protocol.care.rule:
        assert all(care.id in footings[source]["care"] for source in care.sources)
    for effect in pack.protocol.outlook.effect:
        assert all(effect.id in footings[source]["effect"] for source in effect.sources)
    for instrument in pack.instruments.instrument:
        assert all(instrument.id in footings[name]["instrument"] for name in instrument.sources)


def test_scripts_read_what_rests_on_a_source(pack: Pack) -> None:
    listed = {source["id"]: source for source in sources_json(pack)["sources"]}
    rests = {"instrument": ["mmasi"], "contradiction": ["scored_melasma"]}
    assert listed["S59"]["rests"] == rests
    assert listed["S02"]["rests"] == {}
    assert list(listed) == [source.id for source in pack.sources]


def test_a_fact_without_a_source_or_another_basis_is_a_fault(pack: Pack) -> None:
    protocol = pack.protocol
    assert list(find_unsourced(protocol)) == []
    cheeks, face = protocol.areas.by_id["cheeks"], protocol.areas.by_id["face"]
    bare = AreaTree(area=(face, replace(cheeks, sources=(), marks=())))
    first, *others = protocol.care.rule
    care = replace(protocol.care, rule=(replace(first, sources=(), marks=()), *others))
    assert [str(each) for each in find_unsourced(replace(protocol, areas=bare, care=care))] == [
        "areas.toml: areas.area cheeks: no source and no other basis",
        "care.toml: care.rule b_sun: no source and no other basis",
    ]


def test_an_area_without_a_word_is_a_fault(load_tiny: Callable[..., Pack]) -> None:
    texts = (TINY / "texts.toml").read_text("utf-8").replace("[area.neck]", "[area.throat]")
    with pytest.raises(ContentError) as error:
        load_tiny(texts=texts)
    assert error.value.details == ("texts.toml: area neck: missing",)


def test_the_counts_are_those_of_the_content(pack: Pack) -> None:
    counts = count_pack(pack)
    assert counts.by_part["screening items"] == 63
    assert counts.by_part["screening rules"] == 118
    assert counts.by_part["numbers a clinic may change"] == len(pack.limits)
    assert counts.by_part["care rules"] == len(pack.protocol.care.rule)
    assert counts.sources_read + counts.sources_known == len(pack.sources) - 2
    assert counts.house_rules > sum(rule.policy for rule in pack.rules)
    assert counts.review == "not yet signed off by a clinician"
    signed = Review(state="signed off", by="Dr A. Example", on=date(2026, 6, 15))
    assert write_counts(replace(pack, review=signed)).endswith(
        "| review | signed off, Dr A. Example, 2026-06-15 |"
    )


def test_no_words_that_people_read_name_a_rule_by_its_id(pack: Pack) -> None:
    """Nor a section of a document that they do not have."""
    told = [(it.id, it.action) for it in pack.rules]
    told += [
        (it.id, text)
        for it in pack.questions
        for text in (it.text, it.why, it.depth_or_phototype, it.disagreement)
    ]
    unclear = re.compile(r"\b[a-z]+_[a-z_]+\b|\bsee (section|below|above)")
    assert {place: text for place, text in told if unclear.search(text)} == {}
