# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The tables of the journal, and how those of an older package are brought forward."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from . import log
from .database import Connection, Database, SQLiteDatabase, printable_place
from .errors import ArgumentFault, InvalidRequest

_NO_JOURNAL = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file that is another program's or damaged."""

SCHEMA = 2
"""The version of the tables below. An older file is brought forward, a newer one is refused."""

_TABLE = """
CREATE TABLE {name} (
    id TEXT PRIMARY KEY,
    call_key TEXT UNIQUE,
    provider TEXT NOT NULL,
    base_url TEXT NOT NULL,
    operation TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'unknown', 'refused', 'accepted', 'finished', 'saved')),
    task_id TEXT,
    status TEXT,
    sent_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    owner TEXT,
    sending_until REAL,
    reply TEXT
)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS runs_by_state ON runs (provider, base_url, state)"
COLUMNS = "id, call_key, provider, base_url, operation, digest, state, task_id, status, sent_at"
FIRST = "key, provider, base_url, operation, digest, state, task_id, status, sent_at, changed_at"
"""The columns of the first schema."""
_KEPT = FIRST.replace("key, ", "id, ", 1)
"""Their names now."""


def prepare(connection: Connection, database: Database, path: str | os.PathLike[str]) -> None:
    """Make the tables, bring older ones forward, refuse newer ones.

    Raises InvalidRequest where the tables are of a newer package, `database.DATABASE_ERRORS` where they are another's.
    """
    version = checked_version(connection, database, path)
    if version == 1:
        _bring_forward(connection, database, printable_place(path))
    elif version == 0:
        connection.execute(_TABLE.format(name="runs"))
    if version < SCHEMA:
        connection.execute(_INDEX)
        connection.execute("CREATE INDEX IF NOT EXISTS runs_by_task ON runs (task_id)")
        _set_version(connection, database)


def checked_version(connection: Connection, database: Database, path: str | os.PathLike[str]) -> int:
    """Return the schema of a database: 0 where it has no journal yet. Raises as `prepare` does. Writes no table."""
    version = _version(connection, database)
    if version > SCHEMA:
        raise InvalidRequest("journal", [ArgumentFault("journal", newer(path, version))])
    if version:
        columns = FIRST if version == 1 else f"{COLUMNS}, changed_at"
        connection.execute(f"SELECT {columns} FROM runs LIMIT 0")
    return version


def visible_fault(path: Path, database: Database) -> str | None:
    """Return why a file can be no journal, as far as that is seen without a write and without waiting for a lock.

    Raises InvalidRequest where it is of a newer package.
    """
    try:
        path.stat()
    except FileNotFoundError:
        folder = Path(os.path.realpath(path)).parent  # a link may lead to a file that is not there yet
        is_writable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
        return None if is_writable else f"no file can be made in {str(folder)!r}"
    except OSError as error:
        return error.strerror
    if not os.access(path, os.R_OK | os.W_OK):
        return f"{str(path)!r} may not be read and written"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as file:
            checked_version(cast(Connection, file), database, path)
    except sqlite3.Error as error:
        # Anything else, a lock of another process among it, may have passed when the file is first used.
        return str(error) if error.sqlite_errorcode & 0xFF in _NO_JOURNAL else None
    return None


def newer(path: str | os.PathLike[str], version: int) -> str:
    """Return the message that a file is of a newer package."""
    return (
        f"{printable_place(path)!r} has schema {version} of a newer package, and this one knows {SCHEMA}: "
        "upgrade the package, or give another journal"
    )


def _version(connection: Connection, database: object) -> int:
    """Return the schema of a journal: 0 where there is none yet."""
    if isinstance(database, SQLiteDatabase):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version:
            return version
        table = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'runs'").fetchone()
        return 0 if table is None else 1
    connection.execute("SELECT pg_advisory_xact_lock(7306371)")  # of all that make the tables at once, one does
    connection.execute("CREATE TABLE IF NOT EXISTS journal_schema (version INTEGER NOT NULL)")
    row = connection.execute("SELECT version FROM journal_schema").fetchone()
    return 0 if row is None else int(row[0])


def _set_version(connection: Connection, database: object) -> None:
    if isinstance(database, SQLiteDatabase):
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    else:
        connection.execute("DELETE FROM journal_schema")
        connection.execute("INSERT INTO journal_schema VALUES (?)", (SCHEMA,))


def _bring_forward(connection: Connection, database: object, place: str) -> None:
    """Turn tables of the first schema into those of today. A copy of the file as it was stays beside it."""
    assert isinstance(database, SQLiteDatabase)
    database.copy_to(Path(f"{place}.schema-1.backup"))
    connection.execute(_TABLE.format(name="runs_forward"))
    connection.execute(f"INSERT INTO runs_forward ({_KEPT}) SELECT {FIRST} FROM runs")
    connection.execute("DROP TABLE runs")
    connection.execute("ALTER TABLE runs_forward RENAME TO runs")
    backup = f"{place}.schema-1.backup"
    log.record_of("journal", logging.INFO, "brought to a newer schema", file=place, schema=SCHEMA, backup=backup)
