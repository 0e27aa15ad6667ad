"""What the patient said and what was agreed, in the words they were said in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from consult_app.values import dataclass, field

if TYPE_CHECKING:  # a command makes a sheet without a consultation
    from consult_app.domain.consultation import Consultation

TALKED_ABOUT = ("agreed_range", "must_avoid")
"""What was talked about and may be printed; questions raised are the practitioner's note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """Words that are printed as they were said; they are outside the reading grade.

    Attributes:
        said: By what they are about: the prompts of the teach-back (planning reference 5.5), and
            `agreed_range` and `must_avoid`.
    """

    said: Mapping[str, str] = field(default_factory=dict, repr=False)


def take_words(visit: Consultation) -> OwnWords:
    """Return what may stand on the sheet of a consultation.

    What the patient said back is taken only when it was marked as understood: a wrong answer in
    print would be a wrong instruction.
    """
    told = visit.agreement.teach_back
    said = dict(told.words) if told.outcome == "understood" else {}
    said |= {name: getattr(visit.discussion, name) for name in TALKED_ABOUT}
    return OwnWords(said={name: words for name, words in said.items() if words.strip()})
