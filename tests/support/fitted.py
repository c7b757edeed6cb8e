"""A cell with a fit of no data, to draw bands from."""

import numpy as np

from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit


def fitted(name="Cao2021_thin_halide", spread=0.05, model_error=3.0):
    """A shipped cell, sure of all that may be fitted to a share of its range."""
    cell = Cell(name)
    unknowns = unknowns_of(
        cell.quantities, those_of(cell.quantities, UNKNOWNS + NUISANCES)
    )
    names = tuple(unknown.name for unknown in unknowns)
    values = {name: cell.numbers[name] for name in names if name in UNKNOWNS}
    fit = Fit(
        "nothing",
        values,
        names,
        np.array([u.unit(cell.numbers[u.name]) for u in unknowns]),
        spread**2 * np.eye(len(names)),
        cell.measured,
        cell,
        model_error,
        (),
    )
    return cell.with_fit(fit)
