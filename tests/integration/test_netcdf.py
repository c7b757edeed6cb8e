"""Answers are written as netCDF, and read back as the answers that they were."""

import json

import pytest
import xarray as xr
from in_process import InProcess

import aslb
from aslb.present import report

CELL = "Cao2021_thin_halide"
SPM = {"model": "SolidStateSPM"}
RUN = {**SPM, "executor": InProcess(), "upper_cutoff": 3.8}
MADE = {
    "thickness": lambda: aslb.thickness(CELL, [3e-5, 1e-4], [1], holds=[1], **RUN),
    "rate": lambda: aslb.rate([CELL], [("1C", 1)], **RUN),
    "energy": lambda: aslb.energy_density(CELL, [3e-5], [1], **RUN),
    "design map": lambda: aslb.design_map(CELL, [3e-5, 1e-4], [20, 40], [0.5], **RUN),
    "impedance": lambda: aslb.impedance([CELL], **SPM),
    "resistance": lambda: aslb.resistance([CELL, "Kato2018_thin"], **SPM),
    "study": lambda: aslb.Study(CELL, aslb.cccv(), {"c_rate": [0.5, 1]}, **SPM).run(
        executor=InProcess()
    ),
}
COMPLEX = {"impedance": {"auto_complex": True}}
"""What netCDF needs to hold complex numbers."""


def manifest_of(answer, folder):
    aslb.save(answer, folder)
    return json.loads((folder / "manifest.json").read_text())


@pytest.mark.parametrize("analysis", MADE)
def test_an_answer_is_the_same_after_it_was_a_file(analysis, tmp_path):
    answer, how = MADE[analysis](), COMPLEX.get(analysis, {})
    answer.to_netcdf(tmp_path / "answer.nc", engine="netcdf4", **how)
    again = xr.load_dataset(tmp_path / "answer.nc", engine="netcdf4", **how)
    xr.testing.assert_identical(answer, again)
    assert again.attrs["analysis"] == analysis
    assert report(again).summary == report(answer).summary
    made = [manifest_of(it, tmp_path / n) for n, it in (("a", answer), ("b", again))]
    assert made[0] == made[1]
    if analysis != "study":
        assert CELL in made[1]["parameter_hash"]
    if analysis in ("thickness", "rate", "energy"):
        assert made[1]["arguments"]["cutoffs"] == {"upper_cutoff": 3.8}
