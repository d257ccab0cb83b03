"""Version 4: the record may tell that a session was corrected, or something of an ended episode.

Nothing in the file changes. The number keeps an older program, which knows neither, from it.
"""

import sqlite3


def migrate(_connection: sqlite3.Connection) -> None:
    """Leave everything as it is."""
