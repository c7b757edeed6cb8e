"""A cell around rest, at other values of its inputs."""

import numpy as np
import pytest

from aslb.experiments.engine.linear_cell import LinearCell, formed, relaxing_model
from aslb.models.registry import SPM
from aslb.parameters.composition.cell import Cell

FREQUENCIES = np.logspace(5, -2, 8)
VARIED = {
    "Positive electrode interphase resistance [Ohm.m2]": 0.02,
    "Positive electrode double-layer capacity [F.m-2]": 0.3,
}


def linear(numbers):
    values = formed(Cell("Cao2021_thin_halide").parameter_values())
    model = relaxing_model(SPM, values)
    values.update(numbers)
    return LinearCell(model, values, 0.5)


def test_inputs_change_what_was_built():
    """Also in another order, and an entry of the Jacobian that was zero."""
    built = linear(dict.fromkeys(VARIED, "[input]"))
    none = {**VARIED, "Positive electrode interphase resistance [Ohm.m2]": 0.0}
    for inputs in (none, VARIED, dict(reversed(VARIED.items())), none):
        found = built.impedance(FREQUENCIES, inputs=inputs)
        expected = linear(inputs).impedance(FREQUENCIES)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-15)
