"""What a study tells: a summary to read, tables and figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Report:
    """What there is to say about a result, and to write into a folder.

    Parameters
    ----------
    summary : str
        What a reader of the terminal sees.
    tables : mapping of str to pandas.DataFrame
        Tidy tables by file name without ending, units in the names of columns.
    figures : mapping of str to callable
        Functions that draw figures, by file name without ending; the first is the one
        that answers the question.
    texts : mapping of str to str, optional
        Further files by name.
    """

    summary: str
    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, Callable[[], Figure]]
    texts: Mapping[str, str] = field(default_factory=dict)
