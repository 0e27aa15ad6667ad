"""What the skin assessment and the body-image screen put among the facts.

Nothing here is stored: it follows anew from the answers, so that a score and the facts can never
say different things. An assessment only ever adds or opens; it takes nothing back that was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, cast

from consult_app.domain.consultation import Consultation, SkinAssessment
from consult_app.domain.entries import find_entry
from consult_app.domain.history import Condition, Facts
from consult_app.domain.score import Score
from consult_app.knowledge.condition import Situation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.body_image import (
    ITEM,
    BodyImageResult,
    lay_over_facts,
    screen_body_image,
)
from consult_app.knowledge.scoring.instruments import Instrument
from consult_app.knowledge.scoring.phototype import Phototype, settle_phototype
from consult_app.knowledge.scoring.scoring import propose, score
from consult_app.values import replace
from consult_app.wording import t

SHEET, TONE, ACNE, PIGMENT = "phototype_sheet", "monk", "iga", "pigment"
ACNE_CODE = "acne"
GREAT_BOTHER = 7
"""Of 10; from here on the body-image screen is offered. It judges nothing; no source names one."""


def assess_phototype(pack: Pack, skin: SkinAssessment) -> Phototype:
    """Return how sheet, view and tone combine; a sheet counts once it is complete."""
    rule = pack.instruments.phototype
    if rule is None:
        return Phototype(pigment_risk=skin.phototype_seen, sun_advice=None, formula="", sources=())
    whole, band = _read_sheet(pack, skin)
    return settle_phototype(
        rule,
        sheet=band if whole else None,
        seen=skin.phototype_seen,
        tone=skin.monk_tone,
        begun=None if whole else band,
    )


def list_scales(pack: Pack, concern: str | None) -> tuple[Instrument, ...]:
    """Return the scales to choose from: that of the main concern first, then the optional ones."""
    main = pack.instruments.for_concern(concern or "")
    optional = [item for item in pack.instruments.instrument if item.optional]
    return (*([main] if main else []), *(item for item in optional if item is not main))


def score_scale(pack: Pack, skin: SkinAssessment, scale: str) -> Score | None:
    """Return what a scale comes to; None when the content has no such scale."""
    instrument = pack.instruments.by_id.get(scale)
    if instrument is None:
        return None
    return score(instrument, skin.scores.get(scale, {}))


def score_pigment(pack: Pack, skin: SkinAssessment, facts: Facts, *, today: date) -> Score | None:
    """Return the pigment score: what the facts say, and over it what the practitioner changed."""
    instrument = pack.instruments.by_id.get(PIGMENT)
    if instrument is None:
        return None
    situation = Situation(
        facts=facts,
        today=today,
        areas=pack.protocol.areas,
        vocabulary=pack.vocabulary,
        asked_by=pack.asked_by,
    )
    proposed = propose(pack.instruments, instrument, situation)
    return score(instrument, {**proposed, **skin.scores.get(PIGMENT, {})})


def offer_first_depth(pack: Pack, pigment: Score) -> float | None:
    """Return a depth in mm to offer for the first session; never a limit.

    What the answers given come to at least is enough: points only ever add.
    """
    bands = pack.instruments.by_id[pigment.instrument].band
    least = pigment.least
    if least is None:
        return None
    return next((band.offer_first_mm for band in bands if band.least <= least <= band.most), None)


def screen_visit(pack: Pack, visit: Consultation) -> BodyImageResult | None:
    """Return what the body-image screen says; None while none of it was asked."""
    return screen_body_image(pack.body_image, visit.body_image) if visit.body_image else None


def offer_screen(pack: Pack, visit: Consultation) -> str:
    """Return why the body-image screen is offered, empty when it is not.

    Little to see is what the screen itself takes for little: below `threshold.visible`. Where
    nothing was looked at yet, or is not graded, nothing is known to be little.
    """
    if visit.goals.whose_wish == "other":
        return t("The wish is somebody else's")
    findings = [seen for seen in visit.skin.findings if seen.concern]
    for wish in visit.goals.concerns:
        if not findings or wish.bother is None or wish.bother < GREAT_BOTHER:
            continue
        grades = [seen.grade for seen in findings if seen.concern == wish.concern]
        if not grades:
            return t("High bother, and the map shows nothing of it")
        if all(grades) and max(grades) < pack.body_image.threshold.visible:
            return t("High bother, low grade")
    return ""


def lay_assessment_over_facts(pack: Pack, visit: Consultation, facts: Facts) -> Facts:
    """Return the facts with phototype, acne grade and codes that the assessment gives."""
    skin = visit.skin
    phototype = assess_phototype(pack, skin).pigment_risk
    if phototype is not None:
        known = cast("Literal[1, 2, 3, 4, 5, 6]", phototype)
        facts = replace(facts, phototype=known)
    facts = _lay_acne(skin, facts)
    for result in _score_all(pack, skin):
        facts = _add_codes(facts, result.raises)
    screened = screen_visit(pack, visit)
    return _lay_body_image(pack, facts, screened) if screened else facts


def find_reopened(pack: Pack, visit: Consultation) -> frozenset[str]:
    """Return the item of the body-image screen while that is begun and not complete."""
    screened = screen_visit(pack, visit)
    return frozenset({ITEM} if screened is not None and not screened.complete else ())


def _read_sheet(pack: Pack, skin: SkinAssessment) -> tuple[bool, int | None]:
    """Return whether all ten questions are answered, and what they come to at least."""
    sheet = pack.instruments.by_id.get(SHEET)
    if sheet is None or not skin.phototype_sheet:
        return False, None
    found = score(sheet, skin.phototype_sheet)
    least = found.least if found.least is not None else 0
    bands = (band.value for band in sheet.band if band.least <= least <= band.most)
    return found.value is not None, next(bands, None)


def _score_all(pack: Pack, skin: SkinAssessment) -> Iterable[Score]:
    known = pack.instruments.by_id
    return [
        score(known[scale], answers)
        for scale, answers in skin.scores.items()
        if scale in known and scale != PIGMENT
    ]


def _lay_acne(skin: SkinAssessment, facts: Facts) -> Facts:
    """Put the acne grade among the facts; of two grades the higher counts."""
    grade = int(_grade_of(skin.scores))
    if not grade:
        return facts
    found = find_entry(facts, "conditions", ACNE_CODE)
    entry = found if isinstance(found, Condition) else Condition(code=ACNE_CODE)
    graded = replace(entry, iga=max(grade, entry.iga or 0))
    rest = tuple(item for item in facts.conditions if item is not found)
    return replace(facts, conditions=(*rest, graded))


def _grade_of(scores: Mapping[str, Mapping[str, float]]) -> float:
    return max(scores.get(ACNE, {}).values(), default=0.0)


def _add_codes(facts: Facts, codes: Iterable[str]) -> Facts:
    held = {entry.code for entry in facts.conditions}
    added = tuple(Condition(code=code) for code in codes if code not in held)
    return replace(facts, conditions=(*facts.conditions, *added))


def _lay_body_image(pack: Pack, facts: Facts, result: BodyImageResult) -> Facts:
    """Lay the screen over the facts; what the practitioner recorded without it is kept."""
    laid = lay_over_facts(pack.body_image, facts, result)
    kept = tuple(entry for entry in facts.conditions if entry not in laid.conditions)
    return replace(laid, conditions=(*laid.conditions, *kept), unanswered=facts.unanswered)
