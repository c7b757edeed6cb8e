"""A checksum is that of the values, however SQLite keeps them."""

import sqlite3

import numpy as np
import pytest

from aslb.experiments.study.checksum import checksum

ROW = [1, "cell", 20.0, None, b"\0\1", "µ"]


def test_it_is_the_same_for_what_sqlite_gives_back():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (a REAL, b REAL, c REAL, d REAL, e TEXT, f BLOB)")
    row = [3, np.float64(0.1), float("nan"), -0.0, "µ\n", bytes(range(256))]
    database.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", row)
    (kept,) = database.execute("SELECT * FROM t")
    database.close()
    assert checksum(kept) == checksum(row)


@pytest.mark.parametrize(
    "other",
    [
        [2, *ROW[1:]],
        [1, "cell", np.nextafter(20, 21), None, b"\0\1", "µ"],
        [1, "cell", 20.0, 0.0, b"\0\1", "µ"],
        [1, "cell", 20.0, None, b"\0", "µ"],
        [1, "cell", 20.0, None, "\0\1", "µ"],
        [1, "cell", 20.0, None, "µ", b"\0\1"],
        [1, "ce", "ll", 20.0, None, b"\0\1", "µ"],
        [*ROW, None],
        ROW[:-1],
    ],
)
def test_it_differs_in_whatever_differs(other):
    assert checksum(other) != checksum(ROW)
