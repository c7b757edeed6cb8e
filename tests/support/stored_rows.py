"""What a study's store holds, bit by bit."""

import sqlite3

from aslb.experiments.study.store import FILE


def rows(path):
    """All rows of the points in a folder, by number."""
    database = sqlite3.connect(path / FILE)
    found = database.execute("SELECT * FROM points ORDER BY id").fetchall()
    database.close()
    return found
