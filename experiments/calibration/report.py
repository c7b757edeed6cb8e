"""What a calibration tells: files, and a summary to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import tomli_w

from aslb.errors import InputError
from aslb.experiments.calibration.figures import plot_fit, plot_posterior
from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.posterior import identifiability
from aslb.experiments.output.report import Report


def residual_table(found: Calibration) -> pd.DataFrame:
    """Data, fitted model and their difference."""
    return pd.DataFrame(
        {
            "observable": found.observables,
            "measured": found.measured,
            "fitted": found.modelled,
            "difference": found.modelled - found.measured,
            "uncertainty": found.uncertainty,
        }
    )


def report(found: Calibration, contents: Mapping[str, Any] | None = None) -> Report:
    """Sum up a calibration.

    Parameters
    ----------
    found : Calibration
        From `calibrate`.
    contents : mapping, optional
        Contents of ``calibration.json``; by default what was fitted to what.

    Returns
    -------
    Report
        Values with intervals, residuals, and what the data cannot see; the fitted cell
        as ``cell.toml``, which every command takes for a cell, unless it was made in
        Python.
    """
    around = found.posterior
    names = [unknown.name for unknown in around.unknowns]
    seen = identifiability(found.unknowns, found.jacobian)
    residuals = residual_table(found)
    parameters = around.table()
    correlation = pd.DataFrame(around.correlation, index=names, columns=names)
    rms = np.sqrt(np.mean((found.modelled - found.measured)[_capacities(found)] ** 2))
    costs = sorted(start["cost"] for start in found.starts)
    fitted = parameters[parameters["name"].isin(found.values)]
    summary = [
        "Fitted values, and 95 % intervals with every nuisance free in its range",
        _text(fitted[["name", "value", "lower", "upper"]]),
        "",
        "Residuals (fitted, so no test of the model)",
        _text(residuals),
        f"RMS over the capacities: {rms:.2f} mAh/g",
        "",
        "Directions of parameter space, best seen first",
        _text(seen),
        "",
        f"{len(costs)} searches; sums of squares from {costs[0]:.3g} to "
        f"{costs[-1]:.3g}",
    ]
    return Report(
        "\n".join(summary),
        {
            "parameters": parameters,
            "residuals": residuals,
            "identifiability": seen,
            "correlation": correlation.rename_axis("name").reset_index(),
        },
        {
            "residuals": partial(plot_fit, found),
            "parameters": partial(plot_posterior, around),
        },
        _files(found, contents),
    )


def _files(found: Calibration, contents: Mapping[str, Any] | None) -> dict[str, str]:
    """The fit as JSON, and the cell as TOML."""
    if contents is None:
        contents = {
            "fitted_to": found.data.source,
            "cell": found.base.source,
            "values": found.values,
        }
    files = {"calibration.json": json.dumps(contents, indent=2) + "\n"}
    try:
        tables: Any = found.cell.document()  # with a fit it is more than a name
        files["cell.toml"] = tomli_w.dumps(tables)
    except InputError:  # a cell that was made in Python is in no file
        pass
    return files


def _capacities(found: Calibration) -> list[int]:
    return [k for k, name in enumerate(found.observables) if "capacity at" in name]


def _text(table: pd.DataFrame) -> str:
    return table.to_string(index=False, float_format="%.4g")
