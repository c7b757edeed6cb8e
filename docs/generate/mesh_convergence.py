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
from aslb.experiments.analyses.rate.study import CELLS
from aslb.parameters.composition.cell import Cell

DEFAULT = (20, 16)
REFINEMENTS = (1, 2, 4, 8)
RTOL = 1e-6

PAGE = Path(__file__).resolve().parents[1] / "mesh-convergence.md"

TEXT = """# Mesh and tolerances

Discharge capacity of the first 1C cycle (mAh per gram of LCO) by points through the
cathode × points through each particle, finest under its surface; 20 × 16 is the default.
Solver: `pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8)`; the last column has PyBaMM's default
tolerances.

{table}

Difference of the default mesh from the finest, at the same tolerances: {difference}.

The diffusivity between two nodes of a particle is the arithmetic mean of theirs, where
PyBaMM takes the harmonic one. With the harmonic mean a front that crosses a particle stops
at every node, which costs time steps and accuracy.

Made by `python docs/generate/mesh_convergence.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def discharge_capacity(
    cell: str, points: tuple[int, int], solver: pybamm.BaseSolver
) -> float:
    """Discharge capacity of the first 1C cycle [mAh/g]."""
    model = pybamm.Model("SolidStateDFN")
    simulation = pybamm.Simulation(
        model,
        parameter_values=Cell(cell).parameter_values(),
        experiment=cccv(1.0),
        var_pts={**model.default_var_pts, "x_p": points[0], "r_p": points[1]},
        solver=solver,
    )
    discharge = simulation.solve().cycles[0].steps[1]
    if isinstance(discharge, pybamm.EmptySolution):  # it met its cut-off at once
        return 0.0
    charge = discharge["Discharge capacity [A.h]"].entries
    return (charge[-1] - charge[0]) / Cell(cell).active_mass


def main() -> None:
    """Solve, and write the page."""
    rows, differences = {}, []
    for cell in CELLS:
        row: dict[str, float] = {}
        for times in REFINEMENTS:
            points = (times * DEFAULT[0], times * DEFAULT[1])
            started = time.monotonic()
            solver = pybamm.IDAKLUSolver(rtol=RTOL, atol=1e-2 * RTOL)
            row[_label(points)] = discharge_capacity(cell, points, solver)
            print(f"{cell} {points} {time.monotonic() - started:.1f} s", flush=True)
        default, *_, finest = row.values()
        differences.append(
            f"{cell} {(default - finest) / finest:+.3%}"
            if finest
            else f"{cell} delivers nothing at 1C"
        )
        row[f"{_label(DEFAULT)}, default tolerances"] = discharge_capacity(
            cell, DEFAULT, pybamm.IDAKLUSolver()
        )
        rows[cell] = {label: f"{capacity:.3f}" for label, capacity in row.items()}
    PAGE.write_text(
        TEXT.format(
            table=_markdown(pd.DataFrame(rows).T),
            difference="; ".join(differences),
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


def _label(points: tuple[int, int]) -> str:
    return f"{points[0]} × {points[1]}"


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
