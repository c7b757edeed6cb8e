"""The comparison of the reference cells with what the paper prints."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from in_process import InProcess

from aslb.experiments import InputError, rate
from aslb.experiments.validation.comparison import CELLS, validate
from aslb.experiments.validation.report import report
from aslb.experiments.validation.roles import ROLES
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.cell import Cell

SPM = "SolidStateSPM"
THICK_SULFIDE, THICK_HALIDE, THIN_HALIDE = CELLS
COLUMNS = [
    "quantity",
    "cell",
    "c_rate",
    "unit",
    "paper",
    "model",
    "median",
    "lower",
    "upper",
    "difference",
    "role",
]
UNBLINDED = {
    (THICK_SULFIDE, "rate capability", 1.0),
    (THICK_HALIDE, "rate capability", 0.2),
    (THICK_HALIDE, "rate capability", 0.5),
    (THICK_HALIDE, "rate capability", 1.0),
}
"""What ``predictions/2026-11-22-first.json`` has and nobody knew."""
UNMEASURED = {
    *((THICK_SULFIDE, "rate capability", rate) for rate in (0.1, 0.2, 0.5)),
    (THICK_HALIDE, "rate capability", 0.1),
}
"""Rates at which nothing was fitted, as the paper has no number."""


ENERGIES = pd.DataFrame(
    {
        "figure": ["E1", "E2", "E2", "Fig 1F"],
        "quantity": [*["specific energy"] * 2, "energy density", "specific energy"],
        "reading": [*["as built"] * 3, "sheet cell"],
        "unit": ["Wh/kg", "Wh/kg", "Wh/L", "Wh/kg"],
        "energy_from": ["model", "paper", "model", "model"],
        "paper": [175.0, 325.0, 861.0, 65.0],
        "model": [202.5, 340.0, 989.25, 64.5],
    }
)
"""Short, in place of the table that has tests of its own."""


@pytest.fixture(scope="module")
def compared():
    with pytest.MonkeyPatch.context() as patch:
        module = "aslb.experiments.validation.cao2021.rows"
        patch.setattr(f"{module}.energy_against_paper", lambda **_: ENERGIES)
        return validate(samples=2, seed=1, model=SPM, executor=InProcess())


def value(table, column, **at):
    """The number in the one row that matches."""
    for name, wanted in at.items():
        table = table[table[name] == wanted]
    (found,) = table[column]
    return found


def test_every_row_has_a_model_value_and_a_role(compared):
    table = compared.table
    assert list(table) == COLUMNS
    assert np.isfinite(table.model).all()
    assert set(table.cell) == set(CELLS)
    assert set(table.unit) == {"mAh/g", "%", "mV", "Wh/kg", "Wh/L"}
    assert set(table.role) == {*ROLES}
    assert not table.duplicated(["quantity", "cell", "c_rate", "unit"]).any()


def test_roles_say_what_was_fitted_and_what_was_put_in(compared):
    table = compared.table

    def having(role):
        rows = table[table.role == role]
        return {*zip(rows.cell, rows.quantity, rows.c_rate, strict=True)}

    assert having("after unblinding") == UNBLINDED
    assert having("predicted") == UNMEASURED
    # what cell-3 delivered was calibration data from the start, and nothing ages
    thin = table[(table.cell == THIN_HALIDE) & table.unit.isin(["mAh/g", "%"])]
    assert set(thin.role) == {"calibrated"}
    shifts = table[table.role == "input"]
    assert shifts.quantity.tolist() == [
        "charge voltage below cell-1",
        "charge voltage below cell-2",
    ]


def test_paper_column_is_what_the_paper_prints(compared):
    table = compared.table
    paper = paper_numbers()
    first = paper["first_cycle_at_C20"]
    for cell, printed in zip(CELLS, ("cell-1", "cell-2", "cell-3"), strict=True):
        for quantity, name in {
            "first discharge capacity": "discharge_capacity_mAh_g",
            "first coulombic efficiency": "coulombic_efficiency_percent",
        }.items():
            assert (
                value(table, "paper", cell=cell, quantity=quantity)
                == (first[name][printed])
            )
    capability = paper["rate_capability_mAh_g"]["cell-3"]
    thin = table[table.cell == THIN_HALIDE]
    rates = thin[thin.quantity == "rate capability"]
    assert rates.c_rate.tolist() == pytest.approx([0.05, 0.1, 0.2, 0.5, 1])
    assert rates.paper.tolist() == list(capability.values())[:5]
    recovered = value(thin, "paper", quantity="recovered capacity")
    assert recovered == capability["recovered"]
    assert table[table.unit == "mV"].paper.tolist() == [55, 20]


def test_difference_is_the_model_less_the_paper(compared):
    table = compared.table
    known = table[table.paper.notna()]
    np.testing.assert_allclose(known.difference, known.model - known.paper, atol=1e-9)
    unknown = table[table.paper.isna()]
    assert unknown.difference.isna().all()
    assert set(unknown.quantity) == {"rate capability", "recovered capacity"}


def test_model_column_is_the_mean_over_the_whole_rate_test(compared):
    table = compared.table
    study = rate([THIN_HALIDE], model=SPM, executor=InProcess())
    thin = table[table.cell == THIN_HALIDE]
    capacity = study.discharge_capacity.values[0]
    means = [capacity[a:b].mean() for a, b in ((0, 3), (3, 8), (8, 13), (13, 18))]
    means += [capacity[18:23].mean()]
    rates = thin[thin.quantity == "rate capability"]
    np.testing.assert_allclose(rates.model, means, rtol=1e-4)
    recovered = value(thin, "model", quantity="recovered capacity")
    assert recovered == pytest.approx(capacity[23:].mean(), rel=1e-4)
    first = value(thin, "model", quantity="first discharge capacity")
    assert first == pytest.approx(capacity[0], rel=1e-4)
    efficiency = value(thin, "model", quantity="first coulombic efficiency")
    assert efficiency == pytest.approx(
        100 * float(study.coulombic_efficiency[0, 0]), rel=1e-4
    )


def test_put_in_and_fitted_numbers_come_out_again(compared):
    table = compared.table
    fitted = value(
        table, "difference", cell=THICK_SULFIDE, quantity="first discharge capacity"
    )
    assert abs(fitted) < 1
    shift = value(table, "difference", quantity="charge voltage below cell-2")
    assert abs(shift) < 2


def test_energies_are_those_that_the_model_delivers(compared):
    table = compared.table
    energies = table[table.unit.isin(["Wh/kg", "Wh/L"])]
    assert energies.quantity.tolist() == [
        "E1 specific energy, as built",
        "E2 energy density, as built",
        "Fig 1F specific energy, sheet cell",
    ]
    assert energies.difference.tolist() == [27.5, 128.25, -0.5]
    assert energies.role.tolist() == ["known", "known", "calibrated"]


def test_bands_are_in_order_and_say_what_they_rest_on(compared):
    table = compared.table
    drawn = table[table.unit.isin(["mAh/g", "%"])]
    assert (drawn.lower <= drawn.upper).all()
    assert table[~table.unit.isin(["mAh/g", "%"])].lower.isna().all()
    assert compared.attrs["samples"] == 2
    error = Cell(THIN_HALIDE).fit.model_error
    assert compared.attrs["model_error"] == error
    assert compared.refused == []
    # of what would be measured: two samples alone are nearer
    capacities = table[(table.unit == "mAh/g") & (table.lower > 0)]
    assert (capacities.upper - capacities.lower > 3.0).all()
    assert ((drawn["median"] >= drawn.lower) & (drawn["median"] <= drawn.upper)).all()


def test_cell_without_a_fit_has_no_bands_and_the_summary_says_why():
    data = Cell(THIN_HALIDE).measured
    bare = Cell("Asano2018_chloride")
    bare = Cell(replace(bare.state, measured=data))
    with pytest.MonkeyPatch.context() as patch:
        module = "aslb.experiments.validation.cao2021.rows"
        patch.setattr(f"{module}.energy_against_paper", lambda **_: ENERGIES)
        found = validate([bare], samples=1, model=SPM, executor=InProcess())
    drawn = found.table[found.table.unit.isin(["mAh/g", "%"])]
    assert drawn.lower.isna().all()
    (why,) = found.refused
    assert why.startswith("No bands: bands need a calibration")
    assert report(found).summary.endswith(why)


def test_largest_loss_is_the_largest_of_the_row(compared):
    limits = compared.limits
    losses = limits[[f"{name} [V]" for name in LOSSES]]
    delivered = limits.discharge_capacity_mAh_g > 1
    assert np.isfinite(losses[delivered]).all(axis=None)
    named = losses[delivered].idxmax(axis=1).str.removesuffix(" [V]")
    assert named.tolist() == limits.largest[delivered].tolist()
    # cell-1 delivers nothing at 1C, so that nothing is lost on the way
    assert losses[~delivered].isna().all(axis=None)
    assert (limits.largest[~delivered] == "").all()


def test_limits_have_a_row_for_each_cell_rate_and_depth(compared):
    limits = compared.limits
    keys = limits[["cell", "c_rate", "depth_of_discharge"]]
    assert len(limits) == 3 * 5 * 2
    assert not keys.duplicated().any()
    assert set(limits.depth_of_discharge) == {0.5, 1.0}
    thin = limits[limits.cell == THIN_HALIDE]
    # ohmic: with the rate
    assert thin["Separator [V]"].round(12).is_monotonic_increasing
    assert thin.discharge_capacity_mAh_g.is_monotonic_decreasing


def test_negative_number_of_samples_is_refused():
    with pytest.raises(InputError, match=r"^-1 samples; accepted: 0 or more$"):
        validate(samples=-1, model=SPM)
