"""What to improve first: how a cell's numbers follow each of its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.errors import InputError
from aslb.experiments.engine.simulate import MODELS, parameter_values
from aslb.experiments.output.figure_style import MUTED, STYLE, cell_label, rate_label
from aslb.experiments.study.run import sweep

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
    out: Path | str,
    cell: str = "Cao2021_thin_halide",
    parameters: Sequence[str] = PARAMETERS,
    *,
    c_rate: float = 1.0,
    quantity: str = "discharge_capacity",
    model: str = MODELS[0],
    step: float = STEP,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Derivatives of a quantity by paired differences, as elasticities.

    PyBaMM's forward sensitivities through an experiment leave out that the time of a
    cut-off moves, which is all that changes a capacity; so each parameter is solved a
    step above and a step below its value.

    Parameters
    ----------
    out : pathlib.Path or str
        Folder of the sweep behind it.
    cell : str, optional
        Name of a parameter set, or a cell file.
    parameters : sequence of str, optional
        Parameters by PyBaMM name. Those that are 0 are left out.
    c_rate : float, optional
        Rate [h-1].
    quantity : str, optional
        A quantity of a sweep.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    step : float, optional
        Relative step.
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
    values = parameter_values(cell)
    unknown = [name for name in parameters if name not in values]
    if unknown:
        raise InputError(f"unknown parameter '{unknown[0]}' of {cell}")
    base = {name: float(values[name]) for name in parameters if values[name] != 0}
    rows = [dict(base)]
    for name, value in base.items():
        rows += [
            {**base, name: value * (1 - step)},
            {**base, name: value * (1 + step)},
        ]
    data = sweep(
        {
            "cells": [cell],
            "model": model,
            "rtol": RTOL,
            "method": "list",
            "protocol": {"c_rate": c_rate},
            "vary": {name: [row[name] for row in rows] for name in base},
            "outputs": {"quantities": [quantity]},
        },
        out,
        executor=executor,
    )
    found = data[quantity].values
    change = found[2::2] - found[1::2]
    table = pd.DataFrame(
        {
            "parameter": list(base),
            "derivative": change / (2 * step * np.array(list(base.values()))),
            "elasticity": change / (2 * step * found[0]),
        }
    )
    table.attrs = {"quantity": quantity, "c_rate": c_rate, "cell": cell}
    order = table.elasticity.abs().sort_values(ascending=False).index
    return table.loc[order].reset_index(drop=True)


def plot_elasticities(table: pd.DataFrame) -> Figure:
    """Elasticities as ranked bars.

    Parameters
    ----------
    table : pandas.DataFrame
        From `elasticities`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    ranked = table[::-1]
    words = table.attrs["quantity"].replace("_", " ")
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(6.2, 0.35 * len(table) + 1.0))
        colours = [MUTED[2] if value > 0 else MUTED[6] for value in ranked.elasticity]
        axes.barh(
            [name.rsplit(" [", 1)[0] for name in ranked.parameter],
            ranked.elasticity,
            color=colours,
        )
        axes.axvline(0, color="black", lw=0.8)
        axes.set_xlabel("Elasticity / % per %")
        cell, rate = cell_label(table.attrs["cell"]), rate_label(table.attrs["c_rate"])
        figure.suptitle(f"What moves the {words} of {cell} at {rate}", fontsize=9)
    return figure
