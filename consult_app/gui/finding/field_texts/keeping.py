"""What F1 says of the fields of the patient's details and of the sheets about the records."""

from __future__ import annotations

from consult_app.gui.finding.field_texts.shared import WHOLE_DAY
from consult_app.wording import t

DETAILS = {
    t("Name"): t(
        "As the patient writes it. It stands in the banner, on every page of the handout and in "
        "the record."
    ),
    t("Date of birth"): t(
        "{written} Rules about age go by it, and it tells apart who has the same name.",
        written=WHOLE_DAY,
    ),
    t("Record number"): t(
        "The clinic's own number of this patient. The search finds it, and the handout names it "
        "where there is room."
    ),
    t("Sex"): t("As the clinic records it. No rule depends on it alone."),
    t("Date of visit"): t(
        "The day on which the patient is here. What was answered for one day only is asked again "
        "where the visit is dated on another."
    ),
    t("Reason when name or birth date is missing"): t(
        "Why it cannot be had. With a reason the record can be locked all the same; without a date "
        "of birth treating stays refused."
    ),
    t("Large print"): t(
        "Whether this patient's handouts are printed in large print. It stands in the banner and "
        "is kept for later visits."
    ),
    t("Interpreter"): t(
        "Whether an interpreter has to be there. It stands in the banner and is kept for later "
        "visits; relatives do not interpret."
    ),
    t("Preferred language"): t(
        "What the patient calls their language. It stands in the banner, and Finish says where the "
        "handout is in another one."
    ),
    t("Language of the handout"): t(
        "What the handout of this visit is printed in, of the languages there are."
    ),
}
"""By the name of a field of the patient's details."""
RECORDS = {
    t("Years after the last entry"): t(
        "How long this clinic has to keep records; 0 where nothing has to be kept. Until it is set "
        "no patient can be erased."
    ),
    t("Passphrase or recovery code of today"): t(
        "What opens the records now. It is asked for anew before anything here is changed."
    ),
    t("New passphrase"): t(
        "What is to open the records from then on. Whoever forgets it and has lost the recovery "
        "code loses the records."
    ),
    t("The new one again"): t("The same once more, so that no slip of the fingers counts."),
}
"""By the name of a field of *Records and backup*."""
RESTORE = {
    t("Passphrase or recovery code"): t(
        "What opened the records when the backup was made, or opens them now. It is tried before "
        "anything is closed."
    ),
    t("Take what can be read where a part is damaged"): t(
        "For a backup that is not whole. What is damaged in it is named afterwards."
    ),
}
"""By the name of a field of *Restore a backup*."""
IMPORT = {
    t("Passphrase or recovery code"): t(
        "What opens the records on this computer. A backup of them is made before anything comes "
        "in."
    ),
}
"""By the name of a field of *Import records*."""
ERASE = {
    t("Patient"): t(
        "Type a part of a name, a birth date or a record number. Who matches stands beneath; where "
        "that is one alone, Enter chooses them."
    ),
    t("What goes"): t(
        "Whether the visits go too, or stay without a name for the clinic's own figures."
    ),
    t("Why"): t("The reason for erasing. It stays when all else is gone."),
    t("Type the patient's name to confirm"): t(
        "The name as it stands above, so that nobody else is erased by a slip."
    ),
    t("Type {word} to confirm"): t(
        "The word as it stands here, because no name was given. Nobody is erased by a slip."
    ),
    t("Passphrase or recovery code"): t(
        "What opens the records. It is asked for because no restore brings back who was erased."
    ),
}
"""By the name of a field of *Erase a patient*."""
