"""What F1 says of fields that stand in several panels."""

from __future__ import annotations

from consult_app.knowledge.visits.details import (
    DATES,
    DENIED,
    FACT_FLAGS,
    FLAGS,
    NUMBERS,
    STATE,
    WHERE,
)
from consult_app.wording import t

WHOLE_DAY = t("A whole day: day, month and year.")
CLOCK = t("A time of day, such as 9:10.")
TABLETS = t(
    "What the prescriber decided about tablets against cold sores. The program decides nothing "
    "here and prints no dose."
)
INFORMATION = t(
    "{written} It is the day on which the patient got the written information.", written=WHOLE_DAY
)
PAST_DAY = t(
    "As exactly as the patient knows: a day, a month with its year, or a year alone. Where a wait "
    "counts from it, a month or a year alone counts as its last day."
)
NOTED = t("Tick it where it is so.")
SO_OR_NOT = t("Choose the one that is so. As long as nothing is chosen it is not known.")
DETAILS = {
    STATE: t("How it stands today. The decision can differ with it."),
    WHERE: t(
        "The areas it is about. A list opens, in which any number are ticked. Where it matters "
        "whether the plan treats there, an empty list counts as not known."
    ),
    **dict.fromkeys(DATES.values(), PAST_DAY),
    NUMBERS["iga"][0]: t(
        "A whole number from {lowest} to {highest}, from Skin or by your own view.",
        lowest=NUMBERS["iga"][2],
        highest=NUMBERS["iga"][3],
    ),
    NUMBERS["hba1c_pct"][0]: t("The last result, in per cent."),
    NUMBERS["mg_per_day"][0]: t("How much is taken on one day in all, in milligrams."),
    NUMBERS["days"][0]: t("For how many days it has been taken, or was taken, in all."),
    NUMBERS["depth_mm"][0]: t("How deep it was needled then, in mm, as far as it is known."),
    **dict.fromkeys(FLAGS.values(), NOTED),
    **dict.fromkeys(FACT_FLAGS.values(), NOTED),
    **dict.fromkeys((asked for _, asked in DENIED.values()), SO_OR_NOT),
    t("Pregnancy"): t("Which of these it is. Each of them can change the decision."),
    t("{label}: which"): t(
        "Tick all that apply. Each one asks beneath for what the decision needs of it."
    ),
}
"""What is asked of an answer that is Yes: which, how it stands, when and where."""
