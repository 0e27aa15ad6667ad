"""One consultation, from the first question to the signed record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from consult_app.domain.history import Facts, Procedure
from consult_app.domain.people import Clinic, Locale, Needs, Patient, Practitioner
from consult_app.domain.plan import PlanRequest
from consult_app.domain.treatment import Review, Treatment
from consult_app.values import dataclass, field

SCHEMA = 8

Side = Literal["", "right", "left"]
Antiviral = Literal["yes", "no", "not_needed"]
Point = tuple[float, float]
Stroke = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a screening item was answered; an item without one was not asked.

    Attributes:
        state: What the patient said.
        bulk: Filled in for a whole group.
        reconfirmed: The patient said that the answer of the last visit still holds.
    """

    state: Literal["yes", "no", "unsure"]
    bulk: bool = False
    reconfirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernWish:
    """A concern the patient named, where, and how much it bothers them (0 to 10)."""

    concern: str
    areas: tuple[str, ...] = ()
    bother: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """What the patient wants, in their words."""

    own_words: str = field(default="", repr=False)
    concerns: tuple[ConcernWish, ...] = ()
    first: str | None = None
    event: str = field(default="", repr=False)
    event_date: date | None = None
    earlier_treatments: str = field(default="", repr=False)
    whose_wish: Literal["own", "shared", "other"] | None = None
    worth_it: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFinding:
    """What was seen in one area: concern, grade, side and note; a note can stand alone.

    The grade is 1 to 4, and 0 for a concern that is not graded; what is not there has no finding.
    """

    area: str
    side: Side = ""
    concern: str = ""
    grade: int = 0
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """A photograph kept with the record.

    Attributes:
        angle: From where it was taken, such as `front`.
        attachment: Its key in the store.
        added_at: When it was taken into the record, wall-clock time.
    """

    angle: str
    attachment: str = field(repr=False)
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SkinAssessment:
    """The skin as seen today.

    Attributes:
        phototype_seen: The practitioner's own view, 1 to 6.
        phototype_sheet: Points 0 to 4 for each question of the ten-question sheet.
        monk_tone: Monk Skin Tone 1 to 10.
        skin_type: dry, oily, combination or normal.
        sensitive: Stings or reddens with most products.
        fragile: The practitioner marks the skin as thin.
        findings: The map.
        scores: Answers of the instruments used, by instrument id; points chosen or numbers counted
            by question id.
        photos: What is ticked of angles taken and of conditions met.
        pictures: The photographs themselves, as far as they are kept here; one for each
            angle, and any number of close-ups.
    """

    phototype_seen: int | None = None
    phototype_sheet: Mapping[str, int] = field(default_factory=dict)
    monk_tone: int | None = None
    skin_type: Literal["dry", "oily", "combination", "normal"] | None = None
    sensitive: bool | None = None
    fragile: bool = False
    findings: tuple[MapFinding, ...] = ()
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    pictures: tuple[Photograph, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A finding or soft cap set aside, with its written reason and what it was written for."""

    id: str
    reason: str = field(repr=False)
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """What was talked about on *Plan* and *Expectations*.

    Attributes:
        alternatives: Ids of the other choices that were talked about, none among them.
        discussed: The practitioner says that everything was.
        risks_shown: The harms were on the screen.
        agreed_range: What both expect.
        questions: What the patient asked.
        must_avoid: What the patient wants to avoid above all.
    """

    alternatives: tuple[str, ...] = ()

    discussed: bool = False
    risks_shown: bool = False
    agreed_range: str = field(default="", repr=False)
    questions: str = field(default="", repr=False)
    must_avoid: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachBack:
    """The patient's own words to the three prompts; keys are prompt ids."""

    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    outcome: Literal["understood", "explained_again", "needs_interpreter"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The decision and the consents.

    Attributes:
        decision: What the patient decided.
        treat_today: Whether the treatment is meant for today.
        teach_back: What the patient said back.
        wording_version: Version of the consent text shown.
        photos_record: Consent to photographs for the record.
        photos_teaching: Consent to teaching.
        photos_marketing: Consent to marketing; starts as no.
        signature: Strokes as points in 0..1 of the pad.
        signed_on_paper: Signed on the printed sheet instead.
        signed_at: When.
        signed_for: Digest of the plan it was signed for; empty when nobody signed, or not known.
        signed_course: Digest of what that plan came to and what was found; empty likewise.
        signed_name, signed_born: Digests of name and birth date it was signed with; empty likewise.
    """

    decision: Literal["go_ahead", "think", "no", "not_suitable"] | None = None
    treat_today: bool = False
    teach_back: TeachBack = TeachBack()
    wording_version: str = ""
    photos_record: bool | None = None
    photos_teaching: bool | None = None
    photos_marketing: bool = False
    signature: tuple[Stroke, ...] = field(default=(), repr=False)
    signed_on_paper: bool = False
    signed_at: datetime | None = None
    signed_for: str = ""
    signed_course: str = ""
    signed_name: str = ""
    signed_born: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutKept:
    """The PDF handed over: its key in the store, SHA-256, pages and when."""

    attachment: str
    sha256: str
    pages: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One visit. Values are frozen; a change is the next value.

    Attributes:
        id: Unique, says nothing about the patient.
        schema: Version of the record format.
        kind: What kind of visit it is; `consultation` for a first or return visit.
        patient_id: The patient's own record, to which every visit of theirs belongs.
        follows: Id of the visit this one follows; None for a first visit.
        state: Draft until signed and locked, or put away as it is.
        put_away: Why it was put away; empty while it was not, or was taken up again.
        visit_date: Day of the visit, which may differ from the day of entry.
        started_at: When it was begun.
        panel: The panel last shown, so that work resumes there.
        focus: The field of that panel that last had the keyboard; empty for its first.
        cursor: Where the cursor stood in its text.
        unread: What stands in fields of a draft but is no value yet, such as half a date, by panel
            and field.
        noted: Warnings that a person dismissed in this visit, in their words.
        practitioner: Who is there and signs.
        planned_by: Who planned it, where that was another: of a case file, or before hands changed.
        operator_max_mm: How deep the practitioner is trained and insured to needle, of a treatment
            no more than who planned it; None where nothing is set.
        identity_reason: Why name or birth date is missing, when it is.
        allergy_state: Known allergies, none known, or not asked.
        answers: Answers by screening item; an item without one was not asked.
        body_image: Points by question of the body-image screen; one without any was not asked.
        facts: Dates, codes and details behind the answers.
        needled: What the records know was needled here before; counts whatever is answered.
        antiviral: What the prescriber decided about antiviral tablets; None as long as nothing is
            recorded. It matters where somebody has cold sores and a face area is planned.
        course: The same digest of when the visit was locked; empty where none was, or not known.
        content_id, content_version: The content that judged it, or by which its harms were shown.
        findings: Ids and severities as shown at signing.
        expected_on: Day on which the patient is to come next by the plan as it was signed: for the
            test patch or else the first session, or for what follows a treatment or a review; of
            who thinks about it a day agreed to ask them, if any, already of a draft; else None.
        treatment: What was done, for a treatment.
        review: How the result is seen, for a review.
        addendum: What is added to the signed record that it follows, for an addendum.
        fingerprint: SHA-256 of everything else in the record as it was signed.
    """

    id: str
    schema: int = SCHEMA
    kind: Literal["consultation", "treatment", "review", "addendum"] = "consultation"
    patient_id: str
    follows: str | None = None
    state: Literal["draft", "put_away", "signed"] = "draft"
    put_away: Literal["", "wrong_patient", "mistake", "absent", "not_held", "overtaken", "copy"] = (
        ""
    )
    sample: bool = False
    visit_date: date
    started_at: datetime
    panel: str = "goals"
    focus: str = field(default="", repr=False)
    cursor: int = 0
    unread: Mapping[str, str] = field(default_factory=dict, repr=False)
    noted: tuple[str, ...] = field(default=(), repr=False)
    locale: Locale = Locale()
    clinic: Clinic = Clinic()
    practitioner: Practitioner = Practitioner()
    planned_by: Practitioner = Practitioner()
    operator_max_mm: float | None = None
    patient: Patient = field(default=Patient(), repr=False)
    needs: Needs = Needs()
    identity_reason: str = field(default="", repr=False)
    allergy_state: Literal["known", "none_known"] | None = None
    allergies: str = field(default="", repr=False)
    goals: Goals = Goals()
    skin: SkinAssessment = SkinAssessment()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    body_image: Mapping[str, int] = field(default_factory=dict, repr=False)
    facts: Facts = Facts()
    needled: tuple[Procedure, ...] = ()
    plan: PlanRequest = PlanRequest()
    plan_accepted: bool = False
    antiviral: Antiviral | None = None
    overrides: tuple[Override, ...] = ()
    discussion: Discussion = Discussion()
    agreement: Agreement = Agreement()
    handout: HandoutKept | None = None
    content_id: str = ""
    content_version: str = ""
    findings: Mapping[str, str] = field(default_factory=dict)
    expected_on: date | None = None
    course: str = ""
    treatment: Treatment | None = None
    review: Review | None = None
    addendum: str = field(default="", repr=False)
    fingerprint: str = ""
    signed_at: datetime | None = None
