"""What cell-3 alone says of the other cells: python docs/generate/from_cell_3.py.

Writes ``docs/from-cell-3.md``: cell-2 with two conductivities of Li3InCl6, and cell-1
with the 55 mV of its first charge taken as ohmic, as kinetic, and as both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pybamm
from scipy.optimize import brentq

from aslb import __version__
from aslb.experiments.calibration.observables import observe, rate_test_of
from aslb.experiments.calibration.searches import searches
from aslb.experiments.calibration.unknowns import (
    UNKNOWNS,
    those_of,
    unknowns_of,
    values_at,
)
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.validation.cao2021.calibration import JOINT
from aslb.experiments.validation.cao2021.information import expected_information
from aslb.experiments.validation.comparison import validate
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.cell import (
    ACTIVE,
    CONTACT,
    OHMIC_SHARE,
    OXIDATION,
    thick_sulfide_composition,
)
from aslb.parameters.cells.cao2021.derivations import foil_contact_100_mpa
from aslb.parameters.cells.cao2021.fit import FITTED, data_of
from aslb.parameters.cells.cao2021.readings import DEFAULT, FORMS, calibration
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.layers import COMPOSITE

PAGE = Path(__file__).resolve().parents[1] / "from-cell-3.md"
THICK = "Cao2021_thick_halide"
KAPPA = "Catholyte conductivity [S.m-1]"
CONDUCTIVITIES = (0.04, 0.225)  # S/m
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
USUAL = {
    name: FORMS["two levels"].parameters.get(name, COMPOSITE.get(name)).number
    for name in JOINT
}
"""What only the joint calibration has fitted, as literature has it."""

TEXT = """# From cell-3 alone

What the first step of the [calibration](calibration.md) says of the cells that it was not
fitted to, in the default reading unless said otherwise. The model was chosen knowing their
results: only the [log](blind-log.md) is blind.

## Cell-2, over all readings

Bands of 90 % of what would be measured, over samples of the posteriors of cell-3 alone, mixed
by their evidence: RMS of the medians {rms:.1f} mAh/g, {inside} of 3 inside.

| Rate | Measured | Median | Band |
| --- | --- | --- | --- |
{mixture}

## What would have told us

Cell-3's data fit with a cell that is limited by diffusion, as it was first understood (4.2 V
as printed, exchange current anywhere in 0.1–30 A/m²), and with one that is limited by
voltage (the narrow window). How many bits of the one that is open each further datum on
cell-3 would have given on average, and how often it would have spoken for the wrong one:

| Datum | Bits | Mistaken |
| --- | --- | --- |
{information}

## Cell-2, with the conductivity of Li3InCl6 that is printed and that of others

The paper prints 0.4 mS/cm, other laboratories measure up to 2.25. Each is calibrated to
cell-3 anew. Capacity in mAh/g.

| Li3InCl6 / mS/cm | Sum of squares of cell-3 | C/5 | C/2 | 1C | RMS |
| --- | --- | --- | --- | --- | --- |
{halide}
| measured | | 147 | 101 | 58 | |

## Cell-1, whose 55 mV may be ohmic or kinetic

Its active fraction is that of its first discharge, 112 mAh/g. Measured at 1C: 25 mAh/g.

| Ohmic share | Active fraction | C/20 | C/5 | C/2 | 1C |
| --- | --- | --- | --- | --- | --- |
{sulfide}

The share is not known beforehand, so that the range of the last column is the prediction.

Made by `python docs/generate/from_cell_3.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def main() -> None:
    """Solve both, and write the page."""
    PAGE.write_text(
        TEXT.format(
            **_cell_2(),
            information="\n".join(_information()),
            halide="\n".join(_halide()),
            sulfide="\n".join(_sulfide()),
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


def _cell_2() -> dict[str, Any]:
    table = validate([f"{THICK}:cell-3 only"], samples=1000).table
    rates = table[(table["quantity"] == "rate capability") & table["paper"].notna()]
    held = rates["paper"].between(rates["lower"], rates["upper"])
    return {
        "rms": float(np.sqrt(((rates["median"] - rates["paper"]) ** 2).mean())),
        "inside": int(held.sum()),
        "mixture": "\n".join(
            f"| {rate_label(row['c_rate'])} | {row['paper']:.0f} | {row['median']:.0f} | "
            f"{row['lower']:.0f} – {row['upper']:.0f} |"
            for row in rates.to_dict("records")
        ),
    }


def _information() -> Iterator[str]:
    for row in expected_information().to_dict("records"):
        yield f"| {row['datum']} | {row['bits']:.2f} | {100 * row['mistaken']:.0f} % |"


def _halide() -> Iterator[str]:
    for kappa in CONDUCTIVITIES:
        usual = {**USUAL, KAPPA: kappa}
        thin = _with(Cell(FITTED), usual)
        sought = unknowns_of(thin.quantities, those_of(thin.quantities, UNKNOWNS))
        data = data_of("cell-3")
        every = searches([thin], [data], sought, {}, 4, 0, DFN, None, None)
        found = min((x for x in every if x["model"] == DFN), key=lambda x: x["cost"])
        values = values_at(sought, found["position"])
        contact = foil_contact_100_mpa().number
        thick = _with(Cell(THICK), {**usual, **values, CONTACT: contact})
        test = rate_test_of(thick, data_of("cell-2"), DFN, ())
        at_rates = observe([test], {})[:3]
        rms = np.sqrt(np.mean((at_rates - [147, 101, 58]) ** 2))
        numbers = " | ".join(f"{capacity:.0f}" for capacity in at_rates)
        yield f"| {10 * kappa:g} | {found['cost']:.1f} | {numbers} | {rms:.1f} |"


def _sulfide() -> Iterator[str]:
    shared = {**USUAL, **calibration(DEFAULT)["cell-3 only"]["values"]}
    shared[CONTACT] = foil_contact_100_mpa().number
    data = data_of("cell-1")
    every = replace(data, capacities=(0.0,) * len(data.capacities))

    def capacities(share: float, fraction: float) -> np.ndarray:
        own = {ACTIVE: fraction, OHMIC_SHARE: share, OXIDATION: 0.0}
        made = Cell(thick_sulfide_composition(DEFAULT, own, shared))
        return observe([rate_test_of(made, every, DFN, ())], {})

    for share in SHARES:
        fraction = float(
            brentq(lambda x, s=share: capacities(s, x)[0] - 112, 0.45, 0.95, xtol=1e-3)
        )
        found = capacities(share, fraction)
        numbers = " | ".join(f"{found[k]:.0f}" for k in (0, 2, 3, 4))
        yield f"| {share:g} | {fraction:.3f} | {numbers} |"


def _with(cell: Cell, values: dict[str, float]) -> Cell:
    known = cell.quantities
    changed = {
        name: replace(known[name], value=value, kind="assumed", fitted_to="")
        for name, value in values.items()
    }
    return cell.with_values(changed)


if __name__ == "__main__":
    main()
