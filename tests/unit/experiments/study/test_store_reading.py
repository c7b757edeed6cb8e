"""Results are read where nothing can be written, and by whoever may read the file."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from begun_stores import answer, begun, refusal

from aslb.experiments.study import store as store_module
from aslb.experiments.study.on_disk import locked
from aslb.experiments.study.report import sweep_report
from aslb.experiments.study.store import FILE, StudyStore

NOBODY = 65534


@pytest.fixture
def folder():
    """A folder that every user of the machine can read."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@contextmanager
def read_only(folder):
    """Nothing can be written, also by root, who then is somebody else."""
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(PermissionError):
            (folder / "new").touch()
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_closed_store_is_one_file(folder):
    store = begun(folder)
    assert [*folder.glob("*-wal")] != []  # while it is written others can read
    store.close()
    assert [file.name for file in folder.iterdir()] == [FILE]


def test_to_read_it_changes_nothing(folder):
    begun(folder).close()
    before = (folder / FILE).read_bytes()
    answer(folder / FILE)
    sweep_report(folder)
    assert (folder / FILE).read_bytes() == before
    assert [file.name for file in folder.iterdir()] == [FILE]


def test_it_is_read_on_a_medium_that_is_read_only_and_by_another_user(folder):
    begun(folder).close()
    data, said = answer(folder / FILE)
    with read_only(folder):
        found, told = answer(folder / FILE)
        assert "4 ok, 1 failed, 1 pending" in sweep_report(folder)[0].summary
    assert found.identical(data)
    assert told == said


def test_one_that_somebody_read_as_it_was_closed_is_read_there_too(folder):
    store = begun(folder)
    reader = StudyStore(folder / FILE)
    store.close()  # the reader keeps it from letting go of its log
    reader.close()
    StudyStore.to_go_on(folder / FILE)._database.close()
    assert [file.name for file in folder.iterdir()] == [FILE]
    assert (folder / FILE).read_bytes()[18:20] == b"\2\2"  # it still says so
    with read_only(folder):
        found, told = answer(folder / FILE)
    folder.chmod(0o755)
    data, said = answer(folder / FILE)
    assert found.identical(data)
    assert told == said


def test_a_log_that_cannot_be_read_is_no_lost_answer(folder):
    store = begun(folder)
    copy = folder / "copy"
    copy.mkdir()
    for file in (FILE, f"{FILE}-wal"):  # as a kill leaves them
        shutil.copy(folder / file, copy / file)
    store.close()
    data, said = answer(folder / FILE)
    with read_only(copy):
        assert "accepted: a copy that is whole" in refusal(copy / FILE)
    copy.chmod(0o755)
    found, told = answer(copy / FILE)
    assert found.identical(data)
    assert told == said


def test_to_go_on_where_nothing_can_be_written_is_refused_in_a_line(folder):
    begun(folder).close()
    with read_only(folder):
        for write in (StudyStore.to_go_on, lambda path: locked(path).__enter__()):
            assert "cannot be written" in refusal(folder / FILE, write)


def test_a_table_is_of_one_moment_while_another_process_writes(folder, monkeypatch):
    store = begun(folder)
    reader = StudyStore(folder / FILE)
    read = store_module.rows

    def meanwhile(database, count):
        store.append("Cao2021_thin_halide", np.array([[90, 0.5]]), loss=0.1)
        return read(database, count)

    monkeypatch.setattr(store_module, "rows", meanwhile)
    assert len(reader.table()) == 6
    monkeypatch.undo()
    assert len(reader.table()) == 7
    reader.close()
    store.close()


def test_who_reads_keeps_nobody_from_going_on(folder):
    begun(folder).close()
    reader = StudyStore(folder / FILE)
    store = StudyStore.to_go_on(folder / FILE)
    store.give_up("why")
    assert reader.counts() == {"ok": 4, "failed": 2, "pending": 0}
    reader.close()
    store.close()
