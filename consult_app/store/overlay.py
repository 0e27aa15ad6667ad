"""A table as TinyDB sees it, read from the rows only where it is looked at.

TinyDB hands its update functions a dictionary of *all* documents and afterwards writes all of
them. `RowsView` stands in for what is read, `Overlay` for what is changed: only documents that
were touched are opened, and only those that differ are written.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, MutableMapping, ValuesView
from typing import Any, cast

from consult_app.store.codec import encode
from consult_app.store.rows import OpenRow, Rows

RowId = Any  # TinyDB lets a table choose: int in its own tables, str in ours.


class RowsView(Mapping[str, dict[str, object]]):
    """The documents of one table, opened one at a time, a fresh copy on every access.

    Length and ids count damaged rows too; looping over documents passes them by.
    """

    def __init__(self, rows: Rows, table: str) -> None:
        self.rows = rows
        self.table = table

    def __getitem__(self, row_id: str) -> dict[str, object]:
        return self.rows.read(self.table, row_id).document

    def __contains__(self, row_id: object) -> bool:
        return isinstance(row_id, str) and self.rows.has(self.table, row_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows.ids(self.table))

    def __len__(self) -> int:
        return self.rows.count(self.table)

    def items(self) -> ItemsView[str, dict[str, object]]:
        """Return ids and documents, read a page at a time."""
        return _Items(self)

    def values(self) -> ValuesView[dict[str, object]]:
        """Return documents, read a page at a time."""
        return _Values(self)

    def scan(self) -> Iterator[OpenRow]:
        """Yield the rows that open."""
        return self.rows.scan(self.table)


class _Items(ItemsView[str, dict[str, object]]):
    """Ids and documents in one pass over the rows."""

    _mapping: RowsView

    def __iter__(self) -> Iterator[tuple[str, dict[str, object]]]:
        return ((row.id, row.document) for row in self._mapping.scan())


class _Values(ValuesView[dict[str, object]]):
    """Documents in one pass over the rows."""

    _mapping: RowsView

    def __iter__(self) -> Iterator[dict[str, object]]:
        return (row.document for row in self._mapping.scan())


class Overlay(MutableMapping[RowId, dict[str, object]]):
    """Changes laid over a table until they are written together.

    It behaves like the dictionary TinyDB expects: documents handed out may be changed in place,
    a new document comes last, and so does one that was removed and put back.

    Args:
        view: The table as it is.
        id_class: The type of the table's ids.
    """

    def __init__(self, view: RowsView, id_class: type) -> None:
        self._view = view
        self._id_class = id_class
        self._opened: dict[str, OpenRow] = {}
        self._put: dict[str, dict[str, object]] = {}
        self._gone: set[str] = set()

    def __getitem__(self, row_id: RowId) -> dict[str, object]:
        name = self._name(row_id)
        if name is None:
            raise KeyError(row_id)
        if name in self._put:
            return self._put[name]
        if name in self._gone:
            raise KeyError(row_id)
        if name not in self._opened:
            self._opened[name] = self._view.rows.read(self._view.table, name)
        return self._opened[name].document

    def __setitem__(self, row_id: RowId, document: dict[str, object]) -> None:
        name = self._name(row_id)
        if name is None:
            raise ValueError(f"{row_id!r} is not an id of this table")
        self._put[name] = document

    def __delitem__(self, row_id: RowId) -> None:
        if row_id not in self:
            raise KeyError(row_id)
        name = cast("str", self._name(row_id))
        self._put.pop(name, None)
        self._gone.add(name)

    def __contains__(self, row_id: object) -> bool:
        name = self._name(row_id)
        if name is None:
            return False
        return name in self._put or (name not in self._gone and name in self._view)

    def __iter__(self) -> Iterator[RowId]:
        """Yield the ids of documents that open: damaged rows cannot be matched or changed."""
        for row in self._view.scan():
            if row.id not in self._gone:
                # TinyDB looks at every document it gets an id of, so it is kept.
                self._opened.setdefault(row.id, row)
                yield self._id_class(row.id)
        for name in list(self._put):
            if name in self._gone or name not in self._view:
                yield self._id_class(name)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove everything, without opening any of it."""
        self._gone.update(self._view)
        self._put.clear()

    @property
    def removed(self) -> frozenset[str]:
        """The ids of rows to remove before anything is written."""
        return frozenset(self._gone)

    def changed(self) -> Iterator[tuple[str, bytes]]:
        """Yield id and bytes of every document that differs from its row.

        Raises:
            TypeError: A document holds something JSON has no word for.
            ValueError: A document holds NaN or infinity.
        """
        for name, row in self._opened.items():
            if name in self._put or name in self._gone:
                continue
            data = encode(row.document)
            if data != row.data:
                yield name, data
        for name, document in self._put.items():
            yield name, encode(document)

    def _name(self, row_id: object) -> str | None:
        """Return the row's name if this is an id of the table, as equality in a dict has it."""
        try:
            own = self._id_class(row_id)
        except (TypeError, ValueError):
            return None
        return str(own) if own == row_id else None
