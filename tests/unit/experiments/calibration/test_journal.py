"""The journal of searches: what a kill left of a line costs that search alone."""

import pytest

from aslb.experiments import InputError
from aslb.experiments.calibration.searches import _read, _write

ENTRIES = [{"key": "a", "cost": 1.0}, {"key": "b", "cost": 2.0}]


@pytest.fixture
def journal(tmp_path):
    path = tmp_path / "out" / "searches.jsonl"
    for entry in ENTRIES:
        _write(path, entry)
    return path


def test_what_is_written_is_read(journal, tmp_path):
    assert _read(journal) == {"a": ENTRIES[0], "b": ENTRIES[1]}
    assert _read(tmp_path / "none") == _read(None) == {}


@pytest.mark.parametrize("left", [1, 9, 15])
def test_a_line_that_a_kill_cut_is_written_again(journal, left):
    whole = journal.read_text()
    first = whole.index("\n") + 1
    journal.write_text(whole[: first + left])
    assert _read(journal) == {"a": ENTRIES[0]}
    _write(journal, ENTRIES[1])
    assert journal.read_text() == whole


@pytest.mark.parametrize("content", ["words", "words\n", "[1]\n", "{}\n", "[" * 9**5])
def test_another_file_is_refused_in_a_line_and_left_alone(journal, content):
    journal.write_text(content)
    with pytest.raises(InputError, match="is no journal of searches") as refused:
        _read(journal)
    assert str(journal) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert journal.read_text() == content
