"""A *No* against what was seen or ticked in the same visit: which of the two is right?

Nobody can tell, so the question is open until the answer is another, until what was seen is
corrected, or until the *No* is said once more with both in view. That is kept among what was set
aside, with what it was said against: whatever else is seen opens the question again.
"""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.contradiction import Contradiction
from consult_app.values import replace
from consult_app.wording import t

SAID_AGAIN = "said_again:"
"""Begins the id under which a *No* that was said again is kept."""
PLACES = {"skin": t("Skin says {says}"), "plan": t("Plan says {says}")}
WHICH = t("{told}; Safety says No: which is right?")
Told = tuple[tuple[Contradiction, float], ...]
"""What was seen or ticked about a question, each with its points."""


def find_told(pack: Pack, visit: Consultation) -> dict[str, Told]:
    """Return by screening item what was seen or ticked about it, whatever was answered.

    Once one of the items of a link is answered Yes, the others are not contradicted by it. What is
    asked again on the day of a treatment is of a later day than what was seen.
    """
    again = {*pack.recheck.items, *pack.medicine_items} if visit.kind == "treatment" else set()
    told: dict[str, Told] = {}
    for link in pack.instruments.contradiction:
        points = max(_find_points(link, visit), default=0.0)
        if points < (link.least or 0) or not points or _says_yes(visit, link.items):
            continue
        for item in link.items:
            if item not in again:
                told[item] = (*told.get(item, ()), (link, points))
    return told


def find_unsettled(pack: Pack, visit: Consultation) -> dict[str, str]:
    """Return the items whose *No* is contradicted and not said again, each with what says so."""
    return {
        item: WHICH.format(told=name_told(told))
        for item, told in find_told(pack, visit).items()
        if _says_no(visit, item) and not is_said_again(visit, item, told)
    }


def name_told(told: Told) -> str:
    """Return in words where something was seen or ticked, and what."""
    by_panel: dict[str, list[str]] = {}
    for link, _ in told:
        by_panel.setdefault(link.panel, []).append(link.says)
    return "; ".join(PLACES[it].format(says="; ".join(says)) for it, says in by_panel.items())


def is_said_again(visit: Consultation, item: str, told: Told) -> bool:
    """Return whether a *No* was said again against this; one for the whole group never was."""
    answer = visit.answers.get(item)
    if answer is None or answer.bulk or answer.reconfirmed or not can_stand(told):
        return False
    kept = {(it.id, it.digest) for it in visit.overrides}
    return (SAID_AGAIN + item, _digest(told)) in kept


def can_stand(told: Told) -> bool:
    """Return whether a *No* said again settles it."""
    return not any(link.only_yes for link, _ in told)


def say_again(pack: Pack, visit: Consultation, item: str) -> Consultation:
    """Return a visit in which a *No* was said again, by itself, with all that is against it."""
    told = find_told(pack, visit).get(item, ())
    visit = forget_said_again(visit, item)
    visit = replace(visit, answers={**visit.answers, item: Answer(state="no")})
    if not told or not can_stand(told):
        return visit
    label = pack.question_by_id[item].label
    words = t("{told}; No to {label}, said again", told=name_told(told), label=label)
    said = Override(id=SAID_AGAIN + item, reason=words, digest=_digest(told))
    return replace(visit, overrides=(*visit.overrides, said))


def forget_said_again(visit: Consultation, item: str) -> Consultation:
    """Return a visit in which a later *No* to a question has to be said again anew."""
    kept = tuple(it for it in visit.overrides if it.id != SAID_AGAIN + item)
    return replace(visit, overrides=kept)


def _find_points(link: Contradiction, visit: Consultation) -> Iterator[float]:
    if link.mark:
        yield float(bool(getattr(visit.skin, link.mark)))
    for place, points in visit.skin.scores.get(link.instrument, {}).items():
        if place.rpartition(".")[2] == link.question:  # of an instrument by regions, any of them
            yield points


def _says_yes(visit: Consultation, items: tuple[str, ...]) -> bool:
    given = (visit.answers.get(item) for item in items)
    return any(answer is not None and answer.state == "yes" for answer in given)


def _says_no(visit: Consultation, item: str) -> bool:
    answer = visit.answers.get(item)
    return answer is not None and answer.state == "no"


def _digest(told: Told) -> str:
    return make_fingerprint({"told": sorted([link.id, points] for link, points in told)})
