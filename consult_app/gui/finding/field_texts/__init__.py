"""What F1 says of each field: one table, by the panel or other place and the name it shows.

A name with a hole, such as "{area}: how marked", stands for every name of that form. What several
fields share, such as the places of the map or what a part holds that opens, stands under the name
of what is around them. Each text says what is meant, how it is written, and what follows from it
in the program; no number of the content stands here.
"""

from __future__ import annotations

from collections.abc import Mapping

from consult_app.gui.finding.field_texts.assessing import GOALS, SAFETY, SKIN
from consult_app.gui.finding.field_texts.deciding import AGREE, EXPECTATIONS, PLAN
from consult_app.gui.finding.field_texts.following import ADDENDUM, AFTER, RECHECK, REVIEW, TREATED
from consult_app.gui.finding.field_texts.keeping import DETAILS, ERASE, IMPORT, RECORDS, RESTORE
from consult_app.gui.finding.field_texts.practising import SETTINGS, START

TEXTS: Mapping[str, Mapping[str, str]] = {
    "goals": GOALS,
    "skin": SKIN,
    "safety": SAFETY,
    "plan": PLAN,
    "expectations": EXPECTATIONS,
    "agree": AGREE,
    "recheck": RECHECK,
    "treated": TREATED,
    "after": AFTER,
    "review": REVIEW,
    "addendum": ADDENDUM,
    "start": START,
    "settings": SETTINGS,
    "details": DETAILS,
    "records": RECORDS,
    "restore": RESTORE,
    "import": IMPORT,
    "erase": ERASE,
}
"""By the step of a panel or the name of another place, then by the name of a field there."""
