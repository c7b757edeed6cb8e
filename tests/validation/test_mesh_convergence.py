"""Of the capacity of four cells the mesh leaves 0.1 %, and 0.2 % at sharp fronts."""

import numpy as np
import pybamm
import pytest

from aslb.experiments import Study, cccv
from aslb.models import SolidStateDFN
from aslb.parameters.composition.cell import Cell


def discharge_capacity(cell, rate, points=None, solver=None):
    """Charge that a cell gives in the first cycle [A.h]."""
    model = SolidStateDFN()
    mesh = {} if points is None else {"x_p": points, "r_p": points}
    solution = pybamm.Simulation(
        model,
        parameter_values=pybamm.ParameterValues(cell),
        experiment=pybamm.Experiment(
            [
                (
                    f"Charge at {rate} until 4.2 V",
                    "Hold at 4.2 V for 1 hour",
                    f"Discharge at {rate} until 2.5 V",
                )
            ]
        ),
        var_pts={**model.default_var_pts, **mesh},
        solver=solver,
    ).solve()
    _, _, discharge = solution.cycles[0].steps
    passed = discharge["Discharge capacity [A.h]"].entries
    return passed[-1] - passed[0]


# With sulfide as catholyte the cell is at its cut-off at once at 1C
CELLS = [
    ("Cao2021_thin_halide", "1C"),
    ("Cao2021_thick_halide", "1C"),
    ("Cao2021_thick_sulfide", "C/10"),
]


def tight():
    return pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("points", [80, pytest.param(160, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("cell", "rate"),
    [*(pytest.param(*each, marks=pytest.mark.slow) for each in CELLS[:2]), CELLS[2]],
)
def test_discharge_capacity_is_converged_within_a_tenth_percent(cell, rate, points):
    """Against far more points in cathode and particles, and a tighter solver.

    The more the points, the more a tolerance leaves: 0.05 % on 80 by default.
    """
    converged = discharge_capacity(cell, rate, points, tight())
    assert discharge_capacity(cell, rate) == pytest.approx(converged, rel=1e-3)


@pytest.mark.parametrize(("cell", "rate"), CELLS)
def test_discharge_capacity_hardly_depends_on_the_solver_tolerance(cell, rate):
    converged = discharge_capacity(cell, rate, solver=tight())
    assert discharge_capacity(cell, rate) == pytest.approx(converged, rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell", ["Cao2021_thin_halide", "Cao2021_thick_sulfide", "Zhou_LCO_Li2InScCl"]
)
def test_capacities_are_within_two_thousandths_where_fronts_are_sharp(cell):
    """Thick cathodes of poor conductors; all cells are in docs/mesh-convergence.md."""
    vary = {
        "cathode.thickness [um]": [130, 200],
        "catholyte.conductivity [mS.cm-1]": [0.05, 0.3, 1.2],
        "c_rate": [0.2, 0.5, 1],
    }
    found = [
        Study(cell, cccv, vary, quantities=["discharge_capacity"], var_pts=mesh)
        .run()
        .discharge_capacity.values
        for mesh in ({}, {"x_p": 48, "r_p": 20})
    ]
    own = Cell(cell)
    nominal = own.numbers["Nominal cell capacity [A.h]"] / own.active_mass  # mAh/g
    np.testing.assert_allclose(*found, rtol=0, atol=2e-3 * nominal)
