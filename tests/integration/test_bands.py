"""Bands on studies: what cells with sampled parameters give, one by one."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from fitted import offsets_of
from in_process import InProcess

from aslb.experiments import InputError, energy_density, rate, thickness
from aslb.experiments.analyses.energy.bands import with_bands as with_energy_bands
from aslb.experiments.analyses.rate.study import with_bands as with_rate_bands
from aslb.experiments.analyses.thickness.bands import with_bands as with_thickness_bands
from aslb.experiments.analyses.thickness.conditions import Conditions
from aslb.experiments.calibration.bands import ends_of, sample
from aslb.parameters.cells.cao2021.readings import AMBIENT, REFERENCE
from aslb.parameters.composition.cell import Cell
from aslb.present import plot, report

CELL, SPM = "Cao2021_thin_halide:narrow:two levels", "SolidStateSPM"
RATES = [(0.2, 1), (1.0, 1)]
SAMPLES, SEED = 4, 2
OPTIONS = {"model": SPM, "executor": InProcess()}


def own_cell(folder, name):
    """A cell of the user's own in a file, with the name they gave it."""
    text = (Path(__file__).parents[2] / "examples" / "lco_li3ycl6.toml").read_text()
    path = folder / f"{name}.toml"
    path.write_text(text.replace("[600, 500, 700]", "[620, 550, 700]"))
    return str(path)


def sampled_cells(number, seed):
    """The cell with each set of its sampled parameters."""
    cells = []
    for k, values in enumerate(sample(Cell(CELL), number, seed)):
        cell = Cell(CELL).parameter_values()
        cell.update(values)
        cells.append(Cell(cell, name=f"sample {k}"))
    return cells


@pytest.fixture(scope="module")
def banded():
    study = rate([CELL], RATES, **OPTIONS)
    return with_rate_bands(study, [CELL], SAMPLES, SEED, OPTIONS["executor"])


def test_rate_band_is_that_of_cells_with_the_sampled_parameters(banded):
    cells = sampled_cells(SAMPLES, SEED)
    one_by_one = rate(cells, RATES, **OPTIONS).discharge_capacity.values
    off = offsets_of(Cell(CELL), SAMPLES, SEED, [0.2, 1.0])
    assert (off.std(axis=0) > 0).all()
    found = [banded[f"discharge_capacity_{end}"][0] for end in ("lower", "upper")]
    np.testing.assert_allclose(found, ends_of(one_by_one + off), rtol=1e-4)
    medians = [banded[f"discharge_capacity_median_{e}"][0] for e in ("lower", "upper")]
    expected = np.median(one_by_one + off, axis=0)  # of one reading
    np.testing.assert_allclose(medians, [expected, expected], rtol=1e-4)


def test_draws_hold_at_their_own_temperature_as_when_they_were_drawn():
    # kinetics and diffusion had no activation energies then, electrolytes had
    values = max(sample(Cell(CELL), 20, SEED), key=lambda one: one[AMBIENT])
    then = Cell(CELL).parameter_values()
    then.update({k: v for k, v in values.items() if k != REFERENCE})
    energies = [name for name in then if name.endswith("activation energy [J.mol-1]")]
    then.update({name: 0 for name in energies if "conductivity" not in name})
    then["Positive electrode conductivity activation energy [J.mol-1]"] = 0
    now = Cell(CELL).parameter_values()
    now.update(values)
    cells = [Cell(then, name="then"), Cell(now, name="now")]
    capacities = rate(cells, [(1.0, 1)], **OPTIONS).discharge_capacity.values
    np.testing.assert_allclose(capacities[0], capacities[1], rtol=1e-6)


def test_samples_of_a_mixture_are_of_cells_in_each_reading():
    name = "Cao2021_thin_halide"
    study = rate([name], [(1.0, 1)], **OPTIONS)
    study = with_rate_bands(study, [name], 12, SEED, OPTIONS["executor"])
    # their medians are those of several forms
    lower, upper = (study[f"discharge_capacity_median_{e}"] for e in ("lower", "upper"))
    assert (lower < upper).all()
    assert (study.discharge_capacity_lower <= upper).all()


def test_rate_band_has_the_shape_and_unit_of_the_capacity(banded):
    capacity = banded.discharge_capacity
    lower, upper = banded.discharge_capacity_lower, banded.discharge_capacity_upper
    assert lower.dims == upper.dims == capacity.dims
    assert lower.attrs["units"] == upper.attrs["units"] == "mAh/g"
    assert (lower <= upper).all()
    assert banded.attrs["samples"] == SAMPLES
    assert banded.attrs["model_error"] == Cell(CELL).fit.model_error


def test_the_study_that_was_given_is_not_changed():
    study = rate([CELL], RATES, **OPTIONS)
    before = study.copy(deep=True)
    with_rate_bands(study, [CELL], 1, SEED, InProcess())
    assert study.identical(before)


def test_same_seed_gives_the_same_band_and_another_seed_does_not(banded):
    def lower(seed):
        study = rate([CELL], RATES, **OPTIONS)
        return with_rate_bands(
            study, [CELL], 1, seed, InProcess()
        ).discharge_capacity_lower

    assert lower(7).equals(lower(7))
    assert not lower(7).equals(lower(8))


def test_ends_of_thickness_bands_bracket_the_samples():
    layers = np.array([47e-6, 1e-3])
    study = thickness(CELL, layers, [1.0], holds=(), **OPTIONS)
    study = with_thickness_bands(study, CELL, 3, SEED, InProcess())
    for name in ("discharge_capacity", "critical_thickness"):
        lower, upper = study[f"{name}_lower"], study[f"{name}_upper"]
        assert (lower <= upper).all()
    assert (study.critical_thickness_lower >= layers[0]).all()
    assert (study.critical_thickness_upper <= layers[-1]).all()
    assert (study.discharge_capacity_lower >= 0).all()


@pytest.mark.parametrize(
    ("layers", "end"), [((47e-6, 60e-6), 60e-6), ((6e-3, 9e-3), 6e-3)]
)
def test_critical_thickness_beyond_the_range_is_its_end(layers, end):
    study = thickness(CELL, layers, [1.0], holds=(), **OPTIONS)
    assert np.isnan(study.critical_thickness).all()
    study = with_thickness_bands(study, CELL, 2, SEED, InProcess())
    assert study.critical_thickness_lower.values == pytest.approx(end)
    assert study.critical_thickness_upper.values == pytest.approx(end)


def test_cell_without_a_calibration_is_refused_in_one_line(tmp_path):
    for cell in ("Asano2018_chloride", own_cell(tmp_path, "mine")):
        name = "mine" if cell.endswith(".toml") else cell
        reason = f"^bands need a calibration, which '{name}' does not have; accepted: "
        study = rate([cell], [(1.0, 1)], **OPTIONS)
        with pytest.raises(InputError, match=reason) as refused:
            with_rate_bands(study, [cell], 2, executor=InProcess())
        assert "\n" not in str(refused.value)
        study = thickness(cell, [1e-4], [1.0], holds=(), **OPTIONS)
        with pytest.raises(InputError, match=reason):
            with_thickness_bands(study, cell, 2, executor=InProcess())


@pytest.mark.parametrize("kind", ["rate", "thickness"])
def test_file_with_the_name_of_a_shipped_cell_is_refused(tmp_path, kind):
    cell = own_cell(tmp_path, "Cao2021_thin_halide")
    if kind == "rate":
        study, add = rate([cell], [(1.0, 1)], **OPTIONS), with_rate_bands
        cell = [cell]
    else:
        study, add = (
            thickness(cell, [1e-4], [1.0], holds=(), **OPTIONS),
            with_thickness_bands,
        )
    with pytest.raises(InputError, match="bands need a calibration") as refused:
        add(study, cell, 1, executor=InProcess())
    assert "\n" not in str(refused.value)


def test_summary_and_figure_say_the_model_error(banded):
    error = Cell(CELL).fit.model_error
    said = f"Bands: 90 % of 4 samples, with a model error of {error:.1f} mAh/g"
    assert report(banded).summary.endswith(said)
    (legend,) = plot(banded).legends
    assert legend.get_title().get_text() == said
    far = banded.assign(discharge_capacity_upper=banded.discharge_capacity_lower)
    far["discharge_capacity"] = far.discharge_capacity_upper + 1
    assert f"Outside of its band: {CELL} at " in report(far).summary
    far["discharge_capacity"] = far.discharge_capacity_upper
    assert "Outside" not in report(far).summary
    plt.close("all")


def _capacities(options):
    """Capacity of each sample in the protocol of the energies [mAh/g]."""
    found = []
    for one in sampled_cells(SAMPLES, SEED):
        study = energy_density(one, **options)
        energy, watts = study.specific_energy, study.specific_power
        time = float((energy / watts).isel(boundary=0)[0, 0])  # h
        nominal = one.numbers["Nominal cell capacity [A.h]"] / one.active_mass
        found.append(time * 0.2 * nominal)
    return np.array(found)


@pytest.mark.parametrize("anode", ["as-built", "Li"])
def test_energy_band_is_that_of_cells_with_the_sampled_parameters(anode):
    options = {"thicknesses": [500e-6], "c_rates": [0.2], "anode": anode, **OPTIONS}
    study = energy_density(CELL, **options)
    before = study.copy(deep=True)
    banded = with_energy_bands(study, CELL, SAMPLES, SEED, InProcess())
    assert study.identical(before)
    one_by_one = [energy_density(c, **options) for c in sampled_cells(SAMPLES, SEED)]
    cell = Cell(CELL)
    off = offsets_of(cell, SAMPLES, SEED, [0.2])[:, 0]
    delivered = [
        float(one.discharge_energy[0, 0] / one.specific_energy[0, 0, 0])
        for one in one_by_one
    ]
    assert np.ptp(delivered) == pytest.approx(0, abs=1e-9)  # the mass is that of all
    charge = 0.1 * cell.active_mass / cell.area  # mAh/cm2 of a mAh/g
    areal = np.array([float(one.discharge_energy[0, 0]) for one in one_by_one])
    # an energy is off by its mean voltage times what the capacity is off by
    voltage = areal / charge / _capacities(options)
    assert (voltage > (3.1 if anode == "as-built" else 3.7)).all()
    shares = 1 + off / _capacities(options)
    for name in ("specific_energy", "energy_density"):
        energies = np.array([one[name].values for one in one_by_one])
        expected = ends_of((energies.T * shares).T)
        found = [banded[f"{name}_{end}"] for end in ("lower", "upper")]
        np.testing.assert_allclose(found, expected, rtol=1e-3)
        assert found[0].dims == study[name].dims
        assert found[0].attrs["units"] == study[name].attrs["units"]
    assert banded.attrs["model_error"] == Cell(CELL).fit.model_error
    said = f"model error of {cell.fit.model_error:.1f} mAh/g"
    assert report(banded).summary.endswith(said)
    shorts = "Lithium: the discharge is 0.635 mA/cm2 at C/5; 1 of 1 rates reach the 0.5"
    assert (shorts in report(banded).summary) == (anode == "Li")
    far = banded.assign(specific_energy=banded.specific_energy_upper + 1)
    assert "Outside of its band: 47 µm at C/5 and 500 µm" in report(far).summary
    table = report(banded).tables["energy"]
    for column in ("specific_energy_lower_Wh_kg", "energy_density_upper_Wh_L"):
        assert column in table
    (legend,) = plot(banded).legends
    assert said in legend.get_title().get_text()
    plt.close("all")


@pytest.mark.parametrize("asked", [{}, {"upper_cutoff": 3.9}])
def test_each_reading_is_cycled_in_its_own_window(asked, monkeypatch):
    cell = "Cao2021_thin_halide"
    study = thickness(cell, [5e-5, 5e-4], [1.0], **asked, **OPTIONS)
    windows = {}
    solved = Conditions.solved

    def noted(self, reading, *arguments, **options):
        windows[reading.name] = self.limits(reading)["upper_cutoff"]
        return solved(self, reading, *arguments, **options)

    monkeypatch.setattr(Conditions, "solved", noted)
    with_thickness_bands(study, cell, 8, SEED, OPTIONS["executor"])
    assert len(windows) > 3
    for name, upper in windows.items():
        own = 4.2 if "literal" in name else 3.85
        assert upper == asked.get("upper_cutoff", own)
