"""Whatever befalls a store: the same answer, or one line that names the file."""

import os
import resource
import sqlite3
from contextlib import contextmanager, nullcontext

import numpy as np
import pytest
from begun_stores import RATE_TEST, SINGLE, answer, begun, refusal
from forged import forge
from in_process import InProcess

from aslb.experiments import InputError
from aslb.experiments.engine.group import PointResult
from aslb.experiments.study import run, solve
from aslb.experiments.study.report import sweep_report
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import study_from

FLIPS = 120
CONTENTS = pytest.mark.parametrize("content", [SINGLE, RATE_TEST])


def is_refused(path, data, said):
    """Whether a damaged store is refused in a line; its answers are these if not."""
    try:
        found, told = answer(path)
    except InputError:
        refusal(path)
        return True
    assert found.identical(data)
    assert told == said
    return False


@CONTENTS
@pytest.mark.parametrize("together", [1, 5])
def test_flipped_bits_change_no_answer(content, together, tmp_path):
    begun(tmp_path, content).close()
    path = tmp_path / FILE
    whole = path.read_bytes()
    data, said = answer(path)
    random = np.random.default_rng(together)
    refused = 0
    for _ in range(FLIPS):
        damaged = bytearray(whole)
        for bit in random.integers(8 * len(whole), size=together):
            damaged[bit // 8] ^= 1 << (bit % 8)
        path.write_bytes(damaged)
        refused += is_refused(path, data, said)
    assert refused > FLIPS // 4  # the rest is where nothing is


def test_an_index_that_does_not_follow_from_the_rows_is_refused(tmp_path):
    begun(tmp_path).close()
    path = tmp_path / FILE
    whole = path.read_bytes()
    places = [at for at in range(len(whole)) if whole.startswith(b"failed", at)]
    assert len(places) == 2  # in the row, and in the index that is counted
    for at in places:
        path.write_bytes(whole[:at] + b"g" + whole[at + 1 :])
        refusal(path)


@CONTENTS
def test_a_file_that_was_cut_changes_no_answer(content, tmp_path):
    begun(tmp_path, content).close()
    path = tmp_path / FILE
    whole = path.read_bytes()
    data, said = answer(path)
    for size in np.linspace(1, len(whole) - 1, 30).astype(int):
        path.write_bytes(whole[:size])
        # the last page may be one in which nothing is
        assert is_refused(path, data, said) or size > len(whole) - 4096


DAMAGES = {
    "a note is missing": ["DELETE FROM meta WHERE key = 'engine'"],
    "a note is not JSON": ["UPDATE meta SET value = '{' WHERE key = 'setting'"],
    "a note is deep": [f"UPDATE meta SET value = '{'[' * 9**5}' WHERE key = 'study'"],
    "the setting says nothing": ["UPDATE meta SET value = '{}' WHERE key = 'setting'"],
    "the last point is missing": ["DELETE FROM points WHERE id = 3"],
    "a point is missing": ["DELETE FROM points WHERE id = 2"],
    "a point is there twice": [
        'UPDATE points SET "membrane thickness [um]" = 20 WHERE id = 2'
    ],
    "a curve is short": ["UPDATE points SET charge_voltage = x'00' WHERE id = 1"],
    "numbers are short": ["UPDATE points SET discharge_capacity = x'00' WHERE id = 1"],
    "numbers are text": ["UPDATE points SET discharge_capacity = 'a' WHERE id = 1"],
    "a remark too many": [
        """UPDATE points SET remarks = '["", "", "", ""]' WHERE id = 1"""
    ],
    "remarks of another kind": ["UPDATE points SET remarks = '[1]' WHERE id = 1"],
    "a status of its own": ["UPDATE points SET status = 'fine' WHERE id = 1"],
    "a thickness in words": [
        "UPDATE points SET \"membrane thickness [um]\" = 'a' WHERE id = 1"
    ],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_missing_doubled_or_short_is_told_in_a_line(damage, tmp_path):
    begun(tmp_path, RATE_TEST).close()
    forge(tmp_path / FILE, *DAMAGES[damage])
    said = refusal(tmp_path / FILE)
    assert "it is left as it is; accepted: a copy that is whole" in said
    assert refusal(tmp_path / FILE, StudyStore.to_go_on) == said


def test_a_number_that_is_text_is_refused(tmp_path):
    begun(tmp_path).close()
    forge(tmp_path / FILE, "UPDATE points SET discharge_capacity = 'a' WHERE id = 1")
    assert "point 1 is not as its study has it" in refusal(tmp_path / FILE)


def test_a_forged_store_without_a_change_is_taken(tmp_path):
    begun(tmp_path).close()
    data, said = answer(tmp_path / FILE)
    forge(tmp_path / FILE)
    found, told = answer(tmp_path / FILE)
    assert found.identical(data)
    assert told == said


FOREIGN = {
    "trigger": "CREATE TRIGGER t AFTER UPDATE ON points BEGIN DELETE FROM meta; END",
    "view": "CREATE VIEW v AS SELECT * FROM points",
    "index": "CREATE INDEX i ON points (id)",
    "index of an expression": "CREATE INDEX i ON points (abs(attempts))",
    "table": "CREATE TABLE more (a)",
    "virtual table": "CREATE VIRTUAL TABLE f USING fts5(a)",
    "column": "ALTER TABLE points ADD COLUMN more REAL",
    "computed column": "ALTER TABLE points ADD COLUMN c AS (abs(attempts))",
    "no index": "DROP INDEX by_status",
    "view in place of points": "ALTER TABLE points RENAME TO other",
    "view in place of meta": "ALTER TABLE meta RENAME TO other",
}


@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_a_store_does_not_have_is_refused_before_it_is_read(foreign, tmp_path):
    begun(tmp_path).close()
    database = sqlite3.connect(tmp_path / FILE)
    database.execute(FOREIGN[foreign])
    if "view in" in foreign:
        name = foreign.split()[-1]
        database.execute(f"CREATE VIEW {name} AS SELECT load_extension(*) FROM other")
    database.close()
    before = (tmp_path / FILE).read_bytes()
    for read in (StudyStore, StudyStore.to_go_on):
        said = refusal(tmp_path / FILE, read)
        assert "its tables are not those of a store" in said
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("opened", [StudyStore, StudyStore.to_go_on])
def test_a_file_is_trusted_with_nothing(opened, tmp_path):
    begun(tmp_path).close()
    store = opened(tmp_path / FILE)
    (trusted,) = store._database.execute("PRAGMA trusted_schema").fetchone()
    assert not trusted
    with pytest.raises(sqlite3.OperationalError, match="not authorized"):
        store._database.execute("SELECT load_extension('x')")
    store.close()


@pytest.mark.parametrize("again", [False, True])
def test_a_commit_is_on_the_disk_when_it_returns(again, tmp_path):
    store = begun(tmp_path)
    if again:
        store.close()
        store = StudyStore.to_go_on(tmp_path / FILE)
    (level,) = store._database.execute("PRAGMA synchronous").fetchone()
    assert level == 2  # FULL
    store.close()


def test_the_name_of_a_new_store_is_on_the_disk_too(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))
    begun(tmp_path).close()
    assert synced == [tmp_path.stat().st_ino]


@contextmanager
def no_file_larger_than(size):
    """A disk that is full, as far as this process can tell."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 4096, 10000])
def test_a_disk_that_is_full_as_a_store_is_made_is_told_in_a_line(size, tmp_path):
    with no_file_larger_than(size):
        said = refusal(tmp_path, lambda path: begun(path / "out"))
    assert "cannot be written" in said
    assert "accepted: a disk with space" in said
    assert [*(tmp_path / "out").iterdir()] == []
    begun(tmp_path / "out").close()


@pytest.mark.parametrize("at", ["meta", "counts", "save", "note", "retry_failed"])
def test_whatever_a_full_disk_stops_is_told_in_a_line(at, tmp_path, monkeypatch):
    begun(tmp_path).close()

    def full(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(StudyStore, at, full)
    monkeypatch.setattr(solve, "solve_points", lambda *_: [])

    def rechecking(store, *_, **__):
        return nullcontext(store.note("recheck", None))

    monkeypatch.setattr(run, "rechecking", rechecking)
    options = {"executor": InProcess(), "retry_failed": True}
    said = refusal(
        tmp_path / FILE, lambda _: study_from(SINGLE).run(tmp_path, **options)
    )
    assert "cannot be written (database or disk is full)" in said
    assert "what was finished is kept" in said


def test_a_disk_that_gets_full_keeps_what_was_committed(tmp_path):
    store = begun(tmp_path)
    long = PointResult(6, "long" * 10_000, 3, [], [])
    with no_file_larger_than(30_000), pytest.raises(sqlite3.OperationalError):
        store.save([long])
    store.close()
    counts = {"ok": 4, "failed": 1, "pending": 1}
    assert answer(tmp_path / FILE)[1]["counts"] == counts


def test_a_folder_that_cannot_be_made_is_told_in_a_line(tmp_path):
    (tmp_path / "out").write_text("a file")
    said = refusal(tmp_path / "out", lambda path: begun(path))
    assert "cannot be written" in said


def test_points_made_pending_again_and_given_up_are_sealed_anew(tmp_path):
    store = begun(tmp_path)
    assert store.retry_failed() == 1
    store.give_up("no time")
    store.close()
    store = StudyStore(tmp_path / FILE)
    assert store.counts() == {"ok": 4, "failed": 2, "pending": 0}
    assert store.reasons() == [("no time", 2)]
    store.close()
    assert "2 failed: no time" in sweep_report(tmp_path)[0].summary


@pytest.mark.parametrize(
    "change", ["DELETE FROM points WHERE id = 6", "UPDATE points SET attempts = 9"]
)
def test_what_changed_since_it_was_opened_is_seen_too(change, tmp_path):
    begun(tmp_path).close()
    store = StudyStore(tmp_path / FILE)
    database = sqlite3.connect(tmp_path / FILE)
    with database:
        database.execute(change)
    database.close()
    refusal(tmp_path / FILE, lambda _: store.table())
    store.close()
