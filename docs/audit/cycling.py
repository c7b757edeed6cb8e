"""Checks of capacities, efficiencies, shifts of the charge, and cycling."""

from __future__ import annotations

import math
from typing import Any

from aslb.parameters.materials import indium_lithium
from aslb.parameters.materials.constants import FARADAY
from aslb.parameters.quantity import Interval, computed
from audit.check import Check, known
from audit.printed import printed
from audit.transport import BOLTZMANN, CELSIUS

ROOM = 22  # °C, a cool room
OXIDATION = "an oxidation of catholyte in the first charge, fitted to this number"


def _area_resistance(
    thickness_um: float, conductivity_mS_cm: float, energy_eV: float, measured_C: float
) -> float:
    """Area resistance of a layer [Ohm.cm2] at room temperature, with σT Arrhenius."""
    warm, cool = measured_C + CELSIUS, ROOM + CELSIUS
    factor = cool / warm * math.exp(energy_eV / BOLTZMANN * (1 / cool - 1 / warm))
    return 0.1 * thickness_um / conductivity_mS_cm * factor


def cycling_checks(paper: dict[str, Any]) -> list[Check]:
    """Checks of capacities, efficiencies, shifts and cycling."""
    first, rates = paper["first_cycle_at_C20"], paper["rate_capability_mAh_g"]["cell-3"]
    geometry, protocol = paper["geometry_and_loading"], paper["protocol"]
    loading = printed(geometry["active_loading_mg_cm2"])
    one_c = protocol["one_C_mA_per_g_active"]
    discharged = first["discharge_capacity_mAh_g"]
    efficiency = first["coulombic_efficiency_percent"]
    shifts = first["charge_potential_shift_mV"]
    long = paper["long_cycling_cell_3"]
    transport = paper["transport"]
    current = computed(lambda load: one_c / 20 * load * 1e-3, loading)  # mA/cm2
    foil_um = geometry["eis_indium_foil"]["thickness_um"]
    foil_capacity = computed(
        lambda rho, um, molar: 1e-4 * um * rho / molar * FARADAY.number / 3.6,
        known(indium_lithium.DENSITY, 1e-3),
        float(foil_um),
        indium_lithium.MOLAR_MASS.number * 1e3,
    )
    separators = computed(
        lambda thick_um, thick, thin_um, thin: (
            0.1 * (thick_um / thick - thin_um / thin)
        ),
        printed(geometry["thick_pellet"]["thickness_um"]),
        printed(transport["thick"]["conductivity_mS_cm"]),
        printed(geometry["thin_membrane"]["thickness_um"]),
        printed(transport["thin"]["conductivity_mS_cm"]),
    )
    energies = transport["activation_energy_eV"]
    cool = sum(
        sign
        * _area_resistance(
            geometry[layer]["thickness_um"],
            transport[name]["conductivity_mS_cm"],
            energies[name],
            transport[name]["T_C"],
        )
        for sign, name, layer in (
            (1, "thick", "thick_pellet"),
            (-1, "thin", "thin_membrane"),
        )
    )
    checks = [
        Check(
            f"Charge of the first cycle that {cell} does not return",
            f"{discharged[cell]} mAh/g; {efficiency[cell]} %",
            None,
            computed(
                lambda mah_g, percent: mah_g * (100 / percent - 1),
                printed(discharged[cell]),
                printed(efficiency[cell]),
            ),
            "mAh/g",
            adopted,
            reason,
        )
        for cell, adopted, reason in (
            ("cell-1", OXIDATION, "a side reaction of sulfide and LCO"),
            (
                "cell-2",
                OXIDATION,
                "kinetics and the halide; less than half of cell-1's",
            ),
            (
                "cell-3",
                "no oxidation of catholyte",
                "small enough for the end of the discharge to explain it",
            ),
        )
    ]
    return [
        *checks,
        Check(
            "First discharge against the rate test, at C/20",
            f"{discharged['cell-3']} (fig 6E) and {rates['C/20']} mAh/g (fig 6F)",
            printed(discharged["cell-3"]),
            printed(rates["C/20"]),
            "mAh/g",
            "each figure with its own number",
            "another cell, or a later cycle; the spread is a measure of what can be "
            "predicted",
        ),
        Check(
            "Capacity that C/10 costs after C/20",
            f"{rates['C/20']} at C/20 and {rates['C/10']} mAh/g at C/10",
            Interval(math.nan, 0.0, math.inf),
            computed(
                lambda slow, fast: slow - fast,
                printed(rates["C/20"]),
                printed(rates["C/10"]),
            ),
            "mAh/g",
            "both, with a spread",
            "a faster discharge gives no more; within rounding the two can be equal, "
            "so that the first cycles are still gaining",
        ),
        Check(
            "Recovered capacity, if at C/20 as in the protocol",
            f"{rates['recovered']} and {rates['C/20']} mAh/g; C/20 (experimental), "
            "C/10 (results)",
            Interval(100.0, 0.0, 100.0),
            computed(
                lambda after, before: 100 * after / before,
                printed(rates["recovered"]),
                printed(rates["C/20"]),
            ),
            "%",
            "C/20",
            f"at C/10 it would be {100 * rates['recovered'] / rates['C/10']:.1f} %: "
            "the two readings differ by less than the spread",
        ),
        Check(
            "Area resistance of cell-2 beyond cell-3, by the shift of the charge",
            f"{shifts['cell-3 below cell-2']} mV; {current.value:.4f} mA/cm²",
            separators,
            computed(
                lambda mv, ma: mv / ma, printed(shifts["cell-3 below cell-2"]), current
            ),
            "Ω cm²",
            "the rest as contact of a foil pressed at 100 instead of 300 MPa",
            f"the two separators differ by {separators.value:.0f} Ω cm² at "
            f"{transport['thick']['T_C']} °C, and by {cool:.0f} at {ROOM} °C",
        ),
        Check(
            "Area resistance of cell-1 beyond cell-2, by the shift of the charge",
            f"{shifts['cell-2 below cell-1']} mV; {current.value:.4f} mA/cm²",
            None,
            computed(
                lambda mv, ma: mv / ma, printed(shifts["cell-2 below cell-1"]), current
            ),
            "Ω cm²",
            "interphase of LCO with sulfide",
            "the two cells differ in their catholyte only",
        ),
        Check(
            "Lithium that the charge adds to the foil",
            f"{foil_um} µm of In; {discharged['cell-3']} mAh/g at "
            f"{efficiency['cell-3']} %",
            Interval(math.nan, 0.0, 1.0),
            computed(
                lambda mah_g, percent, load, host: 0.1 * mah_g / percent * load / host,
                printed(discharged["cell-3"]),
                printed(efficiency["cell-3"]),
                loading,
                foil_capacity,
            ),
            "Li per In",
            "finite inventory; the ratio as assembled is assumed",
            f"{foil_capacity.value:.2f} mAh/cm² fill the foil to LiIn, so that the "
            "plateau holds if the foil starts with less than what is left",
        ),
        Check(
            "Coulombic efficiency that the fade over 200 cycles allows",
            f"{long['retention_after_200_percent']} % after "
            f"{protocol['cycling']['cycles']} cycles; above "
            f"{long['coulombic_efficiency_above_percent']} %",
            Interval(
                math.nan, long["coulombic_efficiency_above_percent"] - 0.05, 100.0
            ),
            computed(
                lambda percent: (
                    100 * (percent / 100) ** (1 / protocol["cycling"]["cycles"])
                ),
                printed(long["retention_after_200_percent"]),
            ),
            "%",
            "no lithium is lost in the model",
            "consistent even if all the fade were lost lithium",
        ),
        Check(
            "Long cycling against the rate test, at C/5",
            f"{long['initial_mAh_g']} (fig 6G) and {rates['C/5']} mAh/g (fig 6F)",
            printed(long["initial_mAh_g"]),
            printed(rates["C/5"]),
            "mAh/g",
            "each figure with its own number",
            "another cell: a spread of 3 %",
        ),
        Check(
            "Current of 1C against the critical one of Li | Li",
            f"{one_c} mA/g; {loading.value} mg/cm²; "
            f"{paper['li_symmetric_cell']['critical_current_density_mA_cm2']['thin']} "
            "mA/cm²",
            Interval(
                math.nan,
                0.0,
                paper["li_symmetric_cell"]["critical_current_density_mA_cm2"]["thin"],
            ),
            computed(lambda load: 1e-3 * one_c * load, loading),
            "mA/cm²",
            "no dendrites in the model",
            "1C is possible because In–Li is not Li: E3's energy is not to be had at "
            "the rates of figure 6F",
        ),
    ]
