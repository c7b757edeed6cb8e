"""What a calibration should be told of: a bad fit, ends of ranges, what is not seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.likelihood import ERROR_SHARE

AT_END = 0.01  # of what is known beforehand: a best value so near sits at its end
FAR = 3.0  # standard uncertainties: a datum so far off is not followed
LEAST_RHAT = 1.02


def verdict(found: Calibration) -> str:
    """One line for each thing to know before the fitted cell is used."""
    lines = [*bad_fit(found), *_ends(found), *_unseen(found), *_chains(found)]
    return "\n".join(lines) or "Nothing to warn of."


def bad_fit(found: Calibration) -> Iterator[str]:
    """One line for each way in which the fit does not describe its data."""
    off = (found.modelled - found.measured) / found.uncertainty
    far = [
        f"{label} by {value:+.1f}"
        for label, value in zip(found.observables, off, strict=True)
        if abs(value) > FAR
    ]
    if far:
        yield (
            "Bad fit: the model misses, in standard uncertainties of the data, "
            + ", ".join(far)
        )
    capacities = [one for data in found.data for one in data.capacities if one > 0]
    largest = max(capacities, default=np.inf)  # spectra alone have none
    if found.posterior.model_error > 2 * ERROR_SHARE * largest:
        yield (
            f"Bad fit: a model error of {found.posterior.model_error:.0f} mAh/g is "
            f"{found.posterior.model_error / largest:.0%} of the largest capacity; "
            "bands are as wide"
        )


def _ends(found: Calibration) -> Iterator[str]:
    for unknown, unit in zip(found.unknowns, found.position, strict=True):
        if not AT_END <= unit <= 1 - AT_END:
            end = "lower" if unit < AT_END else "upper"
            value = unknown.lower if unit < AT_END else unknown.upper
            yield (
                f"At its bound: '{unknown.name}' sits at the {end} end of its range, "
                f"{value:.3g}; a better value may lie beyond"
            )


def _unseen(found: Calibration) -> Iterator[str]:
    names = list(found.values)
    table = found.posterior.directions(names)
    for row in table[table["verdict"] == "not identifiable"].to_dict("records"):
        shares = {name: row[name] for name in names if abs(row[name]) > 0.3}
        said = " and ".join(f"'{name.split(' [')[0]}'" for name in shares)
        how = "together" if len(shares) > 1 else "alone"
        yield (
            f"Not seen: the data narrow {said} {how} by less than half of what was "
            "known beforehand"
        )


def _chains(found: Calibration) -> Iterator[str]:
    worst = float(np.max(found.posterior.table()["r_hat"]))
    if worst > LEAST_RHAT:
        yield (
            f"Not converged: R-hat is {worst:.3f}, above {LEAST_RHAT:g}; bands are "
            "rough"
        )
