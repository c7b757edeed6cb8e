"""Write ``docs/materials.md`` and its figure: python docs/generate/materials.py."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pybamm

from aslb import __version__
from aslb.experiments.output.figure_style import MUTED, TWO_COLUMNS, styled
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials import (
    indium_lithium,
    lithium_cobalt_oxide,
    lithium_cobalt_oxide_diffusion,
)
from aslb.parameters.materials.constants import CAO2021, EV
from aslb.parameters.materials.lithium_cobalt_oxide import LCO
from aslb.parameters.materials.membrane_law import (
    dense_conductivity,
    filled_by_mass,
    membrane_conductivity,
)
from aslb.parameters.materials.solid_electrolytes import (
    CELLULOSE_DENSITY,
    RESIDUAL_RESISTANCE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    membrane_with_residual_resistance,
)
from aslb.parameters.quantity import Quantity, values

CAO = "Cao2021_thin_halide"
LEVELS = ("delithiated", "lithiated")
DOCS = Path(__file__).resolve().parents[1]
CELLULOSE_MEASURED = 0.012  # S/m: 0.12 mS/cm with 10 wt%, printed in the paper

TEXT = """# Materials

Every value with its class, source and range: `aslb cells Cao2021_thin_halide`.

## LiCoO2 and In–Li

![Potentials, diffusivity and conductivity](figures/materials.png)

The potential of LiCoO2 is a sum of falling terms, so that it is monotone with a bounded
slope; it is fitted to `parameters/materials/data/lithium_cobalt_oxide_ocp.csv` (points,
with their uncertainty) and misses no point by more than {worst:.2f} of its uncertainty. Below
x = 0.4 the table rests on few sources. The diffusivity's level and its minimum near
x = 0.5 (left out), the height of the insulator–metal transition, and the potentials of
In–Li beyond LiIn are the least certain; classes and ranges say so. The figure's diffusivity
has the form of "LCO". The material's own levels are from literature, {own}.
Those of the cells of Cao 2021, {fitted}, are fitted to their capacities: they
stand for all that slows these cells down, and are no property of LiCoO2.

Three forms of diffusion in LiCoO2 are exchangeable, by the name of the active material,
since data of rates cannot tell which holds:

| `active_material` | Diffusivity | Parameters |
| --- | --- | --- |
| "LCO" | two levels with a step in the logarithm | both levels, where the step is |
| "LCO log-linear" | log₁₀ D = log₁₀ D(0.75) − slope·(x − 0.75) | D(0.75), slope |
| "LCO two sizes" | one, in [particles of two sizes](model.md) | D, ratio of radii, volume fraction of the larger |

## Conductivity of a composite membrane

Bruggeman's law for insulating inclusions, σ_eff = σ · ε^1.5, with σ of dense Li6PS5Cl from
the pellet ({dense:.2f} mS/cm at 30 °C):

| Membrane | Volume fraction of sulfide | Law, mS/cm | Measured, mS/cm | Law / measured |
| --- | --- | --- | --- | --- |
{rows}

For ethyl cellulose the volume fraction from mass and thickness, pores that tomography
cannot see included, does better than tomography. For 10 wt% of cellulose the law is off by
a factor of {factor:.0f}: there the binder does not sit in isolated grains but between the
grains of the sulfide, which a law in the volume fraction alone cannot know. Use the law
for a few per cent of a binder that gathers, and measure otherwise.

## Temperature

σT follows an Arrhenius law with the two printed energies, {pellet:.3f} eV for the pellet and
{membrane:.3f} eV for the membrane, though both are Li6PS5Cl. If {residual:g} Ω were left in the
membrane's impedance, its energy would be {corrected:.3f} eV and its conductivity
{corrected_sigma:.2f} instead of {sigma:.2f} mS/cm; that reading is
`aslb.parameters.materials.solid_electrolytes.membrane_with_residual_resistance`, and the parameter
sets keep the printed values.

Made by `python docs/generate/materials.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def main() -> None:
    """Draw the figure and write the page."""
    table = pd.read_csv(lithium_cobalt_oxide.OCP_TABLE)
    _figure(table).savefig(DOCS / "figures" / "materials.png")

    pellet = Cell("Cao2021_thick_halide").quantities["Separator porosity"]
    dense = dense_conductivity(SULFIDE_PELLET, pellet)
    measured = SULFIDE_MEMBRANE.conductivity.number
    cellulose = filled_by_mass(
        SULFIDE_PELLET,
        CELLULOSE_DENSITY,
        Quantity(0.10, "1", "measured", f"{CAO2021}: 10 wt% cellulose"),
    )
    cases = [
        (
            "2 wt% ethyl cellulose, tomography",
            Quantity(0.96986, "1", "measured", f"{CAO2021}, fig 4"),
            measured,
        ),
        (
            "2 wt% ethyl cellulose, mass and thickness",
            Cell("Cao2021_thin_halide").quantities["Separator porosity"],
            measured,
        ),
        ("10 wt% cellulose, no pores", cellulose, CELLULOSE_MEASURED),
    ]
    rows = []
    for name, filled, value in cases:
        law = membrane_conductivity(dense, filled).number
        rows.append(
            f"| {name} | {filled.number:.3f} | {10 * law:.2f} | {10 * value:.2f} "
            f"| {law / value:.2f} |"
        )
    own, fitted = (_levels(known) for known in (LCO.parameters, Cell(CAO).quantities))
    corrected = membrane_with_residual_resistance(RESIDUAL_RESISTANCE)
    misfit = (lithium_cobalt_oxide.ocp(table.x) - table.ocp_V) / table.uncertainty_mV
    (DOCS / "materials.md").write_text(
        TEXT.format(
            own=own,
            fitted=fitted,
            worst=1e3 * misfit.abs().max(),
            dense=10 * dense.number,
            rows="\n".join(rows),
            factor=membrane_conductivity(dense, cellulose).number / CELLULOSE_MEASURED,
            pellet=SULFIDE_PELLET.activation_energy.number / EV,
            membrane=SULFIDE_MEMBRANE.activation_energy.number / EV,
            residual=RESIDUAL_RESISTANCE.number,
            corrected=corrected.activation_energy.number / EV,
            corrected_sigma=10 * corrected.conductivity.number,
            sigma=10 * measured,
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


def _levels(known: Mapping[str, Quantity]) -> str:
    """Delithiated and lithiated diffusivity, as '1.0e-14 and 1.0e-15 m²/s'."""
    levels = (known[f"Positive particle {x} diffusivity [m2.s-1]"] for x in LEVELS)
    return " and ".join(f"{level.number:.1e}" for level in levels) + " m²/s"


@styled
def _figure(table: pd.DataFrame) -> plt.Figure:
    fitted = pybamm.ParameterValues(CAO)
    own = fitted.copy()
    own.update(values(lithium_cobalt_oxide_diffusion.DIFFUSION[LCO.name]))

    def evaluated(function, points, parameters=fitted):
        return [parameters.evaluate(function(x, 298.15)) for x in points]

    x = np.linspace(0.002, 0.998, 400)
    ratio = np.concatenate([np.geomspace(1e-4, 0.05, 60), np.linspace(0.05, 4.6, 400)])
    figure, grid = plt.subplots(2, 2, figsize=(TWO_COLUMNS, 4.4))
    potential, foil, diffusion, conduction = grid.flat
    potential.errorbar(
        table.x,
        table.ocp_V,
        table.uncertainty_mV / 1e3,
        fmt="o",
        ms=2,
        color=MUTED[6],
        lw=1,
        label="table",
    )
    potential.plot(x, lithium_cobalt_oxide.ocp(x), color=MUTED[0], label="fit")
    potential.legend()
    potential.set_ylabel("LiCoO$_2$ potential [V vs Li/Li$^+$]")
    foil.plot(ratio, indium_lithium.ocp(ratio, 298.15), color=MUTED[2])
    foil.set(xlabel="Li per In", ylabel="In–Li potential [V vs Li/Li$^+$]")
    for parameters, label, style in (
        (own, "literature", "-"),
        (fitted, "fitted to Cao 2021", "--"),
    ):
        level = evaluated(lithium_cobalt_oxide_diffusion.two_levels, x, parameters)
        diffusion.semilogy(x, level, style, color=MUTED[0], label=label)
    diffusion.legend()
    diffusion.set_ylabel("LiCoO$_2$ diffusivity [m²/s]")
    conduction.semilogy(
        x, evaluated(lithium_cobalt_oxide.conductivity, x), color=MUTED[0]
    )
    conduction.set_ylabel("LiCoO$_2$ conductivity [S/m]")
    for axes in (potential, diffusion, conduction):
        axes.set_xlabel("x in Li$_x$CoO$_2$")
    return figure


if __name__ == "__main__":
    main()
