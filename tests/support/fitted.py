"""A cell with a fit of no data, to draw bands from."""

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.calibration.bands import sampled
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import MODEL_ERROR, Fit

DRAWS = 400


def fitted(name="Cao2021_thin_halide", spread=0.05, model_error=3.0):
    """A shipped cell, sure of all that may be fitted to a share of its range."""
    cell = Cell(name)
    unknowns = unknowns_of(
        cell.quantities, those_of(cell.quantities, UNKNOWNS + NUISANCES)
    )
    at = np.array([u.unit(cell.numbers[u.name]) for u in unknowns])
    rng = np.random.default_rng(0)
    units = np.clip(at + spread * rng.standard_normal((DRAWS, len(at))), 0, 1)
    columns = {u.name: u.values(x) for u, x in zip(unknowns, units.T, strict=True)}
    draws = pd.DataFrame({**columns, MODEL_ERROR: model_error})
    values = {n: cell.numbers[n] for n in columns if n in UNKNOWNS}
    return cell.with_fit(Fit("nothing", values, draws, cell.measured))


def offsets_of(cell, number, seed, rates):
    """What capacities at rates are off by, of samples of a cell's calibration."""

    def run(reading, sets):
        return xr.Dataset({"nothing": ("point", np.zeros(len(sets)))})

    return sampled(cell, run, number, seed).offsets(rates)
