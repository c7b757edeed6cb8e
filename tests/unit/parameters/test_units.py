"""What stands for what, against factors written anew."""

import pytest

from aslb.parameters.units import SPELLINGS, conversion, split_word, symbol

FACTORS = {
    ("%", ""): 0.01,
    ("um", "m"): 1e-6,
    ("nm", "m"): 1e-9,
    ("cm2", "m2"): 1e-4,
    ("mS.cm-1", "S.m-1"): 0.1,
    ("S.cm-1", "S.m-1"): 100,
    ("Ohm.cm2", "Ohm.m2"): 1e-4,
    ("cm2.s-1", "m2.s-1"): 1e-4,
    ("mA.cm-2", "A.m-2"): 10,
    ("mA.g-1", "A.kg-1"): 1,
    ("mA.h.cm-2", "A.h.m-2"): 10,
    ("mAh.cm-2", "A.h.m-2"): 10,
    ("mA.h.m-2", "A.h.m-2"): 1e-3,
    ("mAh.m-2", "A.h.m-2"): 1e-3,
    ("mg.cm-2", "kg.m-2"): 0.01,
    ("g.cm-3", "kg.m-3"): 1000,
    ("g.mol-1", "kg.mol-1"): 1e-3,
    ("kJ.mol-1", "J.mol-1"): 1000,
    ("mAh", "A.h"): 1e-3,
}


@pytest.mark.parametrize(("unit", "si"), FACTORS)
def test_factors_are_exact(unit, si):
    assert unit in SPELLINGS[si]
    assert conversion(unit, si) == (FACTORS[unit, si], 0.0)


def test_every_spelling_converts():
    for si, others in SPELLINGS.items():
        for unit in (si, *others):
            assert conversion(unit, si)[0] > 0


def test_an_electronvolt_is_that_of_a_mole_of_particles():
    assert conversion("eV", "J.mol-1")[0] == pytest.approx(96485.33212, rel=1e-9)


def test_celsius_has_a_zero():
    assert conversion("C", "K") == (1.0, 273.15)


@pytest.mark.parametrize(
    ("word", "parts", "written"),
    [
        ("thickness_um", ("thickness", "um"), "µm"),
        ("areal_mass_mg_cm2", ("areal_mass", "mg.cm-2"), "mg/cm²"),
        ("area_cm2", ("area", "cm2"), "cm²"),
        ("foil_ohm_cm2", ("foil", "Ohm.cm2"), "Ω cm²"),
        (
            "catholyte_oxidation_mAh_m2",
            ("catholyte_oxidation", "mAh.m-2"),
            "mAh/m²",
        ),
        ("activation_energy_eV", ("activation_energy", "eV"), "eV"),
        ("lithium_to_indium", ("lithium_to_indium", ""), ""),
    ],
)
def test_words_of_files_end_in_their_unit(word, parts, written):
    assert split_word(word) == parts
    assert symbol(parts[1]) == written
