"""Checks across the files of clinical content: what one names, another must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from consult_app.domain.finding import Severity
from consult_app.domain.history import MODALITIES
from consult_app.domain.plan import MISSED_PATCH, REACTED
from consult_app.errors import Fault
from consult_app.knowledge.condition.terms import ENTRY_KINDS, askable_facts, attribute_terms
from consult_app.knowledge.loading.traceability import find_unsourced, find_unworded
from consult_app.knowledge.pack.clinic import check_limits
from consult_app.knowledge.pack.pack import Pack, Question, Rule
from consult_app.knowledge.planning.missed_patch import PATCH_ITEM
from consult_app.knowledge.protocol.protocol import find_citations
from consult_app.knowledge.scoring.instruments_check import check_instruments
from consult_app.knowledge.screening.opinion import OPINION, OPINION_ITEM
from consult_app.knowledge.told.counted import asked_at
from consult_app.knowledge.vocabulary import Code

_FIELDS = frozenset(
    {"code"}.union(*(attribute_terms(name) for name in ENTRY_KINDS)) | askable_facts()
)


def check_pack(
    pack: Pack, files: Mapping[str, Iterable[Rule]], *, read_whole: bool
) -> Iterator[Fault]:
    """Yield what does not fit together.

    Args:
        pack: What could be read.
        files: The rules by the file they stand in.
        read_whole: Nothing was left out of the pack for a fault of its own.
    """
    yield from _check_questions(pack)
    yield from _check_recheck(pack)
    if read_whole:
        yield from _check_use(pack)
    yield from _check_vocabulary(pack)
    for file, rules in files.items():
        for rule in rules:
            yield from _check_rule(pack, rule, f"{file}: rule {rule.id}")
    for twice in _twice(rule.id for rule in pack.rules):
        yield Fault(f"rules: rule {twice}", "this id is used twice")
    if read_whole:
        yield from _check_patches(pack)
    yield from _check_citations(pack)
    yield from _check_texts(pack)
    yield from _check_instruments(pack)
    yield from find_unsourced(pack.protocol)
    yield from find_unworded(pack)
    yield from check_limits(pack)


def _check_questions(pack: Pack) -> Iterator[Fault]:
    for question in pack.questions:
        place = f"questions.toml: item {question.id}"
        yield from _blank(place, text=question.text, label=question.label, why=question.why)
        yield from _check_fields(place, question)
        yield from _check_planned(place, pack, question)
        for name in question.counts:
            if not asked_at(pack, name):
                yield Fault(f"{place}.counts", f'no question asks for "{name}"')
    for code in pack.vocabulary.with_purpose:
        for name in code.given_for:
            if not asked_at(pack, name):
                place = f"vocabulary.toml: code {code.id}.given_for"
                yield Fault(place, f'no question asks for "{name}"')


def _check_planned(place: str, pack: Pack, question: Question) -> Iterator[Fault]:
    for name in question.only_with:
        topicals = ((it.id, *it.also) for it in pack.protocol.plan.topical)
        if name not in MODALITIES.union(*topicals):
            yield Fault(f"{place}.only_with", f'nothing that is planned is called "{name}"')


def _check_recheck(pack: Pack) -> Iterator[Fault]:
    place = "pack.toml: recheck"
    for item in pack.recheck.items:
        if item not in pack.question_by_id:
            yield Fault(f"{place}.items", f'unknown item "{item}"')
    groups = {question.group for question in pack.questions}
    for field, group in (("group", pack.recheck.group), ("day", pack.recheck.day)):
        if group not in groups:
            yield Fault(f"{place}.{field}", f'no question is in group "{group}"')
    yield from _blank(place, ask=pack.recheck.ask)


def _check_use(pack: Pack) -> Iterator[Fault]:
    used = {rule.item for rule in pack.rules}
    asks = {OPINION: OPINION_ITEM, MISSED_PATCH: PATCH_ITEM, REACTED: PATCH_ITEM}
    asks |= {rule.id: rule.item for rule in pack.rules}
    for question in pack.questions:
        if question.id not in used:
            yield Fault(f"questions.toml: item {question.id}", "no rule uses this question")
        for name in question.titles:
            if asks.get(name) != question.id:
                place = f"questions.toml: item {question.id}.titles"
                yield Fault(place, f'no rule of this question: "{name}"')


def _check_patches(pack: Pack) -> Iterator[Fault]:
    rules = {rule.id for rule in pack.rules}
    for name in pack.protocol.plan.test_patch.asked_by:
        if name not in rules:
            yield Fault("plan.toml: test_patch.asked_by", f'no rule is called "{name}"')
    for it in pack.protocol.plan.preparing:
        if it.rule not in rules:
            yield Fault("plan.toml: preparing", f'no rule is called "{it.rule}"')


def _check_fields(place: str, question: Question) -> Iterator[Fault]:
    for fact in question.facts:
        if fact not in askable_facts():
            yield Fault(f"{place}.facts", f'unknown fact "{fact}"')
    for name in question.fields:
        if name not in _FIELDS:
            yield Fault(f"{place}.fields", f'unknown field "{name}"')


def _check_vocabulary(pack: Pack) -> Iterator[Fault]:
    for place in _twice(_place_of(code) for code in pack.vocabulary.code):
        yield Fault(place, "this code is listed twice")
    for code in pack.vocabulary.code:
        place = _place_of(code)
        yield from _blank(place, label=code.label)
        yield from _check_items(pack, f"{place}.item", code.asked_by)
        if code.attributes:
            known = attribute_terms(code.list) if code.list in ENTRY_KINDS else {}
            for name in code.attributes:
                if name not in known:
                    yield Fault(f"{place}.attributes", f'unknown attribute "{name}"')
        if code.ended_on and code.ended_on not in code.attributes:
            yield Fault(f"{place}.ended_on", f'"{code.ended_on}" is not among its attributes')


def _check_rule(pack: Pack, rule: Rule, place: str) -> Iterator[Fault]:
    profiles = pack.vocabulary.by_list.get("device_profile", {})
    yield from _blank(place, action=rule.action)
    yield from _check_items(pack, f"{place}.item", (rule.item,))
    for profile in rule.overlay:
        if profile not in profiles:
            yield Fault(f"{place}.overlay", f'unknown device profile "{profile}"')
    if not rule.sources:
        yield Fault(f"{place}.sources", "no source")
    yield from _check_sources(pack, place, rule.sources)
    if Severity.CLEAR in _severities(rule):
        yield Fault(f"{place}.severity", "a rule never clears")


def _check_items(pack: Pack, place: str, items: Iterable[str]) -> Iterator[Fault]:
    for item in items:
        if item not in pack.question_by_id:
            yield Fault(place, f'unknown item "{item}"')


def _severities(rule: Rule) -> set[Severity]:
    return {rule.severity, *(case.severity for case in rule.severity_when), *rule.overlay.values()}


def _check_citations(pack: Pack) -> Iterator[Fault]:
    for place, sources in pack.protocol.citations():
        yield from _check_sources(pack, place, sources)
    for effect, items in pack.protocol.raised():
        yield from _check_items(pack, f"outlook.toml: {effect}.raised_by", items)
    for entry in pack.sources:
        yield from _blank(f"sources.toml: source {entry.id}", title=entry.title)


def _check_instruments(pack: Pack) -> Iterator[Fault]:
    conditions = pack.vocabulary.by_list.get("conditions", {})
    yield from check_instruments(
        pack.instruments,
        concerns=(concern.id for concern in pack.protocol.concerns),
        items=pack.question_by_id,
        conditions=conditions,
    )
    outcome = pack.body_image.outcome
    for code in (outcome.positive, outcome.proportionate):
        if code not in conditions:
            yield Fault("body_image.toml: outcome", f'unknown condition "{code}"')
    for concern in pack.protocol.concerns:
        if concern.tells and not getattr(conditions.get(concern.tells), "asked_by", ()):
            place = f"concerns.toml: {concern.id}.tells"
            yield Fault(place, f'no condition that is asked for: "{concern.tells}"')
    for place, sources in find_citations("instruments.toml", pack.instruments):
        yield from _check_sources(pack, place, sources)
    for place, sources in find_citations("body_image.toml", pack.body_image):
        yield from _check_sources(pack, place, sources)
    for limit in pack.limits:
        yield from _check_sources(pack, f"limits.toml: limit {limit.id}", limit.sources)


def _check_sources(pack: Pack, place: str, sources: Iterable[str]) -> Iterator[Fault]:
    for source in sources:
        if source not in pack.source_by_id:
            yield Fault(f"{place}.sources", f'unknown source "{source}"')


def _check_texts(pack: Pack) -> Iterator[Fault]:
    for group, texts in pack.texts.items():
        for key, text in texts.items():
            place = f"texts.toml: {group} {key}"
            yield from _blank(place, text=text.text)
            yield from _check_sources(pack, place, text.sources)


def _blank(place: str, **words: str) -> Iterator[Fault]:
    for name, text in words.items():
        if not text.strip():
            yield Fault(f"{place}.{name}", "empty")


def _twice(names: Iterable[str]) -> list[str]:
    return sorted(name for name, number in Counter(names).items() if number > 1)


def _place_of(code: Code) -> str:
    return f"vocabulary.toml: {code.list} {code.id}"
