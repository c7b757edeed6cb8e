"""Files that a study leaves behind: tables, figures and how they were made."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pybamm

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PACKAGES = ("aslb", "pybamm", "pybammsolvers", "casadi", "numpy", "scipy", "xarray")


def write_report(
    directory: Path,
    tables: Mapping[str, pd.DataFrame],
    figures: Mapping[str, Figure],
    manifest: Mapping[str, Any],
) -> list[Path]:
    """Write tables as CSV, figures as PNG and SVG, and the manifest as JSON.

    Parameters
    ----------
    directory : pathlib.Path
        Where to; made if it does not exist.
    tables, figures : mapping of str to table or figure
        By file name without ending. Figures are closed.
    manifest : mapping
        From `manifest`.

    Returns
    -------
    list of pathlib.Path
        The files written.
    """
    # studies run where nothing is drawn: only who draws imports matplotlib
    import matplotlib.pyplot as plt

    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        written.append(directory / f"{name}.csv")
        table.to_csv(written[-1], index=False, float_format="%.10g")
    for name, figure in figures.items():
        for ending in ("png", "svg"):
            written.append(directory / f"{name}.{ending}")
            figure.savefig(written[-1])
        plt.close(figure)
    written.append(directory / "manifest.json")
    written[-1].write_text(json.dumps(dict(manifest), indent=2) + "\n")
    return written


def manifest(
    command: str,
    arguments: Mapping[str, Any],
    parameters: Mapping[str, pybamm.ParameterValues],
    wall_time: float,
) -> dict[str, Any]:
    """How a result was made.

    Parameters
    ----------
    command : str
        Name of the command.
    arguments : mapping
        Its arguments, defaults included.
    parameters : mapping of str to pybamm.ParameterValues
        Parameter values by cell.
    wall_time : float
        Time it took [s].

    Returns
    -------
    dict
        Ready for JSON.
    """
    return {
        "command": command,
        "arguments": dict(arguments),
        "versions": {
            "python": sys.version.split()[0],
            **{package: version(package) for package in PACKAGES},
        },
        "git_commit": _git_commit(),
        "parameter_hash": {
            name: parameter_hash(values) for name, values in parameters.items()
        },
        "seed": None,
        "wall_time_s": round(wall_time, 2),
    }


def parameter_hash(values: pybamm.ParameterValues) -> str:
    """SHA-256 over names and values; functions count by their qualified name."""
    entries = sorted(
        (
            name,
            f"{value.__module__}.{value.__qualname__}"
            if callable(value)
            else str(value),
        )
        for name, value in values.items()
    )
    return hashlib.sha256(json.dumps(entries).encode()).hexdigest()


def _git_commit() -> str | None:
    root = Path(__file__).resolve().parent.parent
    if not (root / "pyproject.toml").exists():
        return None  # installed: a repository around it would be somebody else's
    try:
        return subprocess.run(
            ["git", "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
