"""What the answer depends on: Sobol indices over the ranges of the literature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import pandas as pd
from SALib.analyze import sobol as analyze_sobol
from SALib.sample import sobol as sample_sobol

from aslb.errors import InputError
from aslb.experiments.analyses.thickness.bands import critical_of
from aslb.experiments.analyses.thickness.conditions import NAME
from aslb.experiments.analyses.thickness.study import THIN_LIMIT
from aslb.experiments.c_rate import rate_of
from aslb.experiments.calibration.bands import solved
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
    values_at,
)
from aslb.experiments.output.attributes import hashes
from aslb.experiments.protocols import cccv
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.cell import Cell

SAMPLES = 256
THICKNESSES = np.geomspace(1e-5, 1e-2, 7)
"""Separator thicknesses [m], close enough for a critical one to 7 %, root mean square.

Its spread over the ranges of the literature is ten times as large.
"""

FRACTION = 0.8  # of the thin limit, at the critical thickness
KEPT_SHARE = 0.5  # of the blocks: with fewer, those that are left are no sample


def sensitivity(
    cell: Any = "Cao2021_thin_halide",
    *,
    c_rate: float | str = 1.0,
    samples: int = SAMPLES,
    seed: int = 0,
    model: str = DFN,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Sobol indices of discharge capacity and of the critical thickness.

    Parameters
    ----------
    cell : Cell or str, optional
        The cell, its name or file.
    c_rate : float or str, optional
        Rate [h-1], or as "C/20".
    samples : int, optional
        Base samples, a power of two; with D parameters the indices rest on (D + 2)
        times as many, a block of D + 2 for each.
    seed : int, optional
        Of the samples.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        For each output and parameter: first-order and total index, each with the
        half-width of its 95 % interval, from a bootstrap. `resolved` says whether the
        total index is larger than that, and `first_order_resolved` whether the
        first-order index is: what is not may be zero. The critical thickness enters by
        its logarithm, and is cut off at 10 µm and 10 mm. A sample without an answer,
        because it could not be solved or delivers nothing even without a separator,
        takes its block with it; how many did is in the attribute `failed_samples`, and
        with less than half of the blocks left there is no index.

    Raises
    ------
    InputError
        If the request makes no sense.

    References
    ----------
    .. [1] A. Saltelli et al., Comput. Phys. Commun. 2010, 181, 259,
       doi:10.1016/j.cpc.2009.09.018.
    .. [2] J. Herman, W. Usher, SALib, J. Open Source Softw. 2017, 2, 97,
       doi:10.21105/joss.00097.
    """
    if samples < 2 or samples & (samples - 1):
        raise InputError(f"{samples} samples; accepted: a power of two, as 64")
    check_model(model)
    rate: float = rate_of(c_rate)
    cell = Cell.of(cell)
    known = those_of(cell.quantities, [*UNKNOWNS, *NUISANCES])
    unknowns = unknowns_of(cell.quantities, known)
    problem = {
        "num_vars": len(unknowns),
        "names": known,
        "bounds": [[0.0, 1.0]] * len(unknowns),
    }
    positions = sample_sobol.sample(
        problem, samples, calc_second_order=False, seed=seed
    )
    sets = [values_at(unknowns, row) for row in positions]
    found = capacity_and_critical_thickness(cell, sets, rate, model, executor)
    outputs = (f"capacity at {rate:g}C", "critical thickness")
    tables = {
        output: _indices(problem, column, seed)
        for output, column in zip(outputs, found.T, strict=True)
    }
    table = pd.concat(tables, names=["output"]).reset_index("output")
    table = table.reset_index(drop=True)
    table.attrs = {
        "analysis": "sensitivity",
        "cell": cell.name,
        "parameter_hash": hashes([cell]),
        "model": model,
        "samples": len(found),
        "failed_samples": int(np.isnan(found).any(axis=1).sum()),
        "seed": seed,
    }
    return table


def capacity_and_critical_thickness(
    cell: Cell,
    sets: Sequence[Mapping[str, float]],
    c_rate: float,
    model: str,
    executor: Executor | None = None,
) -> np.ndarray:
    """Capacity of the cell as built, and its critical thickness, at sets of values.

    One row a set: discharge capacity [mAh/g], and the logarithm of the thickness [m] at
    which 80 % of the thin limit is left, or of the end of `THICKNESSES` that it lies
    beyond. NaN where a point failed that it needs, and where nothing is delivered even
    in the thin limit.
    """
    built = cell.numbers[NAME]
    nodes = np.union1d(THICKNESSES, built)
    data = solved(
        cell,
        cccv(c_rate),
        [{**v, NAME: layer} for v in sets for layer in (THIN_LIMIT, *nodes)],
        quantities=["discharge_capacity"],
        model=model,
        executor=executor,
    )
    thin, *thicker = data.discharge_capacity.values.reshape(len(sets), -1).T
    relative = np.array(thicker) / np.where(thin > 0, thin, np.nan)
    critical = [critical_of(nodes, column, FRACTION) for column in relative.T]
    return np.array([thicker[np.searchsorted(nodes, built)], np.log(critical)]).T


def _indices(problem: Mapping[str, Any], output: np.ndarray, seed: int) -> pd.DataFrame:
    """Indices of one output from the blocks in which every sample is known."""
    blocks = output.reshape(-1, problem["num_vars"] + 2)
    whole = blocks[np.isfinite(blocks).all(axis=1)]
    if len(whole) < max(2, KEPT_SHARE * len(blocks)) or np.ptp(whole) == 0:
        found = dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), np.nan)
    else:
        found = analyze_sobol.analyze(
            problem,
            whole.ravel(),
            calc_second_order=False,
            seed=seed + 1,  # SALib takes 0 for none
        )
    return pd.DataFrame(
        {
            "parameter": problem["names"],
            "first_order": found["S1"],
            "first_order_half_width": found["S1_conf"],
            "total": found["ST"],
            "total_half_width": found["ST_conf"],
            # of NaN neither is
            "resolved": np.less(found["ST_conf"], found["ST"]),
            "first_order_resolved": np.less(found["S1_conf"], found["S1"]),
        }
    )
