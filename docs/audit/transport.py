"""Checks of resistances, conductivities and activation energies."""

from __future__ import annotations

import functools
import math
from typing import Any

from scipy.optimize import brentq

from aslb.parameters.materials.constants import EV, GAS
from aslb.parameters.materials.solid_electrolytes import RESIDUAL_RESISTANCE
from aslb.parameters.quantity import Interval, computed
from audit.check import Check
from audit.geometry import circle
from audit.printed import printed

CELSIUS = 273.15
HOT = 100  # °C, the upper of the two printed temperatures
BOLTZMANN = GAS.number / EV  # eV/K


def activation_energy(
    cold_mS: float,
    hot_mS: float,
    cold_C: float,
    hot_C: float,
    *,
    prefactor: bool = True,
    residual_ohm: float = 0.0,
) -> float:
    """Activation energy [eV] from two conductances.

    Parameters
    ----------
    cold_mS, hot_mS : float
        Conductances [mS].
    cold_C, hot_C : float
        Their temperatures [°C].
    prefactor : bool, optional
        Whether σT, and not σ, follows Arrhenius' law.
    residual_ohm : float, optional
        Resistance of something else still in both [Ω].
    """
    T_cold, T_hot = cold_C + CELSIUS, hot_C + CELSIUS
    ratio = (1e3 / cold_mS - residual_ohm) / (1e3 / hot_mS - residual_ohm)
    if prefactor:
        ratio *= T_hot / T_cold
    return BOLTZMANN * math.log(ratio) / (1 / T_cold - 1 / T_hot)


def common_residual(transport: dict[str, Any]) -> tuple[float, float]:
    """Resistance in both cells [Ω] that makes their activation energies one [eV]."""
    thin, thick, hot = transport["thin"], transport["thick"], transport["at_100C"]

    def energies(residual):
        return [
            activation_energy(
                layer["conductance_mS"],
                hot[f"{name}_conductance_mS"],
                layer["T_C"],
                HOT,
                residual_ohm=residual,
            )
            for name, layer in (("thin", thin), ("thick", thick))
        ]

    highest = 0.999 * 1e3 / hot["thin_conductance_mS"]
    root = brentq(lambda r: energies(r)[0] - energies(r)[1], 0, highest)
    return float(root), energies(root)[0]


def transport_checks(paper: dict[str, Any]) -> list[Check]:
    """Checks of resistances, conductivities and activation energies."""
    data, geometry = paper["transport"], paper["geometry_and_loading"]
    thin, thick, hot = data["thin"], data["thick"], data["at_100C"]
    die = computed(circle, printed(geometry["die_diameter_mm"]))
    foil_mm = geometry["eis_indium_foil"]["diameter_mm"]
    foil = computed(circle, printed(foil_mm))
    thin_um = geometry["thin_membrane"]["eis_um"]
    thick_um = geometry["thick_pellet"]["eis_um"]
    residual, shared = common_residual(data)
    reasonable = "the conductivities are taken, not the resistances"

    def conductivity(thickness_um, resistance_ohm, area):
        return 0.1 * thickness_um / (resistance_ohm * area)  # mS/cm

    def conductivity_check(name, thickness_um, resistance, area, claimed, reason):
        return Check(
            name,
            f"{thickness_um} µm; {resistance.value:.4g} Ω; {claimed} mS/cm",
            printed(claimed),
            computed(conductivity, printed(thickness_um), resistance, area),
            "mS/cm",
            f"{claimed} mS/cm",
            reason,
        )

    def energy_check(name, layer, claimed, adopted, reason, **options):
        cold_mS, cold_C = data[layer]["conductance_mS"], data[layer]["T_C"]
        hot_mS = hot[f"{layer}_conductance_mS"]
        return Check(
            name,
            f"{cold_mS} mS at {cold_C} °C; {hot_mS} mS at {HOT} °C; {claimed} eV",
            printed(claimed),
            computed(
                functools.partial(activation_energy, **options),
                printed(cold_mS),
                printed(hot_mS),
                printed(cold_C),
                printed(HOT),
            ),
            "eV",
            adopted,
            reason,
        )

    inverse = computed(lambda mS: 1e3 / mS, printed(thick["conductance_mS"]))
    claimed_thin = data["activation_energy_eV"]["thin"]
    claimed_thick = data["activation_energy_eV"]["thick"]
    as_printed = "as printed, with σT; range up to the other layer's"
    left_over = RESIDUAL_RESISTANCE.number
    return [
        Check(
            "Resistance of the membrane from its conductance",
            f"{thin['conductance_mS']} mS; {thin['resistance_ohm']} Ω",
            printed(thin["resistance_ohm"]),
            computed(lambda mS: 1e3 / mS, printed(thin["conductance_mS"])),
            "Ω",
            "neither",
            reasonable,
        ),
        Check(
            "Resistance of the pellet from its conductance",
            f"{thick['conductance_mS']} mS; {thick['resistance_ohm']} Ω",
            printed(thick["resistance_ohm"]),
            inverse,
            "Ω",
            "neither",
            f"{thick['areal_resistance_ohm_cm2']} is printed as Ω cm² elsewhere, so "
            f"that {thick['resistance_ohm']} looks like a slip",
        ),
        Check(
            "Area resistance of the membrane, on the die",
            f"{thin['resistance_ohm']} Ω; {thin['areal_resistance_ohm_cm2']} Ω cm²",
            printed(thin["areal_resistance_ohm_cm2"]),
            computed(lambda r, a: r * a, printed(thin["resistance_ohm"]), die),
            "Ω cm²",
            "thickness over conductivity",
            "the die's area was used; the current flowed through the smaller foil",
        ),
        Check(
            "Area resistance of the pellet, on the die",
            f"{inverse.value:.2f} Ω; {thick['areal_resistance_ohm_cm2']} Ω cm²",
            printed(thick["areal_resistance_ohm_cm2"]),
            computed(lambda r, a: r * a, inverse, die),
            "Ω cm²",
            "thickness over conductivity",
            "the printed number is the resistance in Ω: no area was applied",
        ),
        Check(
            "Area resistance of the pellet, on the foil",
            f"{inverse.value:.2f} Ω; {thick_um} µm; "
            f"{thick['conductivity_mS_cm']} mS/cm",
            computed(
                lambda um, sigma: 0.1 * um / sigma,
                printed(thick_um),
                printed(thick["conductivity_mS_cm"]),
            ),
            computed(lambda r, a: r * a, inverse, foil),
            "Ω cm²",
            "thickness over conductivity",
            f"the {foil_mm} mm foil is the area behind the printed conductivity",
        ),
        conductivity_check(
            "Conductivity of the pellet, on the foil",
            thick_um,
            inverse,
            foil,
            thick["conductivity_mS_cm"],
            "consistent on the foil, and not on the die",
        ),
        conductivity_check(
            "Conductivity of the pellet at 100 °C, on the foil",
            thick_um,
            computed(lambda mS: 1e3 / mS, printed(hot["thick_conductance_mS"])),
            foil,
            hot["thick_conductivity_mS_cm"],
            "as at 30 °C",
        ),
        conductivity_check(
            "Conductivity of the membrane, on the foil",
            thin_um,
            printed(thin["resistance_ohm"]),
            foil,
            thin["conductivity_mS_cm"],
            "5 % short even with the thickest of the printed thicknesses; the range "
            "covers it",
        ),
        conductivity_check(
            "Conductivity of the membrane, on the die",
            thin_um,
            printed(thin["resistance_ohm"]),
            die,
            thin["conductivity_mS_cm"],
            "the area behind the printed 4.32 Ω cm² does not give the conductivity",
        ),
        energy_check(
            "Activation energy of the pellet",
            "thick",
            claimed_thick,
            as_printed,
            "two temperatures give the paper's fit",
        ),
        energy_check(
            "Activation energy of the pellet, of σ alone",
            "thick",
            claimed_thick,
            as_printed,
            "the paper's law has the prefactor T",
            prefactor=False,
        ),
        energy_check(
            "Activation energy of the membrane",
            "thin",
            claimed_thin,
            as_printed,
            "consistent, though the same sulfide has 0.42 eV in the pellet",
        ),
        energy_check(
            "Activation energy of the membrane, of σ alone",
            "thin",
            claimed_thin,
            as_printed,
            "the paper's law has the prefactor T",
            prefactor=False,
        ),
        energy_check(
            f"Activation energy of the membrane, {left_over:g} Ω less, against that of "
            "the pellet",
            "thin",
            claimed_thick,
            "an option: membrane_with_residual_resistance",
            f"an external {data['external_resistance_ohm']} Ω was subtracted; "
            f"{left_over:g} Ω too little would make the membrane's energy the pellet's",
            residual_ohm=left_over,
        ),
        Check(
            "Resistance left in both cells that makes both energies one",
            f"{data['external_resistance_ohm']} Ω subtracted",
            None,
            Interval(residual, residual, residual),
            "Ω",
            "none",
            f"both energies are then {shared:.3f} eV: a residual that both cells share "
            "raises the pellet's too",
        ),
    ]
