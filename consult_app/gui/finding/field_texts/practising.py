"""What F1 says of the field of the start page and of the fields of the settings."""

from __future__ import annotations

from consult_app.wording import t

LIMIT = t(
    "A number of the clinic in place of the one that stands beside it. What is judged from then on "
    "goes by it; each change is logged with who made it."
)
START = {
    t("Patient"): t(
        "Type a part of a name, a birth date, a record number or a lot; what is found stands "
        "beneath. Name and birth date in one line, such as Amara Okafor 30 April 1992, are enough "
        "to begin."
    ),
}
"""By the name of a field of the start page."""
SETTINGS = {
    t("Settings page"): t(
        "Which part of the settings is shown. What was typed in the others stays."
    ),
    t("Clinic's name"): t("It stands at the head of every handout, and above the patient view."),
    t("Phone"): t(
        "Printed at the head of the handout and as the number to call. Without it no handout is "
        "made."
    ),
    t("Out of hours"): t(
        "The number to call when the clinic is closed, printed beneath the other one. As long as "
        "it is empty, the handout says where else to go."
    ),
    t("Address"): t("Printed at the head of the handout."),
    t("Country"): t(
        "Whose rules hold, which emergency number the handout names and how dates in figures are "
        "read. Choosing one sets the language and the paper too."
    ),
    t("Language of the handout"): t(
        "What visits begun from now on print in. The patient's details may name another language."
    ),
    t("Paper"): t("The size of paper that the handout is laid out for."),
    t("At this computer now"): t(
        "Who works here now. Visits begun from now on name this practitioner."
    ),
    t("Practitioner's name"): t(
        "Named on the handout and in the record. No visit can be locked without it."
    ),
    t("Role"): t("Such as aesthetic nurse. The handout names it after the name."),
    t("Registration"): t(
        "The number under which the practitioner is registered. The handout names it after the "
        "role."
    ),
    t("Trained and insured to"): t(
        "How deep, in mm, this practitioner is trained and insured to needle."
    ),
    t("Supervisor"): t(
        "Who may let a treatment go ahead that the decision box is against. It takes a written "
        "reason, which is kept with the record."
    ),
    t("Which"): t(
        "The device that is used here. Of those named here the program knows what the label covers."
    ),
    t("Deepest setting on its label"): t(
        "How deep, in mm, the device goes by its own label. No plan goes deeper with it."
    ),
    t("Serial number"): t("As printed on the device. A treatment record begins with it."),
    t("Kind of device"): t("How the device works. A plan begins with it."),
    t("Look"): t(
        "Whether the window is light or dark. The patient view and the handout are light whichever "
        "is chosen."
    ),
    t("Text size"): t("How large the words of this window are. Handouts have a size of their own."),
    t("Lock when nothing is done for"): t(
        "After so many minutes without a key, a mouse or a touch the window locks. What was typed "
        "stays."
    ),
    t("In patient view"): t("The same while the patient reads, who may touch nothing for a while."),
    t("How long the visit takes"): t(
        "Whether the time since the visit was opened stands at the foot of the window."
    ),
    t("Depth"): LIMIT,
    t("Waits"): LIMIT,
    t("Before and after care"): LIMIT,
    t("Course and visit"): LIMIT,
    t("Changed by"): t("Who answers for the numbers that are changed. The log names them."),
    t("Reason for the change"): t("Why the clinic goes by another number. The log keeps it."),
    t("The clinic's own page"): t(
        "An address in the web that patients are to read, such as the clinic's aftercare. Empty: "
        "none is printed."
    ),
    t("Colour of the handout"): t(
        "The colour of headings and frames. What is red or green on the handout stays so."
    ),
    t("Another colour"): t("A colour in figures, as a designer or a web page names it."),
    t("Make the handout in black and white"): t(
        "For a printer without colour. All that is said in colour is said in words or shapes as "
        "well."
    ),
    t("What the logo shows, for those who hear the handout"): t(
        "A few words that are read aloud in place of the logo."
    ),
}
"""By the name of a field of the settings, or of what is around several."""
