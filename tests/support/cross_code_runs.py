"""Random cells, discharged by the package and by an independent code."""

from __future__ import annotations

import numpy as np
import pybamm
from cross_code import TWO_SIZES, plain
from independent_discharge import Discharge

from aslb import Cell
from aslb.models.registry import model_for
from aslb.parameters import Quantity
from aslb.parameters import values as values_of
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.materials import lithium_metal

FINE = {"x_p": 50, "r_p": 250}  # points of the package's mesh
LITHIUM = Quantity(100e-6, "m", "assumed", "a foil for comparisons")
PLATEAU = 0.62  # V: of In-Li, by which cut-offs against lithium are higher
# what is drawn, each decade as likely, wider than what is known of any shipped cell
RANGES = {
    "cathode.thickness [um]": (20, 150),
    "separator.thickness [um]": (10, 1000),
    "foil.thickness [um]": (20, 200),
    "cathode.particle_radius [um]": (0.5, 8),
    "catholyte.conductivity [mS.cm-1]": (0.3, 10),
    "cathode.reference_exchange_current_density [A.m-2]": (0.05, 20),
    "cathode.active_fraction": (0.4, 1),
    "conditions.temperature [K]": (278, 343),
}
# of LCO while it insulates, of others at any lithiation
OF_LCO = {"cathode.lithiated_conductivity [S.m-1]": (1e-3, 10)}
OF_OTHERS = {"cathode.conductivity [S.m-1]": (0.02, 10)}
RATES, CHARGED = (0.05, 4), (0.6, 1.0)  # C, and states of charge at the start
SIZES = dict(zip(TWO_SIZES, ((1.5, 6), (0.1, 0.9)), strict=True))


def drawn(number, seed):
    """A cell that is above its cut-off when its current is switched on.

    Every third has particles of two sizes, and every fourth a lithium foil.

    Returns
    -------
    row : dict of str to str or float
        What was drawn.
    values : pybamm.ParameterValues
        The cell, with its current.
    """
    rng = np.random.default_rng([seed, number])
    names = list(SHIPPED)
    name = names[(number + 5 * seed) % len(names)]
    cell = Cell(name)
    insulates = "Positive electrode lithiated conductivity [S.m-1]" in cell.numbers
    ranges = RANGES | (OF_LCO if insulates else OF_OTHERS)

    def of_decades(lower, upper):
        return float(lower * (upper / lower) ** rng.random())

    for _ in range(100):
        row = {key: of_decades(*ends) for key, ends in ranges.items()}
        values = cell.vary(row).parameter_values()
        rate, charged = of_decades(*RATES), float(rng.uniform(*CHARGED))
        values["Current function [A]"] = rate * values["Nominal cell capacity [A.h]"]
        if number % 3 == 2:
            sizes = {key: float(rng.uniform(*ends)) for key, ends in SIZES.items()}
            values.update(sizes, check_already_exists=False)
            row |= sizes
        indium = values["Negative electrode OCP [V]"] is not lithium_metal.ocp
        if indium and number % 4 == 3:
            values.update(values_of(lithium_metal.foil(LITHIUM)))
            values["Lower voltage cut-off [V]"] += PLATEAU
            values["Upper voltage cut-off [V]"] += PLATEAU
            indium = False
        own = plain(values)
        lithiation = own.lithiation(charged)
        start = Discharge(own).start(lithiation)
        if own.voltage(start.electrons[-1], lithiation, 0.0) > own.cutoff + 0.1:
            break
    else:
        raise RuntimeError(f"No rate that {name} could be discharged at.")
    label = {"cell": name, "foil": "In-Li" if indium else "Li"}
    return label | row | {"rate [C]": rate, "state of charge": charged}, values


def by_package(values, charged, points):
    """A discharge by the package, on a mesh of so many points."""
    model = model_for("SolidStateDFN", values)
    hours = values["Nominal cell capacity [A.h]"] / values["Current function [A]"]
    return pybamm.Simulation(
        model,
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-9),
        var_pts={**model.default_var_pts, **points},
    ).solve([0, 2 * 3600 * hours], initial_soc=charged)


def compare(number, seed, points=None, *, first=0, **accuracy):
    """Discharge random cells by either code, to the same cut-off from the same start.

    Parameters
    ----------
    number, seed : int
        How many cells, and which.
    points : dict of str to int, optional
        Points of the package's mesh; `FINE` if left out, ``{}`` for its default.
    first : int, optional
        The number of the first cell.
    accuracy : int or float
        Of the independent code, as of `Discharge`.

    Returns
    -------
    list of dict of str to str or float
        A row a cell: its name and foil, what was drawn, both capacities [mAh], their
        difference in percent of nominal, and differences of voltage at one time [mV]:
        mean and largest up to 98 % of the shorter discharge, largest to its end, where
        a voltage falls so fast that a hundredth of a percent of charge is many mV.
    """
    rows = []
    for which in range(first, first + number):
        row, values = drawn(which, seed)
        cell = plain(values)
        nominal = values["Nominal cell capacity [A.h]"]
        times, voltages = Discharge(cell, **accuracy).solve(
            cell.lithiation(row["state of charge"])
        )
        solution = by_package(
            values, row["state of charge"], FINE if points is None else points
        )
        if not solution.termination.startswith("event: Minimum voltage"):
            raise RuntimeError(f"{row}: the package ended by {solution.termination}")
        ends = np.array([solution.t[-1], times[-1]])
        capacities = 1e3 * cell.current * ends / 3600
        shared = times < ends.min()
        off = np.abs(solution["Voltage [V]"](times[shared]) - voltages[shared])
        early = times[shared] < 0.98 * ends.min()
        mean = np.trapezoid(off[early], times[shared][early]) / np.ptp(
            times[shared][early]
        )
        rows.append(
            row
            | {
                "nominal [mAh]": 1e3 * nominal,
                "package [mAh]": capacities[0],
                "independent [mAh]": capacities[1],
                "difference [% of nominal]": 0.1 * np.diff(capacities).item() / nominal,
                "mean voltage to 98 % [mV]": 1e3 * mean,
                "largest voltage to 98 % [mV]": 1e3 * off[early].max(),
                "largest voltage to the end [mV]": 1e3 * off.max(),
            }
        )
    return rows
