"""Points in lanes: each by itself, whoever its neighbours are."""

import numpy as np
import pybamm
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aslb.experiments.engine.build import adjustable
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.steps import compiled
from aslb.experiments.ensemble.compiler import find_compiler, lane_width
from aslb.experiments.protocols import cccv, rate_test
from aslb.parameters.composition.cell import Cell

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

THICKNESS = "Separator thickness [m]"
PAPER = ("Cao2021_thin_halide", "Cao2021_thick_halide", "Cao2021_thick_sulfide")
JUNCTION = "Separator-catholyte junction resistance [Ohm.m2]"
OUTPUTS = Outputs(("discharge_capacity",), (0.25, 0.75), 9, charge_depths=(0.5,))
PROTOCOLS = [
    *(cccv(c_rate) for c_rate in (0.2, 1.0, 3.0)),
    rate_test([(0.5, 1), (2.0, 1)]),
    pybamm.Experiment(
        ["Charge at C/5 until 4.2 V", "Rest for 1 hour", "Discharge at 5 mW until 3 V"]
    ),
    # one that fails in its second cycle
    pybamm.Experiment(
        [
            ("Charge at C/5 until 4.2 V", "Discharge at C/5 until 2.5 V"),
            (pybamm.step.current(1e-7),),
        ]
    ),
]


def points_of(values, count=23):
    random = np.random.default_rng(3)
    _, numbers = adjustable(values, "SolidStateSPM")
    return [
        Point(
            numbers
            | {
                THICKNESS: float(10 ** random.uniform(-4.7, -3.5)),
                JUNCTION: random.uniform(0, 1e-3),
            },
            compiled(PROTOCOLS[k % len(PROTOCOLS)]),
        )
        for k in range(count)
    ]


def new_solver(values, **options):
    return LaneSolver(values, "SolidStateSPM", **options)


@pytest.fixture(scope="module")
def solver(values):
    return new_solver(values)


@pytest.fixture(scope="module")
def points(values):
    return points_of(values)


@pytest.fixture(scope="module")
def answers(solver, points):
    """Of each point by itself, as bits."""
    return [bits(solver.solve([point], OUTPUTS, threads=1)[0]) for point in points]


def bits(run):
    """All that there is to a run, to the last bit."""
    kept = [
        (
            cycle.charge,
            cycle.discharge,
            [(half, losses.tobytes()) for half, losses in cycle.losses.items()],
            [curve.tobytes() for curve in cycle.curves],
            cycle.remark,
        )
        for cycle in run.cycles
    ]
    return repr((kept, run.solved, run.failure))


def test_the_points_are_of_many_kinds(answers, solver, points):
    assert len(set(answers)) > 20  # some can pass nothing at 3C
    failed = [run.failure for run in solver.solve(points, OUTPUTS) if run.failure]
    assert set(failed) == {"cycle 2: discharge met no cut-off in 24 h"}


@pytest.mark.parametrize("threads", [1, 2, 3, None])
def test_an_answer_does_not_depend_on_the_threads(solver, points, answers, threads):
    found = solver.solve(points, OUTPUTS, threads=threads)
    assert [*map(bits, found)] == answers


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_nor_on_neighbours_their_order_and_what_was_asked_before(
    solver, points, answers, data
):
    order = data.draw(st.permutations(range(len(points))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(points) - 1), max_size=3)))
    threads = data.draw(st.integers(1, 3))
    for first, last in zip([0, *cuts], [*cuts, len(points)], strict=True):
        own = order[first:last]
        found = solver.solve([points[k] for k in own], OUTPUTS, threads=threads)
        assert [*map(bits, found)] == [answers[k] for k in own]


def test_nor_on_points_that_are_there_twice(solver, points, answers):
    found = solver.solve([*points, *points], OUTPUTS)
    assert [*map(bits, found)] == [*answers, *answers]


@pytest.mark.parametrize("width", [1, 2])
def test_other_lanes_differ_by_less_than_the_tolerance(values, solver, points, width):
    if width >= lane_width():
        pytest.skip("no other width")
    some = points[:8]
    few = new_solver(values, width=width).solve(some, OUTPUTS)
    for mine, other in zip(solver.solve(some, OUTPUTS), few, strict=True):
        assert mine.failure == other.failure
        for cycle, same in zip(mine.cycles, other.cycles, strict=True):
            assert cycle.discharge == pytest.approx(same.discharge, rel=1e-6)


def test_a_shared_formation_is_each_points_own(values, solver, points):
    formation = compiled(rate_test([(0.3, 2)]))
    # points that differ in their steps only are formed once
    own, other = points[0], points[1]
    asked = [
        Point(point.inputs, compiled(protocol))
        for point in (own, other)
        for protocol in PROTOCOLS[:4]
    ]
    together = solver.solve(asked, OUTPUTS, formation=formation)
    assert sum(map(len, solver._formed.values())) == 2
    again = solver.solve(asked[::-1], OUTPUTS, formation=formation)[::-1]
    assert [*map(bits, together)] == [*map(bits, again)]
    for point, run in zip(asked, together, strict=True):
        alone = new_solver(values).solve([point], OUTPUTS, formation=formation)[0]
        assert bits(alone) == bits(run)
        assert not run.failure
    # and it is what comes of the same cycles in a row
    for point, run in zip(asked, together, strict=True):
        whole = Point(point.inputs, (*formation, *point.cycles))
        (long,) = solver.solve([whole], OUTPUTS)
        for mine, cycle in zip(run.cycles, long.cycles[len(formation) :], strict=True):
            assert mine.discharge == pytest.approx(cycle.discharge, rel=1e-4)


def test_a_formation_that_fails_is_that_of_its_points_only(solver, points):
    steps = compiled(cccv(1.0))
    formation = compiled(pybamm.Experiment(["Charge at C/5 until 4.2 V"]))
    broken = {**points[0].inputs, THICKNESS: float("nan")}
    asked = [Point(inputs, steps) for inputs in (points[0].inputs, broken)]
    fine, failed = solver.solve(asked, OUTPUTS, formation=formation)
    assert not fine.failure
    assert len(fine.cycles) == 1
    assert failed.failure.startswith("formation: charge: ")
    assert failed.cycles == ()


def test_a_cycle_that_starts_as_an_earlier_one_is_that_one(solver, points):
    c_rates = [0.2, 1.0, 1.0, 1.0, 0.2, 0.2, 0.2, 0.2, 0.2]
    steps = compiled(rate_test([(c_rate, 1) for c_rate in c_rates]))
    own = Point(points[0].inputs, steps)
    (run,) = solver.solve([own], OUTPUTS)
    assert len(run.cycles) == len(c_rates)
    assert 4 <= run.solved < len(c_rates)
    # what is repeated is the very same cycle, and one of its own rate
    assert len({id(cycle) for cycle in run.cycles}) == run.solved
    for k, cycle in enumerate(run.cycles):
        first = next(j for j, other in enumerate(run.cycles) if other is cycle)
        assert c_rates[first] == c_rates[k]


def test_cells_of_the_same_laws_share_a_solver_to_the_last_bit(solver, values):
    """Each number of a cell is an input, also what a law of its material reads."""
    steps = compiled(rate_test([(0.2, 1), (1.0, 1)]))
    for name in PAPER:
        own = Cell(name).parameter_values()
        _, numbers = adjustable(own, "SolidStateSPM")
        point = Point(numbers, steps)
        found = [
            bits(one.solve([point], OUTPUTS)[0])
            for one in (solver, LaneSolver(own, "SolidStateSPM"))
        ]
        assert found[0] == found[1]
