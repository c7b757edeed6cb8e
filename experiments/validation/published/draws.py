"""Cells of other laboratories as they may be: drawn from all that is not known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pybamm

from aslb.experiments.calibration.priors import surface_in
from aslb.parameters.cells.cao2021.readings import FORMS, Reading, draws, weights
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.drawn import drawn
from aslb.parameters.composition.fit import MODEL_ERROR
from aslb.parameters.materials.active_material import DIFFUSIVITY, REFERENCE_CURRENT
from aslb.parameters.materials.charge_transfer import spread
from aslb.parameters.materials.constants import EV

DIFFUSION = (
    "Positive particle lithiated diffusivity [m2.s-1]",
    "Positive particle delithiated diffusivity [m2.s-1]",
    "Positive particle diffusivity transition",
    "Positive particle diffusivity at three quarters [m2.s-1]",
    "Positive particle diffusivity slope",
    "Positive particle uniform diffusivity [m2.s-1]",
    "Positive particle size ratio",
    "Positive electrode large-particle volume fraction",
    "Positive electrode lithiated conductivity [S.m-1]",
)
"""What a calibration of LiCoO2 is taken to say of that of others."""

ACTIVATION = {
    "charge transfer": (0.31 * EV, 0.48 * EV),
    "diffusion": (0.2 * EV, 0.4 * EV),
}
"""Activation energies [J.mol-1] of what the calibration knows at 25 °C only. Assumed:
charge transfer 0.31 to 0.42 eV (Kim et al. 2025, Electrochim. Acta 542, 147413) and 48
kJ/mol of coated LCO on a sulfide, both seen in digests; diffusion as is usual."""

KNOWN_AT = 298.15  # K
CHARGE_TRANSFER = "charge-transfer resistance [Ohm.m2]"


class Draw(NamedTuple):
    """One way that a cell may be.

    Parameters
    ----------
    form : str
        Form of diffusion, of `FORMS`; empty if it is no LCO.
    values : dict of str to float
        By PyBaMM name.
    inputs : dict of str to float
        What was drawn, by name.
    model_error : float
        Standard deviation of capacities of the model [mAh/g].
    """

    form: str
    values: dict[str, float]
    inputs: dict[str, float]
    model_error: float


def draw(name: str, rng: np.random.Generator) -> Draw:
    """A published cell, drawn from the ranges of all that it is made of.

    Diffusion in LCO is that of a draw of the calibration of the reference cells, in a
    reading that is as likely as it is after its data, and so is the conduction of
    electrons, unless the cell's own file says it. The exchange current is that of
    published charge transfer, whatever the reference cells say: coatings differ.
    """
    reading, row = _calibrated(rng)
    cell = _in_form(name, reading.form)
    found = drawn(cell, rng)
    values, inputs = dict(found.values), dict(found.inputs)
    known = {**cell.numbers, **values}
    is_lco = _is_lco(cell)
    # what a cell's own file says of it stands: with carbon, say, LCO need not conduct
    open_to = known.keys() - cell.state.replaced.keys() if is_lco else ()
    shared = {n: float(row[n]) for n in DIFFUSION if n in row.index and n in open_to}
    values |= shared
    temperature = known["Ambient temperature [K]"]
    resistance = spread()
    transfer = resistance.median * resistance.factor ** rng.standard_normal()
    thermal = pybamm.constants.R.value * KNOWN_AT / pybamm.constants.F.value
    faster = _arrhenius("charge transfer", temperature, rng)
    values[REFERENCE_CURRENT] = thermal / (transfer * surface_in(known)) * faster
    sooner = _arrhenius("diffusion", temperature, rng)
    for law in (*DIFFUSION, DIFFUSIVITY):
        number = {**known, **values}.get(law)
        if number is not None and law.endswith("[m2.s-1]"):
            values[law] = number * sooner
    for known_otherwise in (REFERENCE_CURRENT, *shared):
        inputs.pop(known_otherwise, None)
    inputs |= shared
    inputs |= {CHARGE_TRANSFER: transfer}
    return Draw(reading.form if is_lco else "", values, inputs, float(row[MODEL_ERROR]))


@cache
def _in_form(name: str, form: str) -> Cell:
    # thousands of draws are of the same few cells
    return with_form(Cell(name), form)


def with_form(cell: Cell, form: str) -> Cell:
    """The same cell with another form of diffusion, if its oxide is LCO."""
    if not _is_lco(cell):
        return cell
    made: Any = cell.state.composition
    cathode = replace(made.cathode, active_material=FORMS[form])
    made = replace(made, cathode=cathode)
    return Cell(replace(cell.state, composition=made))


def _is_lco(cell: Cell) -> bool:
    made: Any = cell.state.composition
    return made.cathode.active_material in FORMS.values()


def _arrhenius(what: str, temperature: float, rng: np.random.Generator) -> float:
    """How much faster it is than at 25 °C."""
    energy = rng.uniform(*ACTIVATION[what])
    gas = pybamm.constants.R.value
    return float(np.exp(energy / gas * (1 / KNOWN_AT - 1 / temperature)))


@cache
def _readings() -> tuple[tuple[Reading, ...], tuple[float, ...]]:
    known = weights()
    return tuple(known), tuple(known.values())


def _calibrated(rng: np.random.Generator) -> tuple[Reading, pd.Series]:
    """A reading of the reference cells, and a draw of its posterior."""
    readings, worth = _readings()
    reading = readings[rng.choice(len(readings), p=worth)]
    table = draws(reading)
    return reading, table.iloc[rng.integers(len(table))]
