"""The clinical content of one treatment, as values that the program judges by.

The shapes below are the tables of the content files; `loader` reads them and adds ids that stand
as table names. What a practitioner reads is plain text here; what is executed is a condition.

    pack.toml        id, versions, title and a [review] table
    questions.toml   [item.<id>], one table for each screening item, in the order they are asked
    vocabulary.toml  [[code]], one table for each code of the fact vocabulary
    rules/*.toml     [[rule]], in any number of files
    sources.toml     [source.<id>]; texts.toml [<group>.<id>], wording in groups
    instruments.toml, body_image.toml, limits.toml: by `instruments` and the modules like it
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from consult_app.domain.finding import Finding, Severity
from consult_app.knowledge.parts import InParts
from consult_app.values import dataclass, field

if TYPE_CHECKING:  # who needs one part need not load what the others are made of
    from consult_app.knowledge.condition import Condition
    from consult_app.knowledge.pack.clinic_limits import Limit
    from consult_app.knowledge.protocol.protocol import Protocol
    from consult_app.knowledge.scoring.body_image import BodyImage
    from consult_app.knowledge.scoring.instruments import Instruments
    from consult_app.knowledge.vocabulary import Vocabulary
    from consult_app.settings import LimitChange

Group = Literal["today", "body", "medicines", "allergies", "procedures", "plan"]
Scope = Literal["body", "local", "local:face", "region"]
Resolution = Literal["time", "event", "event_or_time", "clearance", "change_plan", "none"]

_STOPPING_EVENTS = frozenset({"event", "event_or_time"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who has signed off the content.

    Attributes:
        state: In words, shown in About and on the sources page.
        by: Name and role of the clinician; empty until signed off.
        on: Day of the sign-off.
    """

    state: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One screening item.

    Attributes:
        id: Id of the item, the name of its table.
        category: Category of the reference, such as infection.
        group: Group on the safety panel.
        text: The question as asked.
        asked_as: How it is asked where `text` does not fit *Yes* and *No*, or *Yes* is no problem.
        label: A few words, for lists.
        also, unlisted: Names without a code, for the finder; what a *Yes* without a name tells.
        titles: What findings of it are called, by rule, where it has several that may meet.
        who, step: Who answers, and the panel where it is asked.
        alert, named: A *Yes* is shown in the banner; by what was told, where that differs much.
        ever: It asks whether something ever was: a *Yes* of an earlier visit stays true.
        fields: Attributes asked inline after *Yes*, such as code, zones, date_healed.
        only_with: Asked only where one of these is planned, an add-on or a modality; empty: always.
        counts: What it names, as LIST:CODE or a fact, and another asks for: to what a *Yes* is.
        facts: What it asks for, such as pregnancy, and is unknown until it is answered.
        why, depth_or_phototype, disagreement: Reason, advice, conflicting guidance; never executed.
    """

    id: str
    category: str
    group: Group
    text: str
    label: str
    also: tuple[str, ...] = ()
    unlisted: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    asked_as: str = ""
    who: Literal["patient", "practitioner"] = "patient"
    step: Literal["patient", "skin", "safety", "plan"] = "safety"
    alert: bool = False
    named: bool = False
    ever: bool = False
    fields: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    why: str
    depth_or_phototype: str = ""
    disagreement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityCase:
    """A severity that holds instead of the generic one while `when` is true."""

    severity: Severity
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        id: Id of the rule.
        item: The screening item it belongs to.
        severity: Generic severity.
        when: The condition that makes it fire.
        scope: Reach, for documentation; what is executed stands in `when`.
        resolves_by: What ends it.
        action: What to do.
        sources: Source ids.
        severity_when: Other severities in order; the first whose condition holds is taken.
        overlay: Severity by device profile; the stricter of it and the generic one is taken.
        policy: Its numbers are house policy that a clinic may edit.
        digest: Fingerprint of its table; an override lapses when it changes.
    """

    id: str
    item: str
    severity: Severity
    when: Condition
    scope: Scope
    resolves_by: Resolution
    action: str
    sources: tuple[str, ...]
    severity_when: tuple[SeverityCase, ...] = ()
    overlay: Mapping[str, Severity] = field(default_factory=dict)
    policy: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from.

    Attributes:
        id: Id within the content, the name of its table.
        mark: C read in a stored copy, G general knowledge, P a source of the planning reference.
        title: What it is.
        kind: Kind of source, such as label, study, regulator.
        read: How much of it was read.
        address: Addresses, parted by ` ; `.
        cites: The code it is printed under, when other than the id.
    """

    id: str
    mark: Literal["C", "G", "P"]
    title: str
    kind: str = ""
    read: str = ""
    address: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of wording, with braces where data goes.

    Attributes:
        text: The wording.
        sources: Source ids behind it.
        note: A remark for editors and translators.
    """

    text: str
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """What is asked again on the day of a treatment (planning reference 1.9, steps 1 and 2).

    Attributes:
        items: Screening items in the order they are asked again.
        group: The group of questions that one last question covers together.
        ask: That question; *No* lets the earlier answers of the group stand.
        day: The group of questions about the day itself.
    """

    items: tuple[str, ...]
    group: str
    ask: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Pack(InParts):
    """Everything one treatment's content says.

    Attributes:
        id: Id of the treatment, such as microneedling.
        version: Version of the content.
        title: Its name.
        consent_wording: Version of what stands above a signature.
        review: Who signed it off.
        recheck: What is asked again on the day of a treatment.
        questions: Screening items in the order they are asked.
        rules: Screening rules.
        vocabulary: The codes of the facts.
        sources: Where the facts come from.
        texts: Wording by group and id.
        protocol: Areas, concerns, devices, limits, care and outlook.
        instruments: Scales and scores of the skin assessment.
        body_image: The body-image screen.
        limits: Numbers a clinic may change.
        changes: What a clinic changed, oldest first.
    """

    id: str
    version: str
    title: str
    consent_wording: str
    review: Review
    recheck: Recheck
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    sources: tuple[Source, ...]
    texts: Mapping[str, Mapping[str, Text]]
    protocol: Protocol
    instruments: Instruments
    body_image: BodyImage
    limits: tuple[Limit, ...]
    changes: tuple[LimitChange, ...] = ()

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        """Questions by item id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    def name_finding(self, finding: Finding) -> str:
        """Return what a finding is called: by its rule where its question has several."""
        question = self.question_by_id[finding.item]
        return question.titles.get(finding.id, question.label)

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def asked_by(self) -> dict[str, tuple[str, ...]]:
        """Items by the fact they ask for."""
        asked: dict[str, tuple[str, ...]] = {}
        for question in self.questions:
            for fact in question.facts:
                asked[fact] = (*asked.get(fact, ()), question.id)
        return asked

    @cached_property
    def medicine_items(self) -> tuple[str, ...]:
        """Items that the last question of the re-check covers together."""
        group = self.recheck.group
        return tuple(it.id for it in self.questions if (it.group, it.step) == (group, "safety"))

    @cached_property
    def day_items(self) -> frozenset[str]:
        """Items that hold for the day on which they were asked, and may be another on the next."""
        groups = (self.recheck.day, self.recheck.group)
        asked = (it.id for it in self.questions if it.group in groups and it.step == "safety")
        return frozenset((*self.recheck.items, *asked))

    @cached_property
    def barring_items(self) -> frozenset[str]:
        """Items of which what is told may stop a treatment, have it wait or ask for a decision."""
        return frozenset(rule.item for rule in self.rules if _bars(rule))

    @cached_property
    def stop_items(self) -> frozenset[str]:
        """Items that can stop a treatment: they are asked one by one, never answered in bulk."""
        return frozenset(rule.item for rule in self.rules if _stops(rule))


def _bars(rule: Rule) -> bool:
    severities = {rule.severity, *(case.severity for case in rule.severity_when)}
    return not severities <= {Severity.PRECAUTION, Severity.CLEAR}


def _stops(rule: Rule) -> bool:
    if rule.severity is Severity.DEFER:
        return rule.resolves_by in _STOPPING_EVENTS
    return rule.severity is Severity.ABSOLUTE
