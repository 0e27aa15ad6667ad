"""What stands behind an answer, in words: which, how it stands, when and where."""

from __future__ import annotations

import re
from typing import Any

from consult_app.domain import change
from consult_app.domain.consultation import Consultation
from consult_app.domain.entries import LISTS, Entry, ListName, code_of
from consult_app.domain.history import Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.dates import write_partial
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.counted import list_counted
from consult_app.knowledge.told.on import forget_told
from consult_app.values import replace
from consult_app.wording import t

DATES = {
    "date": t("When"),
    "date_healed": t("Healed on"),
    "date_cleared": t("Cleared on"),
    "closed_on": t("Wound closed on"),
    "flare_ended": t("Last flare ended"),
    "last_activity": t("Last new patch"),
    "hba1c_date": t("Date of the test"),
    "last_dose": t("Last dose or use"),
}
NUMBERS = {
    "iga": (t("Acne grade (IGA)"), t("0 to 4"), 0, 4, 0),
    "hba1c_pct": (t("HbA1c"), "%", 3, 20, 1),
    "mg_per_day": (t("Dose"), t("mg a day"), 0, 1000, 1),
    "days": (t("For"), "days", 0, 3650, 0),
    "depth_mm": (t("Depth then"), "mm", 0, 5, 2),
}
HELPS = {"hba1c_pct": t("In %. 8.5 % is 69 mmol/mol.")}
"""What stands beneath such a field: laboratories write one unit or the other."""
FLAGS = {
    "nodules": t("Nodules or cysts"),
    "atopic": t("Atopic"),
    "uncontrolled": t("Not under control"),
    "prior_needling_granuloma": t("After earlier needling"),
    "still_inflamed": t("Still red or peeling"),
    "prescribed": t("Prescribed"),
}
DENIED = {
    "nodules": (t("No nodules or cysts"), t("Nodules or not")),
    "atopic": (t("Not atopic"), t("Atopic or not")),
    "uncontrolled": (t("Under control"), t("Under control or not")),
    "prior_needling_granuloma": (t("Not after needling"), t("After needling or not")),
    "still_inflamed": (t("No longer red"), t("Still red or not")),
}
"""What is said where such a flag is not so, and what is asked; of these no choice is no answer."""
FACT_FLAGS = {
    "breastfeeding": t("Breast-feeding"),
    "lifestyle.smoker": t("Smokes or vapes"),
    "lifestyle.alcohol_24h": t("Alcohol in the last 24 hours"),
    "lifestyle.event_within_7_days": t("Big event within 7 days after"),
    "consent.lacks_capacity": t("Cannot weigh the decision"),
    "consent.under_pressure": t("Under pressure"),
    "consent.cannot_explain_risks": t("Cannot repeat the risks"),
    "consent.intoxicated": t("Alcohol or drugs today"),
    "consent.in_crisis": t("In crisis"),
}
PREGNANCY = (
    ("yes", t("Pregnant")),
    ("possible", t("Possible")),
    ("trying", t("Trying for a baby")),
)
STATE, WHERE = t("State"), t("Where")
LABELS = (
    {"status": STATE, "zones": WHERE}
    | DATES
    | {name: label for name, (label, *_) in NUMBERS.items()}
    | FLAGS
    | {name: asked for name, (_, asked) in DENIED.items()}
)
"""What the fields of an entry are called."""
_PLACE = re.compile(r"facts\.([a-z]+)\[([0-9]+)\]\.(\w+)", re.ASCII)
_NOTHING = Facts()


def list_entries(pack: Pack, visit: Consultation, item: str) -> tuple[tuple[ListName, Entry], ...]:
    """Return what a visit names behind a screening item, with the list it stands in."""
    return tuple(
        (name, entry)
        for name in LISTS
        for entry in getattr(visit.facts, name)
        if item in pack.vocabulary.asked_by(name, (code_of(entry),))
    )


def tell_details(pack: Pack, visit: Consultation, item: str) -> str:
    """Return in words what a visit names behind a screening item; empty for nothing."""
    named = [_tell_entry(pack, name, entry) for name, entry in list_entries(pack, visit, item)]
    question = pack.question_by_id.get(item)
    for path in question.facts if question is not None else ():
        if path == "pregnancy":
            named.append(dict(PREGNANCY).get(visit.facts.pregnancy, ""))
        elif path in FACT_FLAGS and change.look(visit.facts, path):
            named.append(FACT_FLAGS[path])
    counted = list_counted(question, visit.facts) if question is not None else ()
    named += [name_counted(pack, name) for name in counted]
    return "; ".join(dict.fromkeys(told for told in named if told))


def name_counted(pack: Pack, name: str) -> str:
    """Return in words what another question asks for, given as LIST:CODE or a fact."""
    listed, _, code = name.partition(":")
    return pack.vocabulary.label(listed, code) if code else FACT_FLAGS.get(name, name)


def list_missing(judgement: Judgement, name: ListName, code: str) -> tuple[str, ...]:
    """Return what is still needed of an entry, by the labels of its fields."""
    gaps = judgement.screening.gaps if judgement.screening is not None else ()
    entries = getattr(judgement.facts, name, ())
    found = [place.groups() for gap in gaps if (place := _PLACE.fullmatch(gap.place))]
    missing = [
        LABELS[attribute]
        for listed, at, attribute in found
        if listed == name and code_of(entries[int(at)]) == code and attribute in LABELS
    ]
    return tuple(dict.fromkeys(missing))


def lacks_which(judgement: Judgement, item: str) -> bool:
    """Whether a question is open because nothing is named behind its *Yes*."""
    gaps = judgement.screening.gaps if judgement.screening is not None else ()
    return any(gap.item == item and not gap.place for gap in gaps)


def forget_details(pack: Pack, visit: Consultation, last: Consultation, item: str) -> Consultation:
    """Return the visit without what only an earlier one said of how an item stands, when and where.

    What it is stays named, because it was told. Details told since are another answer and stay.
    """
    question = pack.question_by_id.get(item)
    paths = () if question is None else question.facts
    if _list_all(pack, visit, item, paths) != _list_all(pack, last, item, paths):
        return visit
    facts = visit.facts
    for name, entry in list_entries(pack, visit, item):
        visit = forget_told(visit, name, code_of(entry))
        bare = tuple(
            it if isinstance(it, str) or item not in pack.vocabulary.asked_by(name, (it.code,))
            else type(it)(code=it.code)
            for it in getattr(facts, name)
        )  # fmt: skip
        facts = change.put(facts, name, bare)
    for path in paths:
        facts = change.put(facts, path, change.look(_NOTHING, path))
    return replace(visit, facts=facts)


def _list_all(pack: Pack, visit: Consultation, item: str, paths: tuple[str, ...]) -> object:
    return list_entries(pack, visit, item), [change.look(visit.facts, path) for path in paths]


def _tell_entry(pack: Pack, name: ListName, entry: Entry) -> str:
    label = pack.vocabulary.label(name, code_of(entry))
    if isinstance(entry, str):
        return label
    status = str(getattr(entry, "status", None) or "").replace("_", " ")
    parts = [label, status, *_tell_rest(pack, entry)]
    return ", ".join(part for part in parts if part)


def _tell_rest(pack: Pack, entry: Any) -> list[str]:  # noqa: ANN401 - an entry of any list
    told = []
    for attribute, label in DATES.items():
        day: PartialDate | None = getattr(entry, attribute, None)
        if day is not None:
            told.append(
                write_partial(day)
                if attribute == "date"
                else f"{_begin(label)} {write_partial(day)}"
            )
    for attribute, (label, unit, *_) in NUMBERS.items():
        number = getattr(entry, attribute, None)
        if number is not None:
            words = f"{_begin(label)} {number:g}"
            told.append(words if attribute == "iga" else f"{words} {unit}")
    said = {attribute: getattr(entry, attribute, None) for attribute in FLAGS}
    told += [_begin(FLAGS[it]) for it, so in said.items() if so]
    told += [_begin(denied) for it, (denied, _) in DENIED.items() if said[it] is False]
    told += [
        _begin(pack.protocol.areas.label(area)) for area in getattr(entry, "zones", None) or ()
    ]
    return told


def _begin(label: str) -> str:
    """Return a label as it stands within a line; one in capitals keeps them."""
    return label if label[1:2].isupper() or label[2:3].isupper() else label[:1].lower() + label[1:]
