"""How far a study is in words, and what it found in figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import xarray as xr

from aslb.experiments.engine.energies import ENERGIES
from aslb.experiments.engine.outputs import QUANTITIES
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.adaptive_figures import (
    has_triangle,
    plot_adaptive_map,
)
from aslb.experiments.study.figures import plot_lines, plot_map
from aslb.experiments.study.pareto_figure import plot_pareto
from aslb.experiments.study.results import open_study
from aslb.experiments.study.store import FILE, StudyStore


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
    if (loss := store.meta("loss")) is not None:
        goal = store.meta("setting")["method"]["goal"]
        lines.append(f"  adaptive map of {goal}: loss {loss:.3g} when last looked at")
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
    """Draw a stored study of single cycles of one cell, if it is a grid or a map.

    Parameters
    ----------
    out : pathlib.Path
        Folder of the store; the figures go there too, as PNG and SVG.

    Returns
    -------
    list of pathlib.Path
        The files: a map of each quantity that was kept, of two parameters, and lines,
        of a grid; and each energy against capacity retention, if rates and another
        parameter vary.
    """
    study = open_study(out)
    written: list[Path] = []
    adaptive = "sampled" in study.attrs
    if {"cell", "cycle"} & set(study.dims):
        return written
    if "point" in study.dims and not adaptive:
        return written
    for name, part in _parts(study):
        figures = {}
        quantity = name.split(" of ")[0]
        if adaptive:
            if has_triangle(part, quantity):
                figures["map"] = plot_adaptive_map(part, quantity)
        elif study.status.ndim == 2 and min(study.status.shape) > 1:
            figures["map"] = plot_map(part, quantity)
            figures["lines"] = plot_lines(part, quantity)
        if quantity in ENERGIES and not adaptive and _has_retention(study):
            figures["pareto"] = plot_pareto(part, quantity)
        for kind, figure in figures.items():
            for ending in ("png", "svg"):
                written.append(out / f"{name.replace(' ', '_')}-{kind}.{ending}")
                figure.savefig(written[-1])
            plt.close(figure)
    return written


def _parts(study: xr.Dataset) -> Iterator[tuple[str, xr.Dataset]]:
    """Quantities that hold something, each boundary of an energy on its own."""
    for name in (*QUANTITIES, *ENERGIES):
        if name not in study or not study[name].notnull().any():
            continue
        if "boundary" not in study[name].dims:
            yield name, study
            continue
        for boundary in study.boundary.values:
            part = study.sel(boundary=boundary, drop=True)
            part[name] = part[name].assign_attrs(boundary=str(boundary))
            yield f"{name} of {boundary}", part


def _has_retention(study: xr.Dataset) -> bool:
    return (
        "discharge_capacity" in study
        and study.sizes.get(C_RATE, 0) > 1
        and study.status.ndim > 1
        and bool(study.discharge_capacity.notnull().any())
    )
