"""What would have told us: further data on cell-3, and the two ways to understand it.

Cell-3's rate test fits with a cell that is limited by diffusion, as it was understood
before its sister cells were seen, and with one that is limited by voltage. Which datum
would have decided between them is a question of what each predicts of it: the expected
information is how many bits of the one that is open a datum gives on average [1]_.

References
----------
.. [1] D. V. Lindley, Ann. Math. Stat. 1956, 27, 986, doi:10.1214/aoms/1177728069.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd
import pybamm
from scipy.special import logsumexp
from scipy.stats import norm, truncnorm

from aslb.experiments.calibration.bands import each_once, sample, solved
from aslb.experiments.calibration.likelihood import ERROR_SHARE
from aslb.experiments.calibration.observables import VOLTAGE_UNCERTAINTY
from aslb.experiments.calibration.priors import known_of, surface_in
from aslb.experiments.protocols import cccv
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.fit import CAPACITY_UNCERTAINTY, CONTACT, FITTED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.active_material import REFERENCE_CURRENT

DIFFUSION_LIMITED = f"{FITTED}:cell-3 only:literal:two levels"
VOLTAGE_LIMITED = f"{FITTED}:cell-3 only:narrow:two levels"
FIRST_RANGE = (0.1, 30.0)  # A/m2, of the exchange current before cell-2 was seen
MODEL_ERROR = ERROR_SHARE * 178.0  # mAh/g, the scale of what is known of it beforehand
IMPEDANCE_ERROR = 0.1  # of a resistance, in its logarithm
DEPTHS = np.linspace(0.1, 0.9, 5)
CUTOFFS = (3.6, 3.75, 3.85, 4.0, 4.2)  # V vs In-Li, as of Wei et al. 2023
HOLDS = (0.1, 0.5, 1.0, 3.0)  # h


class Datum(NamedTuple):
    """Something that could have been measured on cell-3.

    Parameters
    ----------
    name : str
        What it is.
    predicted : callable
        What a cell gives for draws of its posterior: draws and numbers.
    spread : float
        Standard deviation of a measured number from what is predicted.
    """

    name: str
    predicted: Callable[[Cell, list[dict[str, float]]], np.ndarray]
    spread: float


def expected_information(
    samples: int = 200,
    *,
    seed: int = 0,
    model: str = DFN,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Bits that each datum gives on average of whether diffusion or voltage limits.

    Parameters
    ----------
    samples : int, optional
        Draws of each posterior of cell-3 alone.
    seed : int, optional
        Of draws and noise.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        Columns `datum`, `bits` (of one), and `mistaken`: how often the datum would
        have spoken for the wrong one.
    """
    cells = [Cell(DIFFUSION_LIMITED), Cell(VOLTAGE_LIMITED)]
    sets = [sample(cell, samples, seed) for cell in cells]
    weights = [_as_first_understood(cells[0], sets[0]), np.full(samples, 1 / samples)]
    rng = np.random.default_rng([seed, 3])
    rows = []
    for datum in _data(model, executor):
        found = [
            datum.predicted(cell, some) for cell, some in zip(cells, sets, strict=True)
        ]
        bits, mistaken = information(found, weights, datum.spread, rng)
        rows.append({"datum": datum.name, "bits": bits, "mistaken": mistaken})
    table = pd.DataFrame(rows)
    return table.sort_values("bits", ascending=False, ignore_index=True)


def information(
    predicted: list[np.ndarray],
    weights: list[np.ndarray],
    spread: float,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Expected information on which of two is true, each as likely, and its error rate.

    Parameters
    ----------
    predicted : list of numpy.ndarray
        What either predicts: draws and numbers.
    weights : list of numpy.ndarray
        Of the draws, 1 in all.
    spread : float
        Standard deviation of a measured number.
    rng : numpy.random.Generator
        Of its noise.
    """
    gained, wrong = [], []
    for true, (draws, worth) in enumerate(zip(predicted, weights, strict=True)):
        data = draws + spread * rng.standard_normal(draws.shape)
        logs = np.array(
            [
                _density(data, other, of, spread, own=k == true)
                for k, (other, of) in enumerate(zip(predicted, weights, strict=True))
            ]
        )
        posterior = np.exp(logs[true] - logsumexp(logs, axis=0))
        gained.append(worth @ (1 + np.log2(np.maximum(posterior, 1e-300))))
        wrong.append(worth @ (posterior < 0.5))
    return float(np.mean(gained)), float(np.mean(wrong))


def _density(
    data: np.ndarray,
    draws: np.ndarray,
    weights: np.ndarray,
    spread: float,
    own: bool,
) -> np.ndarray:
    """Logarithm of the predictive density of data; without the draw that made it."""
    apart = (data[:, None] - draws[None]) / spread
    logs = norm.logpdf(apart).sum(axis=-1) + np.log(np.maximum(weights, 1e-300))
    if own:
        np.fill_diagonal(logs, -np.inf)
        return logsumexp(logs, axis=1) - np.log1p(-np.minimum(weights, 0.999))
    return logsumexp(logs, axis=1)


def _as_first_understood(cell: Cell, sets: list[dict[str, float]]) -> np.ndarray:
    """Weights that take draws to an exchange current anywhere in its first range."""
    (known,) = known_of(cell, [REFERENCE_CURRENT])
    currents = np.array([values[REFERENCE_CURRENT] for values in sets])
    assert known.median is not None
    at = np.log(currents / known.median) / np.log(known.factor)
    ends = np.log(np.array([known.lower, known.upper]) / known.median)
    drawn = truncnorm.pdf(at, *(ends / np.log(known.factor)))
    inside = (currents >= FIRST_RANGE[0]) & (currents <= FIRST_RANGE[1])
    weights = np.where(inside, 1 / np.maximum(drawn, 1e-300), 0.0)
    return weights / weights.sum()


def _data(model: str, executor: Executor | None) -> list[Datum]:
    capacity = float(np.hypot(CAPACITY_UNCERTAINTY, MODEL_ERROR))

    def cycled(cell, sets, **protocol):
        kept = {"quantities": ["discharge_capacity"], "curve_points": 101}
        limits = {**cell.cutoffs(), **protocol}
        c_rate = limits.pop("c_rate")
        return each_once(
            lambda some: solved(
                cell,
                cccv(c_rate, **limits),
                some,
                model=model,
                executor=executor,
                **kept,
            ),
            sets,
        )

    def curve(cell, sets):
        found = cycled(cell, sets, c_rate=0.2)
        return found.discharge_voltage.interp(depth=DEPTHS).values

    def cutoffs(cell, sets):
        found = [cycled(cell, sets, c_rate=0.2, upper_cutoff=end) for end in CUTOFFS]
        return np.array([one.discharge_capacity.values for one in found]).T

    def holds(cell, sets):
        found = [cycled(cell, sets, c_rate=0.5, hold=hold) for hold in HOLDS]
        return np.array([one.discharge_capacity.values for one in found]).T

    return [
        Datum("voltage curve at C/5", curve, VOLTAGE_UNCERTAINTY),
        Datum("impedance spectrum at half charge", _resistance, IMPEDANCE_ERROR),
        Datum("capacity at C/5 against the cut-off", cutoffs, capacity),
        Datum("capacity at C/2 against the hold", holds, capacity),
    ]


def _resistance(cell: Cell, sets: list[dict[str, float]]) -> np.ndarray:
    """Logarithm of charge transfer and contacts [Ohm.m2], what the arcs of one show."""
    rows = []
    for values in sets:
        known = {**cell.numbers, **values}
        temperature = known["Ambient temperature [K]"]
        thermal = pybamm.constants.R.value * temperature / pybamm.constants.F.value
        reached = known["Positive electrode active fraction"] * surface_in(known)
        arcs = (
            thermal / (known[REFERENCE_CURRENT] * reached)
            + known[CONTACT]
            + known["Separator-catholyte junction resistance [Ohm.m2]"]
        )
        rows.append([np.log(arcs)])
    return np.array(rows)
