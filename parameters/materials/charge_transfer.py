"""Charge transfer in composite cathodes, as impedance spectra of others show it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pandas as pd


class Spread(NamedTuple):
    """A log-normal distribution.

    Parameters
    ----------
    median : float
        Half of all values lie below.
    factor : float
        Two thirds lie between the median over it and the median times it.
    """

    median: float
    factor: float


def published() -> pd.DataFrame:
    """Resistances per area of cell: a row an electrode, with its source.

    Columns of ``data/charge_transfer.csv``. Lowest and highest are those of one paper,
    of several mixtures or over the states of charge [Ohm.cm2].
    """
    table = files("aslb.parameters.materials") / "data" / "charge_transfer.csv"
    with table.open(encoding="utf-8") as file:
        return pd.read_csv(file)


@cache
def spread() -> Spread:
    """How published charge-transfer resistances spread [Ohm.m2].

    Over electrodes, each with the geometric mean of its lowest and highest: none of
    them is the electrode in question.
    """
    table = published()
    logarithms = np.log(table["lowest_ohm_cm2"] * table["highest_ohm_cm2"]) / 2
    return Spread(
        1e-4 * float(np.exp(logarithms.mean())),
        float(np.exp(logarithms.std(ddof=1))),
    )
