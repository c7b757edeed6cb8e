"""Write ``docs/mesh-convergence.md``: python docs/generate/mesh_convergence.py.

Discharge capacities of all shipped cells over the domain in which the mesh is to hold,
against a finer mesh, and against a tighter tolerance. It takes ten minutes on two cores;
cells that are named are solved, and the others kept as the page has them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pybamm

from aslb import __version__
from aslb.experiments import Study, cccv
from aslb.experiments.engine.checked_mesh import CATHODE, CATHOLYTE, RATE
from aslb.models import SolidStateDFN
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell

VARIED = {
    "cathode.thickness [um]": [CATHODE.low, 60, 130, CATHODE.high],
    "catholyte.conductivity [mS.cm-1]": [CATHOLYTE.low, 0.3, 1.2, CATHOLYTE.high],
    "c_rate": [RATE.low, 0.2, 0.5, 1, RATE.high],
}
FINE = {"x_p": 64, "r_p": 32}
HEAD = (
    "| cell | largest error | where | RMS | of the tolerance |",
    "| --- | --- | --- | --- | --- |",
)
WORDS = ("µm of cathode", "mS/cm of catholyte", "C")

DOCS = Path(__file__).resolve().parents[1]
PAGE = DOCS / "mesh-convergence.md"

TEXT = """# Mesh and tolerances

By default there are {points} points through the cathode, closest together at both of its
ends, and {shells} in each particle, closest together under its surface. How far is a
discharge capacity from that of {fine} × {fine_shells} points and a relative tolerance of
1e-5? Of each shipped cell {number} points were solved: cathodes of {thicknesses} µm,
catholytes of {conductivities} mS/cm, {rates}C, each after formation. In percent of nominal:

{table}

The largest is {largest:.2f} %. The last column is what `rtol = 1e-4`, the default, leaves on
the default mesh, against 1e-6.

A point beyond these thicknesses, conductivities or rates says so in its
[remark](studies.md#remarks). `var_pts` of a study asks for another mesh, of which nothing is
said: solve some of your points twice.

## Why this mesh

- The reaction is at the separator where ions are slow, and at the current collector where
  electrons are: LiCoO2 that is full is an insulator. Edges are at
  (1 + tanh(β(2s − 1))/tanh β)/2 (Vinokur 1983) with β = {stretch:g}.
- Between two nodes the electronic conductivity is the geometric mean of theirs, and at the
  current collector the exponential of what its logarithm tends to. Until November 2026
  there were 20 points evenly spaced, with PyBaMM's harmonic mean and linear extrapolation.
  Over the same points they left 0.8 % of the largest capacity of the thin halide cell, 33 %
  of that of the thick sulfide cell, and `Zhou_LCO_Li2InScCl` gave up to 190 mAh/g too much.
- The diffusivity between two nodes of a particle is the arithmetic mean of theirs. With the
  harmonic one a front that crosses a particle stops at every node, which costs time steps
  and accuracy.

How errors fall with the width of cells and the size of steps is in the [verification
report](verification.md).

Made by `python docs/generate/mesh_convergence.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def capacities(cell: str, rtol: float, mesh: dict[str, int]) -> np.ndarray:
    """Discharge capacities over the domain, over the nominal one [-]."""
    study = Study(
        cell,
        cccv,
        VARIED,
        quantities=["discharge_capacity"],
        rtol=rtol,
        var_pts=mesh,
    )
    data = study.run()
    assert (data.status == "ok").all(), f"{cell}: {set(data.reason.values.ravel())}"
    own = Cell(cell)
    nominal = own.numbers["Nominal cell capacity [A.h]"] / own.active_mass  # mAh/g
    return data.discharge_capacity.values / nominal


def errors(cell: str) -> dict[str, Any]:
    """What mesh and tolerance leave of a cell's capacities."""
    default = capacities(cell, 1e-4, {})
    mesh = 100 * (default - capacities(cell, 1e-5, FINE))
    time = 100 * (default - capacities(cell, 1e-6, {}))
    at = np.unravel_index(np.abs(mesh).argmax(), mesh.shape)
    return {
        "largest": float(mesh[at]),
        "at": [values[k] for values, k in zip(VARIED.values(), at, strict=True)],
        "rms": float(np.sqrt(np.mean(mesh**2))),
        "time": float(time.flat[np.abs(time).argmax()]),
    }


def row(cell: str, found: dict[str, Any]) -> str:
    """A row of the table."""
    where = ", ".join(
        f"{value:g} {word}" for value, word in zip(found["at"], WORDS, strict=True)
    ).replace(" C", "C")
    return (
        f"| {cell} | {found['largest']:+.3f} | {where} | {found['rms']:.3f} | "
        f"{found['time']:+.3f} |"
    )


def rows_of_page() -> dict[str, str]:
    """The rows that the page has, by cell."""
    text = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    named = {line.split("|")[1].strip(): line for line in rows}
    return {cell: named[cell] for cell in SHIPPED if cell in named}


def write(rows: Mapping[str, str]) -> None:
    """Write the page."""
    model = SolidStateDFN(build=False)
    mesh = model.default_var_pts
    through_cathode = model.default_submesh_types["positive electrode"]
    listed = [", ".join(f"{value:g}" for value in each) for each in VARIED.values()]
    PAGE.write_text(
        TEXT.format(
            points=mesh["x_p"],
            shells=mesh["r_p"],
            stretch=through_cathode.submesh_params["stretch"],
            fine=FINE["x_p"],
            fine_shells=FINE["r_p"],
            number=np.prod([len(each) for each in VARIED.values()]),
            thicknesses=listed[0],
            conductivities=listed[1],
            rates=listed[2],
            table="\n".join([*HEAD, *(rows[cell] for cell in SHIPPED if cell in rows)]),
            largest=max(abs(float(row.split("|")[2])) for row in rows.values()),
            aslb=__version__,
            pybamm=pybamm.__version__,
        ),
        "utf-8",
    )


def main() -> None:
    """Solve, and write the page after each cell."""
    rows = rows_of_page()
    for cell in sys.argv[1:] or SHIPPED:
        started = time.monotonic()
        rows[cell] = row(cell, errors(cell))
        print(rows[cell], f"{time.monotonic() - started:.0f} s", flush=True)
        write(rows)


if __name__ == "__main__":
    main()
