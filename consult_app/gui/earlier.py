"""What was done and seen at a patient's earlier treatments and reviews."""

from __future__ import annotations

from collections.abc import Sequence

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.listed import ListedVisit
from consult_app.gui.what_follows import find_offered
from consult_app.wording import t


def read_earlier(desk: Desk, visit: Consultation) -> list[Consultation]:
    """Return the signed treatments and reviews of a visit's patient, the latest first.

    Raises:
        ConsultError: One cannot be read.
    """
    listed = desk.patients.list_visits(visit.patient_id)
    done = [it.id for it in listed if it.signed and it.kind in {"treatment", "review"}]
    return [desk.records.open_visit(it) for it in done if it != visit.id]


def check_review(desk: Desk, last: Consultation, listed: Sequence[ListedVisit]) -> None:
    """Make sure that the last review of a consultation says no more than to continue.

    Args:
        desk: Opens the review.
        last: The consultation.
        listed: The visits of its patient, the latest first.

    Raises:
        ConsultError: It says otherwise, or cannot be read.
    """
    reviews = (it.id for it in listed if it.signed and (it.kind, it.follows) == ("review", last.id))
    review = next(reviews, None)
    said = desk.records.open_visit(review) if review else None
    if "treatment" not in find_offered(last, said):
        raise ConsultError(
            t("The last review says otherwise"),
            t("It says to change the plan or to stop. Begin a return visit first."),
        )
