"""Write ``docs/mesh-convergence.md``: python docs/generate/mesh_convergence.py.

The discharge capacity at 1C of the reference cells, on the default mesh and finer ones.
"""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pybamm

from aslb import __version__
from aslb.experiments import cccv
from aslb.experiments.half_cycle import half_cycle
from aslb.experiments.simulate import CELLS, active_mass

MESHES = {
    "20 × 15": (20, 15),
    "40 × 30": (40, 30),
    "80 × 60": (80, 60),
    "320 × 30": (320, 30),
    "40 × 240": (40, 240),
}
"""Points through the cathode and through each particle."""

DEFAULT, FINEST = "40 × 30", ("320 × 30", "40 × 240")

PAGE = Path(__file__).resolve().parents[1] / "mesh-convergence.md"

TEXT = """# Mesh and tolerances

Discharge capacity of the first 1C cycle (mAh per gram of LCO) by points through the
cathode × points through each particle, finest under its surface; 40 × 30 is the default.
The two directions are refined eightfold one at a time, and their differences added.
Solver: `pybamm.IDAKLUSolver()` with its default tolerances; the last column has the
default mesh with `rtol` and `atol` at 1e-8.

{table}

Difference of the default from eightfold refinement in both directions: {difference}.

Made by `python docs/generate/mesh_convergence.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def discharge_capacity(
    cell: str, points: tuple[int, int], solver: pybamm.BaseSolver
) -> float:
    """Discharge capacity of the first 1C cycle [mAh/g]."""
    values = pybamm.ParameterValues(cell)
    model = pybamm.Model("SolidStateDFN")
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        experiment=cccv(1.0),
        var_pts={**model.default_var_pts, "x_p": points[0], "r_p": points[1]},
        solver=solver,
    )
    steps = simulation.solve().cycles[0].steps
    return half_cycle(steps[2:], +1).total / active_mass(values)


def main() -> None:
    """Solve, and write the page."""
    rows, differences = {}, []
    for cell in CELLS:
        row: dict[str, str] = {}
        capacities = {}
        for label, points in MESHES.items():
            started = time.monotonic()
            capacities[label] = discharge_capacity(cell, points, pybamm.IDAKLUSolver())
            print(f"{cell} {label} {time.monotonic() - started:.1f} s", flush=True)
            row[label] = f"{capacities[label]:.3f}"
        tight = pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8)
        fine = discharge_capacity(cell, MESHES[DEFAULT], tight)
        row[f"{DEFAULT}, tight"] = f"{fine:.3f}"
        rows[cell] = row
        default = capacities[DEFAULT]
        difference = sum(default - capacities[label] for label in FINEST)
        differences.append(
            f"{cell} {difference / default:+.3%}"
            if default
            else f"{cell} delivers nothing at 1C"
        )
    PAGE.write_text(
        TEXT.format(
            table=_markdown(pd.DataFrame(rows).T),
            difference="; ".join(differences),
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


def _markdown(table: pd.DataFrame) -> str:
    lines = [
        ["cell", *table.columns],
        ["---"] * (1 + len(table.columns)),
        *(
            [name, *row]
            for name, row in zip(table.index, table.to_numpy(), strict=True)
        ),
    ]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


if __name__ == "__main__":
    main()
