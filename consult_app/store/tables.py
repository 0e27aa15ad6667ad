"""TinyDB on sealed rows: its `Storage` and `Table`, the two places it can be extended at.

The interface and the queries stay TinyDB's own (4.9.0, pinned). Where its behaviour can lose or
mix up documents it is guarded; each guard says which issue of TinyDB it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from consult_app.store.codec import decode, encode
from consult_app.store.ids import Clock, make_id
from consult_app.store.overlay import Overlay, RowsView
from consult_app.store.rows import Rows


class RowStorage(Storage):
    """TinyDB's storage, kept as rows.

    Args:
        rows: The rows of an open file.
        clock: Tells the time for automatic ids; without one they are refused.
    """

    def __init__(self, rows: Rows, clock: Clock | None = None) -> None:
        super().__init__()
        self.rows = rows
        self._clock = clock

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables as views that read on access; None when there are none."""
        views = {name: RowsView(self.rows, name) for name in self.rows.names()}
        # TinyDB only asks for the Mapping part of the inner dictionaries.
        return cast("dict[str, dict[str, Any]]", views) or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the tables exactly these; views that `read` returned are left as they are."""
        with self.transaction():
            for name in self.rows.names():
                if name not in data:
                    self.rows.drop_table(name)
            for name, documents in data.items():
                if not self._is_own(name, documents):
                    self._replace(name, documents)

    def apply(self, table: str, overlay: Overlay) -> None:
        """Write the changes of one table; the table exists afterwards even if it is empty."""
        changed = list(overlay.changed())
        with self.transaction():
            self.rows.add_table(table)
            for row_id in overlay.removed:
                self.rows.remove(table, row_id)
            for row_id, data in changed:
                self.rows.write(table, row_id, data)

    def transaction(self) -> AbstractContextManager[None]:
        """Return a block whose changes, in any number of tables, are kept together."""
        return self.rows.engine.transaction()

    def make_id(self) -> str:
        """Return a new id that says nothing about its document.

        Raises:
            RuntimeError: The storage was given no clock.
        """
        if self._clock is None:
            raise RuntimeError("automatic ids need a clock")
        return make_id(self._clock())

    def close(self) -> None:
        """Close the file."""
        self.rows.engine.close()

    def _is_own(self, name: str, documents: object) -> bool:
        return (
            isinstance(documents, RowsView)
            and documents.rows is self.rows
            and documents.table == name
        )

    def _replace(self, name: str, documents: Mapping[Any, Mapping[str, object]]) -> None:
        rows = [(str(row_id), encode(document)) for row_id, document in documents.items()]
        self.rows.drop_table(name)
        self.rows.add_table(name)
        for row_id, data in rows:
            self.rows.write(name, row_id, data)


class RowTable(Table):
    """TinyDB's table, reading and writing only the rows an operation touches.

    Ids are whole numbers, as in stock TinyDB.
    """

    _storage: RowStorage

    def __init__(
        self,
        storage: Storage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,  # noqa: FBT001, FBT002  # TinyDB's own signature
    ) -> None:
        # Stock TinyDB empties an existing table here (#636), so it is not told.
        super().__init__(storage, name, cache_size=cache_size)
        self._cached_at = -1
        if persist_empty:
            with self._storage.transaction():
                self._storage.rows.add_table(name)

    def insert_multiple(self, documents: Iterable[Mapping[str, object]]) -> list[Any]:
        """Insert documents, some perhaps with an id of their own.

        Stock TinyDB may give an automatic id that another document of the same call has, and
        lose one of the two (#629); here the automatic id moves on.

        Raises:
            ValueError: Something is not a mapping, or an id is taken; nothing was inserted.
        """
        inserted: list[Any] = []

        def insert_all(table: dict[int, Mapping[str, object]]) -> None:
            for document in documents:
                row_id = self._choose_id(document, table)
                inserted.append(row_id)
                table[row_id] = dict(document)

        self._update_table(insert_all)
        return inserted

    def search(self, cond: QueryLike) -> list[Document]:
        """Return fresh copies of the matching documents.

        Stock TinyDB hands out the very objects it caches (#516).
        """
        generation = self._storage.rows.engine.generation
        if generation != self._cached_at:
            # Somebody else wrote: another table object, a thread, an undone transaction.
            self.clear_cache()
        found = super().search(cond)
        self._cached_at = generation
        return [self.document_class(decode(encode(doc)), doc.doc_id) for doc in found]

    def _choose_id(self, document: object, table: Mapping[int, object]) -> Any:  # noqa: ANN401  # int or str, the table's choice
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")  # noqa: TRY004  # as stock TinyDB
        if not isinstance(document, self.document_class):
            # TinyDB leaves the method without types.
            choose: Callable[[], Any] = self._get_next_id
            row_id = choose()
            while row_id in table:
                row_id = choose()
            return row_id
        if document.doc_id in table:
            raise ValueError(f"Document with ID {document.doc_id} already exists")
        return document.doc_id

    def _read_table(self) -> dict[str, Mapping[str, object]]:
        # TinyDB only asks for the Mapping part.
        return cast("dict[str, Mapping[str, object]]", RowsView(self._storage.rows, self.name))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, object]]], None]) -> None:
        """Change the table, or leave it untouched when the updater raises."""
        with self._storage.transaction():
            overlay = Overlay(RowsView(self._storage.rows, self.name), self.document_id_class)
            updater(cast("dict[int, Mapping[str, object]]", overlay))
            self._storage.apply(self.name, overlay)
        self.clear_cache()


class RecordTable(RowTable):
    """A table of records: ids are text and never used twice."""

    # TinyDB declares its own choice, int, but asks for nothing else of it.
    document_id_class = str  # type: ignore[assignment]

    def keep(self, record_id: str, document: Mapping[str, object]) -> bytes:
        """Keep exactly this document under this id; stock `upsert` would keep old fields too.

        Returns:
            The document as bytes.
        """
        data = encode(document)
        with self._storage.transaction():
            self._storage.rows.add_table(self.name)
            self._storage.rows.write(self.name, record_id, data)
        return data

    def look_up(self, record_id: str) -> dict[str, object] | None:
        """Return the document under this id, or None when there is none.

        Raises:
            DamagedRecordError: It cannot be read.
        """
        try:
            return self._storage.rows.read(self.name, record_id).document
        except KeyError:
            return None

    def discard(self, record_id: str) -> bool:
        """Remove the document under this id, and tell whether there was one."""
        with self._storage.transaction():
            return self._storage.rows.remove(self.name, record_id)

    def _get_next_id(self) -> str:
        return self._storage.make_id()


class Documents(TinyDB):
    """The documents of one file.

    Args:
        rows: The rows of an open file.
        clock: Tells the time for automatic ids.
    """

    table_class = RecordTable

    storage: RowStorage

    def __init__(self, rows: Rows, clock: Clock | None = None) -> None:
        super().__init__(rows, clock, storage=RowStorage)

    def records(self, name: str) -> RecordTable:
        """Return a table of records."""
        # A query result is used once; keeping it would only cost memory.
        return cast("RecordTable", self.table(name, cache_size=0))
