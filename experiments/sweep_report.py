"""How far a study is in words, and what it found in figures."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt

from aslb.experiments.study_dataset import open_study
from aslb.experiments.study_outputs import QUANTITIES
from aslb.experiments.study_store import FILE, StudyStore
from aslb.experiments.sweep_figures import plot_lines, plot_map


def sweep_summary(out: Path) -> tuple[str, int]:
    """Sum up a stored study.

    Parameters
    ----------
    out : pathlib.Path
        Folder of the store.

    Returns
    -------
    tuple of str and int
        The summary, and how many points failed.
    """
    store = StudyStore(out / FILE)
    counts = store.counts()
    total = sum(counts.values())
    lines = [
        f"{store.path}: {total} points, {counts['ok']} ok, {counts['failed']} failed, "
        f"{counts['pending']} pending"
    ]
    lines += [f"  {count} failed: {reason}" for reason, count in store.reasons()[:5]]
    if counts["ok"]:
        lines.append(no_ageing(store.cycles_solved()))
    store.close()
    return "\n".join(lines), counts["failed"]


def no_ageing(cycles: tuple[int, int] | None) -> str:
    """What was solved, and what need not be because no cell ages.

    Parameters
    ----------
    cycles : tuple of int, or None
        How many cycles of sequences were solved and how many there are; None where
        each point is a single cycle.

    Returns
    -------
    str
        One line.
    """
    if cycles is None:
        return (
            "No ageing: each point is one cycle from the cell as assembled, solved once"
        )
    return (
        f"No ageing: {cycles[0]} of {cycles[1]} cycles were solved; each of the others "
        "starts as one of these did at its rate, and is that cycle"
    )


def write_figures(out: Path) -> list[Path]:
    """Draw a stored study of single cycles, if it is a grid of two parameters.

    Parameters
    ----------
    out : pathlib.Path
        Folder of the store; the figures go there too, as PNG and SVG.

    Returns
    -------
    list of pathlib.Path
        The files: a map and lines of each quantity that was kept.
    """
    study = open_study(out)
    written: list[Path] = []
    names = [name for name in QUANTITIES if name in study]
    if {"cell", "cycle"} & set(study.dims):
        return written
    if study.status.ndim != 2 or min(study.status.shape) < 2:
        return written
    for name in names:
        if not study[name].notnull().any():
            continue
        for kind, plot in (("map", plot_map), ("lines", plot_lines)):
            figure = plot(study, name)
            for ending in ("png", "svg"):
                written.append(out / f"{name}-{kind}.{ending}")
                figure.savefig(written[-1])
            plt.close(figure)
    return written
