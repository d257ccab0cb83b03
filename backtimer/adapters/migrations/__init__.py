"""How the record's file came to its present form: one module a version, and how they are run.

A version is never edited once it was released; the next one changes what it left. The number
of a version is its place in `VERSIONS`, and stands in the file as SQLite's `user_version`.
"""

import sqlite3
from collections.abc import Callable, Sequence

from backtimer.adapters.migrations import (
    v1_events,
    v2_checksums,
    v3_answers,
    v4_corrections,
)

Migration = Callable[[sqlite3.Connection], None]

VERSIONS: tuple[Migration, ...] = (
    v1_events.migrate,
    v2_checksums.migrate,
    v3_answers.migrate,
    v4_corrections.migrate,
)

VERSIONS_MOST = 255  # a file that says more is damaged, not newer
APPLICATION_ID = 0x4261_6B74  # “Bakt”: tells a record from any other SQLite file


def migrate(connection: sqlite3.Connection, versions: Sequence[Migration] = VERSIONS) -> None:
    """Bring the file to the last of `versions`: all of the steps that it lacks, or none.

    A migration runs inside this transaction; `executescript` would end it, so it may not.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again inside: another process may have done it meanwhile.
        for each in versions[version_of(connection) :]:
            each(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(versions)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the file; 0 for one that has none yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_record(connection: sqlite3.Connection) -> bool:
    """Whether the file is a record of this program."""
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    return bool(found == APPLICATION_ID) and 0 < version_of(connection) <= VERSIONS_MOST
