"""Physics-based simulation of all-solid-state lithium batteries on PyBaMM.

`aslb.models` says what a cell is, `aslb.parameters` what it is made of, and
`aslb.experiments` what is done to it.
"""

from __future__ import annotations

import importlib
import os
from importlib.metadata import version
from typing import Any

# Users did not ask to phone home; PyBaMM reads this when it is first imported.
os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")

__version__ = version("aslb")
__all__ = ["Cell", "__version__", "experiments", "models", "parameters"]


def __getattr__(name: str) -> Any:
    # PyBaMM takes seconds to import: only what is used is loaded
    if name in ("experiments", "models", "parameters"):
        return importlib.import_module(f"aslb.{name}")
    if name == "Cell":
        return importlib.import_module("aslb.parameters.composition.cell").Cell
    raise AttributeError(f"module 'aslb' has no attribute '{name}'")
