"""The audit of the reference paper: its arithmetic, and what it must find."""

import importlib.util
import math
import re
from pathlib import Path

import numpy as np
import pybamm
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aslb.experiments.validation.cao2021.arithmetic import (
    potential,
    theoretical_capacity,
)
from aslb.parameters.cells.cao2021.printed import paper_numbers
from audit.printed import printed
from audit.table import paper_audit
from audit.transport import (
    BOLTZMANN,
    CELSIUS,
    activation_energy,
    common_residual,
)
from audit.window import stoichiometry, window_capacity

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def audit():
    return paper_audit()


@pytest.fixture(scope="module")
def cell():
    return pybamm.ParameterValues("Cao2021_thin_halide")


@pytest.mark.parametrize(
    ("value", "half"), [(7.9, 0.05), (47, 0.5), (0.264, 5e-4), (87.0, 0.05), (200, 0.5)]
)
def test_rounding_is_half_of_the_last_digit(value, half):
    number = printed(value)
    assert number.upper - number.value == pytest.approx(half)
    assert number.value - number.lower == pytest.approx(half)


@given(
    energy=st.floats(0.2, 1.0),
    cold=st.floats(0, 40),
    warmer=st.floats(20, 80),
    residual=st.floats(0, 5),
)
def test_activation_energy_is_the_one_put_in(energy, cold, warmer, residual):
    def conductance(celsius):
        T = celsius + CELSIUS
        return 1e3 / (residual + 1e-6 * T * math.exp(energy / (BOLTZMANN * T)))

    found = activation_energy(
        conductance(cold),
        conductance(cold + warmer),
        cold,
        cold + warmer,
        residual_ohm=residual,
    )
    assume(conductance(cold) < 0.99e3 / max(residual, 1e-9))
    assert found == pytest.approx(energy, rel=1e-3)


def test_common_residual_makes_the_energies_one():
    transport = paper_numbers()["transport"]
    residual, shared = common_residual(transport)
    hot = transport["at_100C"]
    for name in ("thin", "thick"):
        assert activation_energy(
            transport[name]["conductance_mS"],
            hot[f"{name}_conductance_mS"],
            30,
            100,
            residual_ohm=residual,
        ) == pytest.approx(shared)


def test_window_by_closed_form(cell):
    """A potential that is linear in x has all of it in closed form."""
    linear = cell.copy()
    linear["Positive electrode OCP [V]"] = lambda sto: 5 - 2 * sto
    linear["Positive electrode stoichiometry as assembled"] = 0.9
    assert stoichiometry(linear, 4.0) == pytest.approx(0.5)
    assert stoichiometry(linear, 3.0) == pytest.approx(0.9)  # as assembled
    assert stoichiometry(linear, 5.5) == 0
    full = theoretical_capacity(linear)
    assert window_capacity(linear, 3.6, 4.4) == pytest.approx(0.4 * full)


@given(at=st.floats(3.8, 4.7))
def test_stoichiometry_inverts_the_potential(cell, at):
    assert potential(cell, stoichiometry(cell, at))[0] == pytest.approx(at, abs=1e-6)


def test_audit_is_complete(audit):
    assert list(audit) == [
        "topic",
        "check",
        "printed",
        "claimed",
        "recomputed",
        "lower",
        "upper",
        "unit",
        "difference_percent",
        "consistent",
        "adopted",
        "reason",
    ]
    assert not audit.check.duplicated().any()
    assert set(audit.consistent) == {"yes", "no", "untestable"}
    assert (audit.lower <= audit.recomputed).all()
    assert (audit.recomputed <= audit.upper).all()
    assert (audit[["printed", "unit", "adopted", "reason"]].map(len) > 0).all(axis=None)
    claimed = audit[np.isfinite(audit.difference_percent)]
    np.testing.assert_allclose(
        claimed.difference_percent, 100 * (claimed.recomputed / claimed.claimed - 1)
    )


@pytest.mark.parametrize(
    ("check", "verdict"),
    {
        "LCO loading": "yes",
        "Pores in the membrane, by mass": "no",
        "Resistance of the pellet from its conductance": "no",
        "Area resistance of the membrane, on the die": "yes",
        "Area resistance of the pellet, on the die": "no",
        "Conductivity of the pellet, on the foil": "yes",
        "Activation energy of the pellet": "yes",
        "Activation energy of the pellet, of σ alone": "no",
        "Activation energy of the membrane": "yes",
        "Thickness of cathode and membrane behind E2": "no",
        "Specific energy E3, from E2 and 0.62 V more": "yes",
        "Mass of the anode behind E1": "no",
        "E1 in the abstract": "no",
        "Capacity at open circuit in the window against In–Li": "no",
        "Coulombic efficiency that the fade over 200 cycles allows": "yes",
    }.items(),
)
def test_verdicts(audit, check, verdict):
    assert audit.set_index("check").consistent[check] == verdict


def test_the_page_is_that_of_the_code(audit):
    """Run python docs/generate/reference_system.py if this fails."""
    page = (ROOT / "docs" / "reference-system.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| .* \| (yes|no|untestable) \|", page, re.MULTILINE)
    expected = list(
        zip(
            audit.check.str.replace("|", r"\|", regex=False),
            audit.consistent,
            strict=True,
        )
    )
    assert rows == expected


def test_the_page_is_generated(monkeypatch, tmp_path):
    path = ROOT / "docs" / "generate" / "reference_system.py"
    spec = importlib.util.spec_from_file_location("reference_system", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PAGE", tmp_path / "page.md")
    module.main()
    assert "read critically" in module.PAGE.read_text(encoding="utf-8")
