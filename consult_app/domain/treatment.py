"""What was done at a treatment and how the result is reviewed later, as parts of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal

from consult_app.values import dataclass, field, replace

UNSETTLED = frozenset({"described", "ongoing", "new"})
"""How a treatment and a review say that there is a side effect."""
OF_CREAM = ("numbing_on", "numbing_off", "numbing_grams", "numbing_area_cm2")
"""What is written of a cream that was used (planning reference 1.7)."""
DAY, HALF_DAY = timedelta(days=1), timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumable:
    """Something used up on the patient: a cartridge, a numbing cream, a product.

    Attributes:
        name: Product or, for a cartridge, what it is called.
        lot: Batch number from the package.
        expiry: Last day it may be used.
    """

    name: str = ""
    lot: str = ""
    expiry: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedArea:
    """One line as it was needled.

    Attributes:
        area: Area id.
        side: The patient's side when one alone was needled; empty for both, or the middle.
        concern: Concern id.
        depth_mm: Depth in mm.
        passes: How often the area was gone over.
        end_point: Id of the end point reached, such as E2.
        suggested: It stands as the plan proposes it; nobody has confirmed it yet.
    """

    area: str
    side: Literal["", "right", "left"] = ""
    concern: str
    depth_mm: float | None = None
    passes: int | None = None
    end_point: str = ""
    suggested: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """A named supervisor allowed to treat although something is in the way, and why."""

    name: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


Result = Literal["nothing", "reaction", "not_done"]
"""What a test patch showed: nothing unusual, a reaction, or that none was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A test patch or test spot before the first treatment, and what it showed.

    Attributes:
        result: None while not said.
        done_on: On which day it was done.
        words: What was seen, in words.
    """

    result: Result | None = None
    done_on: date | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What was done on one day.

    Attributes:
        new_medicines: Whether a medicine is new since the consultation; None while not asked.
        patch: The test patch before it, as far as it is known here.
        supervision: Who allowed it against the decision box; empty for nobody.
        treated: Whether needling took place; None while not said.
        absent: Nobody was treated because the patient did not come.
        device: Which device.
        serial: Its serial number.
        cartridge: The cartridge; its name is its type.
        needles: Number of its needles.
        numbing: The numbing cream used.
        numbing_on, numbing_off: When it was put on and wiped off, wall-clock time.
        numbing_grams, numbing_area_cm2: How much of it was put on, and how large an area.
        areas: What was needled, from the plan.
        products: What else touched the skin.
        expired_reason: Why something past its date was used all the same.
        beyond_reason: Why something was done beyond its limits.
        pain: 0 to 10 as the patient says.
        reaction: The immediate reaction, in words.
        adverse: Whether there was an adverse event; None while not said.
        adverse_event: Which, in words.
        next_date: When the patient is expected next.
        next_visit: What for.
    """

    new_medicines: Literal["yes", "no", "unsure"] | None = None
    patch: Patch = Patch()
    supervision: Supervision = Supervision()
    treated: bool | None = None
    absent: bool = False
    device: str = ""
    serial: str = ""
    cartridge: Consumable = Consumable()
    needles: int | None = None
    numbing: Consumable = Consumable()
    numbing_on: datetime | None = None
    numbing_off: datetime | None = None
    numbing_grams: float | None = None
    numbing_area_cm2: float | None = None
    areas: tuple[TreatedArea, ...] = ()
    products: tuple[Consumable, ...] = ()
    expired_reason: str = field(default="", repr=False)
    beyond_reason: str = field(default="", repr=False)
    pain: int | None = None
    reaction: str = field(default="", repr=False)
    adverse: Literal["none", "described"] | None = None
    adverse_event: str = field(default="", repr=False)
    next_date: date | None = None
    next_visit: Literal["treatment", "review"] | None = None

    @property
    def lines(self) -> tuple[TreatedArea, ...]:
        """What is to be needled, or was; nothing where it was said that nobody was treated.

        An area of which 0 mm is written was left out.
        """
        return () if self.treated is False else self._included

    @property
    def left_out(self) -> bool:
        """Whether every area was left out, so that nobody was needled."""
        return bool(self.areas) and not self._included

    @property
    def deepest_mm(self) -> float | None:
        """The greatest depth; None where any is not written, for that one may have been any."""
        depths = [it.depth_mm for it in self._included]
        known = [it for it in depths if it is not None]
        return max(known) if known and len(known) == len(depths) else None

    @property
    def unwritten(self) -> tuple[str, ...]:
        """What of the treatment is not written yet: fields of its parts, each once."""
        found = [name for name in ("depth_mm", "passes") if self._lacks(name, None)]
        found += ["end_point"] if self._lacks("end_point", "") else []
        found += [] if self.cartridge.lot.strip() else ["lot"]
        if self.numbing.name.strip():
            found += [name for name in OF_CREAM if getattr(self, name) is None]
        return tuple(found)

    @property
    def off_next_day(self) -> bool:
        """Whether the cream was put on before midnight and taken off after it."""
        on, off = self.numbing_on, self.numbing_off
        return on is not None and off is not None and off.date() > on.date()

    def place_cream(self, day: date, **told: time | None) -> Treatment:
        """Return it with its cream put on on a day.

        Taken off at an earlier time of day was taken off after midnight, where that is the shorter
        way round the clock. The other way it is a slip, such as on at 10:00 and off at 9:30: that
        stays on the same day, where it is told, and never becomes most of a day.

        Args:
            day: The day of the treatment.
            told: New times of day, by the names of their fields.
        """
        held = {"numbing_on": self.numbing_on, "numbing_off": self.numbing_off}
        clocks = {name: it.time() if it is not None else None for name, it in held.items()} | told
        moments = {
            name: datetime.combine(day, it) if it is not None else None
            for name, it in clocks.items()
        }
        on, off = moments["numbing_on"], moments["numbing_off"]
        if on is not None and off is not None and on - off > HALF_DAY:
            off += DAY
        return replace(self, numbing_on=on, numbing_off=off)

    def _lacks(self, name: str, nothing: object) -> bool:
        return any(getattr(area, name) == nothing for area in self._included)

    @property
    def _included(self) -> tuple[TreatedArea, ...]:
        return tuple(it for it in self.areas if it.depth_mm != 0)

    @property
    def untold(self) -> bool:
        """Whether something was written of a treatment of which nobody said that it took place."""
        written = any(not it.suggested or it.passes is not None for it in self.areas)
        used = (self.cartridge.lot.strip(), self.numbing_on, self.products, self.pain)
        after = (self.reaction.strip(), self.adverse, self.adverse_event.strip())
        said = written or any(it not in {None, "", ()} for it in (*used, *after))
        return self.treated is None and said

    def list_expired(self, day: date) -> tuple[Consumable, ...]:
        """Return what was past its date on a day."""
        used = self.consumables
        return tuple(it for it in used if it.expiry is not None and it.expiry < day)

    @property
    def consumables(self) -> tuple[Consumable, ...]:
        """Everything with a lot and a date."""
        return (self.cartridge, self.numbing, *self.products)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How the result is seen after a while.

    Attributes:
        changes: What changed since the last visit, in words.
        by_practitioner: Grade of the global improvement scale; 1 is best.
        by_patient: The same by the patient, asked apart.
        bother: Bother today by concern id, 0 to 10.
        adverse: What became of an adverse event, or whether there was a late one.
        adverse_event: In words.
        decision: How it goes on.
        next_date: When the patient is expected next.
        next_visit: What for.
    """

    changes: str = field(default="", repr=False)
    by_practitioner: int | None = None
    by_patient: int | None = None
    bother: Mapping[str, int] = field(default_factory=dict)
    adverse: Literal["none", "resolved", "ongoing", "new"] | None = None
    adverse_event: str = field(default="", repr=False)
    decision: Literal["continue", "change", "stop"] | None = None
    next_date: date | None = None
    next_visit: Literal["treatment", "review", "test_patch"] | None = None
