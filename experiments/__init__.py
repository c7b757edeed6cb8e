"""What is done to a cell: protocols, studies and their figures."""

from __future__ import annotations

from typing import Any

import aslb

__all__ = [
    "InputError",
    "Study",
    "SweepInterrupted",
    "cccv",
    "cycling",
    "energy_against_paper",
    "energy_density",
    "export_study",
    "impedance",
    "open_study",
    "rate",
    "rate_test",
    "resistance",
    "sweep",
    "thickness",
]


def __getattr__(name: str) -> Any:
    # a worker imports the engine, and none of what its answers are used for
    if name in __all__:
        return getattr(aslb, name)
    raise AttributeError(f"module 'aslb.experiments' has no attribute '{name}'")
