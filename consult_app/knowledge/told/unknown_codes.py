"""What a case file tells in codes that the content does not know.

They are kept and fire no rule (interfaces 2). Whoever reads the answer has to be told, because the
code may be a slip of one that would have fired.
"""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain import change
from consult_app.domain.entries import LISTS, code_of
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.scalars import quote
from consult_app.values import dataclass

_PLANNED = ("topicals_planned", "addons")
"""Lists of the facts that hold what the plan knows by its own codes as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCode:
    """A code that no rule knows.

    Attributes:
        list: The list of the facts that it stands in.
        place: Where it stands, as a fault would name it.
        code: The code, as it was handed in.
    """

    list: str
    place: str
    code: str

    @property
    def line(self) -> str:
        """What a command says of it."""
        return f"{self.place}: not a known code, so no rule judges it: {quote(self.code)}"


def find_unknown_codes(pack: Pack, facts: Facts) -> tuple[UnknownCode, ...]:
    """Return the codes in the lists of the facts that no rule knows, as they stand there."""
    protocol = pack.protocol.plan
    planned = {name for row in protocol.topical for name in (row.id, *row.also)}
    planned |= {name for row in protocol.combination for name in (row.id, *row.also)}
    return tuple(
        UnknownCode(list=name, place=f"facts.{name}[{number}]", code=code)
        for name, number, code in _walk(facts)
        if pack.vocabulary.find(name, code) is None and not (name in _PLANNED and code in planned)
    )


def _walk(facts: Facts) -> Iterator[tuple[str, int, str]]:
    lists = LISTS if facts.anaesthetic is None else (*LISTS, "anaesthetic.contains")
    for name in (*lists, *_PLANNED):
        for number, entry in enumerate(change.look(facts, name)):
            yield name, number, code_of(entry)
