"""Checks of areas, loadings, densities and pores."""

from __future__ import annotations

import math
from typing import Any

from aslb.parameters.materials import lithium_cobalt_oxide
from aslb.parameters.materials.solid_electrolytes import (
    ETHYL_CELLULOSE_DENSITY,
    HALIDE,
    SULFIDE_PELLET,
)
from aslb.parameters.quantity import computed
from audit.check import Check, known
from audit.printed import printed

G_CM3 = 1e-3  # per kg/m3


def circle(diameter_mm: float) -> float:
    """Area [cm2] of a circle of a diameter [mm]."""
    return math.pi / 4 * (0.1 * diameter_mm) ** 2


def density(areal_mg_cm2: float, thickness_um: float) -> float:
    """Density [g/cm3] of a layer."""
    return 10 * areal_mg_cm2 / thickness_um


def geometry_checks(paper: dict[str, Any]) -> list[Check]:
    """Checks of areas, loadings, densities and pores."""
    data = paper["geometry_and_loading"]
    membrane, pellet = data["thin_membrane"], data["thick_pellet"]
    tomography = paper["membrane_microstructure"]
    die = computed(circle, printed(data["die_diameter_mm"]))
    composite = printed(data["cathode_composite_loading_mg_cm2"])
    lco, halide = data["lco_to_halide_mass_ratio"]
    fraction = lco / (lco + halide)
    sulfide = known(SULFIDE_PELLET.density, G_CM3)
    binder = known(ETHYL_CELLULOSE_DENSITY, G_CM3)
    binder_mass = paper["materials"]["binder"]["mass_fraction_in_membrane"]

    def cathode_pores(areal, thickness, rho_lco, rho_halide):
        volume = fraction / rho_lco + (1 - fraction) / rho_halide
        return 100 * (1 - density(areal, thickness) * volume)

    def membrane_pores(areal, thickness, rho_sulfide, rho_binder):
        volume = (1 - binder_mass) / rho_sulfide + binder_mass / rho_binder
        return 100 * (1 - density(areal, thickness) * volume)

    def binder_share(sulfide_volume, binder_volume, rho_sulfide, rho_binder):
        mass = binder_volume * rho_binder
        return mass / (mass + sulfide_volume * rho_sulfide)

    checks = [
        Check(
            f"Cell area from the {layer}",
            f"{powder} mg; {areal} mg/cm²; die {data['die_diameter_mm']} mm",
            die,
            computed(lambda mass, load: mass / load, printed(powder), printed(areal)),
            "cm²",
            f"{die.value:.3f} cm², the die",
            "both powders give the die's area, rounded to 1.26",
        )
        for layer, powder, areal in (
            (
                "cathode",
                data["cathode_powder_mg"],
                data["cathode_composite_loading_mg_cm2"],
            ),
            ("pellet", pellet["powder_mg"], pellet["areal_mass_mg_cm2"]),
        )
    ]
    volumes = tomography["volume_fraction"]
    return [
        *checks,
        Check(
            "LCO loading",
            f"{composite.value} mg/cm² at {lco}:{halide}; "
            f"{data['active_loading_mg_cm2']} mg/cm²",
            printed(data["active_loading_mg_cm2"]),
            computed(lambda load: fraction * load, composite),
            "mg/cm²",
            "composite loading times mass ratio",
            "the text's 15.9 is the same number, rounded",
        ),
        Check(
            "Pores in the cathode, by mass",
            f"{composite.value} mg/cm²; {data['cathode_thickness_um']} µm",
            None,
            computed(
                cathode_pores,
                composite,
                printed(data["cathode_thickness_um"]),
                known(lithium_cobalt_oxide.DENSITY, G_CM3),
                known(HALIDE.density, G_CM3),
            ),
            "vol%",
            "volume fractions from mass, densities and thickness",
            "nothing printed to compare with; 1 µm of thickness is 1.5 vol%",
        ),
        Check(
            "Pores in the membrane, by mass",
            f"{membrane['areal_mass_mg_cm2']} mg/cm²; {membrane['thickness_um']} µm; "
            f"tomography {100 * volumes['pores']:.3f} vol%",
            printed(round(100 * volumes["pores"], 6)),
            computed(
                membrane_pores,
                printed(membrane["areal_mass_mg_cm2"]),
                printed(membrane["thickness_um"]),
                sulfide,
                binder,
            ),
            "vol%",
            "by mass; it does not enter the conductivity, which is the layer's own",
            "voxels of 2.46 µm cannot show pores that are smaller",
        ),
        Check(
            "Pores in the membrane if it is as thick as in the micrograph",
            f"{membrane['areal_mass_mg_cm2']} mg/cm²; {membrane['sem_um']} µm",
            None,
            computed(
                membrane_pores,
                printed(membrane["areal_mass_mg_cm2"]),
                printed(membrane["sem_um"]),
                sulfide,
                binder,
            ),
            "vol%",
            f"{membrane['thickness_um']} µm, range 45 to 52",
            "47, 50 and 52 µm are all printed; energies per volume need 50 (below)",
        ),
        Check(
            "Binder in the membrane, from tomography",
            f"{100 * binder_mass:g} wt%; {volumes['ethyl_cellulose']} and "
            f"{volumes['li6ps5cl']} by volume",
            printed(binder_mass),
            computed(
                binder_share,
                printed(volumes["li6ps5cl"]),
                printed(volumes["ethyl_cellulose"]),
                sulfide,
                binder,
            ),
            "mass fraction",
            f"{100 * binder_mass:g} wt%, as weighed",
            "tomography finds the binder, if not the pores",
        ),
        Check(
            "Pores in the pellet, by mass",
            f"{pellet['areal_mass_mg_cm2']} mg/cm²; {pellet['thickness_um']} µm; "
            f"{100 * tomography['cold_pressed_pellet_porosity_literature']:g} vol% "
            "quoted for cold-pressed pellets",
            printed(round(100 * tomography["cold_pressed_pellet_porosity_literature"])),
            computed(
                lambda areal, thickness, rho: (
                    100 * (1 - density(areal, thickness) / rho)
                ),
                printed(pellet["areal_mass_mg_cm2"]),
                printed(pellet["thickness_um"]),
                sulfide,
            ),
            "vol%",
            "by mass",
            "this pellet is denser than the one that is quoted",
        ),
    ]
