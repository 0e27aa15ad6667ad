"""Keeps consultations, drafts, patients and attachments on this computer.

The only room that knows TinyDB, SQLite and cryptography. Everyone else sees `interface`: plain JSON
documents under string ids. `unlocking.unlock_store` opens the encrypted records that
`vault.create_store` made, `sample.open_sample_store` opens a store to try the program with,
`memory.MemoryStore` stands in for them, and `writer.Writer` keeps the window from waiting for the
disk.

From the disk upwards: `files` (all that is written outside SQLite), `lock` and `engine` (the SQLite
file), `derivation` and `sealing` (document to row bytes), `tally` (what ought to be there), `rows`
(sealed rows), `overlay` and `tables` (TinyDB's Storage and Table), `audit`, `records`,
`repositories`. Beside them: `passphrase`, `recovery`, `keys` and `folder` (the file KEYS),
`copying` (one file sealed anew into another).
"""
