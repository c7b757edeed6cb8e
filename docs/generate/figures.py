"""Write the figures of the README: python docs/generate/figures.py."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from aslb import thickness
from aslb.experiments.output.files import manifest, write_report
from aslb.present import report

FOLDER = Path(__file__).resolve().parents[1] / "figures"


def main() -> None:
    """Run the default study, and write its figures."""
    started = time.monotonic()
    study = thickness("Cao2021_thin_halide")
    made = manifest(
        "python docs/generate/figures.py",
        {},
        study.attrs["parameter_hash"],
        time.monotonic() - started,
    )
    write_report(replace(report(study), tables={}), FOLDER, made)
    for vector in FOLDER.glob("*.svg"):
        vector.unlink()  # the pages show the PNGs


if __name__ == "__main__":
    main()
