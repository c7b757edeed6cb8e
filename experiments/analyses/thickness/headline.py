"""The answer of a thickness study in a few sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.study.summary import banded, outside

PLACES = {
    "half of the charge": ("charge_loss", 0.5),
    "the end of the discharge": ("loss", 1.0),
}
"""Where the largest loss is told: its variable, and the depth."""


def headline(study: xr.Dataset) -> str:
    """How thick is too thick, what limits the cell as built, and what a hold brings.

    Parameters
    ----------
    study : xarray.Dataset
        From `thickness`.

    Returns
    -------
    str
        A paragraph each.
    """
    answer = "\n".join(filter(None, [too_thick(study), _outside(study)]))
    return "\n\n".join(filter(None, [answer, limits(study), by_hold(study)]))


def too_thick(study: xr.Dataset) -> str:
    """The thickness at which each rate has lost its share of the thin limit."""
    rates: dict[str, list[str]] = {}  # those with the same answer together
    for k, c_rate in enumerate(study.c_rate.values):
        answer = _critical(study.isel(c_rate=k))
        rates.setdefault(answer, []).append(rate_label(c_rate))
    each = [f"{answer} for {_listed(found)}" for answer, found in rates.items()]
    lost = 100 * (1 - study.attrs["fraction"])
    return (
        f"How thin: {study.attrs['cell']} has lost {lost:.3g} % of its thin limit "
        f"{', '.join(each)}."
    )


def _critical(at: xr.Dataset) -> str:
    """The critical thickness at one rate in words."""
    critical = float(at.critical_thickness)
    solved = at.fraction_of_thin_limit.dropna("thickness")
    if np.isfinite(critical):
        text = f"at {micrometres(critical)}"
    elif solved.size == 0:
        return "at an unknown thickness, as no point was solved,"
    elif solved.min() >= at.attrs["fraction"]:
        text = f"beyond {micrometres(solved.thickness[-1])}"
    else:
        text = f"below {micrometres(solved.thickness[0])}"
    if "critical_thickness_lower" in at:
        lower, upper = at.critical_thickness_lower, at.critical_thickness_upper
        if lower < upper:  # both may be the end of the range
            text += f" ({micrometres(lower)} to {micrometres(upper)})"
    return text


def _outside(study: xr.Dataset) -> str:
    """Of critical thicknesses and capacities, what is outside of its band."""

    def critical(at: dict[Any, Any]) -> str:
        return f"{micrometres(at['critical_thickness'])} for {rate_label(at['c_rate'])}"

    def capacity(at: dict[Any, Any]) -> str:
        return f"capacity at {rate_label(at['c_rate'])}"

    return outside(
        [
            *banded(study, "critical_thickness", critical),
            *banded(study, "discharge_capacity", capacity),
        ]
    )


def limits(study: xr.Dataset) -> str:
    """The largest loss on charge and on discharge at the thickness as built."""
    layer = layer_of(study)
    if not np.isfinite(layer):
        return ""
    lines = [
        f"What limits next: the largest loss at {micrometres(layer)}, at "
        f"{' and at '.join(PLACES)}"
    ]
    for c_rate in study.c_rate.values:
        found = [
            largest_loss(
                study[name].sel(c_rate=c_rate).sel(depth=depth, method="nearest"), layer
            )
            for name, depth in PLACES.values()
        ]
        lines.append(f"  {rate_label(c_rate):>5}  {'; '.join(found)}")
    return "\n".join(lines)


def largest_loss(loss: xr.DataArray, layer: float) -> str:
    """Name and size of the largest loss at a thickness.

    Parameters
    ----------
    loss : xarray.DataArray
        Losses [V] over `thickness` and `component`, of either sign.
    layer : float
        Thickness [m]; between those of the study it is interpolated in the logarithm.

    Returns
    -------
    str
        As "Kinetic 12 mV"; "unknown" where a point was not solved.
    """
    size = sizes(loss, layer)
    if not np.isfinite(size).all():
        return "unknown"
    first = int(np.argmax(size))
    return f"{loss.component.values[first]} {1e3 * size[first]:.0f} mV"


def sizes(loss: xr.DataArray, layer: float) -> np.ndarray:
    """Magnitude of each component of such losses at a thickness [V]."""
    layers = np.log(loss.thickness.values)
    columns = np.abs(loss.transpose("component", "thickness").values)
    return np.array([np.interp(np.log(layer), layers, column) for column in columns])


def layer_of(study: xr.Dataset) -> float:
    """The thickness [m] at which limits are told: as built, within the range."""
    low, high = study.thickness.values[[0, -1]]
    return float(np.clip(study.attrs["as_built_thickness"], low, high))


def by_hold(study: xr.Dataset) -> str:
    """What the longest hold brings at the thickest separator."""
    if "hold_capacity" not in study:
        return ""
    at, usual = study.hold_capacity.isel(at=-1), study.attrs["hold"]
    longest = float(at.hold_h[-1])
    if longest <= usual:
        return ""
    known = study.discharge_capacity.sel(thickness=at.at_thickness)
    more = at.isel(hold_h=-1) - known
    if more.isnull().all():
        return ""
    each = [
        f"{gain:+.1f} at {rate_label(c_rate)}" if np.isfinite(gain) else "unknown"
        for c_rate, gain in zip(study.c_rate.values, more.values, strict=True)
    ]
    return (
        f"What the hold does: at {micrometres(at.at_thickness)} one of {longest:g} h "
        f"instead of {usual:g} h brings {_listed(each)} mAh/g."
    )


def micrometres(thickness: float | xr.DataArray) -> str:
    """A thickness [m] as it is said: '47 µm'."""
    value = float(thickness) * 1e6
    return f"{value:.0f} µm" if value >= 100 else f"{value:.3g} µm"


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
