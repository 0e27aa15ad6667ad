"""What studies found behind the cards of *Expectations*, for whoever asks where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.gui.panels.expectations.content import NOT_KNOWN, Line, find_harms, has_plasma
from consult_app.gui.phrases import begin_lower, write_sentence, write_sources
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.outlook import Statement
from consult_app.wording import t


def list_found(pack: Pack, plan: Plan) -> Iterator[Line]:
    """Yield what studies found for each concern of the plan (planning reference 2.3)."""
    wanted = {line.concern for line in plan.lines}
    for item in pack.protocol.outlook.expectation:
        if item.concern in wanted:
            yield from _tell(pack, pack.protocol.concern_by_id[item.concern].label, item.found)


def list_plasma(pack: Pack, visit: Consultation, plan: Plan) -> Iterator[Line]:
    """Yield what studies of plasma found, for and against, where it is planned (reference 1.12)."""
    if has_plasma(visit, plan):
        plasma = pack.protocol.plan.prp
        yield Line(head=t("Plasma added"), text=_cite(pack, plasma.benefit, plasma.sources))
        yield Line(head="", text=write_sentence(plasma.harms))


def list_counted(pack: Pack, visit: Consultation) -> Iterator[Line]:
    """Yield the counts behind each harm's number and what is done about it, then the reviews.

    All of it is in planning reference 2.5.
    """
    for harm in find_harms(pack, visit):
        if harm.effect.found:
            yield from _tell(pack, harm.effect.label, harm.effect.found)
        else:
            yield Line(head=harm.effect.label, text=write_sentence(NOT_KNOWN))
        action = begin_lower(harm.effect.action)
        yield Line(head="", text=write_sentence(t("What to do: {action}", action=action)))
    yield from _tell(pack, t("Safety reviews"), pack.protocol.outlook.safety_review)


def list_compared(pack: Pack) -> Iterator[Line]:
    """Yield how each other choice did beside needling (reference 4)."""
    _, *others = pack.protocol.comparison.option
    for option in others:
        yield Line(head=option.label, text=_cite(pack, option.evidence, option.sources))


def _tell(pack: Pack, head: str, found: Iterable[Statement]) -> Iterator[Line]:
    for number, it in enumerate(found):
        yield Line(head="" if number else head, text=_cite(pack, it.text, it.sources))


def _cite(pack: Pack, text: str, sources: tuple[str, ...]) -> str:
    named = write_sources(pack.source_by_id[source] for source in sources)
    return f"{write_sentence(text)} [{named}]" if named else write_sentence(text)
