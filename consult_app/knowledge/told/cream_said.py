"""Whether anybody said with which numbing cream a plan is to be treated, or with none.

An allergy to what creams contain forbids the cream and not the needling (screening reference 54):
its finding asks for another plan, and one that says *No cream* is that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.decision import Needed
from consult_app.domain.finding import Finding
from consult_app.domain.treatment import Consumable, Treatment
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.topicals_named import find_product
from consult_app.wording import t

_CREAM = "anaesthetic"
"""The fact that the question for the numbing cream asks for."""


Cream = Literal["", "open", "none"]
NO_CREAM = t("no cream is planned")


def tell_cream(pack: Pack, visit: Consultation) -> Cream:
    """Return whether a consultation leaves it open, or whether it is to be none, in so many words.

    A cream that a treatment record tells of is one, whatever was planned: by its name, or by its
    lot, amount or time without one, or among the products.
    """
    if visit.kind == "consultation" and lacks_cream(pack, visit):
        return "open"
    planned = visit.plan.numbing
    used = visit.treatment is not None and _tells_cream(pack, visit.treatment)
    return "none" if planned is not None and planned.product == "none" and not used else ""


def _tells_cream(pack: Pack, done: Treatment) -> bool:
    told = (done.numbing_on, done.numbing_off, done.numbing_grams, done.numbing_area_cm2)
    if done.numbing != Consumable() or any(it is not None for it in told):
        return True
    return any(find_product(pack.protocol.plan.numbing, it.name) for it in done.products)


def settle_by_cream(pack: Pack, cream: Cream, findings: Iterable[Finding]) -> tuple[Override, ...]:
    """Return what is decided by a plan without a cream: what only forbids what creams contain."""
    swaps = pack.protocol.plan.numbing_swap if cream == "none" else ()
    forbidding = {it.finding for it in swaps if it.use == "none"}
    return tuple(
        Override(id=it.id, reason=NO_CREAM, digest=it.digest)
        for it in findings
        if it.id in forbidding and it.resolves_by == "change_plan"
    )


def lacks_cream(pack: Pack, visit: Consultation) -> bool:
    """Return whether a plan leaves open which cream; what a case file leaves out was denied."""
    denied = (visit.answers.get(item) for item in pack.asked_by.get(_CREAM, ()))
    said = visit.plan.numbing is not None or any(it and it.state == "no" for it in denied)
    return bool(visit.plan.targets) and not said


def ask_cream(pack: Pack) -> tuple[Needed, ...]:
    """Return that nobody said which cream; none counts as planned, so that nothing is refused."""
    questions = (pack.question_by_id[item] for item in pack.asked_by.get(_CREAM, ()))
    return tuple(Needed(step=it.step, item=it.id, label=it.label) for it in questions)
