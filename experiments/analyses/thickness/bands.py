"""Bands on a thickness study: samples of the cell at a few thicknesses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr
from scipy.interpolate import PchipInterpolator

from aslb.experiments.analyses.thickness.conditions import NAME, Conditions
from aslb.experiments.analyses.thickness.critical import critical_thickness
from aslb.experiments.analyses.thickness.study import THIN_LIMIT
from aslb.experiments.calibration.bands import (
    band,
    behind,
    ends_of,
    fit_of,
    sampled,
)
from aslb.experiments.output.attributes import mapping_of
from aslb.experiments.protocols import C_RATE
from aslb.parameters.composition.cell import Cell

NODES = 5  # thicknesses at which samples are solved
FINE = 400  # thicknesses between which a crossing is interpolated


def with_bands(
    study: xr.Dataset,
    cell: Any,
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
) -> xr.Dataset:
    """A thickness study with the 90 % bands of capacity and critical thickness.

    Of its cell, which carries a calibration. To be cheap, samples are solved at five
    thicknesses only: the ends of the range, the one as built if it is inside, and
    others evenly spaced in their logarithm. Both ends of the band are interpolated
    between them (PCHIP, a monotone cubic, in the logarithm). The model error of the fit
    widens the bands of the capacity. Samples are shared out to the readings of the
    data, and beside each band are the lowest and the highest median of these. The
    critical thickness of each sample is interpolated, in the thickness, between its own
    thin limit and the same five capacities, without further solves and to about a
    tenth; one beyond the range counts with the end of the range.

    Parameters
    ----------
    study : xarray.Dataset
        From `thickness`; it is not changed.
    cell : Cell, str or pybamm.ParameterValues
        Its cell.
    samples : int
        How many.
    seed : int, optional
        Of what is random.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        The study, with lower and upper ends of `discharge_capacity` and
        `critical_thickness`.

    Raises
    ------
    InputError
        If the cell has no fit.
    """
    cell = Cell.of(cell)
    fit = fit_of(cell)
    same = {name: study.attrs[name] for name in ("model", "hold", "start")}
    # a reading has the window of its own, unless one was asked for
    conditions = Conditions(
        **same, **mapping_of(study.attrs, "cutoffs"), executor=executor
    )
    layers, rates = study.thickness.values, study.c_rate.values
    nodes = nodes_of(layers, study.attrs["as_built_thickness"])
    points = [
        {NAME: layer, C_RATE: rate}
        for layer, rate in product((THIN_LIMIT, *nodes), rates)
    ]

    def run(reading: Cell, sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        vary = {name: [float(point[name]) for point in sets] for name in sets[0]}
        return conditions.solved(reading, vary, method="list")

    drawn = sampled(cell, run, samples, seed, points)
    found = drawn.of("discharge_capacity")
    found = found.reshape(samples, 1 + len(nodes), len(rates))
    limits, capacities = found[:, :1], found[:, 1:]

    def all_over(at_nodes: np.ndarray) -> np.ndarray:
        """Both ends at every thickness, from those at the nodes."""
        rows = [[between(nodes, row, layers) for row in end.T] for end in at_nodes]
        return np.moveaxis(np.array(rows), 1, -1)

    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.moveaxis(capacities / limits, 1, -1)
    fraction = study.attrs["fraction"]
    critical = np.apply_along_axis(
        lambda row: critical_of(nodes, row, fraction), -1, relative
    )
    capacity, thickness = study.discharge_capacity, study.critical_thickness
    real = capacities + drawn.offsets(rates)[:, None]
    bands = {
        **band(capacity, all_over(ends_of(real))),
        **band(capacity, all_over(drawn.medians(real)), "median"),
        **band(thickness, ends_of(critical)),
        **band(thickness, drawn.medians(critical), "median"),
    }
    return study.assign(bands).assign_attrs(behind([fit], samples))


def nodes_of(layers: np.ndarray, as_built: float) -> np.ndarray:
    """Thicknesses that stand for those of a study.

    Parameters
    ----------
    layers : numpy.ndarray
        Thicknesses of the study, rising [m].
    as_built : float
        Thickness that the cell was built with [m]; NaN if it is not known.

    Returns
    -------
    numpy.ndarray
        `NODES` of them, or those of the study if these are not more.
    """
    if len(layers) <= NODES:
        return layers
    nodes = np.geomspace(layers[0], layers[-1], NODES)
    if layers[0] < as_built < layers[-1]:
        nodes[1 + np.argmin(np.abs(np.log(nodes[1:-1] / as_built)))] = as_built
    return nodes


def between(nodes: np.ndarray, values: np.ndarray, layers: npt.ArrayLike) -> np.ndarray:
    """Values at thicknesses between nodes, by PCHIP in the logarithm.

    Parameters
    ----------
    nodes : numpy.ndarray
        Thicknesses at which values are known [m].
    values : numpy.ndarray
        A value at each node; one that is NaN is left out.
    layers : array_like
        Thicknesses asked for [m].

    Returns
    -------
    numpy.ndarray
        A value at each; NaN outside of the nodes that are known.
    """
    known = np.isfinite(values)
    asked = np.log(layers)
    if known.sum() < 2:
        at = np.isin(layers, nodes[known])
        return np.where(at, values[known].sum(), np.nan)
    curve = PchipInterpolator(np.log(nodes[known]), values[known], extrapolate=False)
    return curve(asked)


def critical_of(nodes: np.ndarray, relative: np.ndarray, fraction: float) -> float:
    """Critical thickness [m] of capacities over their thin limit at a few thicknesses.

    Parameters
    ----------
    nodes : numpy.ndarray
        The thicknesses [m].
    relative : numpy.ndarray
        Capacity over its thin limit at each.
    fraction : float
        What is left of it at the critical thickness.

    Returns
    -------
    float
        An end of the range if it lies beyond that; NaN if a capacity is not known.
    """
    if not np.isfinite(relative).all():
        return math.nan
    fine = np.geomspace(nodes[0], nodes[-1], FINE) if len(nodes) > 1 else nodes
    # a drop is linear in thickness, and there is none in the thin limit
    curve = PchipInterpolator([0.0, *nodes], [1.0, *relative])
    return critical_thickness(fine, curve(fine), fraction, beyond=True)
