"""Bands on any study: its points for cells with sampled parameters."""

import numpy as np
import pandas as pd
import pytest
from fitted import offsets_of
from hypothesis import given
from hypothesis import strategies as st
from in_process import InProcess

from aslb import InputError, Study, cccv, open_study, rate_test, with_bands
from aslb.experiments.calibration.bands import ends_of, sample
from aslb.experiments.calibration.study_bands import proportional
from aslb.parameters.composition.cell import Cell

CELL, SAMPLES, SEED = Cell("Cao2021_thin_halide:narrow:two levels"), 3, 4
ERROR = CELL.fit.model_error
ACTIVE = "Positive electrode active fraction"
LAYER = "separator.thickness [um]"
OPTIONS = {"model": "SolidStateSPM"}


def banded(study):
    data = study.run(executor=InProcess())
    return with_bands(data, study, SAMPLES, SEED, executor=InProcess())


def ends(data, name):
    return np.array([data[f"{name}_{end}"].values for end in ("lower", "upper")])


def test_band_is_that_of_cells_with_the_sampled_parameters():
    grid = {LAYER: [20, 300], "c_rate": [0.2, 1.0]}
    data = banded(Study(CELL, cccv(), grid, **OPTIONS))
    one_by_one = []
    for values in sample(CELL, SAMPLES, SEED):
        own = CELL.parameter_values()
        own.update(values)
        metres = {"Separator thickness [m]": [20e-6, 300e-6], "c_rate": [0.2, 1.0]}
        of_one = Study(own, cccv(), metres, **OPTIONS)
        one_by_one.append(of_one.run(executor=InProcess()).discharge_capacity.values)
    off = offsets_of(CELL, SAMPLES, SEED, [0.2, 1.0])
    expected = ends_of(np.array(one_by_one) + off[:, None])
    assert ends(data, "discharge_capacity") == pytest.approx(expected, rel=1e-4)
    lower = data.discharge_capacity_lower
    assert lower.dims == data.discharge_capacity.dims == (LAYER, "c_rate")
    assert lower.attrs["units"] == "mAh/g"
    assert data.attrs["samples"] == SAMPLES
    assert data.attrs["model_error"] == ERROR


def test_samples_are_solved_on_the_mesh_of_the_study():
    def band_on(mesh):
        capacities = []
        for values in sample(CELL, SAMPLES, SEED):
            own = CELL.parameter_values()
            own.update(values)
            of_one = Study(own, cccv(1.0), var_pts=mesh, **OPTIONS)
            capacities.append(of_one.run(executor=InProcess()).discharge_capacity)
        off = offsets_of(CELL, SAMPLES, SEED, [1.0])[:, 0]
        return ends_of(np.array(capacities) + off)

    coarse = {"r_p": 4}
    data = banded(Study(CELL, cccv(1.0), var_pts=coarse, **OPTIONS))
    found = ends(data, "discharge_capacity")
    assert found == pytest.approx(band_on(coarse), rel=1e-4)
    assert found != pytest.approx(band_on({}), rel=1e-3)


def test_what_varies_in_the_study_wins_over_the_sample():
    values = [0.5, 0.9]
    study = Study(CELL, cccv(0.2), {ACTIVE: values}, **OPTIONS)
    data = banded(study)
    drawn = [{**x, ACTIVE: y} for x in sample(CELL, SAMPLES, SEED) for y in values]
    vary = {name: [point[name] for point in drawn] for name in drawn[0]}
    listed = Study(CELL, cccv(0.2), vary, method="list", **OPTIONS)
    found = listed.run(executor=InProcess()).discharge_capacity.values
    off = offsets_of(CELL, SAMPLES, SEED, [0.2, 0.2])
    expected = ends_of(found.reshape(SAMPLES, 2) + off)
    assert ends(data, "discharge_capacity") == pytest.approx(expected, rel=1e-4)


def test_rate_test_of_two_cells_has_bands_of_each_cycle_and_energy():
    cells = [CELL, Cell("Cao2021_thick_halide:narrow:two levels")]
    test = rate_test(((0.2, 1), (0.5, 1)))
    kept = ["discharge_capacity", "specific_energy", "charge_energy"]
    boundaries = ["cathode", "cathode+membrane"]
    vary = {"hold_h": [0.5, 1.0]}
    study = Study(cells, test, vary, quantities=kept, boundaries=boundaries, **OPTIONS)
    data = banded(study)
    for name in kept:
        lower, upper = ends(data, name)
        assert lower.shape == data[name].shape
        assert (lower <= upper).all()
        assert data[f"{name}_lower"].dims == data[name].dims
    # each cell has its own samples
    assert not np.allclose(*data.discharge_capacity_lower.values)
    alone = banded(Study(cells[1], test, vary, **OPTIONS))
    assert ends(data, "discharge_capacity")[:, 1] == pytest.approx(
        ends(alone, "discharge_capacity"), rel=1e-3
    )
    # what is proportional has bands that are
    ratio = data.specific_energy_lower / data.specific_energy
    assert ratio[..., 0].values == pytest.approx(ratio[..., 1].values)


def test_what_delivers_nothing_has_the_model_error_alone():
    kept = ["discharge_capacity", "discharge_energy"]
    thick = Cell("Cao2021_thick_halide:narrow:two levels")
    data = banded(Study(thick, cccv(5.0), quantities=kept, **OPTIONS))
    assert float(data.discharge_capacity) == 0
    expected = ends_of(offsets_of(thick, SAMPLES, SEED, [5.0])[:, 0])
    assert ends(data, "discharge_capacity") == pytest.approx(expected)
    assert (ends(data, "discharge_energy") == 0).all()


def test_the_study_that_was_given_is_not_changed():
    study = Study(CELL, cccv(1.0), **OPTIONS)
    data = study.run(executor=InProcess())
    before = data.copy(deep=True)
    after = with_bands(data, study, 1, executor=InProcess())
    assert data.identical(before)
    assert np.isfinite(ends(after, "discharge_capacity")).all()


@given(
    st.lists(st.just(0.0) | st.floats(1e-3, 300), min_size=1, max_size=6),
    st.floats(0.1, 10),
    st.floats(0, 30),
)
def test_what_is_proportional_has_the_relative_error(capacities, factor, error):
    delivered = np.array(capacities)
    offsets = np.linspace(-error, error, len(delivered))
    found = proportional(factor * delivered, delivered, offsets)
    expected = np.where(delivered > 0, factor * offsets, 0)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)


def refusal(study, *arguments):
    data = study.run(executor=InProcess())
    with pytest.raises(InputError) as error:
        with_bands(data, *arguments, executor=InProcess())
    assert "\n" not in str(error.value)
    return str(error.value)


def test_what_has_no_bands_is_refused_in_one_line():
    def study(cell=CELL, **more):
        return Study(cell, cccv(1.0), **OPTIONS, **more)

    said = refusal(study("Asano2018_chloride"), study("Asano2018_chloride"), 2)
    assert "bands need a calibration, which 'Asano2018_chloride' does not have" in said
    ratio = study(quantities=["energy_efficiency"])
    assert "no capacity and no energy is kept; accepted: ch" in refusal(ratio, ratio, 2)
    assert "data of another study; accepted" in refusal(study(), study(rtol=1e-5), 2)
    assert "bands: 0 samples; accepted: 1 or more" in refusal(study(), study())
    every = {name: [CELL.numbers[name]] for name in CELL.fit.names}
    full = study(vary=every)
    assert "varies all that the fit of 'Cao2021" in refusal(full, full, 2)


STUDY = """\
cells = ["Cao2021_thin_halide:narrow:two levels"]
model = "SolidStateSPM"
{bands}
[vary]
c_rate = [0.5, 1]
"""


def test_sweep_writes_bands_of_its_option_or_of_the_file(aslb, tmp_path):
    (tmp_path / "plain.toml").write_text(STUDY.format(bands=""))
    (tmp_path / "banded.toml").write_text(STUDY.format(bands="bands = 3"))
    plain = aslb("sweep plain.toml --out plain")
    assert plain.returncode == 0, plain.stderr
    assert not (tmp_path / "plain" / "bands.csv").exists()
    asked = aslb("sweep plain.toml --out plain --bands 3")
    written = aslb("sweep banded.toml --out banded")
    assert "Bands: 90 % of 3 samples, with a model error of" in asked.stdout
    assert "Bands: 90 % of 3 samples" in written.stdout
    tables = [
        pd.read_csv(tmp_path / name / "bands.csv") for name in ("plain", "banded")
    ]
    pd.testing.assert_frame_equal(*tables)
    assert "discharge_capacity_lower [mAh/g]" in tables[0]
    kept = open_study(tmp_path / "plain" / "bands-3-0-0")
    assert kept.status.size == 6
    aslb("sweep banded.toml --out none --bands 0")
    assert not (tmp_path / "none" / "bands.csv").exists()


def test_sweep_refuses_bands_before_anything_is_solved(aslb, tmp_path):
    mine = "Cao2021_thin_halide:narrow:two levels"
    text = STUDY.format(bands="").replace(mine, "Asano2018_chloride")
    (tmp_path / "study.toml").write_text(text)
    done = aslb("sweep study.toml --out swept --bands 3")
    assert done.returncode == 2
    assert "bands need a calibration" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "swept").exists()


def test_a_number_of_samples_that_is_none_is_refused(aslb, tmp_path):
    (tmp_path / "study.toml").write_text(STUDY.format(bands="bands = -1"))
    done = aslb("sweep study.toml")
    assert done.returncode == 2
    assert "bands: -1; accepted: 0 to" in done.stderr
