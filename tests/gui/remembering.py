"""What a patient told over a course of visits, kept by hand: what stands, and what a *No* ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from consult_app.domain.history import Condition, Exposure, Facts, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from tests.gui.telling import Key, Told
from tests.knowledge.oracle.asking import Say, ask
from tests.knowledge.oracle.reckoning import Meant

EVER = {"herpes_simplex", "cancer_treatment", "radiotherapy", "keloid", "sarcoid"}
"""Questions to what ever was, as README has them: a *No* is said twice or not at all."""
ENDED: dict[str, tuple[str, str]] = {
    "herpes_simplex": ("healed", "date_healed"),
    "skin_infection": ("cleared", "date_cleared"),
    "acute_illness": ("recovered", "date_cleared"),
    "eczema": ("cleared", "date_cleared"),
    "rosacea": ("controlled", "flare_ended"),
}
"""How what was there is told once it is over, and in which field its day."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """For what what was told is asked: whose skin, where and how deep.

    Attributes:
        born: When the patient was born.
        areas: Where it is planned.
        depth_mm: How deep it goes.
        phototype: The skin type.
    """

    born: date
    areas: tuple[str, ...]
    depth_mm: float = 0.25
    phototype: Literal[2, 5] = 2


def ask_alone(told: Told, planned: Planned, day: date) -> Say:
    """Return what the reference says of one thing alone, for a treatment on a day."""
    return ask_together({("", ""): told}, planned, day)


def ask_together(stands: dict[Key, Told], planned: Planned, day: date) -> Say:
    """Return what the reference says of all that stands."""
    facts, lists = Facts(phototype=planned.phototype), dict[str, list[object]]()
    for it in stands.values():
        name = name_list(it)
        if name == "person":
            facts = replace(facts, **it.said)
        else:
            lists.setdefault(name, []).append(it.said)
    meant = Meant(
        day=day,
        told=min((it.on for it in stands.values()), default=day),
        areas=planned.areas,
        depth_mm=planned.depth_mm,
        phototype=planned.phototype,
        device="generic",
    )
    said: Any = {name: tuple(entries) for name, entries in lists.items()}
    return ask(replace(facts, **said), planned.born, meant)


def name_list(told: Told) -> str:
    """Return in which list of facts something stands."""
    kinds = {Condition: "conditions", Medication: "medications", Exposure: "exposures"}
    if isinstance(told.said, dict):
        return "person"
    if isinstance(told.said, str):
        return "allergies"
    return kinds.get(type(told.said), "procedures")


def find_wait(told: Told, planned: Planned, day: date) -> date | None:
    """Return until when something has a treatment wait at the least, whatever is said on a day.

    What was there, or still used, was over on the day it was told at the earliest.
    """
    ends = [
        until
        for it in (told, end(told))
        for severity, until in ask_alone(it, planned, day).values()
        if severity == "defer" and until is not None
    ]
    return max(ends, default=None)


def end(told: Told) -> Told:
    """Return what was told as over on the day it was told, where no other day of it was told."""
    said, day = told.said, PartialDate.of(told.on)
    ended: dict[str, Any] = {}
    if isinstance(said, Condition) and said.code in ENDED:
        status, name = ENDED[said.code]
        there = said.status in {"active", "flare"}
        ended = {"status": status, name: (None if there else getattr(said, name)) or day}
    elif isinstance(said, Medication):
        there = said.status == "current"
        ended = {"status": "stopped", "last_dose": (None if there else said.last_dose) or day}
    elif isinstance(said, Exposure):
        ended = {"still_inflamed": False, "date": said.date or day}
    elif isinstance(said, Procedure):
        ended = {"date": said.date or day}
    return replace(told, said=replace(said, **ended)) if ended else told


@dataclass
class Remembered:
    """What was told in a course and not taken back, and what was agreed in it.

    Attributes:
        told: What signed visits and the open one told.
        begun: What each unfinished visit told.
        unfinished: What each unfinished return visit knew when it was begun, and when it was left.
        late: What each consultation told that came to light beside the one the course goes by.
        needled: What was needled here, which the records tell whatever is denied.
        patches: Of what day test patches were, and whether one showed a reaction.
        unasked: No patch is asked for any more: why there is none was decided when the plan was
            agreed, or somebody was needled by it.
        papers: The days of the visits on each sheet that was kept, by the visit.
        agreed: Days that were agreed by hand, by which the sheet goes as written.
        base: The last signed consultation; empty for none.
        decided: What was decided in it.
        left: How many visits of its plan are left.
        stopped: Whether a review since says to stop.
        looked: Whether the review after the last visit took place.
    """

    told: dict[Key, Told] = field(default_factory=dict)
    begun: dict[str, dict[Key, Told]] = field(default_factory=dict)
    unfinished: dict[str, tuple[dict[Key, Told], dict[Key, Told]]] = field(default_factory=dict)
    late: dict[str, dict[Key, Told]] = field(default_factory=dict)
    needled: list[Told] = field(default_factory=list)
    patches: list[tuple[date, bool]] = field(default_factory=list)
    unasked: bool = False
    papers: dict[str, list[date]] = field(default_factory=dict)
    agreed: set[date] = field(default_factory=set)
    base: str = ""
    decided: str = ""
    left: int = 0
    stopped: bool = False
    looked: bool = False

    def is_patched(self, day: date) -> bool:
        """Return whether no patch is asked for, or one was looked at four weeks on (1.5)."""
        last = day - timedelta(days=28)
        return self.unasked or any(on <= last and not bad for on, bad in self.patches)

    @property
    def reacted(self) -> bool:
        """Whether the last patch showed a reaction."""
        return bool(self.patches) and max(self.patches)[1]

    def list_items(self) -> list[str]:
        """Return the questions under which something stands."""
        done = {it.item for it in self.needled}
        return sorted({it.item for _, it in self.all()} - done)

    def list_of(self, item: str) -> list[Told]:
        """Return what stands under a question."""
        return [it for _, it in self.all() if it.item == item]

    def all(self) -> Iterator[tuple[Key, Told]]:
        """Yield all that counts for a treatment: also what other visits told beside it."""
        yield from self.known().items()
        for told in (*self.begun.values(), *self.late.values()):
            yield from told.items()

    def known(self) -> dict[Key, Told]:
        """Return what was told in what the open visit follows and in it, and what was needled."""
        done = {("procedures", f"needled {at}"): it for at, it in enumerate(self.needled)}
        return {**self.told, **done}

    def signed(self) -> Iterator[Told]:
        """Yield what signed visits told."""
        yield from self.known().values()
        for told in self.late.values():
            yield from told.values()

    def take_up(self, name: str) -> None:
        """Stand as an unfinished visit does: as it was left, and with what was told since."""
        before, left = self.unfinished.pop(name, (self.told, self.told))
        since = {key: it for key, it in self.told.items() if before.get(key) != it}
        self.told = {**left, **since}

    def forget(self, item: str, *, begun: bool = False) -> None:
        """Forget what was told under a question, as it was denied; of unfinished visits too?"""
        self.told = {key: it for key, it in self.told.items() if it.item != item}
        for beside in (self.begun, self.late) if begun else ():
            for name, told in beside.items():
                beside[name] = {key: it for key, it in told.items() if it.item != item}

    def end(self, item: str) -> None:
        """Have what was told under a question be over: a *No* ends all but its wait."""
        for beside in (self.begun, self.late):
            for name, told in beside.items():
                beside[name] = _end_all(told, item)
        self.told = _end_all(self.told, item)

    @property
    def is_expected(self) -> bool:
        """Whether the patient must not be forgotten: went ahead, or thinks, and has visits left."""
        ahead = self.decided in {"go_ahead", "think"} and not self.stopped
        return ahead and (self.left > 0 or not self.looked)


def _end_all(told: dict[Key, Told], item: str) -> dict[Key, Told]:
    over = {key: replace(end(it), denied=True) for key, it in told.items() if it.item == item}
    return {**told, **over}
