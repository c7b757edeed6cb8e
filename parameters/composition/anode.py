"""Another anode in the same cell: lithium in the place of its foil."""

from __future__ import annotations

import pybamm

from aslb.errors import InputError, about
from aslb.parameters import Quantity, values
from aslb.parameters.composition.cell import Cell
from aslb.parameters.given import real
from aslb.parameters.materials import lithium_metal

ANODES = ("as-built", "Li")
THICKNESS = "Negative electrode thickness [m]"
THICKNESSES = (1e-7, 5e-3)  # m, as a cell file may say; what is beyond is a slip
LITHIUM_THICKNESS = 30e-6  # m; what figure 7 of the reference paper amounts to


def with_anode(
    cell: pybamm.ParameterValues,
    anode: str = ANODES[0],
    thickness: float | None = None,
) -> tuple[pybamm.ParameterValues, float]:
    """A copy of a cell with another anode, or another thickness of its own.

    Contact and kinetics of the foil stay as they are: the cell's own numbers are the
    best guess there is for lithium pressed on the same sulfide.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        The cell.
    anode : str, optional
        "as-built", or "Li" for lithium metal.
    thickness : float, optional
        Thickness of the anode as assembled [m]; by default as built, or 30 µm of Li.

    Returns
    -------
    pybamm.ParameterValues
        The cell with that anode.
    float
        What has to be added to voltages against the cell's own foil [V].
    """
    if anode not in ANODES:
        raise InputError(f"unknown anode '{anode}'; accepted: {', '.join(ANODES)}")
    if thickness is not None:
        low, high = THICKNESSES
        with about("anode thickness"):
            real(thickness, "a number of metres")
        if not low <= thickness <= high:
            raise InputError(
                f"anode thickness {thickness:g} m; accepted: {low:g} to {high:g} m"
            )
    cell = cell.copy()
    shift = 0.0
    if anode == "Li":
        if thickness is None:
            thickness = LITHIUM_THICKNESS
        # the sets state the same limits against the foil and against Li/Li+
        full = cell["Open-circuit voltage at 100% SOC [V]"]
        shift = round(full - cell["Upper voltage cut-off [V]"], 9)
        cell.update(
            values(lithium_metal.foil(Quantity(thickness, "m", "assumed", "a design")))
        )
        for limit in ("Lower", "Upper"):
            cell[f"{limit} voltage cut-off [V]"] += shift
    elif thickness is not None:
        cell[THICKNESS] = thickness
    return cell, shift


def cell_with_anode(
    cell: Cell, anode: str = ANODES[0], thickness: float | None = None
) -> tuple[Cell, float]:
    """The same of a cell, which keeps its design, its fit and its own cut-offs.

    Parameters
    ----------
    cell : Cell
        The cell.
    anode : str, optional
        "as-built", or "Li" for lithium metal.
    thickness : float, optional
        Thickness of the anode as assembled [m]; by default as built, or 30 µm of Li.

    Returns
    -------
    Cell
        The cell with that anode.
    float
        What has to be added to cut-offs, which are against the cell's own foil [V].
    """
    made, shift = with_anode(cell.parameter_values(), anode, thickness)
    if anode == "as-built" and thickness is None:
        return cell, shift
    foil = Quantity(made[THICKNESS], "m", "assumed", "a design")
    changed = lithium_metal.foil(foil) if anode == "Li" else {THICKNESS: foil}
    return cell.with_values(changed), shift
