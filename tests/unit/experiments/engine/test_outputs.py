"""Energies of a cell are told per mass and volume of what is counted."""

import pybamm
import pytest

from aslb.experiments.engine.outputs import Outputs, energies
from aslb.parameters.composition.masses import BOUNDARIES

LAYERS = ("Positive electrode", "Separator", "Negative electrode")


def test_energies_are_closed_forms_of_areas_densities_and_thicknesses():
    sizes = {"Electrode height [m]": 2.0, "Electrode width [m]": 3.0}
    for layer, density, thickness in zip(
        LAYERS, (4e3, 2e3, 1e3), (1, 2, 4), strict=True
    ):
        sizes[f"{layer} density [kg.m-3]"] = density
        sizes[f"{layer} thickness [m]"] = thickness * 1e-4
    outputs = Outputs(
        (), energies=("specific_energy", "energy_density"), boundaries=BOUNDARIES[:3]
    )
    found = energies(outputs, 12.0, pybamm.ParameterValues(sizes))
    masses, litres = [0.4, 0.8, 1.2], [0.1, 0.3, 0.7]  # per square metre
    assert found == pytest.approx([2 / size for size in (*masses, *litres)], rel=1e-12)


def test_there_are_none_if_none_is_asked_for():
    assert energies(Outputs(()), 12.0, pybamm.ParameterValues({})) == []
