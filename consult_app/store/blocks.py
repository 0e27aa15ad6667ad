"""Transactions inside one another, at the price of those that change something.

A save is put together from parts that each open a block of their own. A savepoint is set when
the first change comes, and blocks that all began before it share it: going back to it undoes
exactly what each of them did.
"""

from __future__ import annotations

import sqlite3

_BEGIN = 0
"""Stands for the start of the transaction, where it serves as the point to go back to."""


class Blocks:
    """The blocks that are open on one connection, the outermost of them a transaction.

    Args:
        connection: It writes, and nobody else begins or ends transactions on it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._points: list[int | None] = []
        self._changed = False

    @property
    def depth(self) -> int:
        """How many are open."""
        return len(self._points)

    def open(self) -> None:
        """Open a block."""
        if self._points:
            self._points.append(None)
            return
        self._connection.execute("BEGIN IMMEDIATE")
        self._points.append(_BEGIN)
        self._changed = False

    def mark(self) -> None:
        """Make sure that what is changed next can be undone with the innermost block."""
        if self._points[-1] is None:
            self._set_point()
        self._changed = True

    def keep(self) -> None:
        """Have what the innermost block did belong to the one around it, or to the file."""
        if self.depth == 1:
            self._connection.execute("COMMIT")
        elif self._is_own_point():
            self._connection.execute(f"RELEASE s{self._points[-1]}")

    def undo(self) -> None:
        """Take back what the innermost block did."""
        point = self._points[-1]
        # A full disk makes SQLite undo the whole transaction by itself.
        if point is None or not self._connection.in_transaction:
            return
        if point != _BEGIN:
            self._connection.execute(f"ROLLBACK TO s{point}")
            return
        self._connection.execute("ROLLBACK")
        if self.depth > 1:
            self._connection.execute("BEGIN IMMEDIATE")
            self._changed = False

    def close(self) -> None:
        """Close the innermost block after it was kept or undone."""
        self._points.pop()

    def _set_point(self) -> None:
        point = _BEGIN
        if self._changed:
            # Named by the outermost block it serves: SQLite keeps the same few statements at hand.
            point = self._points.index(None)
            self._connection.execute(f"SAVEPOINT s{point}")
        self._points = [point if it is None else it for it in self._points]

    def _is_own_point(self) -> bool:
        """Tell whether nobody needs the point any more once the innermost block is closed."""
        point = self._points[-1]
        return point not in (None, _BEGIN, self._points[-2])
