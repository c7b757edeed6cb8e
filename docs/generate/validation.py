"""Write ``docs/validation.md`` and its figures: python docs/generate/validation.py."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pybamm

from aslb import __version__
from aslb.experiments.output.figure_style import cell_label, rate_label
from aslb.experiments.study.summary import of_bands
from aslb.experiments.validation.comparison import DISCHARGE, validate
from aslb.experiments.validation.report import plot_parity, plot_rate_capability
from aslb.experiments.validation.roles import explained
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell

DOCS = Path(__file__).resolve().parents[1]

TEXT = """# Model and paper

`aslb validate` compares every published quantity that the model can produce. What cells
share is fitted to cell-3 and cell-2 together; cell-1 has its active fraction, the ohmic
share of its 55 mV and its catholyte's oxidation from its own three numbers
([calibration](calibration.md)). Where the paper's number is not known the column is empty.
{bands}

The capacity at a rate is the mean of all its cycles in the rate test, the first included,
which starts where the rate before it ended.

![Rate capability](figures/capability.png)

![Parity](figures/parity.png)

{roles}

{tested}

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
- **Energy densities.** {energies}

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
            roles=_roles(table),
            tested=_tested(table),
            disagreements=_disagreements(table),
            energies=_energies(table),
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


def _roles(table: pd.DataFrame) -> str:
    """What the roles mean, an item each."""
    return "\n".join(
        f"- **{role.capitalize()}**: {what}"
        f"{' ([the log](blind-log.md))' if role == 'after unblinding' else ''}."
        for role, what in explained(table).items()
    )


def _tested(table: pd.DataFrame) -> str:
    """How many rows have a number of the paper, by role."""
    known = table[table["paper"].notna()]
    each = [f"{(known['role'] == role).sum()} {role}" for role in explained(table)]
    said = f"Rows with a number of the paper: {', '.join(each)}."
    if (known["role"] == "predicted").any():
        return said
    return (
        f"{said} None is predicted: this page is no test of the model, "
        "[the log](blind-log.md) is."
    )


def _energies(table: pd.DataFrame) -> str:
    """How far the energies of E1 to E3 are off, and what of it is capacity."""
    off = table["model"] / table["paper"] - 1
    of_cell = table["quantity"].str.match(r"E\d ")
    thin = table["cell"] == "Cao2021_thin_halide"
    slow = thin & (table["unit"] == "mAh/g") & (table["c_rate"] == 1 / 20)
    fitted = slow & table["quantity"].isin(["rate capability", DISCHARGE])
    energy = off[table["quantity"] == "E2 specific energy, as built"].item()
    low, high = sorted(off[fitted])
    capacity = table.loc[fitted, "model"].iloc[0]
    printed = sorted(table.loc[fitted, "paper"])
    return (
        f"All {of_cell.sum()} of E1 to E3 are high, by {100 * off[of_cell].min():.1f} to "
        f"{100 * off[of_cell].max():.1f} %. {100 * low:.1f} to {100 * high:.1f} % of it "
        f"is capacity: the model has {capacity:.1f} mAh/g at C/20, and the paper "
        f"{printed[0]:.0f} to {printed[1]:.0f}. Of the {100 * energy:.1f} % of E2 in "
        f"Wh/kg that leaves {100 * ((1 + energy) / (1 + high) - 1):.1f} to "
        f"{100 * ((1 + energy) / (1 + low) - 1):.1f} % for the mean discharge voltage, "
        "which is above the one that the paper's own energy density implies: either the "
        "paper used a nominal voltage, or its window was narrower still. What E1 and "
        "the Wh/L are off by besides is masses and thicknesses (`aslb energy`)."
    )


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
            f"model error of {error:.1f} mAh/g (for energies, see below):",
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
