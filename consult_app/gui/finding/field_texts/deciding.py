"""What F1 says of the fields of Plan, Expectations and Agree."""

from __future__ import annotations

from consult_app.gui.finding.field_texts.shared import CLOCK, TABLETS, WHOLE_DAY
from consult_app.wording import t

PLAN = {
    t("{area}: how marked"): t(
        "How marked it is in this area today, of this line alone. Arrow keys choose the next."
    ),
    t("Melasma here"): t(
        "Tick it where there is melasma in the area of this line. It counts for its depth and for "
        "the decision."
    ),
    t("Concern"): t("With Area it makes a line of the plan. Only what goes together is offered."),
    t("Area"): t("With Concern it makes a line of the plan. Only what goes together is offered."),
    t("From Goals and map"): t(
        "What Goals names or Skin shows and no line covers yet. Choosing it makes the line."
    ),
    t("My plans"): t(
        "Plans kept for use with other patients. Taking one fills in the plan, without the day of "
        "the first visit; keeping one keeps nothing of this patient."
    ),
    t("What sets the pace"): t(
        "The concern whose number of visits and weeks between them the plan goes by."
    ),
    t("Depth asked for"): t(
        "In mm, for the whole plan; each area still keeps to its own limits. Arrow keys change it "
        "by a step, and the button beside it goes back to the usual depth. Beyond the soft cap a "
        "reason has to be written; the hard cap cannot be passed."
    ),
    t("Reason to go deeper than the soft cap"): t(
        "Why, in your own words. It is kept with the record and counts for the depth it was "
        "written for."
    ),
    t("Pigment score"): t(
        "A house score, for advice alone. What is known already is filled in; the first line of "
        "each list takes an answer back."
    ),
    t("First visit"): t(
        "{written} All further visits and the days of the home preparation are counted from it.",
        written=WHOLE_DAY,
    ),
    t("Time"): t(
        "{clock} Left empty the usual hour is taken. The handout and the calendar entries say it.",
        clock=CLOCK,
    ),
    t("Visits"): t("How many treatments there are to be, a whole number."),
    t("Weeks between"): t("Whole weeks from one treatment to the next."),
    t("Device"): t("The kind of device. The plan keeps to what is known of that kind."),
    t("Deepest setting on its label"): t(
        "In mm, as the maker's label or manual of your device says. No depth of the plan goes "
        "beyond it."
    ),
    t("Numbing cream"): t(
        "What is put on before the needling; that there is to be none is said here too. Another "
        "cream empties the amounts beneath, as they belong to this one."
    ),
    t("Amount"): t(
        "How many grams of the cream are to be put on in all. It is held against the limits of "
        "that cream."
    ),
    f"{t('Area')} (cm²)": t(
        "How much skin the cream is to cover, in cm². It is held against the limits of that cream."
    ),
    t("Pack limit"): t(
        "The most that the pack of this cream allows, in grams: the program knows no limit of its "
        "own for it. The treatment record is held to it."
    ),
    t("Pack area"): t(
        "The largest area that the pack of this cream allows, in cm². The treatment record is held "
        "to it."
    ),
    t("Time on"): t("For how many minutes the cream is to stay on, as its pack says."),
    t("Goes on the needled skin"): t(
        "What is put on the needled skin during the treatment. Whatever stands against one of them "
        "is asked and said."
    ),
    t("Must not touch needled skin"): t(
        "What a patient may ask for and must not have. Ticking one records that it was asked for; "
        "the plan leaves it out and says why."
    ),
    t("Cold sore tablets: the prescriber's decision"): TABLETS,
    t("Other choices talked about"): t(
        "Tick each choice that was talked about; no treatment at all is one of them. The record "
        "keeps which they were."
    ),
    t("Treat today"): t(
        "Says that the first treatment is on the day of this visit. It is refused while something "
        "stops the treatment, and the refusal says what."
    ),
}
EXPECTATIONS = {
    t("What we agreed to expect"): t(
        "What both of you take as a good result, in plain words the patient can read."
    ),
    t("Questions the patient raised"): t(
        "What the patient asked, and what you answered, in a few words. It stays in the record."
    ),
    t("What the patient wants to avoid above all"): t(
        "The outcome the patient fears most, in plain words the patient can read."
    ),
    t("Discussed with the patient"): t(
        "Tick it when all of this page was talked through. The panel is done with it, once the "
        "harms were read."
    ),
}
AGREE = {
    t("The patient's words"): t(
        "Let the patient say it back, and write what they say, not what they should have said."
    ),
    t("Teach-back"): t(
        "{understood}: the patient said it back rightly. {again}: something was missing, so it was "
        "told again. {interpreter}: also noted for later visits; who goes ahead cannot sign until "
        "it was understood.",
        understood=t("Understood"),
        again=t("Explained again"),
        interpreter=t("Needs interpreter"),
    ),
    t("Decision"): t(
        "{go}, {think} and {no} are the patient's own decision; {unsuitable} is yours. Only who "
        "goes ahead signs.",
        go=t("Go ahead"),
        think=t("Think about it"),
        no=t("No"),
        unsuitable=t("Not suitable"),
    ),
    t("Ask what was decided on"): t(
        "The day on which a patient who thinks about it is asked, as agreed. Left empty, it is the "
        "day on which the plan begins. Once signed it stands in Follow-ups due."
    ),
    t("Photographs for the record"): t(
        "Whether photographs may be kept with the record. It is apart from the treatment itself. "
        "After No, those that are kept have to be taken out."
    ),
    t("Photographs for teaching"): t(
        "Whether photographs may be shown for teaching. It is apart from the treatment itself."
    ),
    t("Photographs for marketing"): t(
        "Whether photographs may be used for marketing. It starts as No and is apart from the "
        "treatment itself."
    ),
    t("Signed on paper"): t(
        "Tick it when the patient signs a printed form instead. It counts as a signature here, and "
        "the handout has lines for it."
    ),
}
