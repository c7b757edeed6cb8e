"""What only the paper of Cao et al. 2021 prints of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

import xarray as xr

from aslb.experiments.validation.cao2021.charge_voltage import shifts
from aslb.experiments.validation.cao2021.energy_readings import CELL, energies


def rows(
    runs: Mapping[str, xr.Dataset], model: str, executor: Executor | None = None
) -> list[dict[str, Any]]:
    """Further rows of a comparison.

    Parameters
    ----------
    runs : mapping of str to xarray.Dataset
        Rate tests of cells by what they were made of.
    model : str
        Name of the model.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    list of dict
        As `aslb.experiments.validation.comparison` has them: shifts of the charge
        voltage between the cells that are there, and energies of cell-3.
    """
    found = shifts(runs)
    if CELL in runs:
        found += energies(model, executor)
    return found
