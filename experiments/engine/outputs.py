"""What a study can be asked for at each of its points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pybamm

from aslb.experiments.engine.steps import HALVES
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.masses import BOUNDARIES, Layer, layers, within

QUANTITIES = {
    "charge_capacity": ("mAh/g", "Charge capacity per mass of active material"),
    "discharge_capacity": ("mAh/g", "Discharge capacity per mass of active material"),
    "coulombic_efficiency": ("1", "Discharge over charge capacity"),
    "charge_energy": ("mWh/g", "Charge energy per mass of active material"),
    "discharge_energy": ("mWh/g", "Discharge energy per mass of active material"),
    "energy_efficiency": ("1", "Discharge over charge energy"),
    "mean_charge_voltage": ("V", "Charge energy over charge capacity"),
    "mean_discharge_voltage": ("V", "Discharge energy over discharge capacity"),
}
"""Numbers of a cycle by name, each with its unit and what it is."""

ENERGIES = {
    "specific_energy": ("Wh/kg", "Specific energy"),
    "energy_density": ("Wh/L", "Energy density"),
}
"""Energies of the cell that may be kept, each with its unit and what it is."""

BOUNDARY = BOUNDARIES[2]
"""What they count unless it is said: cathode, membrane and anode."""


@dataclass(frozen=True)
class Outputs:
    """What is kept of each point.

    Parameters
    ----------
    quantities : tuple of str
        Keys of `QUANTITIES`.
    depths, charge_depths : tuple of float
        Fractions of the discharge, and of the charge with its hold, at which the loss
        of every component is kept; it is negative on charge, as in the model.
    curve_points : int
        Points of the charge and the discharge curve, evenly spaced in charge passed;
        0 for none.
    energies : tuple of str
        Keys of `ENERGIES`.
    boundaries : tuple of str
        What the energies count.
    """

    quantities: tuple[str, ...]
    depths: tuple[float, ...] = ()
    curve_points: int = 0
    energies: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
    charge_depths: tuple[float, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the numbers of a point, in order."""
        losses = [
            loss_column(component, depth, half)
            for half, depths in self.loss_depths.items()
            for depth in depths
            for component in LOSSES
        ]
        energies = [
            energy_column(name, boundary)
            for name in self.energies
            for boundary in self.boundaries
        ]
        return (*self.quantities, *losses, *energies)

    @property
    def loss_depths(self) -> dict[str, tuple[float, ...]]:
        """Fractions at which losses are kept, by half of the cycle."""
        charge, discharge = HALVES
        return {discharge: self.depths, charge: self.charge_depths}

    @property
    def curves(self) -> tuple[str, ...]:
        """Names of the curves of a point, in order."""
        return ("charge_voltage", "discharge_voltage") if self.curve_points else ()

    @property
    def curve_depths(self) -> np.ndarray:
        """Fractions of the charge passed at which curves are kept."""
        return np.linspace(0, 1, self.curve_points)


def loss_column(component: str, depth: float, half: str = HALVES[1]) -> str:
    """Column of a component's loss on discharge, as 'Separator loss at 0.5 [V]'.

    That on charge is 'Separator loss at 0.5 of the charge [V]'.
    """
    of = " of the charge" if half == HALVES[0] else ""
    return f"{component} loss at {depth:g}{of} [V]"


def energy_column(name: str, boundary: str) -> str:
    """Column of an energy, as 'specific_energy of cathode+membrane [Wh/kg]'."""
    return f"{name} of {boundary} [{ENERGIES[name][0]}]"


def energies(
    outputs: Outputs, energy: float, cell: pybamm.ParameterValues
) -> list[float]:
    """Energy of a discharge over the mass or the volume within each boundary.

    Masses are densities times thicknesses of the cell's own layers, with the default
    casing of `aslb.parameters.composition.masses`.

    Parameters
    ----------
    outputs : Outputs
        Which energies, and what they count.
    energy : float
        Energy of the discharge of the cell [W.h].
    cell : pybamm.ParameterValues
        The cell at this point.

    Returns
    -------
    list of float
        Every boundary of the first name, then of the next.

    Raises
    ------
    InputError
        If a density or a thickness is not a plain number.
    """
    if not outputs.energies:
        return []
    counted = layers(cell)
    areal_energy = energy / (cell["Electrode height [m]"] * cell["Electrode width [m]"])
    inside = [within(counted, boundary) for boundary in outputs.boundaries]
    return [
        float(areal_energy / _size(name, layer))
        for name in outputs.energies
        for layer in inside
    ]


def _size(name: str, layer: Layer) -> float:
    """Mass [kg.m-2] or volume [L.m-2] that an energy is told per."""
    return layer.areal_mass if name == "specific_energy" else 1e3 * layer.thickness
