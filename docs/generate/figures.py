"""Write the figures of the README: python docs/generate/figures.py."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from aslb import thickness
from aslb.experiments.analyses.thickness.bands import with_bands
from aslb.experiments.output.attributes import mapping_of
from aslb.experiments.output.files import manifest, write_report
from aslb.present import report

CELL = "Cao2021_thin_halide"
FOLDER = Path(__file__).resolve().parents[1] / "figures"


def main() -> None:
    """Run the study of ``aslb thickness``, and write its figures."""
    started = time.monotonic()
    thicknesses = np.geomspace(20e-6, 1e-3, 13)
    study = thickness(CELL, thicknesses, beside="Cao2021_thick_halide")
    study = with_bands(study, CELL, 64)
    made = manifest(
        "python docs/generate/figures.py",
        {},
        mapping_of(study.attrs, "parameter_hash"),
        time.monotonic() - started,
    )
    write_report(replace(report(study), tables={}), FOLDER, made)
    for vector in FOLDER.glob("*.svg"):
        vector.unlink()  # the pages show the PNGs


if __name__ == "__main__":
    main()
