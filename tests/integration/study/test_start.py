"""Points start from a formed cell: what came before is solved once, and left out."""

from functools import partial

import numpy as np
import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import Study, cccv, rate_test
from aslb.experiments.engine.chosen import Chosen
from aslb.experiments.engine.group import Group, PointTask
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.one_by_one import _solver, solve_points
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import compiled
from aslb.experiments.protocols import formation
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import active_mass

CELL, MODEL = "Cao2021_thin_halide", "SolidStateSPM"
LAYER, NAME = "separator.thickness [um]", "Separator thickness [m]"
QUANTITIES = ("charge_capacity", "discharge_capacity")
OUTPUTS = Outputs(QUANTITIES)
IMPOSSIBLE = cccv(0.1, lower_cutoff=1.0, upper_cutoff=2.0)  # below the cell's events


def solved(protocol, vary=None, engine=None, **options):
    settings = {"model": MODEL, "quantities": list(QUANTITIES), **options}
    study = Study(CELL, protocol, vary, **settings)
    data = study.run(executor=InProcess(), engine=engine)
    assert (data.status == "ok").all()
    return data


def test_it_is_as_if_the_cycles_of_formation_came_before():
    own = Cell(CELL).cutoffs()
    protocol = rate_test([(1.0, 1), (0.5, 1)], **own)
    after = rate_test([(0.05, 3), (1.0, 1), (0.5, 1)], **own)
    formed = solved(protocol, rtol=1e-7)
    whole = solved(after, rtol=1e-7, start="as assembled")
    cell = pybamm.ParameterValues(CELL)
    plain = pybamm.Simulation(
        pybamm.Model(MODEL),
        parameter_values=cell,
        experiment=after,
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-9),
    ).solve(calc_esoh=False)
    for k, name in enumerate(QUANTITIES):
        expected = [
            np.ptp(cycle.steps[k]["Discharge capacity [A.h]"].entries)
            / active_mass(cell)
            for cycle in plain.cycles[3:]
        ]
        np.testing.assert_allclose(formed[name], whole[name][3:], rtol=1e-6)
        np.testing.assert_allclose(formed[name], expected, rtol=3e-6)
    fresh = solved(protocol, start="as assembled")
    assert formed.charge_capacity[0] < 0.99 * fresh.charge_capacity[0]


def test_pybamms_own_simulation_starts_from_it_too():
    values = pybamm.ParameterValues(CELL)
    solver = CycleSolver(values, MODEL, {NAME: 5e-5}, rtol=1e-7)
    # what a rest and a hold count to begins anew
    first = (pybamm.step.rest(duration=60), pybamm.step.voltage(3.6, duration=600))
    protocol = pybamm.Experiment([first, ("Discharge at C/2 until 2.5 V",)])
    fast, public = (
        solver.solve(
            {NAME: values[NAME]},
            compiled(protocol),
            OUTPUTS,
            capacity=values["Nominal cell capacity [A.h]"],
            formation=compiled(formation()),
        ),
        simulate_cycles(values, MODEL, protocol, OUTPUTS, start=formation(), rtol=1e-7),
    )
    assert len(fast.cycles) == len(public.cycles) == public.solved == 2
    for mine, plain in zip(fast.cycles, public.cycles, strict=True):
        assert mine.charge == pytest.approx(plain.charge, rel=1e-5)
        assert mine.discharge == pytest.approx(plain.discharge, rel=1e-5)
    assert fast.cycles[0].charge[0] > 0


@pytest.fixture
def steps(monkeypatch):
    """Steps that the integrator was called for."""
    called = []
    plain = CycleSolver._step

    def counted(self, step, *args, **options):
        called.append(step)
        return plain(self, step, *args, **options)

    monkeypatch.setattr(CycleSolver, "_step", counted)
    return called


def test_points_that_differ_in_their_protocol_only_share_it(steps):
    numbers = []
    for rates in ([0.5], [0.5, 1.0, 2.0]):
        steps.clear()
        # thicknesses of this test alone, as solvers outlive a study
        solved(cccv(), {LAYER: [31.7 + len(rates), 47.1], "c_rate": rates}, "IDAKLU")
        numbers.append(len(steps))
        slow = [step for step in steps if step.charge_rate == 0.05]
        assert 2 * 2 <= len(slow) <= 2 * 3
    assert numbers[1] - numbers[0] == 2 * 2 * 2  # points, rates, steps


def test_the_order_of_points_does_not_change_a_bit():
    values = pybamm.ParameterValues(CELL)
    packed = Group(values, MODEL, (NAME,), cccv(), OUTPUTS, formation()).pack()
    tasks = [
        PointTask(10 * i + j, {NAME: layer}, Chosen(rate))
        for i, layer in enumerate((41.3e-6, 52.9e-6, 303e-6))
        for j, rate in enumerate((0.5, 1.0))
    ]
    shuffled = [tasks[k] for k in (5, 0, 3, 1, 4, 2)]
    found = []
    for order in (tasks, tasks[::-1], shuffled):
        _solver.cache_clear()  # and with it the formed cell of the last point
        found.append({r.id: r.values for r in solve_points(packed, order)})
    assert found[0] == found[1] == found[2]
    assert len({tuple(numbers) for numbers in found[0].values()}) == len(tasks)


def test_what_fails_before_the_protocol_says_so():
    values = pybamm.ParameterValues(CELL)
    group = Group(values, MODEL, (NAME,), cccv(0.5), OUTPUTS, IMPOSSIBLE)
    (result,) = solve_points(group.pack(), [PointTask(1, {NAME: 5e-5})])
    assert result.reason.startswith("formation: discharge stopped by 'Minimum volt")
    assert (result.values, result.cycles_solved, result.attempts) == ([], 0, 3)
    public = simulate_cycles(
        values, MODEL, cccv(0.5), OUTPUTS, start=IMPOSSIBLE, rtol=1e-4
    )
    assert public.failure.startswith("formation: discharge ended by 'event: Minimum")
    assert public.cycles == ()


def test_what_fails_after_it_does_not():
    values = pybamm.ParameterValues(CELL)
    group = Group(values, MODEL, (NAME,), IMPOSSIBLE, OUTPUTS, formation())
    (result,) = solve_points(group.pack(), [PointTask(1, {NAME: 5e-5})])
    assert result.reason.startswith("discharge stopped by 'Minimum volt")


def test_a_start_of_ones_own_is_what_is_done_before():
    protocol = partial(cccv, 0.5)
    fresh = solved(protocol, start="as assembled")
    formed = solved(protocol, start=partial(cccv, 0.2, cycles=2))
    own = Cell(CELL).cutoffs()
    whole = solved(rate_test([(0.2, 2), (0.5, 1)], **own), start="as assembled")
    for name in QUANTITIES:
        expected = pytest.approx(float(whole[name][-1]), rel=1e-9)
        assert float(formed[name]) == expected
        assert float(fresh[name]) != expected


CYCLES = [("Charge at C/5 until 3.85 V", "Discharge at 1C until 2.5 V")] * 2


@pytest.mark.parametrize("end", ["100 h", "1000 h"])
def test_the_end_of_an_experiment_as_a_whole_is_not_that_of_its_formation(end):
    """Which takes more than 100 h; an end that is not met changes nothing."""
    plain = solved(pybamm.Experiment(CYCLES), rtol=1e-6)
    found = solved(pybamm.Experiment(CYCLES, termination=end), rtol=1e-6)
    for name in QUANTITIES:
        np.testing.assert_allclose(found[name], plain[name], rtol=1e-4)


@pytest.mark.parametrize("end", ["5 h", "3 V"])
def test_an_experiment_that_comes_to_its_end_says_so_and_keeps_what_was(end):
    protocol = pybamm.Experiment(CYCLES, termination=end)
    data = Study(CELL, protocol, model=MODEL).run(executor=InProcess())
    said = "cycle 2: the experiment came to the end that it has as a whole"
    assert data.reason.item() == said
    assert np.isfinite(data.discharge_capacity).values.tolist() == [True, False]


def test_a_formation_that_fails_says_so_also_where_the_protocol_has_an_end():
    values = pybamm.ParameterValues(CELL)
    protocol = pybamm.Experiment(CYCLES, termination="100 h")
    public = simulate_cycles(
        values, MODEL, protocol, OUTPUTS, start=IMPOSSIBLE, rtol=1e-4
    )
    assert public.failure.startswith("formation: discharge ended by 'event: Minimum")
