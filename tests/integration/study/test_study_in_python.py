"""Studies that are made and solved in Python, without a file of any kind."""

from concurrent.futures import Future

import numpy as np
import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import InputError, Study, cccv, open_study, rate_test, sweep
from aslb.experiments.study.run import SweepInterrupted
from aslb.parameters.composition.cell import Cell

CELL = "Cao2021_thin_halide"
LAYER = "separator.thickness [um]"
KEPT = {
    "model": "SolidStateSPM",
    "quantities": ["discharge_capacity", "specific_energy"],
    "losses_at_depth": [0.5],
    "curve_points": 4,
}
CYCLES = pybamm.Experiment(
    [
        ("Charge at 2 mA until 4.2 V", "Discharge at 1 mA until 2.5 V"),
        ("Charge at C/5 until 4.2 V", "Rest for 1 hour", "Discharge at C/2 until 3 V"),
    ]
)


def solved(*args, **options):
    return Study(*args, **{**KEPT, **options}).run(executor=InProcess())


@pytest.mark.parametrize(
    ("protocol", "vary"),
    [
        (cccv(), {"c_rate": [0.5, 1.0], LAYER: [30, 300]}),
        (cccv(0.5), None),
        (rate_test([(0.2, 1), (1, 2)]), {LAYER: [30, 300]}),
        (CYCLES, {LAYER: [30, 300]}),
        (cccv(cycles=2), {"c_rate": [0.5, 1.0]}),
    ],
    ids=["rates", "nothing varies", "rate test", "experiment", "cycles of varied rate"],
)
def test_in_memory_or_kept_it_is_the_same(protocol, vary, tmp_path):
    study = Study(CELL, protocol, vary, **KEPT)
    memory = study.run(executor=InProcess())
    kept = study.run(tmp_path, executor=InProcess())
    assert (memory.status == "ok").all()
    assert memory.identical(kept)
    assert kept.identical(open_study(tmp_path))
    assert study.run(tmp_path).identical(kept)  # nothing is left to do


def test_a_single_point_has_no_dimensions():
    data = solved(CELL, cccv(0.5))
    assert dict(data.sizes) == {"depth": 4}
    assert float(data.discharge_capacity) > 100
    assert data.specific_energy.dims == ()
    assert np.isfinite(data["Separator loss at 0.5 [V]"])


def test_cells_are_given_in_any_way():
    values = pybamm.ParameterValues(CELL)
    found = [
        solved(cell, cccv(0.5)).discharge_capacity.item()
        for cell in (CELL, Cell(CELL), values)
    ]
    assert found[0] == found[1] == pytest.approx(found[2], rel=1e-12)
    data = solved([CELL, Cell("Cao2021_thick_halide"), values], cccv(0.5))
    assert data.cell.values.tolist() == [CELL, "Cao2021_thick_halide", "custom"]


def test_variants_of_a_cell_are_numbered():
    cell = Cell(CELL)
    thicker = cell.vary({LAYER: 500})
    data = solved([cell, thicker], cccv(1.0))
    assert data.cell.values.tolist() == [CELL, f"{CELL} (2)"]
    assert data.discharge_capacity[0] > data.discharge_capacity[1]
    with pytest.raises(InputError, match=f"cells: '{CELL}' is given twice"):
        Study([cell, Cell(CELL)], cccv(1.0))


def test_cycles_of_any_experiment_are_along_a_dimension():
    data = solved(CELL, CYCLES, {LAYER: [30]})
    assert data.discharge_capacity.dims == (LAYER, "cycle")
    assert data.specific_energy.dims == (LAYER, "cycle")
    assert data.c_rate.dims == ("cycle",)
    np.testing.assert_array_equal(data.c_rate, [np.nan, 0.5])


def test_a_rate_that_varies_is_a_dimension_and_not_that_of_a_cycle(tmp_path):
    from aslb.experiments import export_study

    study = Study(CELL, cccv(cycles=2), {"c_rate": [0.5, 1.0]}, **KEPT)
    data = study.run(tmp_path, executor=InProcess())
    assert data.discharge_capacity.dims == ("c_rate", "cycle")
    table = export_study(tmp_path, "csv").read_text().splitlines()
    assert table[0].split(",").count("c_rate") == 1
    assert len(table) == 5
    more = Study(CELL, cccv(cycles=2), {"c_rate": [0.25, 1.0]}, **KEPT)
    again = sweep(more, tmp_path, extend=True, executor=InProcess())
    assert sorted(again.c_rate.values.tolist()) == [0.25, 0.5, 1.0]


def test_each_cell_is_cycled_between_cutoffs_of_its_own():
    study = Study([CELL, "Asano2018_chloride"], lambda **own: cccv(0.1, **own), **KEPT)
    ends = [e.steps[0].value for e in study.experiments.values()]
    assert ends[0] != ends[1]


class Interrupted(InProcess):
    """The keyboard is struck before the third chunk."""

    _max_workers = 1
    left = 2

    def submit(self, function, /, *args):
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return super().submit(function, *args)


def test_an_interruption_leaves_rows_in_memory_and_raises_where_they_are_kept(tmp_path):
    rates = {"c_rate": np.linspace(0.2, 2, 40)}
    study = Study(CELL, cccv(), rates, model="SolidStateSPM")
    data = study.run(engine="IDAKLU", executor=Interrupted())
    done = (data.status == "ok").values
    assert 0 < done.sum() < 40
    assert set(data.status.values[~done]) == {"failed"}
    assert set(data.reason.values[~done]) == {"interrupted"}
    assert np.isnan(data.discharge_capacity.values[~done]).all()
    with pytest.raises(SweepInterrupted, match="of 40 points are kept in"):
        study.run(tmp_path, engine="IDAKLU", executor=Interrupted())
    kept = open_study(tmp_path)
    assert (kept.status == "pending").any()
    whole = study.run(tmp_path, executor=InProcess())
    assert whole.identical(study.run(engine="IDAKLU", executor=InProcess()))


class Interrupting(Future):
    def exception(self, timeout=None):
        raise KeyboardInterrupt


def test_an_interruption_while_it_waits_is_one_too():
    class Waiting(InProcess):
        def submit(self, function, /, *args):
            future = Interrupting()
            future.set_result(None)
            return future

    data = Study(CELL, cccv(0.5), model="SolidStateSPM").run(executor=Waiting())
    assert data.reason.item() == "interrupted"


def test_studies_of_other_experiments_are_others(tmp_path):
    def study(hold):
        up = pybamm.step.c_rate(-0.5, termination="4.2 V")
        experiment = pybamm.Experiment([(up, pybamm.step.voltage(4.2, duration=hold))])
        return Study(CELL, experiment, {LAYER: [30]}, model="SolidStateSPM")

    assert study(600).hash == study(600).hash != study(601).hash
    study(600).run(tmp_path, executor=InProcess())
    with pytest.raises(InputError, match="holds another study"):
        study(601).run(tmp_path)
    with pytest.raises(InputError, match="a study with another protocol"):
        study(601).run(tmp_path, extend=True)
