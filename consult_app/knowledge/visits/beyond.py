"""What a treatment record says was done beyond the limits of the reference, or of the clinic.

A record holds what truly happened, so nothing of it is refused: it is said beside its field, a
reason is asked for before the lock, and the visits that follow are told. Numbers that are written
before anybody is needled are told of in time.
"""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts, Numbing
from consult_app.domain.plan import PlanLine
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.depth import holds_line, hundredths, millimetres
from consult_app.knowledge.protocol.plan import NumbingProduct
from consult_app.knowledge.protocol.topicals_named import find_product, find_topical, tidy
from consult_app.knowledge.screening.screening import fires
from consult_app.knowledge.told.added import list_asked_for
from consult_app.knowledge.told.answers import leave_out_denied
from consult_app.knowledge.visits.added_refused import list_standing
from consult_app.values import dataclass, replace
from consult_app.wording import t

AREAS, CREAM, PRODUCTS = "areas", "numbing", "products"
"""The parts of a record that have limits."""
ECZEMA, MINUTE = "eczema", 60
UNFIT = {
    "no": t("Must not be needled in. {reason}"),
    "addon": t("Not planned, so nobody was asked what stands against it. {reason}"),
}
"""What is said of a product that asks for a reason, by how it is allowed."""
AGAINST = t("Not planned, and what was asked before it stands against it. {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Something beyond its limits.

    Attributes:
        part: The part of the record, one of the three above.
        at: Which line of it.
        what: What it is about.
        words: What is beyond, and what the limit is.
        asks: It needs a reason; otherwise it is only said.
        name: What a reason is for, as long as it goes no further.
        degree: How far it goes, and below nought its limit: the more, the further.
    """

    part: str
    at: int = 0
    what: str
    words: str
    asks: bool = True
    name: str
    degree: tuple[int, ...] = ()

    @property
    def line(self) -> str:
        """The whole of it in a line."""
        return f"{self.what}: {self.words}"


def find_beyond(
    pack: Pack, visit: Consultation, judgement: Judgement | None = None
) -> tuple[Beyond, ...]:
    """Return what of a treatment is beyond its limits.

    Args:
        pack: The content.
        visit: The treatment.
        judgement: What the content says of it, with the plan that holds its caps; without one the
            areas' own limits are counted by.
    """
    treatment = visit.treatment
    if treatment is None or treatment.treated is False:
        return ()
    return (
        *_find_depths(pack, visit, treatment, judgement),
        *_find_cream(pack, visit, treatment, judgement),
        *_find_products(pack, visit, treatment, judgement),
    )


def _find_depths(
    pack: Pack, visit: Consultation, treatment: Treatment, judgement: Judgement | None
) -> Iterator[Beyond]:
    plan = judgement.plan if judgement is not None else None
    lines = {(it.area, it.concern): it for it in (plan.lines if plan is not None else ())}
    steps = judgement.steps if judgement is not None else None
    for at, area in enumerate(treatment.areas):
        line = lines.get((area.area, area.concern))
        if area.depth_mm is None:
            continue
        depth, most = hundredths(area.depth_mm), _find_most(pack, visit, area, line)
        words, cap = "", hundredths(line.cap_mm) if line is not None else most
        if depth > most:
            words = _tell_most(pack, visit, most)
        elif line is not None and depth > cap:
            words = t("Deeper than {limit} mm, the cap of the plan", limit=f"{line.cap_mm:g}")
        elif line is not None:
            words = _tell_step(pack, visit, line, depth, steps)
        if words:
            yield Beyond(
                part=AREAS,
                at=at,
                what=f"{pack.protocol.areas.label(area.area)}, {area.depth_mm:g} mm",
                words=words,
                name=f"{area.area}/{area.side}/{area.concern}",
                degree=(depth, -min(most, cap), -(steps or 0)),
            )


def _tell_most(pack: Pack, visit: Consultation, most: int) -> str:
    """Return that a depth passes what no reason allows to pass, and whose limit that is."""
    own, limit = visit.operator_max_mm, f"{millimetres(most):g}"
    if own is not None and holds_line(pack.protocol, own, millimetres(most)):
        return t("Deeper than {limit} mm, by the practitioner's own maximum", limit=limit)
    return t("Deeper than {limit} mm, the most here", limit=limit)


def _tell_step(
    pack: Pack, visit: Consultation, line: PlanLine, depth: int, steps: int | None
) -> str:
    """Return that a depth goes further than the steps of the plan do by now; empty where not.

    In darker skin the first visit has a limit of its own, and each clean review raises it by a step
    (reference 1.4, 1.5). What was needled there before is no step.
    """
    first = hundredths(line.session1_max_mm)
    if not visit.needled:
        limit = f"{line.session1_max_mm:g}"
        words = t("Deeper than {limit} mm, the most of a first visit", limit=limit)
        return words if depth > first else ""
    if steps is None:
        return ""
    rise = pack.protocol.plan.ladder.rise_mm
    before = (
        hundredths(it.depth_mm)
        for it in visit.needled
        if it.depth_mm is not None
        and any(pack.protocol.areas.overlap(zone, line.area) for zone in it.zones or ())
    )
    most = max((first + hundredths(rise) * steps, *before))
    if depth <= most:
        return ""
    return t(
        "Deeper than {limit} mm: a step deeper is {rise} mm, after a clean review only",
        limit=f"{millimetres(most):g}",
        rise=f"{rise:g}",
    )


def _find_most(pack: Pack, visit: Consultation, area: TreatedArea, line: PlanLine | None) -> int:
    """Return the depth that no reason allows to pass, in hundredths of a millimetre."""
    said = (visit.plan.device_label_max_mm, visit.operator_max_mm)
    limits = [pack.protocol.plan.limits.absolute_mm, *(it for it in said if it is not None)]
    caps = pack.protocol.areas.caps(area.area)
    if line is not None:
        limits.append(line.reach_mm)
    elif caps is not None:
        limits.append(caps.hard)
    return hundredths(min(limits))


def _find_cream(
    pack: Pack, visit: Consultation, treatment: Treatment, judgement: Judgement | None
) -> Iterator[Beyond]:
    name = treatment.numbing.name.strip()
    product = find_product(pack.protocol.plan.numbing, name)
    facts = judgement.facts if judgement is not None else None
    if facts is None:
        facts = leave_out_denied(pack, visit, visit.facts)
    found = [
        *_find_amounts(pack, visit, treatment, product, facts),
        *(_find_forbidden(pack, visit, product, facts) if product is not None else ()),
    ]
    for words, asks in found:
        what, own = name or t("Numbing cream"), f"{tidy(name)}: {words}"
        yield Beyond(part=CREAM, what=what, words=words, asks=asks, name=own)


def _find_amounts(
    pack: Pack,
    visit: Consultation,
    treatment: Treatment,
    product: NumbingProduct | None,
    facts: Facts,
) -> Iterator[tuple[str, bool]]:
    """Yield what is more, larger or longer than this cream allows, and whether a reason is due."""
    grams, area = treatment.numbing_grams, treatment.numbing_area_cm2
    most, widest = _find_amount_limits(visit, product)
    if grams is not None and most is not None and grams > most:
        yield t("{n} g is more than {limit} g", n=f"{grams:g}", limit=f"{most:g}"), True
    large = pack.protocol.plan.numbing_rules.large_area_cm2
    if area is not None and widest is not None and area > widest:
        yield t("{n} cm² is more than {limit} cm²", n=f"{area:g}", limit=f"{widest:g}"), True
    elif area is not None and area > large:
        yield (
            t("{n} cm² is a large area, above {limit} cm²", n=f"{area:g}", limit=f"{large:g}"),
            False,
        )
    longest = _find_longest(product, facts, signed=visit.state == "signed")
    on, off = treatment.numbing_on, treatment.numbing_off
    if on is None or off is None:
        return
    minutes = int((off - on).total_seconds() // MINUTE)
    if minutes < 0:
        yield t("Taken off before it was put on"), False
    elif longest is not None and minutes > longest:
        limit = f"{longest:g}"
        yield t("On for {n} minutes, which is longer than {limit}", n=minutes, limit=limit), True


def _find_amount_limits(
    visit: Consultation, product: NumbingProduct | None
) -> tuple[float | None, float | None]:
    """Return the most grams and area; of a cream whose pack says it, what was typed in of that."""
    if product is None:
        return None, None
    planned = visit.plan.numbing or Numbing()
    if product.pack_limits and planned.product in {product.id, *product.also}:
        return planned.grams, planned.area_cm2
    return product.max_grams, product.max_area_cm2


def _find_longest(product: NumbingProduct | None, facts: Facts, *, signed: bool) -> float | None:
    """Return how long a cream may stay on; until it is denied or signed an eczema may be atopic."""
    if product is None:
        return None
    eczema = [it for it in facts.conditions if it.code == ECZEMA]
    calm = (False, None) if signed else (False,)
    if product.eczema_max_minutes is not None and any(it.atopic not in calm for it in eczema):
        return product.eczema_max_minutes
    return product.max_minutes


def _find_forbidden(
    pack: Pack, visit: Consultation, product: NumbingProduct, facts: Facts
) -> Iterator[tuple[str, bool]]:
    """Yield why this patient should not have the cream."""
    planned = visit.plan.numbing or Numbing()
    prescribed = planned.prescribed and planned.product in {product.id, *product.also}
    if product.unlicensed and not prescribed:
        yield pack.protocol.plan.reasons["numbing_unlicensed"], True
    used = replace(facts, anaesthetic=Numbing(product=product.id, contains=product.contains))
    had = {it.code for it in facts.conditions}
    for swap in pack.protocol.plan.numbing_swap:
        held = not set(product.contains).isdisjoint(swap.forbids)
        applies = not swap.conditions or not had.isdisjoint(swap.conditions)
        if held and applies and fires(pack, swap.finding, used, day=visit.visit_date):
            yield pack.rule_by_id[swap.finding].action, True


def _find_products(
    pack: Pack, visit: Consultation, treatment: Treatment, judgement: Judgement | None
) -> Iterator[Beyond]:
    for at, product in enumerate(treatment.products):
        topical = find_topical(pack.protocol.plan.topical, tidy(product.name))
        if topical is None or topical.id in visit.plan.addons:
            continue
        said = {visit.answers.get(it) for it in list_asked_for(pack, (topical.id,))}
        if said and None not in said and not _stands_against(pack, visit, topical.id, judgement):
            continue
        name, words = product.name.strip(), UNFIT.get(topical.allowed, "{reason}")
        words = AGAINST if said and None not in said else words
        words, asks = words.format(reason=topical.reason), topical.allowed in UNFIT
        own = tidy(name)
        yield Beyond(part=PRODUCTS, at=at, what=name, words=words, asks=asks, name=own)


def _stands_against(
    pack: Pack, visit: Consultation, addon: str, judgement: Judgement | None
) -> bool:
    """Return whether what is asked before an add-on is open, or something found is not decided.

    Of an earlier record nobody judges again: there stands against it what was not denied.
    """
    asked = {*list_asked_for(pack, (addon,))}
    if judgement is None:
        return any(visit.answers[item].state != "no" for item in asked)
    return not asked.isdisjoint(list_standing(judgement.decision))
