"""Bands on a rate test: the same test of samples of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.calibration.bands import (
    band,
    behind,
    ends_of,
    sample,
    solved,
    weights_of,
)
from aslb.experiments.protocols import rate_test
from aslb.parameters.composition.cell import Cell


def with_bands(
    study: xr.Dataset,
    cells: Sequence[Any],
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
) -> xr.Dataset:
    """A rate test with the 95 % band of its discharge capacities.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.rate`; it is not changed.
    cells : sequence of Cell or str
        Its cells, in order; each carries a calibration.
    samples, seed : int
        Number of samples, and their seed.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    xarray.Dataset
        With `discharge_capacity_lower` and `discharge_capacity_upper`, and in its
        attributes `effective_samples`: to how many equally likely samples they amount,
        of the cell with the fewest.

    Raises
    ------
    InputError
        If a cell has no calibration to draw from.
    """
    chosen = [Cell.of(cell) for cell in cells]
    model = study.attrs["model"]
    weights = weights_of(chosen, samples, seed, model, executor)
    rates = [(float(c_rate), 1) for c_rate in study.c_rate]
    ends = []
    for row, (cell, weight) in enumerate(zip(chosen, weights, strict=True)):
        test = rate_test(
            rates,
            upper_cutoff=float(study.upper_cutoff[row]),
            lower_cutoff=float(study.lower_cutoff[row]),
            hold=study.attrs["hold"],
        )
        data = solved(
            cell,
            test,
            sample(cell, samples, seed),
            described={"rates": rates},
            quantities=["discharge_capacity"],
            model=model,
            executor=executor,
        )
        ends.append(ends_of(data.discharge_capacity.values, weight))
    # from ends by cell to cells by end
    ends_by_cell = np.stack(ends, axis=1)
    bands = band("discharge_capacity", study.discharge_capacity, ends_by_cell)
    return study.assign(bands).assign_attrs(behind(weights))
