"""Stores that somebody changed who knows how checksums are made."""

import sqlite3

from aslb.experiments.study.checksum import checksum


def forge(path, *statements, functions=()):
    """Change a store by SQL, and give every row the checksum of what it then has."""
    database = sqlite3.connect(path)
    for name, function in functions:
        database.create_function(name, -1, function)
    with database:
        for statement in statements:
            database.execute(statement)
        for table, key in (("meta", "key"), ("points", "id")):
            for *row, _ in database.execute(f"SELECT * FROM {table}").fetchall():
                database.execute(
                    f"UPDATE {table} SET checksum = ? WHERE {key} = ?",
                    [checksum(row), row[0]],
                )
    database.close()
