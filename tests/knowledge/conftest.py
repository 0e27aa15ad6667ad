"""A tiny treatment, so that the engine is tested apart from the real content."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from consult_app.domain.history import Facts
from consult_app.errors import Fault
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.condition import Match, Situation
from consult_app.knowledge.condition.reader import read_condition
from consult_app.knowledge.condition.terms import Terms
from consult_app.knowledge.loading import loader
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.care import CareRules
from consult_app.knowledge.protocol.concern import Concern
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.record import read

TINY = Path(__file__).with_name("tiny")
PLAN = {"topical": (), "test_patch": SimpleNamespace(asked_by=()), "preparing": ()}
"""The part of the plan's rules that loading looks at."""


@dataclass(frozen=True)
class _Protocol:
    """The part of a protocol that screening looks at."""

    areas: AreaTree = read(AreaTree, tomllib.loads((TINY / "areas.toml").read_text("utf-8")))
    concerns: tuple[Concern, ...] = ()
    care: CareRules = CareRules(trait=(), rule=())
    plan: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(**PLAN))

    @staticmethod
    def raised() -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "bruises", ("age",)

    @staticmethod
    def citations() -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "areas", ("A1",)


def _read_protocol(_folder: Path, _faults: list[Fault]) -> Protocol:
    return cast("Protocol", _Protocol())


@pytest.fixture(scope="session")
def load_tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Pack]:
    """Load the tiny treatment with some files changed: new text by name, None to leave one out."""

    def load(**changes: str | None) -> Pack:
        folder = tmp_path_factory.mktemp("content") / "tiny"
        shutil.copytree(TINY, folder)
        for name, text in changes.items():
            file = folder / f"{name}.toml"
            if text is None:
                file.unlink()
            else:
                file.write_text(text, "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loader, "read_protocol", _read_protocol)
            return loader.load_pack(folder)

    return load


@pytest.fixture(scope="session")
def tiny(load_tiny: Callable[..., Pack]) -> Pack:
    """The tiny treatment."""
    return load_tiny()


@pytest.fixture
def ask(tiny: Pack) -> Callable[..., Match]:
    """Ask a condition, written as TOML, of facts given as keywords; today is 15 June 2026."""

    def answer(when: str, **facts: object) -> Match:
        terms = Terms(tiny.vocabulary, tiny.protocol.areas)
        condition = read_condition(tomllib.loads(f"when = {when}")["when"], "when", terms)
        assert [str(fault) for fault in terms.faults] == []
        situation = Situation(
            facts=read(Facts, facts),
            today=date(2026, 6, 15),
            areas=tiny.protocol.areas,
            vocabulary=tiny.vocabulary,
            asked_by=tiny.asked_by,
        )
        return condition.match(situation)

    return answer
