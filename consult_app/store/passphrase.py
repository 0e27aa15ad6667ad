"""From a passphrase to a key, at a price that makes guessing dear (Argon2id, RFC 9106)."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from consult_app.errors import Fault, InputError
from consult_app.wording import t

SHORTEST = 8
"""Characters a passphrase has at least."""

SALT_BYTES = 16
PATIENCE_SECONDS = 0.5
"""How long unlocking may take for the sake of a dearer guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs.

    Attributes:
        memory: KiB.
        passes: Times the memory is gone through.
        lanes: Processors that can share the work.
    """

    memory: int
    passes: int
    lanes: int

    def is_sensible(self) -> bool:
        """Tell whether it is neither cheaper than allowed nor beyond any computer."""
        return (
            FLOOR.memory <= self.memory <= CEILING.memory
            and FLOOR.passes <= self.passes <= CEILING.passes
            and FLOOR.lanes <= self.lanes <= CEILING.lanes
        )


FLOOR = Cost(memory=19 * 1024, passes=2, lanes=1)
CEILING = Cost(memory=2048 * 1024, passes=32, lanes=64)
USUAL = Cost(memory=64 * 1024, passes=3, lanes=4)
LADDER = (
    FLOOR,
    Cost(memory=32 * 1024, passes=3, lanes=4),
    USUAL,
    Cost(memory=128 * 1024, passes=3, lanes=4),
    Cost(memory=256 * 1024, passes=3, lanes=4),
    Cost(memory=512 * 1024, passes=3, lanes=4),
)
"""From the cheapest allowed to the dearest tried."""


def check_passphrase(passphrase: str) -> None:
    """Make sure a passphrase can be chosen.

    Raises:
        InputError: It is too short.
    """
    if len(normalise(passphrase)) < SHORTEST:
        raise InputError(
            t("This passphrase is too short."),
            (Fault("passphrase", f"fewer than {SHORTEST} characters"),),
            t("Several words one after the other are easy to remember and hard to guess."),
        )


def normalise(passphrase: str) -> str:
    """Return the form in which the same characters are the same, however typed (NFKC)."""
    return unicodedata.normalize("NFKC", passphrase)


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes that follow from a passphrase, after doing all the work."""
    spelled = normalise(passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    return argon.derive(spelled)


def measure(cost: Cost) -> float:
    """Return how many seconds one guess takes on this computer."""
    start = time.perf_counter()
    stretch("how long", bytes(SALT_BYTES), cost)
    return time.perf_counter() - start


def calibrate(seconds: Callable[[Cost], float] = measure) -> Cost:
    """Return the dearest cost this computer bears in half a second, from 64 MiB on or below.

    Args:
        seconds: Tells how long one guess takes; raises MemoryError when there is not enough.
    """
    at = LADDER.index(USUAL)
    if _bears(LADDER[at], seconds):
        while at + 1 < len(LADDER) and _bears(LADDER[at + 1], seconds):
            at += 1
        return LADDER[at]
    while at > 0 and not _bears(LADDER[at], seconds):
        at -= 1
    return LADDER[at]


def _bears(cost: Cost, seconds: Callable[[Cost], float]) -> bool:
    try:
        return seconds(cost) <= PATIENCE_SECONDS
    except MemoryError:
        return False
