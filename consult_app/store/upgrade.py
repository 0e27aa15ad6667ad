"""Documents of every past format become documents of the newest one.

Each step is a pure function from one format to the next. A document is upgraded whenever it is
read and written back in its new format when it is saved. A newer document than this program
knows is refused, never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from consult_app.domain import consultation, patient_record
from consult_app.errors import Fault, InputError
from consult_app.store.faults import NewerStoreError
from consult_app.store.interface import Document
from consult_app.wording import t

Step = Callable[[Document], Document]
"""Returns the document in the next format; leaves the one it was given as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """The versions of one kind of document.

    Attributes:
        kind: What the documents are, as in messages.
        newest: The version this program writes.
        steps: By version, the step that leads away from it; one for each past version.
    """

    kind: str
    newest: int
    steps: Mapping[int, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        missing = sorted(set(range(1, self.newest)) ^ set(self.steps))
        if missing:
            raise ValueError(f"{self.kind}: no step, or one too many, for versions {missing}")

    def bring(self, document: Document) -> dict[str, object]:
        """Return the document in the newest format; without `schema` it already is.

        Raises:
            NewerStoreError: It is newer than this program.
            InputError: Its `schema` is not a version.
        """
        version = _read_version(document.get("schema", self.newest))
        if version > self.newest:
            raise NewerStoreError(
                t("This record was written by a newer version of the program."),
                t(
                    "Install a version that reads {kind} format {version}. Nothing was changed.",
                    kind=self.kind,
                    version=version,
                ),
                (f"format {version} is needed, this program reads up to {self.newest}",),
            )
        for passed in range(version, self.newest):
            document = {**self.steps[passed](document), "schema": passed + 1}
        return {**document, "schema": self.newest}


def _read_version(version: object) -> int:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise InputError(
            t("This record does not tell its format."),
            (Fault("schema", "not a whole number from 1"),),
            t("Nothing was written."),
        )
    return version


def _name_the_patient(visit: Document) -> Document:
    """A visit of format 1 was the only one of its patient, who was kept under the visit's id."""
    changed = {
        **visit,
        "kind": "consultation",
        "patient_id": visit.get("id", ""),
        "follows": None,
        "treatment": None,
        "review": None,
        "addendum": "",
        "fingerprint": "",
        "focus": "",
        "cursor": 0,
        "unread": {},
    }
    discussion, answers = changed.get("discussion"), changed.get("answers")
    skin = changed.get("skin")
    if isinstance(skin, Mapping):
        changed["skin"] = {"pictures": [], **skin}
    if isinstance(discussion, Mapping):
        changed["discussion"] = {"alternatives": [], **discussion}
    if isinstance(answers, Mapping):
        changed["answers"] = {
            item: {"reconfirmed": False, **answer} if isinstance(answer, Mapping) else answer
            for item, answer in answers.items()
        }
    return changed


def _know_the_person(patient: Document) -> Document:
    """A patient of format 1 had a name, a birth date as text and a record number."""
    unknown: dict[str, object] = {
        "sample": False,
        "entered_at": None,
        "sex": None,
        "needs": {"large_print": False, "interpreter": False, "language": ""},
    }
    return {**unknown, **patient, "date_of_birth": patient.get("date_of_birth") or None}


def _expect_nobody(visit: Document) -> Document:
    """A visit of format 2 did not say on which day its plan began, only which was asked for.

    Nor did it say which plan the patient signed for.
    """
    changed = {**visit, "expected_on": None}
    agreement = visit.get("agreement")
    if isinstance(agreement, Mapping):
        changed["agreement"] = {"signed_for": "", **agreement}
    return changed


def _plan_alone(visit: Document) -> Document:
    """A visit of format 3 named one practitioner: who signed it had planned it too."""
    return {**visit, "planned_by": {"name": "", "role": "", "registration": ""}}


def _decide_nothing(visit: Document) -> Document:
    """A visit of format 4 had no place for the prescriber's decision on antiviral tablets.

    Nor did it say to which depths the plan came that was signed for and locked.
    """
    changed = {**visit, "antiviral": None, "course": ""}
    agreement = visit.get("agreement")
    if isinstance(agreement, Mapping):
        changed["agreement"] = {"signed_course": "", **agreement}
    return changed


def _put_nothing_away(visit: Document) -> Document:
    """A visit of format 5 was unfinished or signed; none had been put away."""
    return {**visit, "put_away": ""}


def _know_no_needling(visit: Document) -> Document:
    """A visit of format 6 did not keep what the records knew of earlier needling.

    Nor did it keep how much cream was put on, why something was done beyond its limits, or what the
    date after a review is for. A medicine without a state was read by its last dose, and what was
    signed stays as it was read.
    """
    changed = {**visit, "needled": []}
    facts = visit.get("facts")
    asks = visit.get("kind") == "consultation" and visit.get("state") != "signed"
    if isinstance(facts, Mapping) and not asks:
        changed["facts"] = {**facts, "medications": _say_states(facts.get("medications"))}
    treatment = visit.get("treatment")
    if isinstance(treatment, Mapping):
        amount = {"numbing_grams": None, "numbing_area_cm2": None}
        changed["treatment"] = {**amount, "beyond_reason": "", **treatment}
    review = visit.get("review")
    if isinstance(review, Mapping):
        changed["review"] = {"next_visit": None, **review}
    return changed


_NO_PATCH = {"result": None, "done_on": None, "words": ""}


def _limit_nobody(visit: Document) -> Document:
    """A visit of format 7 was held to no maximum of the practitioner: none could be set.

    What was dismissed in it was not kept, and is told again. Nor was who the patient was when they
    signed. That a patient did not come to a treatment, and a test patch, had no place.
    """
    changed = {**visit, "operator_max_mm": None, "noted": []}
    agreement, treatment = visit.get("agreement"), visit.get("treatment")
    if isinstance(agreement, Mapping):
        changed["agreement"] = {"signed_name": "", "signed_born": "", **agreement}
    if isinstance(treatment, Mapping):
        changed["treatment"] = {"absent": False, "patch": dict(_NO_PATCH), **treatment}
    return changed


def _say_states(medicines: object) -> object:
    if not isinstance(medicines, list | tuple):
        return medicines
    return [_say_state(it) if isinstance(it, Mapping) else it for it in medicines]


def _say_state(medicine: Document) -> Document:
    by_dose = "stopped" if medicine.get("last_dose") else "current"
    return {**medicine, "status": medicine.get("status") or by_dose}


CONSULTATION = Format(
    kind="consultation",
    newest=consultation.SCHEMA,
    steps={
        1: _name_the_patient,
        2: _expect_nobody,
        3: _plan_alone,
        4: _decide_nothing,
        5: _put_nothing_away,
        6: _know_no_needling,
        7: _limit_nobody,
    },
)
PATIENT = Format(kind="patient", newest=patient_record.SCHEMA, steps={1: _know_the_person})
SETTING = Format(kind="setting", newest=1)
