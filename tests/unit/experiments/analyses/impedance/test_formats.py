"""Spectra are read back by another program."""

import numpy as np
import pytest

from aslb.experiments.analyses.impedance.formats import plain_csv, zplot

FREQUENCIES = np.logspace(5, -1, 7)
OHMS = 10 / (1 + 1j * FREQUENCIES) + 3


@pytest.mark.filterwarnings(
    # of what pyimpspec imports
    "ignore:Importing from numpy.matlib:PendingDeprecationWarning"
)
@pytest.mark.parametrize("ending", ["csv", "z"])
def test_pyimpspec_reads_what_is_written(ending, tmp_path):
    import pyimpspec

    texts = {
        "csv": "f,re,im\n" + plain_csv(FREQUENCIES, OHMS),
        "z": zplot(FREQUENCIES, OHMS, "a cell", "2026-11-30"),
    }
    file = tmp_path / f"spectrum.{ending}"
    file.write_text(texts[ending], encoding="utf-8")
    (data,) = pyimpspec.parse_data(str(file))
    assert data.get_frequencies() == pytest.approx(FREQUENCIES, rel=1e-8)
    assert data.get_impedances() == pytest.approx(OHMS, rel=1e-8)


def test_a_plain_file_is_three_columns_for_numpy(tmp_path):
    file = tmp_path / "spectrum.csv"
    file.write_text(plain_csv(FREQUENCIES, OHMS))
    frequency, real, imaginary = np.loadtxt(file, delimiter=",", unpack=True)
    assert frequency == pytest.approx(FREQUENCIES)
    assert real + 1j * imaginary == pytest.approx(OHMS, rel=1e-8)
