"""The paper's cells for impedance: an electrolyte between electrodes that block.

Li6PS5Cl between indium foils or steel, of which the paper prints conductances at 30 and
100 °C (figures 3H to 3J). For `aslb.models.symmetric_cell.SymmetricCell`.
"""

from __future__ import annotations

import math

import pybamm

from aslb.errors import InputError
from aslb.parameters.cells.cao2021.cell import thin_halide
from aslb.parameters.cells.cao2021.printed import printed
from aslb.parameters.materials.solid_electrolytes import (
    RESIDUAL_RESISTANCE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    membrane_with_residual_resistance,
)

LAYERS = {
    "thin": (SULFIDE_MEMBRANE, "thin_membrane"),
    "thick": (SULFIDE_PELLET, "thick_pellet"),
}
"""Electrolyte of each layer, and where ``printed.yaml`` has its geometry."""


def foil_area() -> float:
    """Area of the indium foil of 11.1 mm [m2], behind the printed conductivities."""
    where = ("geometry_and_loading", "eis_indium_foil", "diameter_mm")
    return math.pi / 4 * printed(*where, unit="mm", si="m") ** 2


def blocking(
    layer: str, *, residual: bool = False, wires: bool = False
) -> pybamm.ParameterValues:
    """A blocking cell at 30 °C, whose resistance is the printed one.

    Parameters
    ----------
    layer : str
        "thin" for the membrane, "thick" for the pellet.
    residual : bool, optional
        Whether 0.45 Ohm were left in the printed resistance: the membrane is then more
        conductive, and follows the temperature as the pellet does.
    wires : bool, optional
        Whether the 1.83 Ohm of wires, which the paper subtracts, are in the spectrum.

    Returns
    -------
    pybamm.ParameterValues
        For `SymmetricCell` with electrodes that block.

    Raises
    ------
    InputError
        If there is no such layer.
    """
    if layer not in LAYERS:
        raise InputError(f"layer '{layer}'; accepted: {', '.join(LAYERS)}")
    electrolyte, geometry = LAYERS[layer]
    thickness = printed("geometry_and_loading", geometry, "eis_um", unit="um", si="m")
    conductance = printed("transport", layer, "conductance_mS", unit="mS", si="S")
    left = RESIDUAL_RESISTANCE.number if residual else 0.0
    if residual and layer == "thin":
        electrolyte = membrane_with_residual_resistance(RESIDUAL_RESISTANCE)
    area = foil_area()
    contact = left
    if wires:
        contact += printed("transport", "external_resistance_ohm")
    values = pybamm.ParameterValues(thin_halide())
    kelvin = printed("transport", layer, "T_C", unit="C", si="K")
    values.update(
        {
            "Electrode height [m]": math.sqrt(area),
            "Electrode width [m]": math.sqrt(area),
            "Separator thickness [m]": thickness,
            "Separator electrolyte conductivity [S.m-1]": (
                thickness / (area * (1 / conductance - left))
            ),
            "Separator electrolyte conductivity activation energy [J.mol-1]": (
                electrolyte.activation_energy.number
            ),
            "Reference temperature [K]": kelvin,
            "Ambient temperature [K]": kelvin,
            "Negative electrode interface resistance [Ohm.m2]": 0.0,
            "Contact resistance [Ohm]": contact,
        },
        check_already_exists=False,
    )
    return values
