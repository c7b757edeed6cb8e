"""The thickness study of a few points, with all that stands beside the capacity."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pybamm
import pytest
from figure_texts import internal_names
from fitted import fitted, offsets_of
from in_process import InProcess

from aslb.errors import InputError
from aslb.experiments import rate_test, thickness
from aslb.experiments.analyses.thickness.bands import with_bands
from aslb.experiments.analyses.thickness.study import THIN_LIMIT
from aslb.experiments.calibration.bands import sample
from aslb.experiments.protocols import FORMATION
from aslb.parameters.composition.cell import Cell
from aslb.present import plot, report

THIN, THICK = "Cao2021_thin_halide", "Cao2021_thick_halide"
NAME = "Separator thickness [m]"
LAYERS, RATES = [47e-6, 976e-6], [0.2, 1.0]
SPM = {"model": "SolidStateSPM", "executor": InProcess()}


@pytest.fixture(autouse=True)
def closed():
    """No figure stays open."""
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def study():
    return thickness(THIN, LAYERS, RATES, beside=THICK, holds=[0.5, 1, 2], **SPM)


def last_discharge(cell, layer, c_rate):
    """Discharge of the third cycle at a rate after formation, by plain PyBaMM."""
    values = pybamm.ParameterValues(cell)
    values[NAME] = layer
    solution = pybamm.Simulation(
        pybamm.Model("SolidStateSPM"),
        parameter_values=values,
        experiment=rate_test((*FORMATION, (c_rate, 3)), **Cell(cell).cutoffs()),
    ).solve(calc_esoh=False)
    passed = solution.cycles[-1].steps[-1]["Discharge capacity [A.h]"].entries
    # 200 mAh/g is 1C
    return (passed[-1] - passed[0]) / values["Nominal cell capacity [A.h]"] * 200


def test_a_point_is_the_third_cycle_of_a_formed_cell(study):
    for name, cell in (("", THIN), ("beside_", THICK)):
        found = float(study[f"{name}discharge_capacity"][1, 1])
        assert found == pytest.approx(last_discharge(cell, LAYERS[1], 1.0), rel=1e-3)


def test_as_assembled_is_one_cycle_that_differs(study):
    fresh = thickness(THIN, LAYERS, RATES, start="as assembled", holds=(), **SPM)
    assert "hold_capacity" not in fresh
    assert abs(fresh.discharge_capacity - study.discharge_capacity).max() > 0.5
    assert "first cycle of the cell as assembled" in report(fresh).summary


def test_losses_on_charge_are_negative_and_follow_the_thickness(study):
    assert study.charge_loss.dims == study["loss"].dims
    separator = study.charge_loss.sel(component="Separator", depth=0.5, c_rate=0.2)
    assert (separator < 0).all()
    # at the charging current halfway through, as on discharge
    ratio = float(separator[1] / separator[0])
    assert ratio == pytest.approx(LAYERS[1] / LAYERS[0], rel=1e-3)
    on_discharge = study["loss"].sel(component="Separator", depth=0.5, c_rate=0.2)
    np.testing.assert_allclose(separator, -on_discharge, rtol=1e-3)


def test_holds_go_on_from_the_study(study):
    assert study["at"].values.tolist() == ["as built", "thickest"]
    np.testing.assert_allclose(
        study.hold_capacity.sel(hold_h=1.0), study.discharge_capacity, rtol=1e-3
    )
    assert (study.hold_capacity.diff("hold_h") > 0).all()


def test_what_was_measured_stands_beside_both_cells(study):
    assert study.measured_cell.values.tolist() == [THIN, THICK]
    np.testing.assert_array_equal(study.measured_capacity, [[165, 124], [147, 58]])


def test_tables_and_figures_tell_it(study):
    told = report(study)
    assert told.summary.startswith(f"How thin: {THIN} has lost 5 % of its thin limit")
    assert list(told.tables["thickness"])[-2:] == [
        "beside_cell",
        "beside_discharge_capacity_mAh_g",
    ]
    losses, charge = (told.tables[name] for name in ("losses", "charge_losses"))
    assert list(charge) == [
        "depth_of_charge" if name == "depth_of_discharge" else name for name in losses
    ]
    assert charge.loss_V.max() <= 0 <= losses.loss_V.min()
    held = told.tables["hold"]
    assert list(held) == [
        *("cell", "thickness_um", "c_rate", "hold_h"),
        *("discharge_capacity_mAh_g", "status", "reason"),
    ]
    one = held[(held.thickness_um > 900) & (held.c_rate == 1) & (held.hold_h == 2)]
    assert one.discharge_capacity_mAh_g.item() == float(study.hold_capacity[2, 1, 1])
    for name in told.figures:
        assert internal_names(plot(study, name)) == []
    capacities, limits = plot(study).axes
    said = {text.get_text() for text in capacities.texts}
    assert said >= {"C/5", "1C", "as built, 47 µm"}
    critical = 1e6 * float(study.critical_thickness.sel(c_rate=1))
    assert any(f"{critical:.0f}" in text for text in said)
    # bars add up to all that is lost when the discharge ends
    lost = study.loss.sel(c_rate=1, depth=1.0).isel(thickness=0).sum()
    ends = [bar.get_x() + bar.get_width() for bar in limits.patches]
    assert max(ends) == pytest.approx(1e3 * float(lost), rel=0.05)
    assert len(plot(study, "losses").axes) == 3 * len(RATES)
    assert len(plot(study, "hold").axes) == 2


def test_a_remark_is_an_open_marker(study):
    study = study.copy(deep=True)
    study["reason"][1, 0] = "charge met its cut-off within a minute"
    legend = plot(study).axes[0].get_legend()
    labels = [text.get_text() for text in legend.get_texts()]
    assert "remark in thickness.csv" in labels


def test_a_study_of_which_nothing_was_solved_is_told_and_drawn(study):
    study = study.copy(deep=True)
    for name in study.data_vars:
        if study[name].dtype == float:
            study[name][:] = np.nan
    study["status"][:] = "failed"
    assert "as no point was solved" in report(study).summary
    assert "What the hold does" not in report(study).summary
    for name in ("thickness", "losses", "hold"):
        plot(study, name)


def test_impossible_holds_are_refused():
    with pytest.raises(InputError, match="hold -1; accepted: a positive number of ho"):
        thickness(THIN, LAYERS, RATES, holds=[-1, 1], **SPM)


def test_band_of_one_sample_is_that_sample_and_what_it_is_off_by(study):
    cell = fitted()
    banded = with_bands(study, cell, 1, 2, InProcess())
    (off,) = offsets_of(cell, 1, 2, study.c_rate.values)
    (drawn,) = sample(cell, 1, 2)
    values = cell.parameter_values()
    values.update(drawn)
    alone = thickness(Cell(values), LAYERS, RATES, holds=(), **SPM)
    for end in ("lower", "upper", "median_lower", "median_upper"):
        away = banded[f"discharge_capacity_{end}"] - alone.discharge_capacity
        np.testing.assert_allclose(away, np.tile(off, (2, 1)), atol=0.02)
    assert "discharge_capacity_lower" not in study


def test_critical_thickness_of_a_sample_is_that_of_its_own_thin_limit():
    cell = fitted()
    layers = np.geomspace(47e-6, 3e-3, 7)
    study = thickness(cell, layers, [1.0], holds=(), **SPM)
    banded = with_bands(study, cell, 1, 2, InProcess())
    (drawn,) = sample(cell, 1, 2)
    values = cell.parameter_values()
    values.update(drawn)
    alone = thickness(Cell(values), [THIN_LIMIT * 1e3, *layers], [1.0], holds=(), **SPM)
    for end in ("lower", "upper"):
        assert float(banded[f"critical_thickness_{end}"][0]) == pytest.approx(
            float(alone.critical_thickness[0]),
            rel=0.1,  # what interpolation between five thicknesses over 3 mm leaves
        )


def test_the_command_writes_all_of_it(aslb, tmp_path):
    done = aslb(
        "thickness --range-um 50 500 --points 2 --c-rate 1C --model SolidStateSPM "
        "--bands 0"
    )
    assert done.returncode == 0, done.stderr
    out = tmp_path / "results" / "thickness"
    names = ("thickness", "losses", "hold")
    assert {path.name for path in out.iterdir()} == {
        *(f"{name}.{ending}" for name in names for ending in ("csv", "png", "svg")),
        *("critical_thickness.csv", "charge_losses.csv", "manifest.json"),
    }
    assert set(pd.read_csv(out / "thickness.csv").beside_cell) == {THICK}
    done = aslb(
        "thickness --range-um 50 500 --points 2 --c-rate 1C --model SolidStateSPM "
        "--bands 0 --beside none --no-hold-study --out alone"
    )
    assert "beside_cell" not in pd.read_csv(tmp_path / "alone" / "thickness.csv")
    assert not (tmp_path / "alone" / "hold.csv").exists()


def test_a_range_of_one_thickness_is_one_point_without_warnings(aslb, tmp_path):
    # with bands, which are drawn between thicknesses
    done = aslb(
        "thickness --range-um 74 74 --points 3 --c-rate 1C --model SolidStateSPM "
        "--beside none --no-hold-study --bands 2"
    )
    assert (done.returncode, "warning" in done.stderr) == (0, False), done.stderr
    table = pd.read_csv(tmp_path / "results" / "thickness" / "thickness.csv")
    assert set(table.thickness_um.round(6)) == {74}
