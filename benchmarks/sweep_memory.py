"""Memory of a study against the points it has solved.

``python benchmarks/sweep_memory.py SolidStateSPM 100000 FOLDER`` solves that many
points of a Latin hypercube in thickness and rate, and writes the memory [MB] of this
process, whose threads hold the lanes, and of it and all processes that it started to
``memory-SolidStateSPM.csv`` there, several times a second. ``python
benchmarks/sweep_memory.py plot CSV... PNG`` draws such files, and prints a line of
Markdown for each.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import threading
import time
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import psutil
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import linregress

from aslb.experiments import sweep
from aslb.experiments.output.figure_style import MUTED, SMALL, TWO_COLUMNS, styled
from aslb.experiments.study.store import FILE

PERIOD = 0.3  # s
BEGUN = 0.25  # of the points, after which all is built and all processes run


def memory_of(process: psutil.Process) -> float:
    """Memory of a process [MB]; 0 of one that has just ended."""
    try:
        return process.memory_info().rss / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def points_in(path: Path) -> int:
    """How many points of a store are solved."""
    if not path.exists():
        return 0
    database = sqlite3.connect(path)
    query = "SELECT COUNT(*) FROM points WHERE status != 'pending'"
    (done,) = database.execute(query).fetchone()
    database.close()
    return done


def watch(folder: Path, model: str, finished: threading.Event) -> None:
    """Write lines until the study has finished."""
    started = time.monotonic()
    process = psutil.Process()
    with (folder / f"memory-{model}.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time_s", "points", "parent_MB", "all_MB"])
        while not finished.wait(PERIOD):
            here = memory_of(process)
            others = sum(map(memory_of, process.children(recursive=True)))
            seconds = round(time.monotonic() - started, 1)
            done = points_in(folder / FILE)
            writer.writerow([seconds, done, round(here, 1), round(here + others, 1)])
            file.flush()


def line_through(most: pd.Series) -> Any:
    """The line through memory against points while they are solved.

    The start is left out, as is what is handed back in the end.
    """
    last = most.index.max()
    solving = most[(most.index >= BEGUN * last) & (most.index < last)]
    return linregress(solving.index, solving.values)


def draw(axes: Axes, most: pd.Series, text: str, colour: str) -> str:
    """Draw most memory [MB] by points solved, and the line; how much it grows."""
    line = line_through(most)
    axes.plot(most.index / 1000, most, "o", ms=2, mfc="w", color=colour, clip_on=False)
    ends = np.array([BEGUN, 1]) * most.index.max()
    axes.plot(ends / 1000, line.intercept + line.slope * ends, lw=1, color=colour)
    slope, error = round(line.slope * 1e6), round(line.stderr * 1e6)
    grows = f"{slope:+d} ± {error}".replace("-", "−")
    axes.annotate(
        f"{text}\n{grows} kB per 1000 points",
        (0.97, line.intercept + line.slope * ends[1]),
        xycoords=("axes fraction", "data"),
        xytext=(0, -7),
        textcoords="offset points",
        ha="right",
        va="top",
        color=colour,
        fontsize=SMALL,
    )
    return grows


@styled
def plot(files: list[str]) -> Figure:
    """Memory against points, a panel for each file, and lines of Markdown."""
    print("| model | memory of | points | time / s | most / MB | kB per 1000 points |")
    print("| --- | --- | --- | --- | --- | --- |")
    figure, panels = plt.subplots(
        1, len(files), figsize=(TWO_COLUMNS, 2.2), squeeze=False, sharey=True
    )
    for axes, file in zip(panels.flat, files, strict=True):
        table = pd.read_csv(file)
        model = Path(file).stem.removeprefix("memory-")
        points, seconds = table.points.max(), table.time_s.max()
        for column, text, colour in (
            ("all_MB", "all processes", MUTED[6]),
            ("parent_MB", "the one with lanes", MUTED[0]),
        ):
            most = table.groupby("points")[column].max()
            grows = draw(axes, most, text, colour)
            numbers = f"{points} | {seconds:.0f} | {most.max():.0f} | {grows}"
            print(f"| {model} | {text} | {numbers} |")
        axes.set(xlabel="Points [thousands]", title=model, xlim=0, ylim=0)
    panels[0, 0].set_ylabel("Most memory [MB]")
    return figure


def main() -> None:
    """Solve and watch."""
    if sys.argv[1] == "plot":
        plot(sys.argv[2:-1]).savefig(sys.argv[-1])
        return
    model, points, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    finished = threading.Event()
    watcher = threading.Thread(target=watch, args=(folder, model, finished))
    watcher.start()
    try:
        data = sweep(
            {
                "model": model,
                "method": "latin hypercube",
                "points": points,
                "vary": {
                    "membrane thickness [um]": {"log": [20, 1000]},
                    "c_rate": {"log": [0.05, 2]},
                },
                "outputs": {"losses_at_depth": [0.5]},
            },
            folder,
        )
    finally:
        finished.set()
        watcher.join()
    print(data.status.to_series().value_counts().to_dict())


if __name__ == "__main__":
    main()
