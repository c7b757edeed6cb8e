"""How far a study is in words, and what it found in figures."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt

from aslb.experiments.adaptive_figures import has_triangle, plot_adaptive_map
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
    if (loss := store.meta("loss")) is not None:
        goal = store.meta("setting")["method"]["goal"]
        lines.append(f"  adaptive map of {goal}: loss {loss:.3g} when last looked at")
    if counts["ok"]:
        lines.append(
            "No ageing: each point is one cycle from the cell as assembled, solved once"
        )
    store.close()
    return "\n".join(lines), counts["failed"]


def write_figures(out: Path) -> list[Path]:
    """Draw a stored study, if it is a grid or an adaptive map of two parameters.

    Parameters
    ----------
    out : pathlib.Path
        Folder of the store; the figures go there too, as PNG and SVG.

    Returns
    -------
    list of pathlib.Path
        The files: a map and, of a grid, lines of each quantity that was kept.
    """
    study = open_study(out)
    written: list[Path] = []
    names = [name for name in QUANTITIES if name in study]
    adaptive = "sampled" in study.attrs
    plots = {"map": plot_map, "lines": plot_lines}
    if adaptive:
        plots = {"map": plot_adaptive_map}
    elif study.status.ndim != 2 or "cell" in study.dims or min(study.status.shape) < 2:
        return written
    for name in names:
        if not (has_triangle(study, name) if adaptive else study[name].notnull().any()):
            continue
        for kind, plot in plots.items():
            figure = plot(study, name)
            for ending in ("png", "svg"):
                written.append(out / f"{name}-{kind}.{ending}")
                figure.savefig(written[-1])
            plt.close(figure)
    return written
