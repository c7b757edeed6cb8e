"""Current-collector foils: no part of the reference cells, but of any real one."""

from __future__ import annotations

from aslb.parameters.quantity import Quantity

DESIGN = "usual gauge of battery foil; the paper's cells have none"

FOILS = {
    "Positive current collector thickness [m]": Quantity(
        12e-6, "m", "assumed", f"aluminium, {DESIGN}", 8e-6, 20e-6
    ),
    "Positive current collector density [kg.m-3]": Quantity(
        2700.0, "kg.m-3", "literature", "handbook density of aluminium", 2690, 2710
    ),
    "Negative current collector thickness [m]": Quantity(
        8e-6, "m", "assumed", f"copper, {DESIGN}", 4e-6, 12e-6
    ),
    "Negative current collector density [kg.m-3]": Quantity(
        8960.0, "kg.m-3", "literature", "handbook density of copper", 8920, 8960
    ),
}
"""Aluminium behind the cathode and copper behind the anode, by PyBaMM name.

The paper's cells are pressed between steel rods, and its energy densities count no
collector, so that the thicknesses are a design and enter no equation of the model.
"""
