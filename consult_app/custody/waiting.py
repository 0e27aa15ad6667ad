"""Where copies of visits wait beside those that count, here and on their way in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from consult_app.custody.beside import name_beside, says_more
from consult_app.store.faults import DamagedRecordError, UnknownRecordError
from consult_app.store.interface import PUT_AWAY, Document, Store


class Waiting:
    """Finds a place for each copy, and writes over nothing that says more.

    Args:
        store: The records.
        signed: Ids of our signed visits.
        arriving: Ids of the signed visits that come in, earlier or later than what is placed.
    """

    def __init__(self, store: Store, signed: Collection[str], arriving: Collection[str]) -> None:
        self._drafts, self._consultations = store.drafts, store.consultations
        self._signed, self._arriving = signed, arriving
        self._copies: dict[str, str] | None = None
        self._placed: dict[str, Document] = {}

    def take(self, visit_id: str, document: Document) -> None:
        """Note an unfinished visit that comes in under its own id."""
        self._placed[visit_id] = document

    def find_placed(self, visit_id: str) -> Document | None:
        """Return what comes in under an id; None for nothing."""
        return self._placed.get(visit_id)

    def place(self, visit_id: str, document: Document, *, ours: bool = False) -> Document | None:
        """Return a visit as it is kept beside its own; None where it waits already.

        Nothing that says more is written over, be it here or on its way in, nor a signed visit, nor
        what still waits by what was put away.

        Args:
            visit_id: The id that it gives up.
            document: The visit.
            ours: Whether it is ours, which stops something as long as it waits.
        """
        if self.holds(visit_id, document, ours=ours):
            return None
        names = self._list_names(visit_id)
        name = next(it for it in names if _gives_way(self._find_under(it), document))
        moved = {**document, "id": name}
        self._placed[name] = moved
        return moved

    def holds(self, visit_id: str, document: Document, *, ours: bool = False) -> bool:
        """Return whether all that a visit says waits beside the one of its id already.

        What comes in is settled also where it was put away here before; ours is not, as it was
        brought into ours then. What it is held against stays, whatever comes in later.
        """
        for name in self._list_names(visit_id):
            held = self._find_under(name)
            if held is None:
                return False
            settled = not ours and name not in self._placed
            if not says_more(document, held) and (settled or not rests_beside(held, document)):
                if held["state"] != PUT_AWAY:
                    self._placed[name] = held
                return True
        return False

    def _list_names(self, visit_id: str) -> Iterator[str]:
        """Yield under which ids copies of a visit wait, without end: none of a signed visit."""
        name = visit_id
        while name := name_beside(name):
            if name not in self._signed and name not in self._arriving:
                yield name

    def repeats(self, copy_id: str, document: Document) -> bool:
        """Return whether a copy of a visit says no more than the one that is signed here.

        Where both places signed one, each keeps the other's beside its own.
        """
        if self._copies is None:
            self._copies = {name_beside(it): it for it in self._signed}
        if copy_id not in self._copies:
            return False
        try:
            return not says_more(document, self._consultations.get(self._copies[copy_id]))
        except DamagedRecordError:
            return False

    def _find_under(self, name: str) -> Document | None:
        """Return the unfinished visit of an id, as it will be; None where there is none to read."""
        if name in self._placed:
            return self._placed[name]
        try:
            return self._drafts.get(name)
        except (UnknownRecordError, DamagedRecordError):
            return None


def rests_beside(document: Document, waiting: Document) -> bool:
    """Return whether one of two copies was put away and the other still waits for somebody."""
    return document["state"] == PUT_AWAY != waiting["state"]


def _gives_way(held: Document | None, document: Document) -> bool:
    """Return whether a visit may take a place, for what stands there says nothing besides."""
    if held is None:
        return True
    return not says_more(held, document) and not rests_beside(document, held)
