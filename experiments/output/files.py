"""Files that a study leaves behind: tables, figures and how they were made."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aslb.errors import InputError
from aslb.experiments.output.report import Report

PACKAGES = ("aslb", "pybamm", "pybammsolvers", "casadi", "numpy", "scipy", "xarray")


def check_writable(directory: Path) -> None:
    """Refuse a folder that nothing can be written to, and leave all as it was.

    Parameters
    ----------
    directory : pathlib.Path
        Where files are to go; it need not exist yet.

    Raises
    ------
    InputError
        If it cannot be made, or no file can be made in it.
    """
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    try:
        # rights as listed are not all: only a file that was written proves it
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise InputError(
            f"folder {directory} cannot be written to ({error.strerror}); accepted: "
            "one that can"
        ) from None
    finally:
        for each in missing:
            with suppress(OSError):
                each.rmdir()


def write_report(
    report: Report, directory: Path, manifest: Mapping[str, Any]
) -> list[Path]:
    """Write tables as CSV, figures as PNG and SVG, and the manifest as JSON.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    written: list[Path] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _write(report, directory, manifest, written)
    except OSError as error:
        file = written[-1] if written else directory
        raise InputError(
            f"{file} cannot be written ({error.strerror}); accepted: a folder on a "
            "disk with space, where you may write"
        ) from None
    return written


def _write(
    report: Report, directory: Path, manifest: Mapping[str, Any], written: list[Path]
) -> None:
    """Write all files, each named in a list before it is written."""
    # studies run where nothing is drawn: only who draws imports matplotlib
    import matplotlib.pyplot as plt

    from aslb.experiments.output.figure_style import STYLE

    for name, table in report.tables.items():
        written.append(directory / f"{name}.csv")
        table.to_csv(written[-1], index=False, float_format="%.10g", encoding="utf-8")
    for name, draw in report.figures.items():
        figure = draw()
        with plt.style.context(STYLE):  # what is read when it is saved
            for ending in ("png", "svg"):
                written.append(directory / f"{name}.{ending}")
                figure.savefig(written[-1])
                figure.set_layout_engine("none")  # it is laid out: once is enough
        plt.close(figure)
    for name, text in report.texts.items():
        written.append(directory / name)
        written[-1].write_text(text, encoding="utf-8")
    written.append(directory / "manifest.json")
    written[-1].write_text(json.dumps(dict(manifest), indent=2) + "\n", "utf-8")


def manifest(
    command: str,
    arguments: Mapping[str, Any],
    parameter_hash: Mapping[str, str],
    wall_time: float | None = None,
) -> dict[str, Any]:
    """How a result was made, ready for JSON.

    The seed is taken from the arguments; `parameter_hash` is by cell, and `wall_time`
    in seconds.
    """
    return {
        "command": command,
        "arguments": dict(arguments),
        "versions": {
            "python": sys.version.split()[0],
            **{package: version(package) for package in PACKAGES},
        },
        "git_commit": _git_commit(),
        "parameter_hash": dict(parameter_hash),
        "seed": arguments.get("seed"),
        "wall_time_s": None if wall_time is None else round(wall_time, 2),
    }


def _git_commit() -> str | None:
    root = Path(__file__).resolve().parents[2]
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
