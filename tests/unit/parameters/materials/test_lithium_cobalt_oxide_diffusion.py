"""Three forms of diffusion in LiCoO2, against numbers worked out by hand."""

import pybamm
import pytest

from aslb.parameters import values
from aslb.parameters.composition.cell_file import ACTIVE_MATERIALS
from aslb.parameters.materials.active_material import DIFFUSIVITY
from aslb.parameters.materials.lithium_cobalt_oxide_diffusion import DIFFUSION

LEVEL = "Positive particle diffusivity at three quarters [m2.s-1]"
SLOPE = "Positive particle diffusivity slope"
UNIFORM = "Positive particle uniform diffusivity [m2.s-1]"


def diffusivity(name, x, **changed):
    """D of a form at a lithiation [m2/s]."""
    parameters = pybamm.ParameterValues(values(DIFFUSION[name]) | changed)
    law = DIFFUSION[name][DIFFUSIVITY].value
    return parameters.evaluate(law(pybamm.Scalar(x), 298.15))


@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("LCO", 0.3, 1e-14),
        ("LCO", 0.6, 10**-14.5),
        ("LCO", 0.9, 1e-15),
        ("LCO log-linear", 0.25, 2e-14),
        ("LCO log-linear", 0.75, 2e-15),
        ("LCO log-linear", 1.0, 2e-15 / 10**0.5),
        ("LCO two sizes", 0.1, 1e-14),
        ("LCO two sizes", 0.9, 1e-14),
    ],
)
def test_diffusivity_is_the_one_by_hand(name, x, expected):
    assert diffusivity(name, x) == pytest.approx(expected, rel=1e-5, abs=0)


def test_parameters_of_a_form_change_it():
    steep = diffusivity("LCO log-linear", 0.25, **{LEVEL: 1e-15, SLOPE: 4.0})
    assert steep == pytest.approx(1e-13, rel=1e-6, abs=0)
    flat = diffusivity("LCO log-linear", 0.1, **{SLOPE: 0.0})
    assert flat == pytest.approx(2e-15, rel=1e-6, abs=0)
    assert diffusivity("LCO two sizes", 0.5, **{UNIFORM: 3e-15}) == 3e-15


def test_forms_differ_in_diffusion_only():
    plain = ACTIVE_MATERIALS["LCO"]
    for name, diffusion in DIFFUSION.items():
        material = ACTIVE_MATERIALS[name]
        assert (material.name, material.density) == (name, plain.density)
        assert material.citations == plain.citations
        own = {key: material.parameters[key] for key in diffusion}
        assert own == dict(diffusion)
        rest = material.parameters.keys() - diffusion.keys()
        assert rest == plain.parameters.keys() - DIFFUSION["LCO"].keys()
        for key in rest:
            assert material.parameters[key] is plain.parameters[key]
