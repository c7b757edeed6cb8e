"""What to improve first: how a cell's numbers follow each of its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from aslb.errors import InputError
from aslb.experiments.calibration.bands import (
    each_once,
    fit_of,
    sample,
    solved,
)
from aslb.experiments.calibration.posterior import LEVELS
from aslb.experiments.output.figure_style import (
    MUTED,
    ONE_COLUMN,
    cell_label,
    rate_label,
    styled,
)
from aslb.experiments.protocols import cccv
from aslb.experiments.study.definition import Study
from aslb.models.registry import DFN
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.names import label
from aslb.parameters.nearest import nearest

PARAMETERS = (
    "Separator thickness [m]",
    "Separator electrolyte conductivity [S.m-1]",
    "Separator-catholyte junction resistance [Ohm.m2]",
    "Negative electrode interface resistance [Ohm.m2]",
    "Catholyte conductivity [S.m-1]",
    "Positive electrode reference exchange-current density [A.m-2]",
    "Positive particle lithiated diffusivity [m2.s-1]",
    "Positive particle radius [m]",
)
STEP = 0.05
RTOL = 1e-6  # differences are small


def elasticities(
    cell: Any = "Cao2021_thin_halide",
    parameters: Sequence[str] = PARAMETERS,
    *,
    c_rate: float = 1.0,
    quantity: str = "discharge_capacity",
    model: str = DFN,
    step: float = STEP,
    out: Path | str | None = None,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Derivatives of a quantity by paired differences, as elasticities.

    PyBaMM's forward sensitivities through an experiment leave out that the time of a
    cut-off moves, which is all that changes a capacity; so each parameter is solved a
    step above and a step below its value.

    Parameters
    ----------
    cell : Cell, str or pybamm.ParameterValues, optional
        The cell, its name or file, or parameter values of one's own.
    parameters : sequence of str, optional
        Parameters by PyBaMM name. Those that are 0 are left out.
    c_rate : float, optional
        Rate [h-1].
    quantity : str, optional
        A quantity of a study.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    step : float, optional
        Relative step.
    out : pathlib.Path or str, optional
        Folder of the study behind it; by default it is kept in memory only.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        Columns `parameter`, `derivative` (of the quantity, per unit of the parameter)
        and `elasticity` (percent per percent), the largest first.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    if not 0 < step < 1:
        raise InputError(f"step {step:g}; accepted: between 0 and 1")
    cell = Cell.of(cell)
    unknown = [name for name in parameters if name not in cell.numbers]
    if unknown:
        raise InputError(
            f"unknown parameter '{unknown[0]}' of {cell.source}; "
            f"{nearest(unknown[0], cell.numbers)}accepted: its plain numbers"
        )
    base = {name: cell.numbers[name] for name in parameters if cell.numbers[name] != 0}
    rows = _around(base, base, step)
    data = Study(
        cell,
        cccv(c_rate),
        {name: [row[name] for row in rows] for name in base},
        method="list",
        model=model,
        rtol=RTOL,
        quantities=[quantity],
    ).run(out, executor=executor)
    elasticity = _elasticities(data[quantity].values, step)
    table = pd.DataFrame(
        {
            "parameter": list(base),
            "derivative": elasticity
            * float(data[quantity][0])
            / np.array(list(base.values())),
            "elasticity": elasticity,
        }
    )
    table.attrs = {
        "quantity": quantity,
        "c_rate": c_rate,
        "cell": cell.name,
        "model": model,
        "step": step,
    }
    return table.sort_values("elasticity", key=abs, ascending=False, ignore_index=True)


def with_bands(
    table: pd.DataFrame,
    cell: Any,
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Elasticities with their 90 % bands.

    Each is found again around samples of the calibration of the cell.

    Parameters
    ----------
    table : pandas.DataFrame
        From `elasticities`; it is not changed.
    cell : Cell, str or pybamm.ParameterValues
        Its cell, which carries a calibration.
    samples : int
        How many.
    seed : int, optional
        Of what is random.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        The table, with `elasticity_lower` and `elasticity_upper`.

    Raises
    ------
    InputError
        If the cell has no fit.
    """
    cell = Cell.of(cell)
    fit_of(cell)
    about, names = table.attrs, [*table["parameter"]]
    own = {name: cell.numbers[name] for name in names}
    rows = [
        row
        for drawn in sample(cell, samples, seed)
        for row in _around({**own, **drawn}, names, about["step"])
    ]

    def run(sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        return solved(
            cell,
            cccv(about["c_rate"]),
            sets,
            model=about["model"],
            rtol=RTOL,
            quantities=[about["quantity"]],
            executor=executor,
        )

    data = each_once(run, rows)
    found = data[about["quantity"]].values.reshape(samples, -1)
    each = [_elasticities(row, about["step"]) for row in found]
    lower, _, upper = np.nanquantile(each, LEVELS, axis=0)
    banded = table.assign(elasticity_lower=lower, elasticity_upper=upper)
    banded.attrs["samples"] = samples
    return banded


def _around(
    base: Mapping[str, float], names: Iterable[str], step: float
) -> list[dict[str, float]]:
    """A set of values, and the same a step below and above in each of some names."""
    moved = [
        {**base, name: base[name] * (1 + way * step)}
        for name in names
        for way in (-1, 1)
    ]
    return [dict(base), *moved]


def _elasticities(found: np.ndarray, step: float) -> np.ndarray:
    """Elasticities from a quantity at what `_around` gives."""
    return (found[2::2] - found[1::2]) / (2 * step * found[0])


@styled
def plot_elasticities(table: pd.DataFrame) -> Figure:
    """Elasticities as ranked bars."""
    ranked = table[::-1]
    words = table.attrs["quantity"].replace("_", " ")
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 0.2 * len(table) + 0.8))
    axes.barh(
        [label(name).split(" [")[0] for name in ranked.parameter],
        ranked.elasticity,
        color=[MUTED[2] if value > 0 else MUTED[6] for value in ranked.elasticity],
    )
    if "elasticity_lower" in ranked:
        rows = range(len(ranked))
        ends = (ranked.elasticity_lower, ranked.elasticity_upper)
        axes.hlines(rows, *ends, color="black", lw=0.8)
    axes.axvline(0, color="black", lw=0.6)
    said = "; lines: 90 % bands" if "elasticity_lower" in ranked else ""
    axes.set_xlabel(f"Elasticity [% per %]{said}")
    cell, rate = cell_label(table.attrs["cell"]), rate_label(table.attrs["c_rate"])
    figure.suptitle(f"What moves the {words} of {cell} at {rate}", x=0.01, ha="left")
    return figure
