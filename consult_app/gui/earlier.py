"""What was done and seen at a patient's earlier treatments and reviews."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk


def read_earlier(desk: Desk, visit: Consultation) -> list[Consultation]:
    """Return the signed treatments and reviews of a visit's patient, the latest first.

    Raises:
        ConsultError: One cannot be read.
    """
    listed = desk.patients.list_visits(visit.patient_id)
    done = [it.id for it in listed if it.signed and it.kind in {"treatment", "review"}]
    return [desk.records.open_visit(it) for it in done if it != visit.id]
