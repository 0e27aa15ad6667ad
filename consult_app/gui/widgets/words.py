# ruff: noqa: RUF001 - the curly apostrophe is meant
"""The few words that controls say by themselves, in English unless others are passed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from consult_app.domain.partial_date import PartialDate
from consult_app.wording import t

_MONTHS = (
    t("January"),
    t("February"),
    t("March"),
    t("April"),
    t("May"),
    t("June"),
    t("July"),
    t("August"),
    t("September"),
    t("October"),
    t("November"),
    t("December"),
)

_STATES = MappingProxyType(
    {
        "not_checked": t("Not checked yet"),
        "checking": t("Checking"),
        "clear": t("No contraindication found in the answers given"),
        "precaution": t("Precautions"),
        "relative": t("Decision or clearance needed"),
        "defer": t("Not yet"),
        "absolute": t("Do not treat"),
        "change_plan": t("Change the plan"),
        "could_not_check": t("Could not be checked"),
    }
)

_AREAS = MappingProxyType(
    {
        "forehead": t("Forehead"),
        "glabella": t("Between the brows"),
        "temples": t("Temple"),
        "crows_feet": t("Crow’s feet"),
        "under_eye_rim": t("Under-eye rim"),
        "nose": t("Nose"),
        "cheeks": t("Cheek"),
        "upper_lip": t("Upper lip"),
        "chin": t("Chin"),
        "jawline": t("Jawline"),
        "neck": t("Neck"),
        "scalp": t("Scalp"),
        "ears": t("Ear"),
        "chest": t("Chest"),
        "collarbone": t("Collarbone"),
        "shoulders": t("Shoulder"),
        "upper_arms": t("Upper arm"),
        "elbows": t("Elbow"),
        "forearms": t("Forearm"),
        "hands": t("Hand"),
        "breasts": t("Breast"),
        "abdomen": t("Abdomen"),
        "flanks": t("Flank"),
        "back": t("Back", "of the body"),
        "upper_back": t("Upper back"),
        "lower_back": t("Lower back"),
        "buttocks": t("Buttock"),
        "thighs": t("Thigh"),
        "knees": t("Knee"),
        "shins": t("Shin"),
        "calves": t("Calf"),
        "feet": t("Foot"),
        "face": t("Face"),
        "periorbital": t("Around the eye"),
        "perioral": t("Around the mouth"),
        "chin_jaw": t("Chin and jaw"),
        "limb_soft": t("Scar on forearm or calf"),
        "limb_bony": t("Scar on elbow, shin, knee, collarbone or foot"),
        "eyelid": t("Eyelid"),
        "orbital_inner": t("Inside the bony eye rim"),
        "lip_vermilion": t("Red of the lip"),
        "oral_mucosa": t("Lining of the mouth"),
        "nasal_mucosa": t("Lining of the nose"),
        "genital_mucosa": t("Genital lining"),
        "areola": t("Areola"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What controls say by themselves; pass another one for another language.

    Templates in braces are filled by `str.format`.
    """

    no: str = t("No")
    yes: str = t("Yes")
    unsure: str = t("Unsure")
    not_asked: str = t("Not asked")
    back_to_not_asked: str = t("Back to not asked")
    same_as_last: str = t("Same as last visit")
    answer_keys: str = t(
        "Keys {answer_no}, {answer_yes} and {answer_unsure} answer; "
        "{answer_back} takes the answer back"
    )
    stop_question: str = t("This answer can stop the treatment")
    severities: tuple[str, ...] = (t("None"), t("Mild"), t("Moderate"), t("Marked"), t("Severe"))
    ungraded: str = t("Not graded")
    severity_of_four: str = t("{word}, {grade} of 4")
    severity_key: str = t("Severity key: {steps}")
    no_findings: str = t("no findings")
    map: str = t("Face and body map")
    map_hint: str = t("Choose a region to record findings. {keys}")
    grade_keys: str = t(
        "{grade_none}, {grade_mild}, {grade_moderate}, {grade_marked} and {grade_severe} grade it"
    )
    way_keys: str = t("{area_up}, {area_down}, {area_left} and {area_right} go on")
    figures: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {"face": t("Face"), "front": t("Front"), "back": t("Back", "of the body")}
        )
    )
    in_plan: str = t("In the plan")
    in_case: str = t("Named in the case file")
    last_time: str = t("Seen last visit")
    elsewhere: str = t("Elsewhere: {places}")
    elsewhere_planned: str = t("{mark}, elsewhere: {places}")
    elsewhere_before: str = t("Elsewhere at the last visit: {places}")
    map_part: str = t("Part of the body")
    patients_right: str = t("Patient’s right")
    patients_left: str = t("Patient’s left")
    right_side: str = t("Right {area}")
    left_side: str = t("Left {area}")
    areas: Mapping[str, str] = field(default_factory=lambda: _AREAS)
    states: Mapping[str, str] = field(default_factory=lambda: _STATES)
    safety_status: str = t("Safety status: {title}. {lines}")
    months: tuple[str, ...] = _MONTHS
    date_full: str = t("{day} {month} {year}")
    date_month: str = t("{month} {year}, day not known")
    date_year: str = t("{year}, month not known")
    date_fault: str = t("Write a date such as 20/3/2026, 2026-03 or 2026")
    day_fault: str = t("Write day, month and year, such as 20/3/2026")
    near_fault: str = t("{fault}, or today, yesterday or tomorrow")
    date_hint: str = t("Day first, or only the month or the year")
    month_first_fault: str = t("Write a date such as 3/20/2026, 2026-03 or 2026")
    month_first_day_fault: str = t("Write month, day and year, such as 3/20/2026")
    month_first_hint: str = t("Month first, or only the month or the year")
    number_fault: str = t("Write a number")
    number_range: str = t("Between {low} and {high}")
    depth_value: str = t("{value} mm")
    depth_soft: str = t("above the guide for this area, {cap} mm")
    depth_hard: str = t("hard limit {cap} mm")
    signature: str = t("Signature")
    sign_here: str = t("Sign here with mouse, pen or finger")
    sign_later: str = t("Cannot be signed now")
    signed_strokes: str = t("Signed; strokes: {count}")
    clear: str = t("Clear")
    dismiss: str = t("Dismiss")
    step: str = t("Step {number} of {count}, {name}, {state}")
    step_states: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "empty": t("nothing entered"),
                "half": t("partly done"),
                "done": "done",
                "stop": t("active stop"),
            }
        )
    )
    current: str = "current"

    def severity(self, grade: int) -> str:
        """Return a grade of 0 to 4 in words and as a number."""
        return self.severity_of_four.format(word=self.severities[grade], grade=grade)

    def marked(self, grade: int) -> str:
        """Return a grade of 1 to 4 in a word; 0 is not graded."""
        return self.severities[grade] if grade else self.ungraded

    def area(self, area: str, side: str = "") -> str:
        """Return the name of an area, with its side when it has one; an unknown code as it is."""
        name = self.areas.get(area, area)
        if not side:
            return name
        template = self.right_side if side == "right" else self.left_side
        return template.format(area=name[:1].lower() + name[1:])

    def tell(self, findings: Sequence[tuple[str, int]]) -> str:
        """Return concerns with their grades in words, such as "acne scars, moderate"."""
        return "; ".join(
            f"{concern[:1].lower()}{concern[1:]}, {self.marked(grade).lower()}"
            for concern, grade in findings
        )

    def date(self, day: PartialDate) -> str:
        """Return a date that nobody can misread, and say what of it is not known."""
        if day.month is None:
            return self.date_year.format(year=day.year)
        month = self.months[day.month - 1]
        if day.day is None:
            return self.date_month.format(month=month, year=day.year)
        return self.date_full.format(day=day.day, month=month, year=day.year)


ENGLISH = Words()
