"""Physics-based simulation of all-solid-state lithium batteries on PyBaMM.

Five words: a `Cell`, a protocol (a `pybamm.Experiment`), a `Study`, its results (an
`xarray.Dataset`), and a calibration. `aslb.models` says what a cell is,
`aslb.parameters` what it is made of, and `aslb.experiments` what is done to it.
"""

from __future__ import annotations

import importlib
import os
from importlib.metadata import version
from typing import Any

# Users did not ask to phone home; PyBaMM reads this when it is first imported.
os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")

__version__ = version("aslb")

PACKAGES = ("experiments", "models", "parameters")
NAMES = {
    "Cell": "aslb.parameters.composition.cell",
    "InputError": "aslb.errors",
    "Study": "aslb.experiments.study.definition",
    "SweepInterrupted": "aslb.experiments.study.run",
    "calibrate": "aslb.experiments.calibration.fit",
    "cccv": "aslb.experiments.protocols",
    "cycling": "aslb.experiments.protocols",
    "design": "aslb.experiments.analyses.design.study",
    "design_map": "aslb.experiments.analyses.design.map",
    "energy_against_paper": "aslb.experiments.validation.cao2021.energies",
    "energy_density": "aslb.experiments.analyses.energy.study",
    "export_study": "aslb.experiments.study.results",
    "impedance": "aslb.experiments.analyses.impedance.study",
    "open_study": "aslb.experiments.study.results",
    "plot": "aslb.present",
    "pybop_problem": "aslb.experiments.calibration.pybop_problem",
    "rate": "aslb.experiments.analyses.rate.study",
    "rate_test": "aslb.experiments.protocols",
    "resistance": "aslb.experiments.analyses.impedance.resistance",
    "save": "aslb.present",
    "sensitivity": "aslb.experiments.analyses.sensitivity.sobol",
    "sweep": "aslb.experiments.study.run",
    "thickness": "aslb.experiments.analyses.thickness.study",
    "validate": "aslb.experiments.validation.comparison",
    "with_bands": "aslb.experiments.calibration.study_bands",
}
"""Public names, and the module of each."""

__all__ = ["__version__", *PACKAGES, *sorted(NAMES)]


def __getattr__(name: str) -> Any:
    # PyBaMM takes seconds to import: only what is used is loaded
    if name in PACKAGES:
        return importlib.import_module(f"aslb.{name}")
    if name in NAMES:
        return getattr(importlib.import_module(NAMES[name]), name)
    raise AttributeError(f"module 'aslb' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
