"""Memory of a study against the points it has solved.

``python benchmarks/sweep_memory.py SolidStateSPM 20000 FOLDER`` solves that many points
of a Latin hypercube in thickness and rate, and writes the memory of this process, whose
threads hold the lanes, and of the largest of those that solve a share again [MB] to
``memory-SolidStateSPM.csv`` there, several times a second. ``python
benchmarks/sweep_memory.py plot CSV... PNG`` draws such files.
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

from aslb.experiments import sweep
from aslb.experiments.output.figure_style import MUTED, STYLE
from aslb.experiments.study.store import FILE

PERIOD = 0.3  # s
LEAST = 50  # MB; a process that keeps count of the others has less


def memory_of(process: psutil.Process) -> int:
    """Bytes of a process of this interpreter; 0 of any other, as the compiler's."""
    try:
        ours = process.exe() == psutil.Process().exe()
        return process.memory_info().rss if ours else 0
    except psutil.NoSuchProcess:
        return 0


def watch(folder: Path, model: str, finished: threading.Event) -> None:
    """Write lines until the study has finished."""
    started = time.monotonic()
    process = psutil.Process()
    with (folder / f"memory-{model}.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time_s", "points", "parent_MB", "largest_worker_MB"])
        while not finished.wait(PERIOD):
            workers = [memory_of(child) for child in process.children(recursive=True)]
            done = 0
            if (folder / FILE).exists():
                database = sqlite3.connect(folder / FILE)
                (done,) = database.execute(
                    "SELECT COUNT(*) FROM points WHERE status != 'pending'"
                ).fetchone()
                database.close()
            writer.writerow(
                [
                    round(time.monotonic() - started, 1),
                    done,
                    round(process.memory_info().rss / 1e6, 1),
                    round(max(workers, default=0) / 1e6, 1),
                ]
            )
            file.flush()


def plot(files: list[str], target: str) -> None:
    """Memory against time, a panel for each file."""
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(
            1, len(files), figsize=(3.4 * len(files), 2.6), squeeze=False, sharey=True
        )
        for axes, file in zip(panels.flat, files, strict=True):
            table = pd.read_csv(file)
            again = table[table.largest_worker_MB > LEAST]
            for part, column, text, colour in (
                (table, "parent_MB", "lanes, all points", MUTED[0]),
                (again, "largest_worker_MB", "IDAKLU, 1 % again", MUTED[6]),
            ):
                axes.plot(part.time_s, part[column], color=colour)
                axes.annotate(
                    text,
                    (part.time_s.iloc[-1], part[column].iloc[-1]),
                    xytext=(0, 5),
                    textcoords="offset points",
                    ha="right",
                    color=colour,
                    fontsize=8,
                )
            axes.set(
                xlabel="Time / s",
                title=Path(file).stem.removeprefix("memory-"),
                ylim=(0, 500),
            )
        panels[0, 0].set_ylabel("Memory / MB")
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
