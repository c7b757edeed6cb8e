"""Energy of a point's discharge per mass and per volume of its own cell."""

from __future__ import annotations

import pybamm

from aslb.experiments.engine.outputs import Outputs
from aslb.parameters.composition.masses import Layer, layers, within


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
