"""Designs solved, many at once, and what is measured of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from tqdm import tqdm

from aslb.experiments.analyses.design.question import Question
from aslb.experiments.analyses.design.requirement import RETENTION, SLOW, Measure

CAPACITY = "discharge_capacity"
UNKNOWN = -1.0  # margin of a design that could not be solved


def measured(
    measures: Sequence[Measure],
    c_rates: Sequence[float],
    found: Mapping[str, np.ndarray],
) -> np.ndarray:
    """What is measured of designs.

    Parameters
    ----------
    measures : sequence of Measure
        What, of which there is one each in the last dimension of the answer.
    c_rates : sequence of float
        Rates [h-1] along the last dimension of what was found.
    found : mapping of str to numpy.ndarray
        Capacity and energies by quantity.

    Returns
    -------
    numpy.ndarray
        NaN where nothing is known; a capacity that is kept of nothing is 0.
    """
    columns = []
    for measure in measures:
        at = [*c_rates].index(measure.c_rate)
        if measure.quantity != RETENTION:
            columns.append(found[measure.quantity][..., at])
            continue
        capacity = found[CAPACITY]
        whole = capacity[..., [*c_rates].index(SLOW)]
        with np.errstate(invalid="ignore", divide="ignore"):
            kept = np.where(whole > 0, capacity[..., at] / whole, 0.0)
        columns.append(np.where(np.isfinite(whole), kept, np.nan))
    return np.stack(columns, axis=-1)


def margins(question: Question, values: np.ndarray) -> np.ndarray:
    """How far measures are above what is asked, as a share of it.

    Parameters
    ----------
    question : Question
        What is asked.
    values : numpy.ndarray
        Measures of the question in the last dimension.

    Returns
    -------
    numpy.ndarray
        One a requirement in the last dimension: 0 meets it exactly; `UNKNOWN` where a
        measure is not known.
    """
    least = np.array([one.least for one in question.requirements])
    found = values[..., : len(least)] / least - 1
    return np.where(np.isfinite(found), found, UNKNOWN)


class Designs:
    """Designs of a question, solved, of which every one is kept.

    Parameters
    ----------
    question : Question
        The question.
    """

    def __init__(self, question: Question):
        self.question = question
        self.points = 0
        self.bar = tqdm(desc="designs", unit="", disable=None)
        self._parts: list[pd.DataFrame] = []

    def solve(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Measures of designs with values by name, a row each."""
        return self.with_capacities(values)[0]

    def with_capacities(
        self, values: Mapping[str, np.ndarray]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Measures of designs, and capacities at each rate [mAh/g], a row each."""
        asked, rates = self.question, self.question.c_rates
        rows = np.column_stack([*values.values()])
        # what comes again, as of a generation and the next, is solved once
        each, place = np.unique(rows, axis=0, return_inverse=True)
        once = dict(zip(values, each.T, strict=True))
        data = asked.conditions.solved(asked.cell, asked.listed(once))
        shape = (-1, len(rates))
        names = (CAPACITY, "specific_energy", "energy_density")
        found = {name: data[name].values.reshape(shape) for name in names}
        measures = measured(asked.measures, rates, found)
        self.points += data.sizes["point"]
        columns = [measure.column for measure in asked.measures]
        part = pd.DataFrame(once)
        part[columns] = measures
        part["margin"] = margins(asked, measures).min(axis=-1)
        failed = (data.status.values == "failed").reshape(shape).any(axis=1)
        part["status"] = np.where(failed, "failed", "ok")
        part["reason"] = [
            "; ".join(dict.fromkeys(filter(None, row)))
            for row in data.reason.values.reshape(shape)
        ]
        self._parts.append(part)
        self.bar.update(len(part))
        again = place.ravel()
        return measures[again], found[CAPACITY][again]

    @property
    def table(self) -> pd.DataFrame:
        """All that were solved: values, measures, margin, status and reason."""
        return pd.concat(self._parts, ignore_index=True)
