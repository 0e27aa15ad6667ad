"""What a treatment asks beside what every treatment does, because of what its consultation said."""

from __future__ import annotations

from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.answers import leave_out_denied
from consult_app.knowledge.counted import list_unnamed
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.passed import find_passed
from consult_app.knowledge.still_taken import find_stateless
from consult_app.knowledge.unsaid import find_unsaid


def list_also(pack: Pack, last: Consultation, day: date) -> tuple[str, ...]:
    """Return the questions to be asked on the day of a treatment too, each once.

    They are those about what was to come and is past by then, those in which something was told
    without what it is given for, as records of older programs may do, those of a medicine of which
    nobody said whether it is still taken, and those under which nobody chose whether something is
    so, as no choice of an older program's chip said.
    """
    facts = leave_out_denied(pack, last, last.facts)
    half = find_stateless(pack, facts) | find_unsaid(pack, facts)
    lacking = (it.id for it in pack.questions if it.id in half or list_unnamed(pack, it, facts))
    return tuple(dict.fromkeys((*find_passed(pack, last, day), *lacking)))
