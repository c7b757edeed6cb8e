"""Write ``docs/figures/adaptive-map*.png``: python docs/generate/adaptive_map.py.

How many points an adaptive map needs, and how many a regular grid, for the same error:
both interpolated linearly in the coordinates that are sampled, and compared with a grid
of 60 × 60 points of the model. Takes some two minutes, and prints the numbers that
``docs/studies.md`` tells.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.interpolate import LinearNDInterpolator, RegularGridInterpolator

from aslb.experiments import open_study, sweep
from aslb.experiments.engine.outputs import QUANTITIES
from aslb.experiments.output.figure_style import MUTED, TWO_COLUMNS, styled
from aslb.experiments.study.figures import log_ticks, plot_adaptive_map
from aslb.experiments.study.study_file import study_from

FIGURES = Path(__file__).resolve().parents[1] / "figures"
REFERENCE = 60
SIDES = (4, 6, 8, 10, 13, 16, 20)
POINTS = 400
GOALS = ("discharge_capacity", "charge_capacity")
RANGES = {"membrane thickness [um]": {"log": [20, 1000]}, "c_rate": {"log": [0.1, 4]}}
COMMON = {
    "model": "SolidStateSPM",
    "rtol": 1e-6,  # so that the solver's error is none of the map's
    "outputs": {"quantities": list(GOALS)},
}


def grid(side: int, folder: Path) -> dict[str, np.ndarray]:
    """The model on a regular grid, by quantity."""
    vary = {name: {**ends, "points": side} for name, ends in RANGES.items()}
    study = sweep({**COMMON, "vary": vary}, folder / f"grid-{side}")
    return {goal: study[goal].values for goal in GOALS}


def on_grid(values: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """A grid of values interpolated at coordinates in the unit square."""
    side = np.linspace(0, 1, len(values))
    return RegularGridInterpolator((side, side), values)(unit)


def errors(difference: np.ndarray) -> dict[str, float]:
    """Root of the mean square, and the largest."""
    return {
        "rms": float(np.sqrt(np.mean(difference**2))),
        "maximum": float(np.abs(difference).max()),
    }


def compare(
    goal: str, reference: np.ndarray, grids: dict[int, np.ndarray], folder: Path
) -> pd.DataFrame:
    """Errors of the grids and of as many points of an adaptive map."""
    content = {
        **COMMON,
        "method": "adaptive",
        "goal": goal,
        "points": POINTS,
        "vary": RANGES,
    }
    found = sweep(content, folder / goal)
    adaptive = study_from(content).adaptive
    assert adaptive is not None
    names = list(RANGES)
    unit = adaptive.unit(np.stack([found[name].values for name in names], axis=-1))
    answers = found[goal].values
    axis = np.linspace(0, 1, REFERENCE)
    fine = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    exact = reference.ravel()
    rows = [
        {
            "way": "regular grid",
            "points": side**2,
            **errors(on_grid(values, fine) - exact),
        }
        for side, values in grids.items()
    ]
    # the first n points are those of a map of n points
    for n in (side**2 for side in grids):
        interpolated = LinearNDInterpolator(unit[:n], answers[:n])(fine)
        rows.append({"way": "adaptive", "points": n, **errors(interpolated - exact)})
    return pd.DataFrame(rows)


def same_error(table: pd.DataFrame) -> pd.Series:
    """Points of an adaptive map with the rms error of each grid; NaN beyond its own."""
    adaptive, regular = (
        table[table.way == way] for way in ("adaptive", "regular grid")
    )
    reached = np.log(np.minimum.accumulate(adaptive.rms.to_numpy()))[::-1]
    points = np.log(adaptive.points.to_numpy(float))[::-1]
    wanted = np.log(regular.rms.to_numpy())
    needed = np.interp(wanted, reached, points, left=np.nan, right=np.nan)
    return pd.Series(np.exp(needed).round(), regular.points, name="adaptive points")


@styled
def plot(tables: dict[str, pd.DataFrame]) -> Figure:
    """Error against number of points: a row a quantity, a column a kind of error."""
    figure, axes = plt.subplots(
        len(tables), 2, figsize=(TWO_COLUMNS, 4.2), sharex=True, squeeze=False
    )
    for row, (goal, table) in zip(axes, tables.items(), strict=True):
        unit = QUANTITIES[goal][0]
        for panel, (kind, words) in zip(
            row, {"rms": "Rms", "maximum": "Largest"}.items(), strict=True
        ):
            for (way, part), marker, colour in zip(
                table.groupby("way"), "os", (MUTED[0], MUTED[6]), strict=True
            ):
                panel.plot(
                    part.points,
                    part[kind],
                    marker=marker,
                    ms=3,
                    color=colour,
                    label=way,
                )
            counts, heights = table.points.unique(), log_ticks(table[kind])
            panel.set_xscale("log")
            panel.set_xticks(counts, labels=[f"{n:g}" for n in counts])
            if kind == "rms":
                panel.set_yscale("log")
                panel.set_yticks(heights, labels=[f"{tick:g}" for tick in heights])
            else:  # it changes too little for a logarithm
                panel.set_ylim(0, None)
            panel.set_title(goal.replace("_", " ").capitalize())
            panel.set_ylabel(f"{words} error [{unit}]")
            panel.minorticks_off()
    for panel in axes[-1]:
        panel.set_xlabel("Points")
    axes[0, 0].legend()
    return figure


def main() -> None:
    """Solve, print, and draw."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reference = grid(REFERENCE, folder)
        grids = {side: grid(side, folder) for side in SIDES}
        tables = {}
        for goal in GOALS:
            tables[goal] = compare(
                goal,
                reference[goal],
                {side: values[goal] for side, values in grids.items()},
                folder,
            )
            print(goal, tables[goal].to_string(index=False), sep="\n")
            print("for the same rms error:", same_error(tables[goal]), sep="\n")
        plot(tables).savefig(FIGURES / "adaptive-map-error.png")
        drawn = plot_adaptive_map(
            open_study(folder / GOALS[0]).isel(point=slice(150)), GOALS[0]
        )
        drawn.savefig(FIGURES / "adaptive-map.png")


if __name__ == "__main__":
    main()
