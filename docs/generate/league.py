"""Write ``docs/league.md`` and its figure from the tables of ``aslb validate --league``.

aslb validate --league --samples 500 --out results/league
python docs/generate/league.py results/league
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.validation.published.predictions import LABORATORIES
from aslb.experiments.validation.published.report import plot_league

DOCS = Path(__file__).resolve().parents[1]
PREDICTIONS = DOCS.parent / "predictions" / "blind.csv"
FOLDER = "the folder of aslb validate --league"
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
never edited. {dated}

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

Made by `aslb validate --league --samples {samples}` and, of its tables,
`python docs/generate/league.py` with aslb {aslb}.
"""


def main() -> None:
    """Draw the figure and write the page."""
    parser = argparse.ArgumentParser(description="Write docs/league.md.")
    parser.add_argument("folder", type=Path, help=FOLDER)
    folder = parser.parse_args().folder
    for name in ("league.csv", "explained.csv", "manifest.json"):
        if not (folder / name).is_file():
            sys.exit(f"league: no {name} in {folder}; accepted: {FOLDER}")
    table = pd.read_csv(folder / "league.csv")
    explained = pd.read_csv(folder / "explained.csv")
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    figure = plot_league(table)
    figure.savefig(DOCS / "figures" / "league.png")
    plt.close(figure)
    text = TEXT.format(
        samples=made["arguments"]["samples"],
        laboratories=LABORATORIES,
        dated=_dated(table),
        rows="\n".join(_rows(table)),
        assumed="\n".join(_assumed(table, explained)),
        aslb=made["versions"]["aslb"],
    )
    (DOCS / "league.md").write_text(text, encoding="utf-8")


def _dated(table: pd.DataFrame) -> str:
    """How far the table is from the last predictions that were dated."""
    place = ["cell", "c_rate"]
    blind = pd.read_csv(PREDICTIONS).drop_duplicates(place, keep="last")
    both = table.merge(blind, on=place, suffixes=("", "_blind"))
    apart = (both["median"] - both["median_blind"]).abs().max()
    date, version = blind["date"].iloc[-1], blind["version"].iloc[-1]
    said = f"predictions of {date}, made with aslb {version}."
    if apart < 0.5:
        return f"The medians below are those of the\n{said}"
    return f"The medians below are up to {apart:.0f} mAh/g from those of the\n{said}"


def _rows(table: pd.DataFrame) -> Iterator[str]:
    for row in table.to_dict("records"):
        measured = "" if pd.isna(row["measured"]) else f"{row['measured']:.0f}"
        yield (
            f"| {row['cell']} | {rate_label(row['c_rate'])} | {row['median']:.0f} | "
            f"{row['lower']:.0f} – {row['upper']:.0f} | {measured} | {row['measure']} | "
            f"{100 * row['remaining']:.0f} % |"
        )


def _assumed(table: pd.DataFrame, explained: pd.DataFrame) -> Iterator[str]:
    for cell, rows in table.groupby("cell", sort=False):
        of = explained[explained["cell"] == cell]
        of = of[of["c_rate"] == of["c_rate"].max()]
        largest = of.nlargest(MOST, "share")[["input", "share"]].itertuples(index=False)
        said = "; ".join(f"{name} {100 * share:.0f} %" for name, share in largest)
        yield f"| {cell} | {rows['assumed'].iloc[0]} | {said} |"


if __name__ == "__main__":
    main()
