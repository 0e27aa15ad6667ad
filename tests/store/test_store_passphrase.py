"""What a guess costs, and recovery codes that are typed right or refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult_app.errors import InputError
from consult_app.store.passphrase import (
    CEILING,
    FLOOR,
    LADDER,
    USUAL,
    Cost,
    calibrate,
    check_passphrase,
    measure,
    stretch,
)
from consult_app.store.recovery import CODE_BYTES, make_code, read_code, write_code

SALT = b"sixteen bytes ok"
CODE = bytes(range(200, 220))


def test_a_guess_never_costs_less_than_the_floor() -> None:
    assert (FLOOR.memory, FLOOR.passes, FLOOR.lanes) == (19 * 1024, 2, 1)
    assert (USUAL.memory, USUAL.passes, USUAL.lanes) == (64 * 1024, 3, 4)
    assert all(cost.is_sensible() for cost in LADDER)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(memory=FLOOR.memory - 1, passes=2, lanes=1),
        Cost(memory=FLOOR.memory, passes=1, lanes=1),
        Cost(memory=FLOOR.memory, passes=2, lanes=0),
        Cost(memory=CEILING.memory + 1, passes=2, lanes=1),
        Cost(memory=FLOOR.memory, passes=33, lanes=1),
        Cost(memory=FLOOR.memory, passes=2, lanes=65),
    ],
)
def test_a_cost_outside_the_bounds_is_not_sensible(cost: Cost) -> None:
    assert not cost.is_sensible()


def _take(per_mebibyte: float) -> dict[Cost, float]:
    return {cost: per_mebibyte * cost.memory / 1024 for cost in LADDER}


@pytest.mark.parametrize(
    ("per_mebibyte", "memory"),
    [(1.0, 19), (0.02, 19), (0.01, 32), (0.005, 64), (0.003, 128), (0.0015, 256), (0.0001, 512)],
)
def test_the_cost_is_the_dearest_that_half_a_second_allows(
    per_mebibyte: float, memory: int
) -> None:
    assert calibrate(_take(per_mebibyte).__getitem__).memory == memory * 1024


def test_a_computer_with_little_memory_gets_by_with_less() -> None:
    def run_out(cost: Cost) -> float:
        if cost.memory > 40 * 1024:
            raise MemoryError
        return 0.1

    assert calibrate(run_out).memory == 32 * 1024
    assert measure(FLOOR) > 0


def test_the_same_characters_are_the_same_passphrase_however_typed() -> None:
    composed, decomposed = "caf\u00e9 \u2460 sept", "cafe\u0301 1 sept"
    assert stretch(composed, SALT, FLOOR) == stretch(decomposed, SALT, FLOOR)
    assert stretch("Caf\u00e9 1 sept", SALT, FLOOR) != stretch(composed, SALT, FLOOR)


def test_salt_and_cost_make_another_key_of_the_same_passphrase() -> None:
    dearer = Cost(memory=FLOOR.memory, passes=3, lanes=1)
    keys = {
        stretch("correct horse", SALT, FLOOR),
        stretch("correct horse", bytes(16), FLOOR),
        stretch("correct horse", SALT, dearer),
    }
    assert len(keys) == 3


def test_a_short_passphrase_is_refused_and_not_quoted() -> None:
    with pytest.raises(InputError) as caught:
        check_passphrase("Marker")
    assert "Marker" not in f"{caught.value.title} {caught.value.advice} {caught.value.details}"
    check_passphrase("eight ch")


def test_a_code_is_eight_groups_of_four_and_a_checksum() -> None:
    text = write_code(CODE)
    groups = text.split("-")
    assert [len(group) for group in groups] == [4] * 9
    assert CODE_BYTES * 8 == 160
    assert not set("ILOU") & set(text)
    assert len({make_code() for _ in range(100)}) == 100


@given(code=st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES))
@example(code=bytes(CODE_BYTES))
@example(code=b"\xff" * CODE_BYTES)
def test_a_code_is_read_back_as_it_was_printed(code: bytes) -> None:
    text = write_code(code)
    assert read_code(text) == code
    careless = text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_code(f" {careless}\n") == code


@given(at=st.integers(0, 35), step=st.integers(1, 31))
def test_a_character_typed_wrong_is_noticed(at: int, step: int) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    typed = list(write_code(CODE).replace("-", ""))
    typed[at] = letters[(letters.index(typed[at]) + step) % 32]
    with pytest.raises(InputError):
        read_code("".join(typed))


@pytest.mark.parametrize(
    "text", ["", "ABCD", write_code(CODE)[:-1], write_code(CODE) + "0", "U" * 36]
)
def test_what_is_no_code_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_code(text)
    assert not text or text not in str(caught.value.details)
