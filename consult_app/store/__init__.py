"""Keeps consultations, drafts, patients and attachments on this computer.

The only room that knows TinyDB, SQLite and cryptography. Everyone else sees `interface`: plain JSON
documents under string ids. `unlocking.unlock_store` opens the encrypted records that
`vault.create_store` made, `sample.open_sample_store` opens a store to try the program with,
`memory.MemoryStore` stands in for them, and `writer.Writer` keeps the window from waiting for the
disk.

From the disk upwards: `files` (all that is written outside SQLite), `lock` and `engine` (the SQLite
file; `log_end` and `log_mark` tell what became of its log), `derivation` and `sealing` (document to
row bytes), `tally` (what ought to be there), `rows` (sealed rows), `overlay` and `tables` (TinyDB's
Storage and Table), `audit`, `records`, `repositories`. Beside them: `passphrase`, `recovery`,
`keys` and `folder` (the file KEYS), `copying` (one file sealed anew into another), `os_keyring` and
`keyring_slot` (the optional keyring).

Where records may lie (`whereabouts`, `surroundings`): `vault.create_store` refuses a synced,
network or removable folder unless told `anywhere=True`; after unlocking,
`whereabouts.describe_conflicts(names in the folder)`, `deciding.describe_interruption(store)` and
`log_end.describe_log_end(how the log ended)` return what to tell, or None;
`is_apart(look_around(records), look_around(target))` tells whether a backup is off the machine.

Long work takes a `watching.Watch`: it is told `(done, total)` and may stop the work, which then
leaves nothing half done and raises `StoppedError`.

Backups (`backup`, `schedule`, `manifest`, `verifying`, `frozen`): with records unlocked,
`make_backup(store, target, at=...)` copies, reads back and returns a `manifest.Backup` (when, how
much, counts); `list_backups(target)` lists them with the faults found at a glance and
`verify_backup(backup, store)` reads everything; `prune_backups(target, store.keys.store, zone)`
rotates. `schedule.is_due(last, now)` tells when, and `lineage.find_ahead(store, backups, now)`
which of them holds work that the records do not have, because they are an older copy.

An attachment is an encrypted file under `attachments/`, opened by a key from
`attachments.make_key()` that stands in its document only; `put(key, data)`, `get(key)`,
`discard(key)`. `save_signed` takes them by key.

Restoring (`restoring`, `deciding`, `replaced`): with records closed, `restore(backup, folder,
secret, Telling(at=..., actor=..., reason=...))` puts a backup in the place of the records, also
into an empty folder. Then `replaced.find_replaced(folder)` is true until
`deciding.confirm_restore(store, at=...)` or `deciding.undo_restore(folder, at=...)`; nothing is to
be erased until then. `drill_restore(backup, store, at=...)` tries it out beside open records. What
is damaged in a backup is named; `Telling(accepts_damage=True)` restores the rest.
"""
