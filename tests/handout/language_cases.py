"""One sheet in nine languages, to see that their scripts can be set; their words are tests only."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from consult_app import record
from consult_app.app import Program
from consult_app.composed import Composed, Paper, Size
from consult_app.exchange.casefile import read_case
from consult_app.i18n.catalogue import Catalogue, Entry
from consult_app.i18n.languages import Language
from consult_app.i18n.translator import Translator
from tests.handout.validators_cases import FIRST_VISIT, make_case

FOLDER = Path(__file__).with_name("languages")
TAGS = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
HOLE = re.compile(r"\{\w+\}")


class Abroad(Program):
    """The program with a language that has words for tests only."""

    tag = ""

    def _words(self, _: str, place: str) -> Translator:
        english = super()._words("en-GB", place)
        return Translator(
            language=read_language(self.tag),
            sources=english.sources,
            catalogue=make_catalogue(self.tag, english),
        )


@cache
def read_file(tag: str) -> dict[str, Any]:
    """Return a language, a patient's name and words."""
    return tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))


@cache
def read_language(tag: str) -> Language:
    """Return how a language writes dates, times and numbers."""
    faults: list[Any] = []
    language = record.collect(Language, read_file(tag)["language"] | {"tag": tag}, tag, faults)
    assert language, faults
    return language


def make_catalogue(tag: str, english: Translator) -> Catalogue:
    """Return the words as a catalogue that counts as reviewed."""
    return Catalogue(
        entries={
            key: Entry(
                key=key,
                source=english.sources.get(f"{key}.one", english.sources[key]),
                forms=(text,),
            )
            for key, text in read_file(tag)["words"].items()
            if key in english.sources
        }
    )


def make_abroad(tag: str) -> Abroad:
    """Return the program in a language."""
    program = Abroad()
    object.__setattr__(program, "tag", tag)
    return program


@cache
def compose_abroad(tag: str, paper: Paper, size: Size) -> Composed:
    """Return the sheet of the first example in a language, for a patient with a name in it."""
    case = read_case(make_case(FIRST_VISIT), "handout")
    assert case.patient
    patient = replace(case.patient, name=read_file(tag)["patient"]["name"])
    case = replace(case, patient=patient)
    return make_abroad(tag).compose(case, paper=paper, size=size)
