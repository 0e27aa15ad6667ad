"""Keeps consultations, drafts, patients and attachments on this computer.

The only room that knows TinyDB and SQLite. Everyone else sees `interface`: plain JSON documents
under string ids. `repositories.open_store` opens the real one, `memory.MemoryStore` stands in
for it, and `writer.Writer` keeps the window from waiting for the disk.

From the disk upwards: `lock` and `engine` (the SQLite file), `sealing` (document to row bytes),
`rows` (sealed rows), `overlay` and `tables` (TinyDB's Storage and Table), `repositories`.
"""
