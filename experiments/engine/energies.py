"""Energy of a point's discharge per mass and per volume of its own cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pybamm

from aslb.errors import InputError
from aslb.parameters.composition.layers import CATHOLYTE, CONDUCTOR
from aslb.parameters.composition.masses import BOUNDARIES, Layer, layers, within
from aslb.parameters.composition.names import ParameterName

ENERGIES = {
    "specific_energy": ("Wh/kg", "Specific energy"),
    "energy_density": ("Wh/L", "Energy density"),
}
"""Energies that a study may keep, each with its unit and what it is."""

BOUNDARY = BOUNDARIES[2]
"""What is counted unless a study says otherwise: cathode, membrane and anode."""


def energy_column(name: str, boundary: str) -> str:
    """Column of an energy, as 'specific_energy of cathode+membrane [Wh/kg]'."""
    return f"{name} of {boundary} [{ENERGIES[name][0]}]"


def energies(
    names: Sequence[str],
    boundaries: Sequence[str],
    energy: float,
    cell: pybamm.ParameterValues,
) -> list[float]:
    """Energy of a discharge over the mass or the volume within each boundary.

    Masses are densities times thicknesses of the cell's own layers, with the default
    casing of `aslb.parameters.composition.masses`.

    Parameters
    ----------
    names : sequence of str
        Keys of `ENERGIES`.
    boundaries : sequence of str
        Of `aslb.parameters.composition.masses.BOUNDARIES`.
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
    if not names:
        return []
    counted = layers(cell)
    areal_energy = energy / (cell["Electrode height [m]"] * cell["Electrode width [m]"])
    inside = [within(counted, boundary) for boundary in boundaries]
    return [
        float(areal_energy / _size(name, layer)) for name in names for layer in inside
    ]


def check_weighable(
    cells: Mapping[str, pybamm.ParameterValues], names: Iterable[ParameterName]
) -> None:
    """Refuse energies of what cannot be weighed, or changes without its weight.

    Parameters
    ----------
    cells : mapping of str to pybamm.ParameterValues
        The cells by name.
    names : iterable of ParameterName
        What varies.

    Raises
    ------
    InputError
        Naming the cell, or what varies.
    """
    for cell, values in cells.items():
        try:
            layers(values)
        except InputError as error:
            raise InputError(
                f"outputs.quantities: energies of {cell}: {error}"
            ) from None
    for name in names:
        if name.pybamm_name in (CONDUCTOR, CATHOLYTE) and not name.entry:
            raise InputError(
                f"outputs.quantities: energies, but '{name.name}' changes and the "
                "density of the cathode does not; accepted: to vary "
                "cathode.active_mass_fraction"
            )


def _size(name: str, layer: Layer) -> float:
    """Mass [kg.m-2] or volume [L.m-2] that an energy is told per."""
    return layer.areal_mass if name == "specific_energy" else 1e3 * layer.thickness
