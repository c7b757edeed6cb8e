"""Files are written where they can be, or refused in one line before it matters."""

import pandas as pd
import pytest

from aslb.errors import InputError
from aslb.experiments.output.files import check_writable, write_report
from aslb.experiments.output.report import Report


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"folder .*file/a/b cannot be written to"):
        check_writable(tmp_path / "file" / "a" / "b")


def test_a_folder_that_can_be_made_is_not_made_yet(tmp_path):
    check_writable(tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())
    (tmp_path / "a").mkdir()
    check_writable(tmp_path / "a")
    assert not list((tmp_path / "a").iterdir())


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "table.csv").mkdir()
    report = Report("", {"table": pd.DataFrame({"a": [1]})}, {})
    with pytest.raises(InputError, match=r"table\.csv cannot be written \(Is a dir"):
        write_report(report, tmp_path, {})
