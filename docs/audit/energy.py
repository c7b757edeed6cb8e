"""Checks of the printed energy densities."""

from __future__ import annotations

from typing import Any

import pybamm

from aslb.experiments.validation.cao2021 import arithmetic
from aslb.experiments.validation.cao2021.arithmetic import mean_potential_over
from aslb.parameters.composition.anode import LITHIUM_THICKNESS
from aslb.parameters.materials import indium_lithium, lithium_metal
from aslb.parameters.quantity import Interval, computed
from audit.check import Check, known
from audit.geometry import density
from audit.printed import between, printed
from audit.window import mean_of_window

ABSTRACT_WH_L = 675  # E1 as the abstract has it


def energy_checks(paper: dict[str, Any], cell: pybamm.ParameterValues) -> list[Check]:
    """Checks of the printed energy densities."""
    data, geometry = paper["energy_density"], paper["geometry_and_loading"]
    membrane = geometry["thin_membrane"]
    e1, e2, e3 = (
        {name: printed(value) for name, value in data[key].items()}
        for key in (
            "E1_cathode_membrane_anode",
            "E2_cathode_membrane",
            "E3_cathode_membrane_Li",
        )
    )
    mass = computed(
        lambda cathode, separator: cathode + separator,
        printed(geometry["cathode_composite_loading_mg_cm2"]),
        printed(membrane["areal_mass_mg_cm2"]),
    )
    cathode_um = printed(geometry["cathode_thickness_um"])
    energy = computed(lambda wh_kg, mg: 1e-3 * wh_kg * mg, e2["Wh_kg"], mass)
    stack = computed(lambda mwh, wh_l: 1e4 * mwh / wh_l, energy, e2["Wh_L"])
    loading = printed(geometry["active_loading_mg_cm2"])
    foil_um = printed(geometry["eis_indium_foil"]["thickness_um"])
    indium = known(indium_lithium.DENSITY, 1e-3)
    plateau = known(indium_lithium.PLATEAU)
    lithium = known(lithium_metal.DENSITY, 1e-3)
    li_um = LITHIUM_THICKNESS * 1e6
    capacities = (
        paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"],
        paper["rate_capability_mAh_g"]["cell-3"]["C/20"],
    )
    first = printed(capacities[0])

    anode_mass = computed(
        lambda wh_kg_1, wh_kg_2, mg: mg * (wh_kg_2 / wh_kg_1 - 1),
        e1["Wh_kg"],
        e2["Wh_kg"],
        mass,
    )
    anode_um = computed(
        lambda wh_l_1, wh_l_2, um: um * (wh_l_2 / wh_l_1 - 1),
        e1["Wh_L"],
        e2["Wh_L"],
        stack,
    )
    foil_mass = computed(lambda um, rho: 0.1 * um * rho, foil_um, indium)
    spare = anode_mass.value - foil_mass.value
    lithium_per_indium = (spare / lithium_metal.MOLAR_MASS.number) / (
        foil_mass.value / indium_lithium.MOLAR_MASS.number
    )
    e3_mass = computed(lambda mg, rho: mg + 0.1 * li_um * rho, mass, lithium)

    return [
        Check(
            "Thickness of cathode and membrane behind E2",
            f"{data['E2_cathode_membrane']['Wh_kg']} Wh/kg, "
            f"{data['E2_cathode_membrane']['Wh_L']} Wh/L; {mass.value:.2f} mg/cm²; "
            f"{cathode_um.value:g} and {membrane['thickness_um']} µm",
            computed(lambda a, b: a + b, cathode_um, printed(membrane["thickness_um"])),
            stack,
            "µm",
            f"{membrane['thickness_um']} µm of membrane; {membrane['sem_um']} is a "
            "reading of `aslb energy`",
            f"less the cathode, a membrane of {stack.value - cathode_um.value:.1f} µm: "
            f"the {membrane['sem_um']} of the micrograph",
        ),
        *(
            Check(
                f"Mean discharge voltage behind E2, at {capacity} mAh/g",
                f"{energy.value:.2f} mWh/cm² implied; {capacity} mAh/g",
                None,
                computed(
                    lambda mwh, mah_g, load: 1e3 * mwh / (mah_g * load),
                    energy,
                    printed(capacity),
                    loading,
                ),
                "V vs In–Li",
                "no energy of the paper is used",
                "at open circuit these mAh/g of all the LCO have "
                f"{mean_potential_over(cell, capacity) - plateau.value:.2f} V, and "
                "those of a fraction of it, over the whole window, "
                f"{mean_of_window(paper, cell) - plateau.value:.2f} V",
            )
            for capacity in capacities
        ),
        Check(
            "Capacity behind E3 less E2",
            f"E2 and E3; {li_um:g} µm of Li; {plateau.value} V; "
            f"{capacities[0]} and {capacities[1]} mAh/g",
            between(*capacities),
            computed(
                lambda wh_kg_3, wh_kg_2, mg, li, volt, load: (
                    (wh_kg_3 * (mg + li) - wh_kg_2 * mg) / (volt * load)
                ),
                e3["Wh_kg"],
                e2["Wh_kg"],
                mass,
                computed(lambda rho: 0.1 * li_um * rho, lithium),
                plateau.value,
                loading,
            ),
            "mAh/g",
            f"{li_um:g} µm of Li by default with `--anode Li`",
            "the difference in energy is 0.62 V times the capacity of the cell: E2 and "
            "E3 are one discharge",
        ),
        Check(
            "Thickness of the Li behind E3",
            "E2 and E3 in Wh/kg and Wh/L",
            None,
            computed(
                lambda wh_l, mwh, mah_g, load, um, volt: (
                    1e4 * (mwh + 1e-3 * volt * mah_g * load) / wh_l - um
                ),
                e3["Wh_L"],
                energy,
                first,
                loading,
                stack,
                plateau.value,
            ),
            "µm",
            f"{li_um:g} µm of Li by default with `--anode Li`",
            "not printed; the round number reproduces both energies within 0.5 %",
        ),
        Check(
            "Specific energy E3, from E2 and 0.62 V more",
            f"E2; {capacities[0]} mAh/g; "
            f"{data['E3_cathode_membrane_Li']['Wh_kg']} Wh/kg",
            e3["Wh_kg"],
            computed(
                lambda mwh, mah_g, load, mg, volt: (
                    1e3 * (mwh + 1e-3 * volt * mah_g * load) / mg
                ),
                energy,
                first,
                loading,
                e3_mass,
                plateau.value,
            ),
            "Wh/kg",
            f"{li_um:g} µm of Li by default with `--anode Li`",
            "consistent",
        ),
        Check(
            "Mass of the anode behind E1",
            f"E1 and E2 in Wh/kg; In foil {foil_um.value:g} µm",
            foil_mass,
            anode_mass,
            "mg/cm²",
            f"the In foil, {foil_um.value:g} µm, with the lithium it is assembled with",
            f"more than the foil: {spare:.1f} mg/cm² of lithium would be "
            f"{lithium_per_indium:.1f} Li per In, beyond LiIn and off its plateau",
        ),
        Check(
            "Thickness of the anode behind E1",
            f"E1 and E2 in Wh/L; In foil {foil_um.value:g} µm",
            foil_um,
            anode_um,
            "µm",
            f"{foil_um.value:g} µm",
            "the foil",
        ),
        Check(
            "Density of the anode behind E1",
            f"E1 and E2; indium {indium.value:.2f} g/cm³",
            indium,
            computed(density, anode_mass, anode_um),
            "g/cm³",
            "indium's",
            "alloying with lithium only lightens it, so that E1's mass and volume "
            "belong to no In–Li foil; 2 to 4 % of E1 stay unexplained",
        ),
        Check(
            "E1 in the abstract",
            f"{ABSTRACT_WH_L} Wh/L in the abstract, {e1['Wh_L'].value:g} in the text",
            e1["Wh_L"],
            printed(ABSTRACT_WH_L),
            "Wh/L",
            "the text's",
            "the text's gives the foil's thickness",
        ),
    ]


def sheet_cell_checks(paper: dict[str, Any]) -> list[Check]:
    """Checks of the cell that figure 1F is solved for."""
    study = paper["energy_density"]["thickness_study_LCO_Li"]
    geometry = paper["geometry_and_loading"]
    cathode_um, pellet = geometry["cathode_thickness_um"], geometry["thick_pellet"]

    def solved(attribute: str) -> Interval:
        # separator thicknesses of an estimate are exact
        return computed(
            lambda *energies: getattr(
                arithmetic.sheet_cell(
                    study["thickness_um"], energies[:2], energies[2:]
                ),
                attribute,
            ),
            *(printed(value) for value in (*study["Wh_kg"], *study["Wh_L"])),
        )

    four = "; ".join(
        f"{um} µm: {wh_kg} Wh/kg, {wh_l} Wh/L"
        for um, wh_kg, wh_l in zip(*study.values(), strict=True)
    )
    return [
        Check(
            f"Figure 1F solved: {what}",
            four,
            claimed,
            solved(attribute),
            unit,
            "no parameter set; a reading of `aslb energy`",
            reason,
        )
        for attribute, what, unit, claimed, reason in (
            (
                "energy",
                "discharge energy",
                "mWh/cm²",
                None,
                "four numbers, four unknowns: nothing is left to test it with",
            ),
            (
                "thickness",
                "thickness of everything but the separator",
                "µm",
                None,
                f"{cathode_um:g} µm of cathode would leave "
                f"{solved('thickness').value - cathode_um:.0f} µm of Li",
            ),
            (
                "areal_mass",
                "mass of everything but the separator",
                "mg/cm²",
                None,
                "little more than the composite cathode alone",
            ),
            (
                "separator_density",
                "density of the separator",
                "g/cm³",
                computed(
                    density,
                    printed(pellet["areal_mass_mg_cm2"]),
                    printed(pellet["thickness_um"]),
                ),
                "less dense than the pellet of cell-1 and cell-2, let alone the "
                "membrane",
            ),
        )
    ]
