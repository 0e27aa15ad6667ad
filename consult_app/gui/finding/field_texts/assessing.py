"""What F1 says of the fields of Goals, Skin and Safety."""

from __future__ import annotations

from consult_app.gui.finding.field_texts.shared import DETAILS, INFORMATION, WHOLE_DAY
from consult_app.gui.widgets.words import ENGLISH
from consult_app.wording import t

GOALS = {
    t("In the patient's own words"): t(
        "What the patient says bothers them, as they say it. The next visit shows it again."
    ),
    t("Concerns"): t(
        "What is to be better. Each one that is chosen asks beneath where it is and how much it "
        "bothers; the map offers it first, and the plan can take it over."
    ),
    t("Where"): t("The areas this concern is about. A list opens, in which any number are ticked."),
    t("Bother"): t(
        "How much it bothers the patient, a whole number: 0 is not at all, 10 as much as can be. A "
        "review visit asks for it again and shows this number beside it."
    ),
    t("What matters first"): t(
        "Which of the chosen concerns matters most. Skin offers the scale for it."
    ),
    t("Event or deadline"): t(
        "What the skin has to have recovered by, in a few words. Its date stands beside it."
    ),
    t("Its date"): t(
        "{written} A warning comes where the event falls into the recovery after a planned visit.",
        written=WHOLE_DAY,
    ),
    t("Earlier treatments, and how they went"): t(
        "In a few words, what was tried before, and what came of it. It is a note: what can stop "
        "a treatment is asked on Safety."
    ),
    t("What would make it worth it?"): t(
        "What would have to be different in the end, in the patient's words, so that what can be "
        "expected is measured by it."
    ),
    t("Whose wish is it?"): t(
        "Who wants the treatment. Where it is somebody else's a warning stands beneath; it blocks "
        "nothing."
    ),
}
SKIN = {
    t("Face and body map"): t(
        "How marked a finding is here: 1 {mild}, 2 {moderate}, 3 {marked}, 4 {severe}; 0 takes it "
        "away. Space or Enter chooses the area. Its card has a grade for each finding, a note, and "
        "a button that copies all of it to the other side.",
        mild=ENGLISH.severities[1].lower(),
        moderate=ENGLISH.severities[2].lower(),
        marked=ENGLISH.severities[3].lower(),
        severe=ENGLISH.severities[4].lower(),
    ),
    t("Part of the body"): t("Which drawing is shown. What is recorded on the others stays."),
    t("Skin type"): t(
        "How the skin takes the sun, by your own view: the description that fits best, from I to "
        "VI. Together with the ten questions and the tone it gives the type that counts for "
        "pigment risk; depth and waits go by that."
    ),
    t("Ten questions and skin tone"): t(
        "Optional. The program adds up the ten answers, and beneath stands which type counts and "
        "how that came about. The first line of each list takes the answer back."
    ),
    t("Area"): t(
        "The area chosen on the map. Each finding is graded from 1 {mild} to 4 {severe}, with the "
        "slider, by arrow keys, or by the keys that grade on the map.",
        mild=ENGLISH.severities[1].lower(),
        severe=ENGLISH.severities[4].lower(),
    ),
    t("Findings in this area"): t(
        "What is seen in this area. Each finding gets a grade beneath; the plan can take over what "
        "the map shows."
    ),
    t("Note on this area"): t(
        "In a few words, what grade and name do not say. It stays with the record of this area."
    ),
    t("Scales"): t(
        "A published scale, worked out by the program from the answers; beneath stands how. The "
        "same scale at a later visit shows the change."
    ),
    t("An hour after washing, with nothing put on"): t(
        "How the skin feels then; the words beneath say what each type means."
    ),
    t("Does it sting or redden with most products?"): t(
        "Asked of the patient. The next visit shows the answer."
    ),
    t("Do spots or bites leave dark marks for months?"): t(
        "The same as the question about dark marks on Safety: what is answered here counts there."
    ),
    t("Thin or fragile"): t(
        "Tick it where you see thin skin. The plan then lowers deeper limits, and says so beside "
        "the depth."
    ),
    t("Photographs"): t(
        "Optional. What is ticked says which views were taken and what was the same, so that later "
        "photographs compare. Whether they may be kept is asked on Agree."
    ),
}
SAFETY = {
    t("Group of questions"): t(
        "Which questions are shown. Any group can be opened at any time; answers stay."
    ),
    t("Allergies"): t(
        "Whether the patient has any allergy. The banner shows it at every visit, and without it "
        "no consultation can be locked."
    ),
    t("Allergies, as they stand in the banner"): t(
        "Each allergy in a word, with commas between. What the content knows counts for the "
        "decision; the rest stands in the banner for you to judge."
    ),
    t("Body-image questions"): t(
        "Asked of the patient, in the program's own words; further questions come only where an "
        "answer gives reason. What it means stands beneath."
    ),
    t("Written information given on"): INFORMATION,
    **DETAILS,
}
