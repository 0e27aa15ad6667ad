"""Failures that people can act on: what happened, what to do, and the details."""

from __future__ import annotations

from consult_app.values import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with something that was read.

    Attributes:
        place: Where it stands, such as `facts.medications[2].last_dose` or `rules/infection.toml`.
        problem: What is wrong there, in a few words without a full stop.
    """

    place: str
    problem: str

    def __str__(self) -> str:
        """Return the line shown to people."""
        return f"{self.place}: {self.problem}" if self.place else self.problem


class ConsultError(Exception):
    """Something expected went wrong and a person can do something about it.

    Attributes:
        title: What happened, in one short sentence.
        advice: What to do about it, and what is not lost.
        details: Further lines, one per fault.
    """

    def __init__(self, title: str, advice: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice
        self.details = details


class NotYetError(ConsultError):
    """What was asked for comes later: nothing failed, and something else is to be done first."""


class InputError(ConsultError):
    """What was handed in cannot be used; every fault found is listed, nothing was written."""

    def __init__(self, title: str, faults: tuple[Fault, ...], advice: str = "") -> None:
        super().__init__(title, advice, tuple(str(fault) for fault in faults))
        self.faults = faults


class ContentError(InputError):
    """The clinical content has faults, so none of it is used."""


class UnprintableError(ConsultError):
    """A letter has no shape in any font of the sheet.

    Attributes:
        letter: The letter, with the marks that sit on it.
    """

    def __init__(self, letter: str, title: str, advice: str, details: tuple[str, ...]) -> None:
        super().__init__(title, advice, details)
        self.letter = letter


class NoWindowError(ConsultError):
    """There is nothing to show a window on, so this cannot be said in one either."""


class FileError(ConsultError):
    """A file or folder could not be read or written."""
