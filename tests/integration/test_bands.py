"""Bands on studies: what cells with sampled parameters give, one by one."""

from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import InputError, energy_density, rate, thickness
from aslb.experiments.analyses.energy.bands import with_bands as with_energy_bands
from aslb.experiments.analyses.rate.study import with_bands as with_rate_bands
from aslb.experiments.analyses.thickness.bands import with_bands as with_thickness_bands
from aslb.experiments.calibration.bands import ends_of, sample
from aslb.parameters.composition.cell import Cell
from aslb.present import plot, report

CELL, SPM = "Cao2021_thin_halide", "SolidStateSPM"
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
        cell = pybamm.ParameterValues(CELL)
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
    error = Cell(CELL).fit.model_error
    assert error > 1
    for column, capacities in enumerate(one_by_one.T):
        band = [
            float(banded[f"discharge_capacity_{end}"][0, column])
            for end in ("lower", "upper")
        ]
        assert band == pytest.approx(ends_of(capacities, error), rel=1e-4)


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
    cell = own_cell(tmp_path, CELL)
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
    said = f"Bands: 95 % of 4 samples, with a model error of {error:.1f} mAh/g"
    assert report(banded).summary.endswith(said)
    assert plot(banded).get_supxlabel() == said
    plt.close("all")


@pytest.mark.parametrize("kind", ["rate", "thickness"])
def test_fit_that_misses_its_data_has_no_bands(kind):
    fit = replace(Cell(CELL).fit, missed=("first discharge [mAh/g]",))
    cell = Cell(CELL).with_fit(fit)
    if kind == "rate":
        study, add = rate([cell], [(1.0, 1)], **OPTIONS), with_rate_bands
        cell = [cell]
    else:
        study, add = (
            thickness(cell, [1e-4], [1.0], holds=(), **OPTIONS),
            with_thickness_bands,
        )
    with pytest.raises(InputError, match=r"miss what it was fitted to, first dis"):
        add(study, cell, 1, executor=InProcess())


@pytest.mark.parametrize("anode", ["as-built", "Li"])
def test_energy_band_is_that_of_cells_with_the_sampled_parameters(anode):
    options = {"thicknesses": [500e-6], "c_rates": [0.2], "anode": anode, **OPTIONS}
    study = energy_density(CELL, **options)
    before = study.copy(deep=True)
    banded = with_energy_bands(study, CELL, SAMPLES, SEED, InProcess())
    assert study.identical(before)
    one_by_one = [energy_density(c, **options) for c in sampled_cells(SAMPLES, SEED)]
    cell = Cell(CELL)
    found = [one.specific_energy.values for one in one_by_one]
    low, middle = np.quantile(found, [0.025, 0.5], axis=0)
    share = np.sqrt((middle - banded.specific_energy_lower) ** 2 - (middle - low) ** 2)
    share = share / (1.96 * cell.fit.model_error)  # W.h/kg for each mA.h/g
    areal_mass = 10 * study.discharge_energy / study.specific_energy
    voltage = share * areal_mass * cell.area / cell.active_mass
    assert (voltage - (0.62 if anode == "Li" else 0) > 3.1).all()
    assert (voltage - (0.62 if anode == "Li" else 0) < 3.5).all()
    for name in ("specific_energy", "energy_density"):
        energies = np.array([one[name].values for one in one_by_one])
        found = [banded[f"{name}_{end}"] for end in ("lower", "upper")]
        # without a model error it is a band of the energies alone
        lower, upper = ends_of(energies)
        assert (found[0] < lower).all()
        assert (found[1] > upper).all()
        assert found[0].dims == study[name].dims
        assert found[0].attrs["units"] == study[name].attrs["units"]
        shares = [end / study[name] for end in found]
        for share in shares:  # the mass is the same for all
            assert share.values == pytest.approx(
                share.isel(boundary=[0] * share.boundary.size).values
            )
    assert banded.attrs["model_error"] == Cell(CELL).fit.model_error
    said = f"model error of {cell.fit.model_error:.1f} mAh/g"
    assert report(banded).summary.endswith(said)
    table = report(banded).tables["energy"]
    assert list(table)[-4:] == [
        "specific_energy_lower_Wh_kg",
        "specific_energy_upper_Wh_kg",
        "energy_density_lower_Wh_L",
        "energy_density_upper_Wh_L",
    ]
    assert "Bands: 95 %" in plot(banded).get_suptitle()
    plt.close("all")
