"""Write ``docs/league.md`` and its figure: python docs/generate/league.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from aslb import __version__
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.validation.published.league import league, shares
from aslb.experiments.validation.published.predictions import (
    LABORATORIES,
    SAMPLES,
    Prediction,
    predicted,
)
from aslb.experiments.validation.published.report import plot_league
from aslb.parameters.cells.published import PUBLISHED
from aslb.parameters.composition.cell import Cell

DOCS = Path(__file__).resolve().parents[1]
MOST = 3  # of what explains a band, in the table

TEXT = """# League of published cells

Cells of other laboratories, predicted from what their papers say of materials, geometry and
protocol. Nothing is fitted to them. All that a paper does not say is drawn from its range,
{samples} times: the sources of each value are in its cell, `aslb validate --league` writes
what is drawn and how much each input explains (`explained.csv`). Bands are 90 % of what would
be measured, with the error that the model has on the reference cells and {laboratories:.1%}
between laboratories that build the same cell (Puls 2024,
[doi:10.1038/s41560-024-01634-3](https://doi.org/10.1038/s41560-024-01634-3)). Measured values
are filled in by those who hold them; the [predictions](../predictions/README.md) are dated and
never edited.

![Predicted capacities and bands](figures/league.png)

Capacity in the third discharge at a rate, in mAh per gram of active material:

| Cell | Rate | Median | 90 % band | Measured | Measure this | Band then |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

*Measure this* is the one measurement that would shrink the band most, and *band then* the
share of its width that would be left. Both are of the samples' rank correlations: what an
input explains of the variance would be gone if it were known, and one measurement may tell
several inputs.

## What was assumed, and what the largest uncertainties are

Shares of the variance at the highest rate of each cell.

| Cell | Values assumed | Largest uncertainties |
| --- | --- | --- |
{assumed}

Made by `python docs/generate/league.py` with aslb {aslb}.
"""


def main() -> None:
    """Predict the cells, draw the figure and write the page."""
    found = [predicted(name) for name in PUBLISHED]
    table = league(found)
    figure = plot_league(table)
    figure.savefig(DOCS / "figures" / "league.png")
    plt.close(figure)
    (DOCS / "league.md").write_text(page(table, found), encoding="utf-8")


def page(table: pd.DataFrame, found: Sequence[Prediction]) -> str:
    """The page as text."""
    return TEXT.format(
        samples=SAMPLES,
        laboratories=LABORATORIES,
        rows="\n".join(_rows(table)),
        assumed="\n".join(_assumed(found)),
        aslb=__version__,
    )


def _rows(table: pd.DataFrame) -> Iterator[str]:
    for row in table.to_dict("records"):
        measured = "" if pd.isna(row["measured"]) else f"{row['measured']:.0f}"
        yield (
            f"| {row['cell']} | {rate_label(row['c_rate'])} | {row['median']:.0f} | "
            f"{row['lower']:.0f} – {row['upper']:.0f} | {measured} | {row['measure']} | "
            f"{100 * row['remaining']:.0f} % |"
        )


def _assumed(found: Sequence[Prediction]) -> Iterator[str]:
    for one in found:
        last = shares(one).iloc[:, -1].nlargest(MOST)
        kinds = [item.kind for item in Cell(one.name).quantities.values()]
        largest = "; ".join(
            f"{name} {100 * share:.0f} %" for name, share in last.items()
        )
        yield f"| {one.name} | {kinds.count('assumed')} | {largest} |"


if __name__ == "__main__":
    main()
