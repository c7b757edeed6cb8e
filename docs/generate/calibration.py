"""Write ``docs/calibration.md`` and its figure: python docs/generate/calibration.py.

The alternatives are compared with the single-particle model, which takes minutes rather
than an hour; the shipped calibration itself is that of ``aslb calibrate``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pybamm

from aslb import __version__
from aslb.experiments.calibration.fit import calibrate
from aslb.experiments.calibration.posterior import identifiability, posterior_of
from aslb.experiments.calibration.report import plot_posterior
from aslb.experiments.calibration.unknowns import UNKNOWNS
from aslb.parameters.composition.cell import Cell

DOCS = Path(__file__).resolve().parents[1]
CELL = Cell("Cao2021_thin_halide")
THREE = UNKNOWNS[:3]
ACTIVE, LITHIATED, TRANSITION = THREE
EXCHANGE = UNKNOWNS[3]
DELITHIATED = "Positive particle delithiated diffusivity [m2.s-1]"
BRUGGEMAN = "Positive electrode Bruggeman coefficient (electrolyte)"
ELECTRONIC = "Positive electrode lithiated conductivity [S.m-1]"

ALTERNATIVES = {
    "one diffusivity": ((ACTIVE, LITHIATED), True),
    "one diffusivity, catholyte's tortuosity": ((ACTIVE, LITHIATED, BRUGGEMAN), True),
    "one diffusivity, LCO's electronic conductivity": (
        (ACTIVE, LITHIATED, ELECTRONIC),
        True,
    ),
    "diffusivity drops as LCO fills (shipped)": (THREE, False),
    "the same, and the exchange current": ((*THREE, EXCHANGE), False),
    "the same, and the catholyte's tortuosity": ((*THREE, BRUGGEMAN), False),
    "the same, and the delithiated diffusivity": ((*THREE, DELITHIATED), False),
}
"""Unknowns of each alternative, and whether LCO has one diffusivity at all lithiations."""

TEXT = """# Calibration

`aslb calibrate` fits three unknowns to cell-3 of the reference paper and to nothing else:
the five rate capacities over the whole rate test as run, and the first cycle. Values are
sought within the ranges of the literature; what the parameter sets carry is
`parameters/cells/cao2021/calibration.json`, as that command writes it, with the class
`fitted`. Without ageing the second cycle at a rate repeats, so that two cycles stand for a
block; the averages over the repeats differ by less than 0.1 mAh/g (tested).

| Fitted | Value | 95 % interval | Range searched |
| --- | --- | --- | --- |
{fitted}

Intervals leave every nuisance free in its range:

![Intervals and correlations](figures/calibration.png)

What the capacities differ by beyond the uncertainty with which they are read is the error of
the model, {error:.1f} mAh/g: the root of their mean square residual less the mean square of
that uncertainty. Each datum counts with its own variance and that of the model. Bands are
95 % of samples of the covariance, with the model error added in quadrature. A fit whose band
misses anything that it was fitted to has none, and says what it misses. Where a nuisance
matters far from the fit and not at it, the covariance does not see that, and bands are wider
than the data would let them be.

## Why these three

Sum of squared residuals in standard uncertainties (7 data: 3 mAh/g for a capacity, 6 for the
first discharge, 0.3 % for its efficiency), and RMS over the five capacities, with the
single-particle model:

| Alternative | Unknowns | Sum of squares | RMS, mAh/g | Directions seen |
| --- | --- | --- | --- | --- |
{alternatives}

One diffusivity can give the rate capability or the first-cycle efficiency and not both well
enough; a diffusivity that drops as LiCoO2 fills gives both, as lithium then gets stuck at
the surface at high rate and in the last few per cent at low rate. A fourth unknown gains
less than its freedom costs, and the data do not see it.

Made by `python docs/generate/calibration.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def main() -> None:
    """Compare the alternatives, draw the figure and write the page."""
    fit = CELL.fit
    assert fit is not None
    around = posterior_of(fit)
    figure = plot_posterior(around)
    figure.savefig(DOCS / "figures" / "calibration.png")
    plt.close(figure)
    fitted = [
        f"| {item['name']} | {item['value']:.4g} | {item['lower']:.3g} – "
        f"{item['upper']:.3g} | {item['range_lower']:.3g} – {item['range_upper']:.3g} |"
        for item in around.table().to_dict("records")
        if item["name"] in fit.values
    ]
    rows = []
    for name, (unknowns, single) in ALTERNATIVES.items():
        cell = CELL
        if single:
            known = cell.quantities[DELITHIATED]
            same = replace(known, value=pybamm.Parameter(LITHIATED))
            cell = cell.with_values({DELITHIATED: same})
        found = calibrate(cell, fit.data, unknowns, starts=4, model="SolidStateSPM")
        rates = slice(0, 5)
        rms = np.sqrt(np.mean((found.modelled - found.measured)[rates] ** 2))
        seen = identifiability(found.unknowns, found.jacobian)["verdict"]
        rows.append(
            f"| {name} | {len(unknowns)} | {found.cost:.1f} | {rms:.1f} "
            f"| {(seen == 'identifiable').sum()} of {len(unknowns)} |"
        )
        print(rows[-1], flush=True)
    (DOCS / "calibration.md").write_text(
        TEXT.format(
            fitted="\n".join(fitted),
            error=fit.model_error,
            alternatives="\n".join(rows),
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


if __name__ == "__main__":
    main()
