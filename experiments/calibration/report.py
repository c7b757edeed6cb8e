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
from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.fit_figure import plot_fit
from aslb.experiments.calibration.observables import impedance_columns
from aslb.experiments.calibration.posterior_figures import (
    plot_autocorrelation,
    plot_posterior,
)
from aslb.experiments.calibration.spectrum_figure import plot_spectra
from aslb.experiments.calibration.target import shares
from aslb.experiments.calibration.verdict import verdict
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


def report(found: Calibration, files: Mapping[str, str] | None = None) -> Report:
    """Sum up a calibration: values with intervals, residuals, what the data cannot see.

    The fitted cell is in ``cell.toml``, which every command takes for a cell, unless it
    was made in Python. Texts of more files may be given, by name.
    """
    wide = found.posterior
    names = [unknown.name for unknown in wide.unknowns]
    correlation = pd.DataFrame(wide.correlation, index=names, columns=names)
    seen = wide.directions(list(found.values))
    parameters, residuals = wide.table(), residual_table(found)
    fitted = parameters[parameters["name"].isin(found.values)].copy()
    fitted.insert(1, "best", fitted["name"].map(found.values))
    fitted = fitted.rename(columns={"value": "median"})
    parts = np.concatenate(impedance_columns(found.data))
    others = residuals.drop(index=list(parts))
    told = _text(others) + "\n" if len(others) else ""
    costs = sorted(start["cost"] for start in found.starts)
    summary = f"""\
Fitted values, and 90 % intervals with every nuisance free
{_text(fitted[["name", "best", "median", "lower", "upper"]])}

Residuals (fitted, so no test of the model)
{told}{_of_capacities(found, residuals)}{_of_spectra(found)}
Directions of parameter space, best seen first
{_text(seen)}

{len(costs)} searches; sums of squares from {costs[0]:.3g} to {costs[-1]:.3g}
Posterior: {len(wide.flat)} draws, for which the model was solved {wide.solved} times;
R-hat up to {parameters["r_hat"].max():.3f}, \
{parameters["effective_samples"].min():.0f} effective samples or more,
logarithm of the evidence {wide.evidence:.1f} ± {wide.evidence_error:.1f}

{verdict(found)}"""
    return Report(
        summary,
        {
            "parameters": parameters,
            "residuals": residuals,
            "identifiability": seen,
            "correlation": correlation.rename_axis("name").reset_index(),
        },
        {
            **({"residuals": partial(plot_fit, found)} if len(others) else {}),
            **({"spectra": partial(plot_spectra, found)} if len(parts) else {}),
            "parameters": partial(plot_posterior, wide.unknowns, shares(wide.flat)),
            "autocorrelation": partial(plot_autocorrelation, wide),
        },
        {**_files(found), **(files or {})},
    )


def _of_capacities(found: Calibration, residuals: pd.DataFrame) -> str:
    capacities = residuals[residuals["observable"].str.contains("capacity at")]
    if capacities.empty:
        return ""
    rms = np.sqrt((capacities["difference"] ** 2).mean())
    return (
        f"RMS over the capacities: {rms:.2f} mAh/g\n"
        "Model error besides what reading the data explains: "
        f"{found.posterior.model_error:.2f} mAh/g\n"
    )


def _of_spectra(found: Calibration) -> str:
    real, imaginary = impedance_columns(found.data)
    if not len(real):
        return ""
    off = found.modelled - found.measured
    distance = np.hypot(off[real], off[imaginary])
    shares = distance / np.hypot(found.measured[real], found.measured[imaginary])
    return (
        f"RMS over {len(real)} impedances: {100 * np.sqrt(np.mean(shares**2)):.2f} % "
        "of their magnitude\n"
    )


def _text(table: pd.DataFrame) -> str:
    return table.to_string(index=False, float_format="%.4g")


def _files(found: Calibration) -> dict[str, str]:
    """The fit as JSON, and the cell as TOML."""
    contents = {
        "fitted_to": found.source,
        "cell": found.bases[0].source,
        "values": found.values,
    }
    files = {"calibration.json": json.dumps(contents, indent=2) + "\n"}
    try:
        tables: Any = found.cell.document()  # with a fit it is more than a name
        files["cell.toml"] = tomli_w.dumps(tables)
    except InputError:  # a cell that was made in Python is in no file
        pass
    return files
