"""The list held in memory, and how its search spells names and dates."""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.store import directory as directory_module
from consult_app.store.directory import Directory, View
from consult_app.store.interface import Summary
from consult_app.store.listing import Listing, fold, rank, split_words

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)


def _list(rows: list[Summary]) -> View:
    return View(Listing(rows), {})


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë ŁUKASZ", "zoe lukasz"),
        ("İstanbul \N{LATIN SMALL LETTER DOTLESS I}lik", "istanbul ilik"),
        ("Ångström Þór Ðorđe", "angstrom thor dorde"),
        ("Straße Œuvre Æsop", "strasse oeuvre aesop"),
        ("  two \t spaces\n", "two spaces"),
        ("O\u2019Neill Jean\u2010Luc", "o'neill jean-luc"),
        ("Ｆｕｌｌ", "full"),  # noqa: RUF001  # letters of double width
        ("Nguyễn Thị", "nguyen thi"),
        ("Ёлкин", "елкин"),  # Cyrillic
        ("王小明", "王小明"),
        ("", ""),
    ],
)
def test_folding_leaves_the_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_twice_changes_nothing_more() -> None:
    """Otherwise a name could not be found by the very words it is listed under."""
    letters = (chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)
    assert [each for each in letters if fold(fold(f"a{each}b")) != fold(f"a{each}b")] == []


@given(st.lists(st.text(alphabet="abcéñ '-", max_size=12), max_size=12), st.text(max_size=3))
def test_the_joined_search_finds_what_looking_at_each_name_finds(
    names: list[str], text: str
) -> None:
    rows = [Summary(id=str(n), name=name, saved_at=AT) for n, name in enumerate(names)]
    words = fold(text).split()
    expected = {row.id for row in rows if all(word in f"{fold(row.name)} " for word in words)}
    assert {row.id for row in _list(rows).find(text)} == expected


def test_every_part_of_a_name_finds_it() -> None:
    listing = _list([Summary(id="1", name="María-José Núñez")])
    for text in ("maria", "jose", "nunez maria", "ría-jo", "NÚÑ", "ez"):
        assert [row.id for row in listing.find(text)] == ["1"], text


def test_a_word_never_reaches_into_the_next_record() -> None:
    listing = _list([Summary(id="1", name="Ana"), Summary(id="2", name="Ben")])
    assert listing.find("anaben") == []
    assert listing.find("ana ben") == []


@pytest.mark.parametrize(
    "text", ["1992-04-03", "03.04.1992", "3.4.1992", "3/4/92", "4/3/1992", "3.4.", "1992-4"]
)
def test_a_birth_date_is_found_however_it_is_typed(text: str) -> None:
    listing = _list(
        [
            Summary(id="1", date_of_birth="1992-04-03"),
            Summary(id="2", date_of_birth="1985-12-24", record_number="77"),
        ]
    )
    assert [row.id for row in listing.find(text)] == ["1"]


def test_a_record_number_that_looks_like_a_date_is_found_as_it_is() -> None:
    listing = _list([Summary(id="1", record_number="3/4"), Summary(id="2", name="x")])
    assert [row.id for row in listing.find("3/4")] == ["1"]


def test_a_record_whose_time_is_unknown_comes_last() -> None:
    rows = [Summary(id="a"), Summary(id="b", saved_at=AT), Summary(id="c", saved_at=AT)]
    assert [row.id for row in _list(rows).first()] == ["c", "b", "a"]


def test_the_disk_is_asked_once_and_changes_are_taken_in() -> None:
    asked: list[int] = []

    def load() -> list[Summary]:
        asked.append(1)
        return [Summary(id="a", name="Ana", saved_at=AT)]

    directory = Directory(load)
    directory.put(Summary(id="before", name="Ana"))  # the disk has it when it is asked
    assert [row.id for row in directory.read().find("ana")] == ["a"]
    directory.put(Summary(id="b", name="Ben", saved_at=AT + timedelta(days=1)))
    assert [row.id for row in directory.read().first()] == ["b", "a"]
    directory.drop("a")
    directory.drop("never there")
    assert directory.read().find("ana") == []
    assert asked == [1]


def _visit(number: int, patient: int, day: int, due: str, kind: str = "consultation") -> Summary:
    return Summary(
        id=f"v{number}",
        patient_id=f"p{patient}",
        name=f"Name{patient}",
        visit_date=f"2027-{day // 28 + 1:02}-{day % 28 + 1:02}",
        due=due,
        kind=kind,
        saved_at=AT + timedelta(seconds=number % 7),
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("many", [3, 1_000])
def test_changes_laid_over_a_list_read_as_a_list_made_anew(
    seed: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory_module, "_MANY", many)
    draw = random.Random(seed)  # noqa: S311  # repeatable on purpose
    kinds, dues = ("consultation", "treatment", "addendum"), ("", "2028-01-01", "2028-02-01")
    kept: dict[str, Summary] = {}

    def make(number: int) -> Summary:
        kind, due = draw.choice(kinds), draw.choice(dues)
        return _visit(number, draw.randrange(6), draw.randrange(60), due, kind)

    kept.update({it.id: it for it in map(make, range(12))})
    directory = Directory(lambda: list(kept.values()))
    directory.read()
    for _ in range(40):
        number = draw.randrange(20)
        if draw.random() < 0.3:
            kept.pop(f"v{number}", None)
            directory.drop(f"v{number}")
        else:
            kept[f"v{number}"] = summary = make(number)
            directory.put(summary)
        read, anew = directory.read(), _list(list(kept.values()))
        assert read.first() == anew.first()
        assert read.first(3) == anew.first(3)
        assert read.find("name3") == anew.find("name3")
        assert [read.of_patient(f"p{n}") for n in range(6)] == [
            anew.of_patient(f"p{n}") for n in range(6)
        ]
        for days in (("2028-01-01", "2028-01-31"), ("2028-01-15", "2028-02-01")):
            assert {it.id for it in read.due(*days)} == {it.id for it in anew.due(*days)}
        came = read.treated("2027-01-01", "2027-12-31")
        expected = anew.treated("2027-01-01", "2027-12-31")
        assert {it.id for it in came} == {it.id for it in expected}


def test_a_packed_list_takes_little_more_than_its_texts() -> None:
    rows = [
        Summary(id=f"{n:032x}", patient_id=f"{n:032x}", name=f"Name {n}") for n in range(20_000)
    ]
    bare = sum(len(it.id) + len(it.patient_id) + len(it.name) for it in rows)
    tracemalloc.start()
    listing = Listing(iter(rows))
    packed = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(listing) == len(rows)
    assert packed < 1.5 * bare


def test_a_long_list_gives_back_every_word_whatever_order_it_came_in() -> None:
    dues = ("", "2028-01-01", "2028-02-01")
    names = ("Ana\nMaría", "\ud83d", "王小明", "O'Neill")
    rows = [
        replace(_visit(n, n % 90, n % 60, dues[n % 3]), name=f"{names[n % 4]} {n}")
        for n in range(1_000)
    ]
    random.Random(1).shuffle(rows)  # noqa: S311  # repeatable on purpose
    listing = Listing(iter(rows))
    assert list(listing) == sorted(rows, key=rank, reverse=True)
    for it in rows:
        assert listing.get(it.id) == it
    for patient in range(90):
        visits = [it for it in rows if it.patient_id == f"p{patient}"]
        assert list(listing.of_patient(f"p{patient}")) == sorted(visits, key=rank, reverse=True)
    (found,) = listing.find(split_words("neill 503"))
    assert found.id == "v503"
    days = [it.due for it in listing.due("2028-01-01", "2028-01-31")]
    assert set(days) == {"2028-01-01"}
