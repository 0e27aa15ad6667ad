"""Medicines of which nobody said whether they are still taken.

The window asks for it: the day of a last dose says when one was taken, not that it was stopped.
Until somebody says which, the question is open, and the medicine counts as one that is still taken,
which is the stricter of the two.
"""

from __future__ import annotations

from consult_app.domain.history import Facts, Medication
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace

_STATE = "status"


def lacks_state(pack: Pack, facts: Facts, name: str, code: str) -> bool:
    """Return whether an entry of that code is a medicine whose state is asked for and not said."""
    if name != "medications" or not _find_asking(pack, code):
        return False
    return any(it.code == code and it.status is None for it in facts.medications)


def find_stateless(pack: Pack, facts: Facts) -> frozenset[str]:
    """Return the questions under which a medicine is told of and not how it stands."""
    stateless = (it for it in facts.medications if it.status is None)
    return frozenset(item for it in stateless for item in _find_asking(pack, it.code))


def may_be_taken(medicine: Medication) -> bool:
    """Return whether a medicine may be taken still: nobody said that it was stopped.

    The window asks no state of a cream, whose last use is all that is known of it.
    """
    return medicine.status != "stopped"


def count_as_taken(facts: Facts) -> Facts:
    """Return facts in which a medicine without a state is one that is still taken."""
    if all(it.status is not None for it in facts.medications):
        return facts
    taken = (replace(it, status="current") if it.status is None else it for it in facts.medications)
    return replace(facts, medications=tuple(taken))


def say_states(facts: Facts) -> Facts:
    """Return the facts of a case file with the state that its format says of each medicine.

    There one with a last dose and no state was stopped then, and one with neither is still taken.
    """
    return replace(facts, medications=tuple(map(_say_state, facts.medications)))


def _say_state(medicine: Medication) -> Medication:
    if medicine.status is not None:
        return medicine
    return replace(medicine, status="current" if medicine.last_dose is None else "stopped")


def _find_asking(pack: Pack, code: str) -> frozenset[str]:
    """Return the questions that ask for a medicine together with its state."""
    asking = pack.vocabulary.asked_by("medications", (code,))
    return frozenset(it for it in asking if _STATE in pack.question_by_id[it].fields)
