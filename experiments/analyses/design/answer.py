"""The answer of a search of designs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from aslb.experiments.analyses.design.question import Question


@dataclass(frozen=True)
class Answer:
    """What a search of designs found.

    Parameters
    ----------
    question : Question
        What was asked.
    feasible : bool
        Whether a design meets all of it.
    best : pandas.Series
        The design that does and has the best goal, or the one that comes closest:
        values, measures, smallest `margin` and `reason`, what is to be said about it.
    designs : pandas.DataFrame
        All designs that were solved with the cell as it is, and whether each is on the
        `front`.
    improvements : pandas.DataFrame
        What must improve, if nothing meets all; see `improvement.improvements`.
    attrs : dict
        What it is, for `aslb.plot` and `aslb.save`.
    bands : pandas.DataFrame, optional
        Of the best design over samples of the calibration of its cell.
    front_bands : pandas.DataFrame, optional
        Of some designs of the front.
    """

    question: Question
    feasible: bool
    best: pd.Series
    designs: pd.DataFrame
    improvements: pd.DataFrame
    attrs: dict[str, Any]
    bands: pd.DataFrame | None = None
    front_bands: pd.DataFrame | None = None

    @property
    def front(self) -> pd.DataFrame:
        """Designs that no other one beats in the first two of what is measured."""
        return self.designs[self.designs["front"]]
