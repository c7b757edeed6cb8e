"""A cell file with particles of two sizes solves alike on both paths."""

from pathlib import Path

import numpy as np
import pytest

from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import compiled
from aslb.experiments.protocols import rate_test
from aslb.models.registry import MODELS
from aslb.parameters.composition.cell import Cell

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lco_li3ycl6.toml"
RATIO = "Positive particle size ratio"
OUTPUTS = Outputs(("discharge_capacity",), (0.5,), 9)


@pytest.fixture
def cell(tmp_path):
    path = tmp_path / "two.toml"
    said = '[cathode]\nactive_material = "LCO two sizes"\nparticle_size_ratio = 3'
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("[cathode]", said))
    return Cell(path)


@pytest.mark.parametrize("model", MODELS)
def test_both_paths_agree(cell, model):
    """Also where the ratio varies without another build."""
    values = cell.parameter_values()
    assert values[RATIO] == 3
    solver = CycleSolver(values, model, {RATIO: 2.0}, rtol=1e-6)
    protocol = rate_test([(0.5, 1), (1.0, 1)], **cell.cutoffs())
    fast = solver.solve(
        {RATIO: 3.0},
        compiled(protocol),
        OUTPUTS,
        capacity=values["Nominal cell capacity [A.h]"],
    )
    public = simulate_cycles(values, model, protocol, OUTPUTS, rtol=1e-6)
    assert fast.failure == public.failure == ""
    for mine, plain in zip(fast.cycles, public.cycles, strict=True):
        assert mine.charge[0] == pytest.approx(plain.charge[0], rel=1e-5)
        assert mine.discharge[0] == pytest.approx(plain.discharge[0], rel=1e-5)
        np.testing.assert_allclose(
            mine.losses["discharge"], plain.losses["discharge"], atol=1e-4
        )
