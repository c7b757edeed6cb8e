"""What is tried of a point that the usual tolerances cannot solve."""

from types import SimpleNamespace

import pytest

from aslb.experiments.engine import one_by_one
from aslb.experiments.engine.cycle import CycleRun
from aslb.experiments.engine.time_limit import LIMIT

USUAL = 1e-4


@pytest.fixture
def asked(monkeypatch):
    """Tolerances that solvers are asked for, none of which solves anything."""
    found = []

    class Failing:
        def __init__(self, values, model, inputs, *, var_pts, rtol):
            found.append(rtol)

        def solve(self, *_, **__):
            return CycleRun((), 0, f"failed at {found[-1]:g}")

    def simulated(*_, rtol, **__):
        found.append(rtol)
        return CycleRun((), 0, "failed")

    group = SimpleNamespace(
        rtol=USUAL,
        values={},
        model="",
        experiment=None,
        outputs=None,
        start=None,
        limit=LIMIT,
        var_pts={},
    )
    cell = {"Nominal cell capacity [A.h]": 1.0}
    for name, stand_in in {
        "CycleSolver": Failing,
        "simulate_cycles": simulated,
        "group_of": lambda packed: group,
        "cell_at": lambda group, inputs: cell,
        "inputs_of": lambda group: {},
        "steps_of": lambda packed, chosen: (),
        "formation_of": lambda packed: (),
    }.items():
        monkeypatch.setattr(one_by_one, name, stand_in)
    one_by_one._solver.cache_clear()
    yield found
    one_by_one._solver.cache_clear()


def test_the_second_attempt_has_a_hundredth_of_the_tolerance(asked):
    run = one_by_one.solve_cycles(b"", {})
    assert asked == pytest.approx([USUAL, USUAL / 100, USUAL], rel=1e-12)
    assert (run.failure, run.attempts) == ("failed at 0.0001", 3)
