"""Write the figures of the README: python docs/generate/figures.py."""

from __future__ import annotations

import time
from pathlib import Path

import pybamm

from aslb.experiments import thickness
from aslb.experiments.analyses.thickness.figures import plot_capacity, plot_losses
from aslb.experiments.output.files import manifest, write_report

FOLDER = Path(__file__).resolve().parents[1] / "figures"
CELL = "Cao2021_thin_halide"


def main() -> None:
    """Run the default study, and write its figures."""
    started = time.monotonic()
    study = thickness(CELL)
    made = manifest(
        "python docs/generate/figures.py",
        {},
        {CELL: pybamm.ParameterValues(CELL)},
        time.monotonic() - started,
    )
    figures = {"thickness": plot_capacity(study), "losses": plot_losses(study)}
    write_report(FOLDER, {}, figures, made)
    for vector in FOLDER.glob("*.svg"):
        vector.unlink()  # the pages show the PNGs


if __name__ == "__main__":
    main()
