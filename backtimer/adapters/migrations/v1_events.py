"""Version 1: the log of events, which SQLite itself keeps from being changed."""

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        episode INTEGER NOT NULL,
        kind TEXT NOT NULL,
        wall TEXT NOT NULL,  -- ISO 8601 with offset
        boot TEXT NOT NULL,
        boot_s REAL NOT NULL,
        payload TEXT NOT NULL  -- JSON
    )
    """,
    # Finds the open episode without a look at the ended ones.
    "CREATE INDEX events_of_episode ON events (episode)",
    """
    CREATE TRIGGER events_stay BEFORE DELETE ON events
    BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END
    """,
    """
    CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events
    BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END
    """,
    # INSERT OR REPLACE deletes without the trigger above.
    """
    CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
    BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the table in an empty file."""
    for each in _STATEMENTS:
        connection.execute(each)
