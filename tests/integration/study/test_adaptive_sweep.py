"""Adaptive maps survive what other studies survive, and give the same rows."""

from concurrent.futures import Future

import numpy as np
import pytest
import xarray as xr
from in_process import InProcess
from stored_rows import rows

from aslb.experiments import InputError, export_study, open_study, sweep
from aslb.experiments.engine.group import PointResult
from aslb.experiments.output.files import write_report
from aslb.experiments.study.report import sweep_report
from aslb.experiments.study.run import SweepInterrupted

ALONE = "IDAKLU"  # points one by one, so that there is a call for each
MAP = {
    "model": "SolidStateSPM",
    "method": "adaptive",
    "goal": "discharge_capacity",
    "points": 30,
    "vary": {
        "membrane thickness [um]": {"log": [20, 1000]},
        "c_rate": {"log": [0.2, 4]},
    },
    "outputs": {"quantities": ["discharge_capacity"]},
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole")
    data = sweep(MAP, path, engine=ALONE, executor=InProcess())
    assert (data.status == "ok").all()
    return path


def test_points_are_along_one_dimension_and_in_the_ranges(whole):
    data = open_study(whole)
    assert dict(data.sizes) == {"point": 30}
    thickness = data["membrane thickness [um]"]
    assert thickness.dims == ("point",)
    assert thickness.attrs["scale"] == "log"
    assert float(thickness.min()) == 20
    assert float(thickness.max()) == 1000
    assert data.c_rate.values[:4].tolist() == [0.2, 4, 0.2, 4]
    assert data.attrs["goal"] == "discharge_capacity"
    with pytest.warns(xr.SerializationWarning, match="has a space in its name"):
        file = export_study(whole, "netcdf")
    with xr.open_dataset(file) as again:
        np.testing.assert_array_equal(again[thickness.name], thickness)
        assert list(again.attrs["sampled"]) == list(MAP["vary"])


def test_the_map_is_drawn(whole, tmp_path):
    write_report(sweep_report(whole)[0], tmp_path, {})
    drawn = sorted(tmp_path.glob("*map*"))
    assert [file.name for file in drawn] == [
        "discharge_capacity-map.png",
        "discharge_capacity-map.svg",
    ]
    assert all(file.stat().st_size > 10_000 for file in drawn)


def test_rows_do_not_depend_on_the_workers(whole, tmp_path):
    sweep(MAP, tmp_path, engine=ALONE)  # local processes, which answer in any order
    assert rows(tmp_path) == rows(whole)


def test_an_extended_map_is_one_that_was_longer_from_the_start(whole, tmp_path):
    short = {**MAP, "points": 14}
    sweep(short, tmp_path, engine=ALONE, executor=InProcess())
    assert rows(tmp_path) == rows(whole)[:14]
    with pytest.raises(InputError, match="holds another study; accepted: another fold"):
        sweep(MAP, tmp_path, engine=ALONE, executor=InProcess())
    sweep(MAP, tmp_path, engine=ALONE, extend=True, executor=InProcess())
    assert rows(tmp_path) == rows(whole)


@pytest.mark.parametrize(
    "other",
    [
        {"goal": "Separator loss at 0.5 [V]", "outputs": {"losses_at_depth": [0.5]}},
        {"vary": {**MAP["vary"], "c_rate": {"log": [0.2, 2]}}},
        {
            "method": "list",
            "vary": {"membrane thickness [um]": [20], "c_rate": [1]},
        },
    ],
    ids=["goal", "range", "method"],
)
def test_a_map_is_extended_by_points_only(whole, other):
    content = {**MAP, **other}
    if content["method"] == "list":
        del content["goal"], content["points"]
    with pytest.raises(InputError, match=r"a study with another (method|columns)"):
        sweep(content, whole, engine=ALONE, extend=True, executor=InProcess())
    assert open_study(whole).sizes["point"] == 30


def test_an_interruption_changes_nothing(whole, tmp_path):
    class Interrupted(InProcess):
        left = 11

        def submit(self, function, /, *args, **kwargs):
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return super().submit(function, *args, **kwargs)

        _max_workers = 1

    with pytest.raises(SweepInterrupted, match=r"of 30 points are kept in"):
        sweep(MAP, tmp_path, engine=ALONE, executor=Interrupted())
    kept = rows(tmp_path)
    assert 4 < sum(row[4] == "ok" for row in kept) < 30
    solved = []

    class Watched(InProcess):
        def submit(self, function, packed, tasks):
            solved.extend(task.id for task in tasks)
            return super().submit(function, packed, tasks)

    sweep(MAP, tmp_path, engine=ALONE, executor=Watched())
    assert rows(tmp_path) == rows(whole)
    assert not {row[0] for row in kept if row[4] == "ok"} & set(solved)


def test_failures_are_rows_and_the_map_goes_on(tmp_path):
    class Failing(InProcess):
        def submit(self, function, packed, tasks):
            future = Future()
            (task,) = tasks
            if task.chosen.c_rate > 1.5:
                future.set_result([PointResult(task.id, "made to fail", 3, [], [])])
                return future
            return super().submit(function, packed, tasks)

    data = sweep(MAP, tmp_path, engine=ALONE, executor=Failing())
    assert data.sizes["point"] == 30
    assert len({*zip(*(data[name].values for name in MAP["vary"]), strict=True)}) == 30
    failed = data.c_rate > 1.5
    assert (data.status == np.where(failed, "failed", "ok")).all()
    assert 2 <= int(failed.sum()) < 20
    assert sweep_report(tmp_path)[0].figures
    again = sweep(MAP, tmp_path, engine=ALONE, executor=InProcess(), retry_failed=True)
    assert (again.status == "ok").all()
    assert again.sizes["point"] == 30


def test_a_lost_worker_costs_its_point_only(tmp_path):
    class Losing(InProcess):
        def submit(self, function, packed, tasks):
            if tasks[0].id == 2:
                future = Future()
                future.set_exception(RuntimeError("worker lost"))
                return future
            return super().submit(function, packed, tasks)

    data = sweep(MAP, tmp_path, engine=ALONE, executor=Losing())
    assert data.sizes["point"] == 30
    assert np.flatnonzero(data.status == "failed").tolist() == [1]
