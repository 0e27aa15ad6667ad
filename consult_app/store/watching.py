"""Long work tells how far it is, and can be asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from consult_app.store.faults import StoreError
from consult_app.wording import t

Progress = Callable[[int, int], None]
"""Takes how much is done and how much there is to do, in the same unit; the end is done = total."""


class StoppedError(StoreError):
    """The work was stopped as asked; nothing half done is left."""

    def __init__(self) -> None:
        super().__init__(
            t("Stopped, as you asked."), t("Nothing half done is left, and nothing was changed.")
        )


def _ignore(_done: int, _total: int) -> None:
    return


def _go_on() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Somebody who looks on while long work is done.

    Attributes:
        progress: Told how far it is, on the thread that does the work.
        is_stopped: Asked between steps whether to stop.
    """

    progress: Progress = _ignore
    is_stopped: Callable[[], bool] = _go_on

    def tell(self, done: int, total: int) -> None:
        """Tell how far the work is.

        Raises:
            StoppedError: It is to stop.
        """
        self.check()
        self.progress(done, total)

    def check(self) -> None:
        """Go on, unless the work is to stop.

        Raises:
            StoppedError: It is.
        """
        if self.is_stopped():
            raise StoppedError

    def part(self, first: float, last: float) -> Watch:
        """Return a watch over one part of the work.

        Args:
            first: Share of the whole, 0 to 1, that is done when the part begins.
            last: Share that is done when it ends.
        """

        def tell(done: int, total: int) -> None:
            share = first + (last - first) * (done / total if total else 1)
            self.progress(round(share * _STEPS), _STEPS)

        return Watch(progress=tell, is_stopped=self.is_stopped)


_STEPS = 1000
UNWATCHED = Watch()
