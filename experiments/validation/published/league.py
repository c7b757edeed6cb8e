"""League of published cells: predictions, what was assumed, and what to measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from aslb.experiments.validation.published.predictions import DIGITS, Prediction
from aslb.parameters.composition.cell import Cell

MEASUREMENTS = {
    "foil.exchange_current": "impedance spectrum of a symmetric cell",
    "interfaces.foil": "impedance spectrum of a symmetric cell",
    "junction": "impedance spectrum of a symmetric cell",
    "charge-transfer resistance": "impedance spectrum at half charge",
    "exchange_current": "impedance spectrum at half charge",
    "interphase": "impedance spectrum at half charge",
    "active_fraction": "charge at C/50, of all that is reached",
    "mass_fraction": "composition by ICP",
    "stoichiometry": "composition by ICP",
    "bruggeman_coefficient_electrolyte": "ionic conductivity of the composite",
    "Bruggeman coefficient (electrolyte)": "ionic conductivity of the composite",
    "catholyte.conductivity": "ionic conductivity of the composite",
    "Bruggeman coefficient (electrode)": "electronic conductivity of the composite",
    "lithiated conductivity": "electronic conductivity of the composite",
    "Positive electrode conductivity": "electronic conductivity of the composite",
    "particle_radius": "particle sizes by micrograph",
    "Positive particle radius": "particle sizes by micrograph",
    "size ratio": "particle sizes by micrograph",
    "large-particle": "particle sizes by micrograph",
    "diffusivity": "titration (GITT)",
    "activation_energy": "conductivity at two temperatures",
    "separator.electrolyte.conductivity": "conductivity of the separator",
    "separator.thickness": "micrograph of the separator",
    "cathode.thickness": "micrograph of the cathode",
    "areal_mass": "weight of the layer",
    "conditions.area": "diameter of the layers",
    "one_C": "what 1C is, in the protocol",
    "protocol.": "the hold and the cut-offs, in the protocol",
    "cutoff": "the hold and the cut-offs, in the protocol",
    "oxidation": "first coulombic efficiency",
    "entropic change": "open-circuit voltage at two temperatures",
    "temperature": "temperature of the cell",
    "density": "density by pycnometry",
    "foil.": "lithium and indium in the foil",
}
"""What tells a parameter, by a part of its name; the first that fits."""


def shares(found: Prediction) -> pd.DataFrame:
    """Share of the variance that each input explains, at each rate.

    The squared rank correlation between an input and the capacity, over samples: if the
    input alone became known, so much of the variance of ranks would be gone.
    """
    ranks = {
        name: rankdata(column)
        for name, column in found.inputs.items()
        if column.notna().all()
    }
    table = {}
    for c_rate, capacity in zip(found.c_rates, found.capacities.T, strict=True):
        order = rankdata(capacity)
        table[c_rate] = {name: _squared(rank, order) for name, rank in ranks.items()}
    return pd.DataFrame(table)


def league(
    predictions: Sequence[Prediction],
    measured: Mapping[tuple[str, float], float] | None = None,
) -> pd.DataFrame:
    """A row for each cell and rate.

    Columns `cell`, `c_rate`, `median`, `lower`, `upper` (90 % band) and `measured`
    [mAh/g], `assumed` (how many values), `largest_uncertainty` and its `explains`
    (share of the variance), `measure` (the one measurement that would shrink the band
    most) and `remaining` (the band's width after it, as a share).
    """
    known = measured or {}
    listed = []
    for found in predictions:
        explained = shares(found)
        assumed = _assumed(found.name)
        bands = found.bands().to_dict("records")
        for place, row in enumerate(bands):
            column = explained[row["c_rate"]]
            largest = str(column.idxmax())
            by_measurement = column.groupby(_measurement).sum().clip(upper=1)
            measure = str(by_measurement.idxmax())
            own = float(np.var(found.errors[:, place]))
            model = float(np.var(found.capacities[:, place]))
            left = (own + model * (1 - by_measurement[measure])) / (own + model)
            listed.append(
                {
                    "cell": found.name,
                    **{key: round(row[key], number) for key, number in DIGITS.items()},
                    "measured": known.get((found.name, row["c_rate"]), np.nan),
                    "assumed": assumed,
                    "largest_uncertainty": largest,
                    "explains": round(float(column.max()), 2),
                    "measure": measure,
                    "remaining": round(float(np.sqrt(left)), 2),
                }
            )
    return pd.DataFrame(listed)


def _squared(rank: np.ndarray, order: np.ndarray) -> float:
    if np.ptp(rank) == 0 or np.ptp(order) == 0:
        return 0.0
    return float(np.corrcoef(rank, order)[0, 1] ** 2)


def _measurement(name: str) -> str:
    return next(told for part, told in MEASUREMENTS.items() if part in name)


def _assumed(name: str) -> int:
    return sum(item.kind == "assumed" for item in Cell(name).quantities.values())
