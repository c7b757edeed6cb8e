"""What published cells deliver, before it is compared with what they did."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from aslb.experiments.calibration.bands import quantiles_of, solved
from aslb.experiments.protocols import C_RATE, cccv, formation
from aslb.experiments.validation.published.draws import Draw, draw, with_form
from aslb.models.registry import DFN
from aslb.parameters.cells.published import PUBLISHED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.quantity import Quantity

DIGITS = {"c_rate": 4, "median": 1, "lower": 1, "upper": 1}
"""Decimals of `Prediction.bands` in tables."""

CYCLES = 3  # at a rate, of which the last one counts
SAMPLES = 500
LABORATORIES = 36 / 3.78 / 124
"""Standard deviation between laboratories that build the same cell, as a share of its
capacity: 21 of them got 106 to 142 mAh/g (S. Puls et al. 2024,
doi:10.1038/s41560-024-01634-3), and the range of 21 is 3.78 standard deviations."""

UPPER, LOWER = "Upper voltage cut-off [V]", "Lower voltage cut-off [V]"
NOT_CYCLED = (
    "current collector",
    "Open-circuit voltage at",
    "OCP entropic change",
    "Negative electrode conductivity",
    "Electrode height",
    "Electrode width",
    "Initial temperature",
    "density [kg.m-3]",
    "Separator porosity",
    "Initial concentration in electrolyte",
)
"""What no equation of a cycle has; the area is not needed for a capacity per gram."""


@dataclass(frozen=True)
class Prediction:
    """What a published cell delivers in each way that it may be.

    Parameters
    ----------
    name : str
        Its name.
    c_rates : tuple of float
        Rates [h-1].
    capacities : numpy.ndarray
        Of the model: samples and rates [mAh/g].
    errors : numpy.ndarray
        What a measured one may differ by besides: samples and rates [mAh/g].
    inputs : pandas.DataFrame
        What was drawn, a row a sample.
    """

    name: str
    c_rates: tuple[float, ...]
    capacities: np.ndarray
    errors: np.ndarray
    inputs: pd.DataFrame

    def bands(self) -> pd.DataFrame:
        """Median and 90 % band of what is measured at each rate [mAh/g]."""
        ends = np.maximum(quantiles_of(self.capacities + self.errors), 0)
        table = pd.DataFrame(ends.T, columns=["lower", "median", "upper"])
        table.insert(0, "c_rate", self.c_rates)
        return table


def predicted(
    name: str,
    samples: int = SAMPLES,
    *,
    seed: int = 0,
    model: str = DFN,
    executor: Executor | None = None,
) -> Prediction:
    """Predict a published cell: the third cycle at each rate, after its formation.

    Parameters
    ----------
    name : str
        Of `PUBLISHED`.
    samples : int, optional
        In how many ways it may be.
    seed : int, optional
        Of these.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.
    """
    c_rates = PUBLISHED[name].c_rates
    rng = np.random.default_rng([seed, *name.encode()])
    ways = [draw(name, rng) for _ in range(samples)]
    capacities = np.full((samples, len(c_rates)), np.nan)
    central = Cell(name)
    protocols = _protocols(central, PUBLISHED[name].hold, samples, rng)
    groups: dict[Any, list[int]] = {}
    for k, (way, protocol) in enumerate(zip(ways, protocols, strict=True)):
        groups.setdefault((way.form, *protocol.values()), []).append(k)
    for (form, *_), members in groups.items():
        cell = with_form(central, form) if form else central
        some = [ways[k] for k in members]
        capacities[members] = _capacities(
            cell, some, c_rates, protocols[members[0]], model, executor
        )
    laboratory = rng.standard_normal((samples, 1))
    own = rng.standard_normal(capacities.shape)
    model_error = np.array([[way.model_error] for way in ways])
    errors = model_error * own + LABORATORIES * capacities * laboratory
    inputs = pd.DataFrame([way.inputs for way in ways])
    inputs = inputs.drop(columns=[UPPER, LOWER], errors="ignore")
    inputs = inputs.join(pd.DataFrame(protocols).add_prefix("protocol."))
    return Prediction(name, c_rates, capacities, errors, inputs)


def _protocols(
    cell: Cell, hold: Quantity, samples: int, rng: np.random.Generator
) -> list[dict[str, float]]:
    """Cut-offs [V] and hold [h] of each sample, each at its ends and between.

    Points of one protocol are solved side by side, so that there are few: the rows of
    Taguchi's orthogonal array L9, in which each two are as independent as can be.
    """
    asked = (cell.quantities[UPPER], cell.quantities[LOWER], hold)
    upper, lower, held = ([item.lower, item.number, item.upper] for item in asked)
    rows = [
        {"upper_cutoff": upper[i], "lower_cutoff": lower[j], "hold": held[(i + j) % 3]}
        for i in range(3)
        for j in range(3)
    ]
    return [rows[at] for at in rng.integers(len(rows), size=samples)]


def _capacities(
    cell: Cell,
    ways: list[Draw],
    c_rates: tuple[float, ...],
    protocol: dict[str, float],
    model: str,
    executor: Executor | None,
) -> np.ndarray:
    """Capacity of each way at each rate [mAh/g]; 0 where it could not be cycled."""
    sets = []
    for way in ways:
        values = {
            name: value
            for name, value in way.values.items()
            if name not in (UPPER, LOWER) and not any(x in name for x in NOT_CYCLED)
        }
        sets += [{**values, C_RATE: c_rate} for c_rate in c_rates]
    # a number that a draw does not change stands at that of the cell
    usual = {
        name: cell.numbers[name] for one in sets for name in one if name in cell.numbers
    }
    data = solved(
        cell,
        cccv(**protocol, cycles=CYCLES),
        [{**usual, **one} for one in sets],
        start=formation(**{k: v for k, v in protocol.items() if k != "hold"}),
        quantities=["discharge_capacity"],
        model=model,
        executor=executor,
    )
    last = data.discharge_capacity.values[:, -1]
    return np.nan_to_num(last).reshape(len(ways), len(c_rates))
