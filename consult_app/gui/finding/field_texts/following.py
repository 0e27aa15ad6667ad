"""What F1 says of the fields of a treatment record, a review visit and an addendum."""

from __future__ import annotations

from consult_app.gui.finding.field_texts.shared import (
    CLOCK,
    DETAILS,
    INFORMATION,
    TABLETS,
    WHOLE_DAY,
)
from consult_app.wording import t

NEXT_DATE = t(
    "{written} The follow-ups due on the start page go by it. A day before this visit is pointed "
    "out.",
    written=WHOLE_DAY,
)
WHAT_FOR = t("What the patient comes for on the next date. The start page names it beside the day.")
LOT = t(
    "As printed on the pack. Typing a lot into the search of the start page lists every treatment "
    "in which it was used."
)
EXPIRY = t(
    "The date printed on the pack; a month counts to its last day. What was past its date on the "
    "day of the treatment needs a reason before the record can be locked."
)
PHOTOGRAPHS = t(
    "Optional. They are kept with the record; taken from the same angles they can be compared with "
    "those of the last visit."
)
GAIS = t(
    "Against the photo from before the treatment; 1 is the best. Patient and practitioner grade "
    "each for themselves, the patient first."
)
RECHECK = {
    t("Test patch"): t(
        "What the test patch before the first treatment showed. Nothing unusual answers the plan "
        "once enough days lie between it and this day; a reaction is decided in the decision box."
    ),
    t("Done on"): t("{written} The day on which the test patch was done.", written=WHOLE_DAY),
    t("What was seen"): t("What the skin showed there when it was looked at, in a few words."),
    t("Asked again today"): t(
        "Asked on the day of each treatment, of all medicines, tablets and creams together. Yes "
        "says how to find what is new; it needs a return visit before the treatment."
    ),
    t("Cold sore tablets: the prescriber's decision"): TABLETS,
    t("Written information given on"): INFORMATION,
    t("Allowed by {supervisor}, because"): t(
        "The reason of the supervisor whom the practice named, for treating although the decision "
        "box says otherwise. It counts for what stands there now, and not for what comes later."
    ),
    t("Photographs"): PHOTOGRAPHS,
    **DETAILS,
}
TREATED = {
    t("Depth"): t(
        "How deep it was needled in truth, in mm; 0 says that this area was left out. Whatever is "
        "typed confirms the line. Beyond its limit a reason is asked for beneath."
    ),
    t("Passes"): t(
        "How often the needles went over this area, a whole number. Typing it confirms the line."
    ),
    t("End point"): t(
        "What the skin showed when you stopped here; once chosen, the whole words stand beneath. "
        "Choosing it confirms the line."
    ),
    t("Device"): t("The device that was used, by its name. The one of the plan is filled in."),
    t("Serial number"): t(
        "As it stands on the device. The one from Settings is filled in where it is the same kind "
        "of device."
    ),
    t("Needles"): t("How many needles the cartridge has, a whole number, as on its pack."),
    t("Cartridge"): t("The cartridge that was used, by the name on its pack."),
    t("Numbing cream"): t("The cream that was put on, by the name on its pack."),
    t("Product {n}"): t("What else touched the needled skin, by the name on its pack."),
    t("Lot"): LOT,
    t("Use before"): EXPIRY,
    t("Reason for using what is past its date"): t(
        "Why it was used nonetheless, in your own words. It counts for what is past its date now."
    ),
    t("On at"): t("{clock} It is when the cream was put on.", clock=CLOCK),
    t("Off at"): t(
        "{clock} It is when the cream was taken off; past midnight, the time of the next day. The "
        "time it was on is held against its limit.",
        clock=CLOCK,
    ),
    t("Amount"): t("How many grams of the cream were put on in all. Too much is said beneath."),
    t("Area covered"): t("How much skin the cream covered, in cm². Too much is said beneath."),
    t("Reason for going beyond the limits"): t(
        "Why, in your own words, for all that is beyond its limits above."
    ),
}
AFTER = {
    t("Treated"): t(
        "Whether the patient was needled today. Where not, or where the patient did not come, the "
        "patient's page says so of this record. Of who did not come Follow-ups due says it too, "
        "and what they were expected for stays there."
    ),
    t("Pain"): t(
        "How much it hurt, as the patient says, a whole number: 0 is none, 10 the worst there is."
    ),
    t("Immediate reaction"): t("What the skin showed right afterwards, in a few words."),
    t("Adverse event"): t(
        "Anything that went wrong or was not expected. What is described is shown at later visits."
    ),
    t("What happened, and what was done"): t(
        "In a few words: what, when, and what was done about it. Later visits show it."
    ),
    t("Next date"): NEXT_DATE,
    t("What for"): WHAT_FOR,
}
REVIEW = {
    t("What changed, and only that"): t(
        "What is different since the last visit. What is the same need not be written again."
    ),
    t("By the patient"): GAIS,
    t("By the practitioner"): GAIS,
    t("Bother: {label}"): t(
        "How much it bothers the patient now, a whole number: 0 is not at all, 10 as much as can "
        "be. Beneath stands what was said before."
    ),
    t("Side effects since then"): t(
        "What became of side effects. One that is still there or new is shown at later visits."
    ),
    t("Which, and what was done"): t("In a few words: which side effect, and what was done."),
    t("The treatment from here on"): t(
        "Continue by the plan, change it, or stop. The record is locked only once it is said."
    ),
    t("Photographs"): PHOTOGRAPHS,
    t("Next date"): NEXT_DATE,
    t("What for"): WHAT_FOR,
}
ADDENDUM = {
    t("What is added or corrected, and why"): t(
        "What is to be known beside the signed record, and why. The record itself stays as it was "
        "signed; both are shown together."
    ),
}
