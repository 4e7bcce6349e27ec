"""Backup and restore: one encrypted file that holds the database, the stored files and what proves them.

`container` encrypts, `databases` takes and proves copies of SQLite and PostgreSQL, `backup` writes the file,
`restore` reads it beside what is there, and `swap` puts it in its place, whole or not at all.
"""


class CannotKeep(Exception):
    """Why there is no backup, in a sentence."""


class CannotRestore(Exception):
    """Why nothing was restored; what was there before is untouched."""


# What a backup holds of the data folder. Never the keys or the ledger: those are kept apart (docs).
DATABASE = "homeward.sqlite3"
FOLDERS = ("files", "uploads")
MARK = "demonstration.json"
