"""Spectra are fitted, and what made them is found within the intervals."""

import numpy as np
import pytest

from aslb import Cell, InputError, calibrate, impedance
from aslb.experiments.analyses.impedance.formats import plain_csv
from aslb.experiments.calibration.spectrum_data import read_spectrum

NAME = "Cao2021_thin_halide"
SPM = "SolidStateSPM"
TRUTH = {
    "Positive electrode reference exchange-current density [A.m-2]": 2.0,
    "Catholyte conductivity [S.m-1]": 0.08,
    "Positive electrode double-layer capacity [F.m-2]": 0.1,
}
FREQUENCIES = np.logspace(4, -2, 25)
NOISE = 0.01  # of the magnitude


def synthetic(path, seed, truth=TRUTH):
    """A file of a spectrum with noise, as an impedance analyser leaves it."""
    cell = Cell(NAME).vary(truth)
    found = impedance(cell, FREQUENCIES, model=SPM)
    z = found.impedance.values.ravel() / float(found.area[0])
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((2, len(z)))
    z = z + NOISE * abs(z) * (noise[0] + 1j * noise[1])
    path.write_text(plain_csv(FREQUENCIES, z), encoding="utf-8")
    return path


def fitted(path, **how):
    spectrum = read_spectrum(path, 0.5, NOISE)
    return calibrate(
        Cell(NAME), None, list(TRUTH), spectra=[spectrum], starts=1, model=SPM, **how
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_synthetic_spectrum_gives_its_values_back(seed, tmp_path):
    found = fitted(synthetic(tmp_path / "eis.csv", seed))
    table = found.posterior.table().set_index("name")
    for name, value in TRUTH.items():
        assert table.lower[name] < value < table.upper[name]
    # the arc is seen: its resistance and its frequency
    double_layer = table.loc["Positive electrode double-layer capacity [F.m-2]"]
    assert double_layer.upper / double_layer.lower < 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b,c\n1,2,3\n", "no column 'frequency_Hz'; accepted columns: frequency_Hz,"),
        ("1,2\n3,4\n", "no column 'frequency_Hz'"),
        ("1,2,3\n0,2,3\n2,1,1\n", "row 2: 0, 2, 3; accepted: a positive"),
        ("1,2,3\n2,nan,3\n3,1,1\n", "row 2: 2.0, nan, 3.0; accepted: a positive"),
        ("1,2,3\n3,2,3\n2,1,1\n", "frequencies; accepted: three or more, all rising"),
        ("1,2,3\n2,2,3\n2,1,1\n", "frequencies; accepted: three or more, all rising"),
        ("1,2,3\n", "frequencies; accepted: three or more"),
        ("", "No columns to parse"),
    ],
)
def test_a_file_that_is_no_spectrum_is_one_line(text, said, tmp_path):
    path = tmp_path / "eis.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=r"eis\.csv: ") as raised:
        read_spectrum(path, 0.5)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_states_and_uncertainties_that_cannot_be_are_named(tmp_path):
    path = tmp_path / "eis.csv"
    path.write_text("frequency_Hz,z_real_ohm,z_imag_ohm\n1,2,-3\n2,2,-3\n3,1,-1\n")
    assert read_spectrum(path, 0.3).real == (2, 2, 1)
    with pytest.raises(InputError, match="state of charge 30; accepted: 0 to 1"):
        read_spectrum(path, 30)
    with pytest.raises(InputError, match="uncertainty 0; accepted: a share"):
        read_spectrum(path, 0.5, 0)
    with pytest.raises(InputError, match="no data; accepted: a rate test, spectra"):
        calibrate(NAME)
