"""What the answer depends on: Sobol indices over the ranges of the literature."""

from __future__ import annotations

import math
from concurrent.futures import Executor

import numpy as np
import pandas as pd
from SALib.analyze import sobol as analyze_sobol
from SALib.sample import sobol as sample_sobol

from aslb.errors import InputError
from aslb.experiments.analyses.thickness.study import FRACTION, NAME, THIN_LIMIT
from aslb.experiments.calibration.fit import NUISANCES, UNKNOWNS, unknowns_of
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.simulate import (
    MODELS,
    active_mass,
    cell_quantities,
    cutoffs,
    pack,
    parameter_values,
    run,
)
from aslb.experiments.protocols import rate_test

SAMPLES = 64
THICKEST = 2e-2  # m, beyond which a critical thickness is not looked for
OUTPUTS = ("1C capacity", "critical thickness")


def sensitivity(
    cell: str = "Cao2021_thin_halide",
    *,
    c_rate: float = 1.0,
    samples: int = SAMPLES,
    seed: int = 0,
    model: str = MODELS[1],
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Sobol indices of discharge capacity and of the critical thickness.

    Parameters
    ----------
    cell : str, optional
        Name of a cell, or path of a TOML file.
    c_rate : float, optional
        Rate [h-1].
    samples : int, optional
        Base samples, a power of two; the model is run (D + 2) times as often, with D
        parameters.
    seed : int, optional
        Of the samples.
    model : str, optional
        "SolidStateSPM", or "SolidStateDFN" for patient users.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        For each output and parameter: first-order and total index, each with the
        half-width of its 95 % interval. The critical thickness enters by its logarithm,
        and is cut off at 20 mm.

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
    known = cell_quantities(cell)
    unknowns = unknowns_of(known, [*UNKNOWNS, *NUISANCES])
    names = [unknown.name for unknown in unknowns]
    problem = {
        "num_vars": len(names),
        "names": names,
        "bounds": [[0.0, 1.0]] * len(names),
    }
    positions = sample_sobol.sample(
        problem, samples, calc_second_order=False, seed=seed
    )
    experiment = rate_test([(c_rate, 1)], **cutoffs(cell, None, None))
    packed = pack(cell, experiment, model, [NAME, *names])
    built = known[NAME].number
    tasks = [
        (
            packed,
            {
                unknown.name: unknown.value(unit)
                for unknown, unit in zip(unknowns, row, strict=True)
            },
            built,
        )
        for row in positions
    ]
    outputs = np.full((len(tasks), 2), np.nan)

    def collect(index: int, result: tuple[float, float] | None, failure: str) -> None:
        if result is not None:
            outputs[index] = result

    if not execute(
        capacity_and_critical_thickness,
        tasks,
        collect,
        executor=executor,
        description="samples",
    ):
        raise KeyboardInterrupt
    outputs[:, 0] /= active_mass(parameter_values(cell))
    rows = []
    for k, output in enumerate((f"capacity at {c_rate:g}C", OUTPUTS[1])):
        column = outputs[:, k]
        column = np.where(np.isfinite(column), column, np.nanmedian(column))
        found = analyze_sobol.analyze(
            problem, column, calc_second_order=False, seed=seed
        )
        for n, name in enumerate(names):
            rows.append(
                {
                    "output": output,
                    "parameter": name,
                    "first_order": found["S1"][n],
                    "first_order_half_width": found["S1_conf"][n],
                    "total": found["ST"][n],
                    "total_half_width": found["ST_conf"][n],
                }
            )
    return pd.DataFrame(rows)


def capacity_and_critical_thickness(
    packed: bytes, values: dict[str, float], built: float
) -> tuple[float, float]:
    """Discharge capacity as built, and the critical thickness, of one set of values.

    Parameters
    ----------
    packed : bytes
        One cycle with the separator thickness and the names of `values` as inputs.
    values : dict of str to float
        The other inputs.
    built : float
        Separator thickness as built [m].

    Returns
    -------
    float
        Discharge capacity [A.h].
    float
        Logarithm of the thickness [m] at which 80 % of the thin limit is left, found by
        bisection to a few per cent; that of the thickest if it lies beyond.
    """

    def delivered(thickness: float) -> float:
        result = run(packed, {**values, NAME: thickness})
        return math.nan if result.failure else result.cycles[0].discharge.total

    target = FRACTION * delivered(THIN_LIMIT)
    low, high = math.log(1e-6), math.log(THICKEST)
    if delivered(THICKEST) >= target:
        low = high
    while high - low > 0.05:
        middle = (low + high) / 2
        if delivered(math.exp(middle)) >= target:
            low = middle
        else:
            high = middle
    return delivered(built), (low + high) / 2
