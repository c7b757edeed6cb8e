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

import matplotlib.pyplot as plt
import pandas as pd
import psutil
from scipy.stats import linregress

from aslb.experiments import sweep
from aslb.experiments.output.figure_style import MUTED, STYLE
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


def growth(table: pd.DataFrame, column: str) -> tuple[pd.Series, float, float, float]:
    """Most memory [MB] by points solved, the line through it, its error [MB a point].

    What is handed back in the end is left out, as is the start.
    """
    last = table.points.max()
    solving = table[(table.points >= BEGUN * last) & (table.points < last)]
    most = solving.groupby("points")[column].max()
    line = linregress(most.index, most.values)
    return most, line.slope, line.intercept, line.stderr


def plot(files: list[str], target: str) -> None:
    """Memory against points, a panel for each file, and a line of Markdown."""
    print("| model | points | time / s | most MB | MB before | kB per 1000 points |")
    print("| --- | --- | --- | --- | --- | --- |")
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(
            1, len(files), figsize=(3.4 * len(files), 2.6), squeeze=False, sharey=True
        )
        for axes, file in zip(panels.flat, files, strict=True):
            table = pd.read_csv(file)
            model = Path(file).stem.removeprefix("memory-")
            for column, text, colour in (
                ("all_MB", "all processes", MUTED[6]),
                ("parent_MB", "lanes", MUTED[0]),
            ):
                most, slope, start, error = growth(table, column)
                k = most.index / 1000
                axes.plot(k, most, "o", ms=3, color=colour)
                axes.plot(k, start + slope * most.index, "--", lw=1, color=colour)
                said = f"{slope * 1e6:+.0f} ± {error * 1e6:.0f} kB per 1000 points"
                axes.annotate(
                    f"{text}\n{said}",
                    (0.98, start + slope * most.index[-1] + 30),
                    xycoords=("axes fraction", "data"),
                    ha="right",
                    color=colour,
                    fontsize=8,
                )
                print(
                    f"| {model}, {text} | {table.points.max()} | "
                    f"{table.time_s.max():.0f} | {table[column].max():.0f} | "
                    f"{most.iloc[0]:.0f} | {slope * 1e6:+.0f} ± {error * 1e6:.0f} |"
                )
            axes.set(xlabel="Points / 1000", title=model, xlim=0, ylim=(0, None))
        panels[0, 0].set_ylabel("Most memory / MB")
        figure.savefig(target)


def main() -> None:
    """Solve and watch."""
    if sys.argv[1] == "plot":
        plot(sys.argv[2:-1], sys.argv[-1])
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
