"""The reason of an erasure stays when the patient is gone, so it must not say who that was."""

from __future__ import annotations

import unicodedata

import pytest

from consult_app.custody.naming import tells


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Ana Berger", "Ms Berger asked for it"),
        ("Ana Berger", "Ms Berger's request"),
        ("Ana Berger", "Ms Berger\N{RIGHT SINGLE QUOTATION MARK}s request"),
        ("Ana Berger", "BERGERS wish"),
        ("Berger, Ana", "Ms Berger asked for it"),
        ("Ana Berger-Klein", "Ms Berger asked for it"),
        ("Ana Berger-Klein", "Ms Berger Klein asked for it"),
        ("Ana M\N{LATIN SMALL LETTER U WITH DIAERESIS}ller", "Ms Muller asked for it"),
        ("Ana Muller", "Ms M\N{LATIN SMALL LETTER U WITH DIAERESIS}ller asked for it"),
        (
            "Ana M\N{LATIN SMALL LETTER U WITH DIAERESIS}ller",
            unicodedata.normalize("NFD", "Ms M\N{LATIN SMALL LETTER U WITH DIAERESIS}ller asked"),
        ),
        ("Sean O'Brien", "OBrien asked for it"),
        ("Sean O'Brien", "Mr O\N{RIGHT SINGLE QUOTATION MARK}Brien asked for it"),
        ("Wu Li", "Wu Li asked for it"),
        ("\u674e\u5c0f\u9f99", "\u674e\u5c0f\u9f99\u8981\u6c42"),
        ("N-4711", "number N/4711 was a mistake"),
        ("4711", "number 4711 was a mistake"),
    ],
)
def test_a_name_is_told_however_it_is_written(name: str, reason: str) -> None:
    assert tells(reason, ("Somebody Else", name))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Ana Berger", "asked for it in writing"),
        ("Wu Li", "a list that will be wound up"),
        ("Jo", "the job is done"),
        ("N-1", "on 1 May, in writing"),
        ("12", "12 years are over"),
        ("", "asked for it"),
    ],
)
def test_words_that_name_nobody_are_kept(name: str, reason: str) -> None:
    assert not tells(reason, (name,))
