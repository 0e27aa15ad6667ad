"""What a visit warns of in one line that a person may dismiss, and what of it was dismissed.

A dismissed line is told no more beside its field, and stands among *Noted* for as long as it holds.
Whatever changes it is another line, and is told anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.gui.event_moved import tell_note
from consult_app.gui.phrases import write_day
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.body_image import screen_body_image
from consult_app.knowledge.told.assessment import offer_screen
from consult_app.knowledge.told.seen import find_placeless
from consult_app.knowledge.visits.waiting import find_event_gap
from consult_app.wording import t

WISH = t("The wish must be the patient's own. Talk about it alone.")
NO_TIME = t(
    "No visit fits before the event on {event}: {days} days are kept free before one, however "
    "light the treatment is."
)


def tell_wish(visit: Consultation) -> str:
    """Return that the wish is another person's; empty where it is not."""
    return WISH if visit.goals.whose_wish == "other" else ""


def list_near(pack: Pack, visit: Consultation, judgement: Judgement, today: date) -> list[str]:
    """Return what is too near the event: what the plan moved, or before one that no visit fits.

    The latter holds for every plan.
    """
    if judgement.plan is not None:
        return [tell_note(it) for it in judgement.plan.warnings if "event" in it.id]
    event, facts = visit.goals.event_date, judgement.facts
    if event is None or facts is None or visit.state == "signed":
        return []
    days = find_event_gap(pack, event, facts.phototype, today)
    return [] if days is None else [NO_TIME.format(event=write_day(event), days=days)]


def tell_offer(pack: Pack, visit: Consultation) -> str:
    """Return why the body-image questions may help; empty where they were asked, or no reason is.

    What they found at once is said otherwise, and cannot be dismissed.
    """
    found = screen_body_image(pack.body_image, visit.body_image)
    if found.crisis or (visit.body_image and found.complete):
        return ""
    reason = offer_screen(pack, visit)
    return t("{reason}: the body-image questions may help.", reason=reason) if reason else ""


def tell_placeless(pack: Pack, visit: Consultation) -> str:
    """Return which concern of Goals the plan leaves out, as no area is known; empty for none."""
    known = pack.protocol.concern_by_id
    left = find_placeless(pack, visit)
    names = ", ".join(known[it].label if it in known else it for it in left)
    told = t("Left out, because neither Goals nor the map say where: {names}.", names=names)
    return told if left else ""


def is_told(visit: Consultation, words: str) -> bool:
    """Return whether a line is told beside its field: there is one, and nobody dismissed it."""
    return bool(words) and words not in visit.noted


def list_noted(
    pack: Pack, visit: Consultation, judgement: Judgement, today: date
) -> tuple[str, ...]:
    """Return what was dismissed and still holds, in the order of dismissing."""
    if not visit.noted:
        return ()
    holds = {*_list_warned(pack, visit, judgement, today)}
    return tuple(it for it in visit.noted if it in holds)


def _list_warned(
    pack: Pack, visit: Consultation, judgement: Judgement, today: date
) -> Iterator[str]:
    yield tell_wish(visit)
    yield from list_near(pack, visit, judgement, today)
    yield tell_offer(pack, visit)
    yield tell_placeless(pack, visit)
