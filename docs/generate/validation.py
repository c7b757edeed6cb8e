"""Write ``docs/validation.md`` and its figures: python docs/generate/validation.py."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pybamm

from aslb import __version__
from aslb.experiments.output.figure_style import cell_label, rate_label
from aslb.experiments.study.summary import of_bands
from aslb.experiments.validation.comparison import validate
from aslb.experiments.validation.report import plot_parity, plot_rate_capability
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell

DOCS = Path(__file__).resolve().parents[1]

TEXT = """# Model and paper

`aslb validate` compares every published quantity that the model can produce. **Input**: put
into the parameters. **Calibrated**: the parameters were fitted to it, so that agreement
says nothing. **After unblinding**: the same, where the number had been predicted blind
before, and [missed](blind-log.md). **Predicted**: none of these. What cells share is fitted
to cell-3 and cell-2 together; cell-1 has its active fraction, the ohmic share of its 55 mV
and its catholyte's oxidation from its own three numbers ([calibration](calibration.md)).
Where the paper's number is not known the column is empty. {bands}

The capacity at a rate is the mean of all its cycles in the rate test, the first included,
which starts where the rate before it ended.

![Rate capability](figures/capability.png)

![Parity](figures/parity.png)

{table}

## Where they disagree, and what would explain it

{disagreements}

- **The first cycles.** The paper's cell-3 rises from 172 to 178 mAh/g at C/20 and is no lower
  at C/10, and cell-2 begins at 163: the cells activate over their first cycles. A model
  without activation (contact that improves, conductivity of LiCoO2 that does not fall back
  after the first delithiation) gives the same capacity in every cycle at one rate.
- **C/2 of the thick cell** is the rate that no form of diffusion reaches: measured 101 mAh/g,
  the best fit is 7 above. An hour at the cut-off fills the model's cell further than the
  measured one. Contact area lost at the foil, or a charge that a cycler ends where it first
  touches its cut-off, would take it.
- **Energy densities.** The model's mean discharge voltage is above the one that the paper's
  own energy density implies: either the paper used a nominal voltage, or its window was
  narrower still.

## What limits each cell

Largest loss at half discharge and when the discharge ends, in the second cycle at each
rate (all losses: `limits.csv`):

{limits}

At the end of a slow discharge the surface of the particles is full: diffusion in LiCoO2 ends
it. With rising rate the ohmic losses, of the catholyte above all, bring the voltage to the
cut-off before that. In the thick cells separator and contacts add to these what the
membrane saves.

Made by `python docs/generate/validation.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def main() -> None:
    """Run the comparison, draw the figures and write the page."""
    found = validate()
    table, limits = found.table, found.limits
    bands = of_bands(found.attrs)
    for name, figure in (
        ("parity", plot_parity(table, *bands)),
        ("capability", plot_rate_capability(table, *bands)),
    ):
        figure.savefig(DOCS / "figures" / f"{name}.png")
        plt.close(figure)
    (DOCS / "validation.md").write_text(
        TEXT.format(
            table=_table(table),
            bands="\n".join([*(f"{line}." for line in bands), *found.refused]),
            disagreements=_disagreements(table),
            limits=_limits(limits),
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.1f}"


def _table(table: pd.DataFrame) -> str:
    rows = [
        ["quantity", "cell", "rate", "unit", "paper", "model", "90 % band", "role"],
        ["---"] * 8,
    ]
    for item in table.to_dict("records"):
        band = (
            ""
            if pd.isna(item["lower"])
            else f"{item['lower']:.1f} – {item['upper']:.1f}"
        )
        rows.append(
            [
                item["quantity"],
                cell_label(item["cell"]),
                rate_label(item["c_rate"]),
                item["unit"],
                _number(item["paper"]),
                _number(item["model"]),
                band,
                item["role"],
            ]
        )
    return "\n".join(map(_row, rows))


def _disagreements(table: pd.DataFrame) -> str:
    """Capacities that differ from the paper by more than the fits' own error."""
    known = table[(table["unit"] == "mAh/g") & table["paper"].notna()]
    error = Cell("Cao2021_thin_halide").fit.model_error
    far = known[known["difference"].abs() > error]
    lines = [
        f"- {item['quantity']} of {cell_label(item['cell'])} at "
        f"{rate_label(item['c_rate'])}: {item['difference']:+.1f} mAh/g "
        f"({item['role']})."
        for item in far.to_dict("records")
    ]
    return "\n".join(
        [
            f"{len(far)} of {len(known)} printed capacities differ by more than the "
            f"model error of {error:.1f} mAh/g:",
            "",
            *lines,
        ]
    )


def _limits(limits: pd.DataFrame) -> str:
    rows = [["cell", "rate", "mAh/g", "half discharge", "end"], ["---"] * 5]
    for (cell, c_rate), pair in limits.groupby(["cell", "c_rate"], sort=False):
        texts = []
        for item in pair.sort_values("depth_of_discharge").to_dict("records"):
            largest = item["largest"]
            volts = {name: item[f"{name} [V]"] for name in LOSSES}
            texts.append(
                f"{largest.lower()}, {1e3 * volts[largest]:.0f} mV"
                if largest
                else "cut-off met at once"
            )
        capacity = f"{pair['discharge_capacity_mAh_g'].iloc[0]:.0f}"
        rows.append([cell_label(str(cell)), rate_label(c_rate), capacity, *texts])
    return "\n".join(map(_row, rows))


if __name__ == "__main__":
    main()
