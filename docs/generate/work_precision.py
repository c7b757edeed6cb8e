"""Write ``docs/figures/work-precision.png``: python docs/generate/work_precision.py.

What accuracy costs with lanes and with IDAKLU: processor time of a point of
``examples/thickness_rate.toml`` against the error of its discharge capacity, at relative
tolerances from 1e-3 to 1e-7. Takes some two minutes, and prints the numbers.
"""

from __future__ import annotations

import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.experiments.engine.chosen import at_choice
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.steps import compiled
from aslb.experiments.ensemble.library import THIRD_ORDER_FROM
from aslb.experiments.output.figure_style import MUTED, ONE_COLUMN, SMALL, styled
from aslb.experiments.study.study_file import read_study
from aslb.parameters.composition.masses import active_mass

ROOT = Path(__file__).resolve().parents[2]
FIGURE = ROOT / "docs" / "figures" / "work-precision.png"
POINTS = 40
TOLERANCES = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
REFERENCE = 1e-8
NOMINAL = 200.0  # mAh/g
OUTPUTS = Outputs(("discharge_capacity",))


def measure() -> pd.DataFrame:
    """Time and error of each engine at each tolerance."""
    study = read_study(ROOT / "examples" / "thickness_rate.toml")
    (cell,) = study.cells.values()
    (experiment,), (start,) = study.experiments.values(), study.starts.values()
    values = cell.parameter_values()
    mass, capacity = active_mass(values), values["Nominal cell capacity [A.h]"]
    rng = np.random.default_rng(1)
    rows = study.points[rng.choice(len(study.points), POINTS, replace=False)]
    lanes = LaneSolver(values, study.model)
    read = {name: float(values[name]) for name in lanes.names}
    points = [
        Point(read | inputs, compiled(at_choice(experiment, chosen)))
        for chosen, inputs in map(study.inputs, rows)
    ]
    own = {name: float(values[name]) for name in study.inputs(rows[0])[1]}
    formation = compiled(start)

    def solved(engine: str, rtol: float) -> tuple[np.ndarray, float]:
        """Capacities [mAh/g], and processor time a point without building [ms]."""
        solver = CycleSolver(values, study.model, own, rtol=rtol)
        started = time.process_time()
        if engine == "lanes":
            runs = lanes.solve(
                points, OUTPUTS, formation=formation, rtol=rtol, threads=1
            )
        else:
            runs = [
                solver.solve(
                    point.inputs,
                    point.cycles,
                    OUTPUTS,
                    capacity=capacity,
                    formation=formation,
                )
                for point in points
            ]
        used = time.process_time() - started
        # a point that failed has no capacity
        found = [
            np.nan if run.failure else run.cycles[0].values(OUTPUTS, mass)[0]
            for run in runs
        ]
        return np.array(found), 1e3 * used / POINTS

    exact, _ = solved("IDAKLU", REFERENCE)
    table = []
    for rtol in TOLERANCES:
        for engine in ("lanes", "IDAKLU"):  # in turns
            found, used = solved(engine, rtol)
            error = 100 / NOMINAL * np.abs(found - exact)
            high = float(np.nanquantile(error, 0.95))
            failed = int(np.isnan(found).sum())
            table.append((engine, rtol, used, high, float(np.nanmedian(error)), failed))
            print(*table[-1], flush=True)
    names = ["engine", "rtol", "ms", "error", "median", "failed"]
    return pd.DataFrame(table, columns=names)


@styled
def plot(table: pd.DataFrame) -> Figure:
    """Time against error, a line an engine, a label a tolerance."""
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.8))
    for engine, colour in (("IDAKLU", MUTED[6]), ("lanes", MUTED[0])):
        part = table[table.engine == engine]
        axes.plot(part.error, part.ms, color=colour, lw=1.2, zorder=1)
        for row in part.itertuples():
            third = engine == "lanes" and row.rtol >= THIRD_ORDER_FROM
            face = "white" if third else colour
            axes.scatter(
                row.error, row.ms, s=14, fc=face, ec=colour, zorder=2, clip_on=False
            )
            _label(axes, row, f"1e{round(np.log10(row.rtol))}", 4, 5, colour)
            if row.failed:
                _label(axes, row, f"{row.failed} failed", 0, -14, colour)
    for engine, rtol, text in (
        ("IDAKLU", 1e-5, "IDAKLU"),
        ("lanes", 1e-6, "lanes, Rodas4"),
        ("lanes", 1e-4, "lanes, Rodas3"),
    ):
        (row,) = table[(table.engine == engine) & (table.rtol == rtol)].itertuples()
        colour = MUTED[6] if engine == "IDAKLU" else MUTED[0]
        _label(axes, row, text, -8, -16, colour)
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="Error of the capacity, 95 % quantile [% of nominal]",
        ylabel="Processor time of a point [ms]",
        ylim=(2, 2000),
    )
    ticks = (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
    axes.set_yticks(ticks, labels=[str(tick) for tick in ticks])
    axes.set_xticks(10.0 ** np.arange(-5, 0), ["1e-5", "1e-4", "0.001", "0.01", "0.1"])
    axes.set_xlim(right=0.3)
    axes.minorticks_off()
    return figure


def _label(axes, row, text, right, up, colour, size=SMALL) -> None:
    axes.annotate(
        text,
        (row.error, row.ms),
        xytext=(right, up),
        textcoords="offset points",
        ha="left" if right > 0 else "center" if right == 0 else "right",
        color=colour,
        fontsize=size,
    )


def times_less(table: pd.DataFrame) -> dict[float, float]:
    """Processor time of IDAKLU over that of lanes, at the error of the lanes.

    By tolerance of the lanes, where IDAKLU has errors on both sides to interpolate.
    """
    lanes, idaklu = (
        table[table.engine == engine].sort_values("error")
        for engine in ("lanes", "IDAKLU")
    )
    inside = lanes[lanes.error.between(idaklu.error.min(), idaklu.error.max())]
    x, y = np.log(idaklu.error), np.log(idaklu.ms)
    same = np.exp(np.interp(np.log(inside.error), x, y)) / inside.ms
    return dict(zip(inside.rtol, same, strict=True))


def main() -> None:
    """Solve, print and draw."""
    table = measure()
    for rtol, ratio in times_less(table).items():
        print(f"lanes at {rtol:.0e}: {ratio:.1f} times less than IDAKLU")
    plot(table).savefig(FIGURE)


if __name__ == "__main__":
    main()
