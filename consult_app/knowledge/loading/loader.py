"""Reading a folder of clinical content: all of it, or an error that names every fault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import tomli

from consult_app.domain.finding import Severity
from consult_app.errors import ContentError, Fault
from consult_app.knowledge.condition.reader import read_condition
from consult_app.knowledge.condition.terms import Terms
from consult_app.knowledge.loading.check import check_pack
from consult_app.knowledge.pack.clinic_limits import read_limits
from consult_app.knowledge.pack.pack import (
    Pack,
    Question,
    Recheck,
    Resolution,
    Review,
    Rule,
    Scope,
    SeverityCase,
    Source,
    Text,
)
from consult_app.knowledge.protocol.reader import read_protocol
from consult_app.knowledge.rule_digest import fingerprint
from consult_app.knowledge.scoring.body_image import read_body_image
from consult_app.knowledge.scoring.instruments import read_instruments
from consult_app.knowledge.vocabulary import Code, StatusWords, Vocabulary
from consult_app.record import collect
from consult_app.values import dataclass, field

T = TypeVar("T")
Tables = Mapping[str, Any]

TITLE = "The clinical content cannot be used"
ADVICE = (
    "None of it is used, so nothing is judged by half. Correct the places named and start again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTable:
    """Everything in `pack.toml`."""

    id: str
    version: str
    title: str
    consent_wording: str
    review: Review
    recheck: Recheck


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTable:
    """A rule as written, with its conditions still unread."""

    id: str
    item: str
    severity: Severity
    when: object
    scope: Scope
    resolves_by: Resolution
    action: str
    sources: tuple[str, ...]
    severity_when: tuple[Mapping[str, object], ...] = ()
    overlay: Mapping[str, Severity] = field(default_factory=dict)
    policy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityTable:
    """A severity with its condition still unread."""

    severity: Severity
    when: object


def load_pack(folder: Path) -> Pack:
    """Return the content in `folder`.

    Raises:
        ContentError: Something is wrong with it; every fault is listed with file and table.
    """
    faults: list[Fault] = []
    head = _read_whole(PackTable, folder, "pack.toml", faults)
    protocol = read_protocol(folder, faults)
    vocabulary = _read_vocabulary(folder, faults)
    terms = Terms(vocabulary or Vocabulary(code=()), protocol.areas if protocol else None)
    questions = _read_by_id(Question, folder, "questions.toml", "item", faults)
    sources = _read_by_id(Source, folder, "sources.toml", "source", faults)
    texts = _read_texts(folder, faults)
    # Without a vocabulary every code would be a fault; the one that is true is named already.
    files = _read_rules(folder, terms if vocabulary else None, faults)
    tables = _parse(folder, "instruments.toml", faults) or {}
    instruments = read_instruments(tables, terms if vocabulary else None, faults)
    body_image = read_body_image(_parse(folder, "body_image.toml", faults), faults)
    tables = _parse(folder, "limits.toml", faults) or {}
    limits = read_limits(tables, terms if vocabulary else None, faults)
    faults += terms.faults
    if head and protocol and vocabulary and body_image:
        pack = Pack(
            id=head.id,
            version=head.version,
            title=head.title,
            consent_wording=head.consent_wording,
            review=head.review,
            recheck=head.recheck,
            questions=questions,
            rules=tuple(rule for rules in files.values() for rule in rules),
            vocabulary=vocabulary,
            sources=sources,
            texts=texts,
            protocol=protocol,
            instruments=instruments,
            body_image=body_image,
            limits=limits,
        )
        faults += check_pack(pack, files, read_whole=not faults)
        if not faults:
            return pack
    raise ContentError(TITLE, tuple(faults), ADVICE)


def _parse(folder: Path, name: str, faults: list[Fault]) -> Tables | None:
    try:
        return tomli.loads((folder / name).read_text("utf-8"))
    except OSError as error:
        faults.append(Fault(name, f"cannot be read: {error.strerror}"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(name, f"not TOML: {error}"))
    return None


def _read_whole(kind: type[T], folder: Path, name: str, faults: list[Fault]) -> T | None:
    data = _parse(folder, name, faults)
    return None if data is None else collect(kind, data, name, faults)


def _read_vocabulary(folder: Path, faults: list[Fault]) -> Vocabulary | None:
    name = "vocabulary.toml"
    data = _parse(folder, name, faults)
    if data is None:
        return None
    words = collect(StatusWords, data.get("status_words", {}), f"{name}: status_words", faults)
    tables = {key: table for key, table in data.items() if key != "status_words"}
    _refuse_others(tables, "code", name, faults)
    codes = [
        collect(Code, table, f"{name}: {_name_code(table)}", faults)
        for table in _list_tables(data.get("code", []), f"{name}: code", faults)
    ]
    return Vocabulary(
        code=tuple(code for code in codes if code is not None),
        status_words=words or StatusWords(),
    )


def _read_by_id(
    kind: type[T], folder: Path, name: str, table: str, faults: list[Fault]
) -> tuple[T, ...]:
    """Return the tables below `table`, which stand under their ids."""
    data = _parse(folder, name, faults)
    if data is None:
        return ()
    _refuse_others(data, table, name, faults)
    read = []
    for key, entry in _tables(data.get(table), f"{name}: {table}", faults).items():
        value = collect(kind, {**entry, "id": key}, f"{name}: {table} {key}", faults)
        if value is not None:
            read.append(value)
    return tuple(read)


def _read_texts(folder: Path, faults: list[Fault]) -> dict[str, dict[str, Text]]:
    data = _parse(folder, "texts.toml", faults) or {}
    texts: dict[str, dict[str, Text]] = {}
    for group, entries in data.items():
        texts[group] = {}
        for key, entry in _tables(entries, f"texts.toml: {group}", faults).items():
            text = collect(Text, entry, f"texts.toml: {group} {key}", faults)
            if text is not None:
                texts[group][key] = text
    return texts


def _read_rules(
    folder: Path, terms: Terms | None, faults: list[Fault]
) -> dict[str, tuple[Rule, ...]]:
    """Return the rules by the file they stand in."""
    files = sorted((folder / "rules").glob("*.toml"))
    if not files:
        faults.append(Fault("rules", "no files with rules"))
    rules: dict[str, tuple[Rule, ...]] = {}
    for file in files:
        name = f"rules/{file.name}"
        data = _parse(folder, name, faults) or {}
        _refuse_others(data, "rule", name, faults)
        tables = _list_tables(data.get("rule", []), f"{name}: rule", faults)
        read = [_read_rule(table, name, terms, faults) for table in tables]
        rules[name] = tuple(rule for rule in read if rule is not None)
    return rules


def _read_rule(data: Tables, file: str, terms: Terms | None, faults: list[Fault]) -> Rule | None:
    place = f"{file}: rule {data.get('id', 'without id')}"
    table = collect(RuleTable, data, place, faults)
    if table is None or terms is None:
        return None
    return Rule(
        id=table.id,
        item=table.item,
        severity=table.severity,
        when=read_condition(table.when, f"{place}.when", terms),
        scope=table.scope,
        resolves_by=table.resolves_by,
        action=table.action,
        sources=table.sources,
        severity_when=_read_cases(table, f"{place}.severity_when", terms, faults),
        overlay=table.overlay,
        policy=table.policy,
        digest=fingerprint(data),
    )


def _read_cases(
    table: RuleTable, place: str, terms: Terms, faults: list[Fault]
) -> tuple[SeverityCase, ...]:
    cases = []
    for position, data in enumerate(table.severity_when):
        here = f"{place}[{position}]"
        case = collect(SeverityTable, data, here, faults)
        if case is not None:
            when = read_condition(case.when, f"{here}.when", terms)
            cases.append(SeverityCase(severity=case.severity, when=when))
    return tuple(cases)


def _tables(data: object, place: str, faults: list[Fault]) -> dict[str, Tables]:
    """Return the tables of a table; what is none is a fault."""
    if not isinstance(data, Mapping):
        faults.append(Fault(place, "not a table"))
        return {}
    faults += [
        Fault(f"{place}.{key}", "not a table")
        for key, entry in data.items()
        if not isinstance(entry, Mapping)
    ]
    return {key: entry for key, entry in data.items() if isinstance(entry, Mapping)}


def _list_tables(data: object, place: str, faults: list[Fault]) -> list[Tables]:
    """Return the tables of a list; what is none is a fault."""
    if isinstance(data, list) and all(isinstance(entry, Mapping) for entry in data):
        return data
    faults.append(Fault(place, "not a list of tables"))
    return []


def _name_code(table: Tables) -> str:
    return f"{table.get('list', 'code')} {table.get('id', 'without id')}"


def _refuse_others(data: Tables, table: str, name: str, faults: list[Fault]) -> None:
    faults += [Fault(f"{name}: {key}", "unknown table") for key in data if key != table]
