"""What a calibration tells: files, and a summary to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aslb.experiments.calibration.figures import plot_fit, plot_posterior
from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.posterior import Posterior, identifiability
from aslb.experiments.output.files import write_report


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


def report_calibration(
    found: Calibration,
    spread: Posterior,
    directory: Path,
    manifest: Mapping[str, Any],
    calibration: Mapping[str, Any],
) -> str:
    """Write tables, figures and the calibration, and sum it up.

    Parameters
    ----------
    found : Calibration
        The fit.
    spread : Posterior
        How sure it is.
    directory : pathlib.Path
        Where to write.
    manifest : mapping
        How it was made.
    calibration : mapping
        Contents of ``calibration.json``.

    Returns
    -------
    str
        Values with intervals, residuals, and what the data cannot see.
    """
    names = [unknown.name for unknown in spread.unknowns]
    seen = identifiability(found.unknowns, found.jacobian)
    residuals = residual_table(found)
    parameters = spread.table()
    correlation = pd.DataFrame(spread.correlation, index=names, columns=names)
    write_report(
        directory,
        {
            "parameters": parameters,
            "residuals": residuals,
            "identifiability": seen,
            "correlation": correlation.rename_axis("name").reset_index(),
        },
        {"residuals": plot_fit(found), "parameters": plot_posterior(spread)},
        manifest,
    )
    (directory / "calibration.json").write_text(
        json.dumps(calibration, indent=2) + "\n"
    )

    rms = np.sqrt(np.mean((found.modelled - found.measured)[_capacities(found)] ** 2))
    costs = sorted(start["cost"] for start in found.starts)
    fitted = parameters[parameters["name"].isin(found.values)]
    return "\n".join(
        [
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
    )


def _capacities(found: Calibration) -> list[int]:
    return [k for k, name in enumerate(found.observables) if "capacity at" in name]


def _text(table: pd.DataFrame) -> str:
    return table.to_string(index=False, float_format="%.4g")
