"""Version 2: each row has a checksum, and the record an id that tells it from any other."""

import os
import sqlite3
import zlib
from collections.abc import Sequence

_STAY = (
    """
    CREATE TRIGGER events_stay BEFORE DELETE ON events
    BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END
    """,
    """
    CREATE TRIGGER events_do_not_change BEFORE UPDATE ON events
    BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END
    """,
    """
    CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
    BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END
    """,
)


def crc_of(values: Sequence[object]) -> int:
    """The checksum of a row's columns, without that of the checksum itself.

    `ascii` tells every value from every other, and floats exactly; `repr` would depend on the
    version of Unicode.
    """
    return zlib.crc32(ascii(tuple(values)).encode("ascii"))


def migrate(connection: sqlite3.Connection) -> None:
    """Give every row its checksum and the file its id."""
    for name in ("events_stay", "events_do_not_change", "events_are_not_replaced"):
        connection.execute(f"DROP TRIGGER {name}")
    # The open episode is found from the end of the table: an index could only be damaged.
    connection.execute("DROP INDEX events_of_episode")
    connection.execute("ALTER TABLE events ADD COLUMN crc INTEGER NOT NULL DEFAULT 0")
    rows = connection.execute(
        "SELECT seq, episode, kind, wall, boot, boot_s, payload FROM events ORDER BY seq"
    )
    found = [(crc_of(row), row[0]) for row in rows]
    connection.executemany("UPDATE events SET crc = ? WHERE seq = ?", found)
    for each in _STAY:
        connection.execute(each)
    connection.execute("CREATE TABLE lineage (id TEXT NOT NULL, crc INTEGER NOT NULL)")
    new = os.urandom(16).hex()
    connection.execute("INSERT INTO lineage VALUES (?, ?)", (new, crc_of((new,))))
