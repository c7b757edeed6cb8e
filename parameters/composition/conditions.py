"""What a cell needs beside layers: area, nominal capacity, cut-offs, temperatures."""

from __future__ import annotations

from aslb.parameters.quantity import Quantities, Quantity, derive


def conditions(
    layers: Quantities,
    *,
    area: Quantity,
    one_c: Quantity,
    lower_cutoff: Quantity,
    upper_cutoff: Quantity,
    plateau: Quantity,
    ambient: Quantity,
    reference: Quantity,
) -> dict[str, Quantity]:
    """Area, nominal capacity, cut-offs, temperatures and initial state of a cell.

    Parameters
    ----------
    layers : mapping of str to Quantity
        The quantities of the layers.
    area : Quantity
        Area of the cell [m2].
    one_c : Quantity
        Current of 1C per mass of active material [A.h.kg-1].
    lower_cutoff, upper_cutoff : Quantity
        Cut-off voltages against the foil [V].
    plateau : Quantity
        Potential of the foil against Li/Li⁺ [V].
    ambient, reference : Quantity
        Temperature of the cell, and that of its conductivities [K].

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.
    """
    side = derive(
        "m",
        "square of the area of the cell",
        lambda area: area**0.5,
        area=area,
    )
    capacity = derive(
        "A.h",
        "1C times mass of active material",
        lambda one_c, mass, area: one_c * mass * area,
        one_c=one_c,
        mass=layers["Positive electrode active material areal mass [kg.m-2]"],
        area=area,
    )
    single = Quantity(1.0, "1", "setting", "one cell")
    return {
        "Electrode height [m]": side,
        "Electrode width [m]": side,
        "Nominal cell capacity [A.h]": capacity,
        # As assembled the cell is discharged, so that a plain simulation charges it,
        # slowly: LCO that is full of lithium hardly conducts
        "Current function [A]": derive(
            "A",
            "charge at C/10",
            lambda capacity, hours: -capacity / hours,
            capacity=capacity,
            hours=Quantity(10.0, "h", "setting", "C/10"),
        ),
        "Lower voltage cut-off [V]": lower_cutoff,
        "Upper voltage cut-off [V]": upper_cutoff,
        # PyBaMM finds lithiations from these with the cathode's potential alone, so
        # they are against Li/Li+
        "Open-circuit voltage at 0% SOC [V]": derive(
            "V",
            "lower cut-off plus potential of the foil",
            lambda cutoff, plateau: cutoff + plateau,
            cutoff=lower_cutoff,
            plateau=plateau,
        ),
        "Open-circuit voltage at 100% SOC [V]": derive(
            "V",
            "upper cut-off plus potential of the foil",
            lambda cutoff, plateau: cutoff + plateau,
            cutoff=upper_cutoff,
            plateau=plateau,
        ),
        "Ambient temperature [K]": ambient,
        "Initial temperature [K]": ambient,
        "Reference temperature [K]": reference,
        "Initial concentration in positive electrode [mol.m-3]": derive(
            "mol.m-3",
            "stoichiometry as assembled",
            lambda sto, c_max: sto * c_max,
            sto=layers["Positive electrode stoichiometry as assembled"],
            c_max=layers["Maximum concentration in positive electrode [mol.m-3]"],
        ),
        "Number of electrodes connected in parallel to make a cell": single,
        "Number of cells connected in series to make a battery": single,
        "Lithium metal partial molar volume [m3.mol-1]": Quantity(
            1.3e-5,
            "m3.mol-1",
            "literature",
            "molar volume of lithium; enters no equation here",
        ),
    }
