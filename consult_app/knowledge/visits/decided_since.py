"""What an unfinished visit decided before a record that says otherwise, which is asked again."""

from __future__ import annotations

from collections.abc import Collection

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.values import replace


def ask_decision_again(visit: Consultation, said: LastSaid, since: Collection[str]) -> Consultation:
    """Return an unfinished visit without a word to go on that is older than a review against it.

    What a review said of side effects before another record told of one is asked again too.

    Args:
        visit: The visit.
        said: What it follows, with what was said after that.
        since: Ids of the records that it did not know when it was saved last.
    """

    def is_newer(it: Consultation) -> bool:
        return it.signed_at is not None and it.id in since

    against, adverse = (any(map(is_newer, them)) for them in (said.against, said.adverse))
    agreement, review = visit.agreement, visit.review
    if against and visit.kind == "consultation" and agreement.decision == "go_ahead":
        agreement = replace(agreement, decision=None, treat_today=False)
    if against and review is not None and review.decision == "continue":
        review = replace(review, decision=None)
    if adverse and review is not None and review.adverse == "none":
        review = replace(review, adverse=None)
    return replace(visit, agreement=agreement, review=review)
