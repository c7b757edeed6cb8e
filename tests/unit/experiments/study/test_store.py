"""The store keeps what it is given, and refuses what is not its own."""

import sqlite3
import subprocess
import sys

import numpy as np
import pytest

from aslb.experiments import InputError, export_study, open_study
from aslb.experiments.engine.group import PointResult
from aslb.experiments.study.on_disk import locked
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import study_from

CONTENT = {
    "model": "SolidStateSPM",
    "vary": {"membrane thickness [um]": [20, 50], "c_rate": [0.1, 1.0, 2.0]},
    "outputs": {"quantities": ["discharge_capacity"], "curve_points": 3},
}


@pytest.fixture
def store(tmp_path):
    return StudyStore.create(
        tmp_path / FILE, study_from(CONTENT), engine={"name": "IDAKLU"}
    )


def result(number, value=1.0):
    return PointResult(number, "", 1, [value], [np.arange(3.0), np.ones(3)])


def test_points_are_pending_until_saved(store):
    assert store.counts() == {"ok": 0, "failed": 0, "pending": 6}
    store.save([result(1), PointResult(2, "why", 3, [], [])])
    assert store.counts() == {"ok": 1, "failed": 1, "pending": 4}
    assert store.reasons() == [("why", 1)]
    assert [number for number, _ in store.points("Cao2021_thin_halide")] == [
        3,
        4,
        5,
        6,
    ]
    assert store.retry_failed() == 1
    assert store.counts() == {"ok": 1, "failed": 0, "pending": 5}


def test_groups_are_of_pending_points(store):
    name = "membrane thickness [um]"
    assert store.groups([name]) == [
        ("Cao2021_thin_halide", (20.0,)),
        ("Cao2021_thin_halide", (50.0,)),
    ]
    store.save([result(1), result(2), result(3)])
    assert store.groups([name]) == [("Cao2021_thin_halide", (50.0,))]
    pending = list(store.points("Cao2021_thin_halide", [name], [50.0]))
    np.testing.assert_array_equal(pending[0][1], [50.0, 0.1])


def test_a_grid_opens_with_what_varies_as_dimensions(store):
    store.save([result(1, 5.0), result(6, 7.0), PointResult(2, "why", 3, [], [])])
    store.close()
    data = open_study(store.path.parent)
    assert dict(data.sizes) == {"membrane thickness [um]": 2, "c_rate": 3, "depth": 3}
    capacity = data.discharge_capacity
    assert capacity.attrs["units"] == "mAh/g"
    assert float(capacity.sel({"membrane thickness [um]": 20, "c_rate": 0.1})) == 5
    assert float(capacity.isel({"membrane thickness [um]": 1, "c_rate": 2})) == 7
    assert int(np.isnan(capacity).sum()) == 4
    assert data.status.values[0].tolist() == ["ok", "failed", "pending"]
    assert data.reason.values[0, 1] == "why"
    np.testing.assert_array_equal(data.charge_voltage.values[0, 0], [0, 1, 2])
    assert "pybamm 26.10" in data.attrs["versions"]


@pytest.mark.parametrize("form", ["csv", "netcdf", "parquet"])
def test_exports_hold_the_same_numbers(store, form):
    import pandas as pd
    import xarray as xr

    store.save([result(number, float(number)) for number in range(1, 7)])
    store.close()
    file = export_study(store.path, form)
    if form == "netcdf":
        with xr.open_dataset(file) as data:
            values = data.discharge_capacity.values.ravel()
    else:
        read = pd.read_csv if form == "csv" else pd.read_parquet
        values = read(file)["discharge_capacity [mAh/g]"].to_numpy()
    np.testing.assert_array_equal(values, [1, 2, 3, 4, 5, 6])


def test_new_points_are_added_and_others_kept(store):
    store.save([result(1, 5.0)])
    vary = {"membrane thickness [um]": [20, 90], "c_rate": [0.1, 1.0]}
    assert store.extend(study_from({**CONTENT, "vary": vary})) == 2
    assert store.counts() == {"ok": 1, "failed": 0, "pending": 7}
    assert open_study(store.path).sizes["point"] == 8
    with pytest.raises(InputError, match="another upper_cutoff_V"):
        store.extend(study_from({**CONTENT, "protocol": {"upper_cutoff_V": 4.1}}))


def test_it_says_how_it_was_made(store):
    assert "SolidStateSPM" in store.meta("study")
    assert store.meta("versions")["pybamm"].startswith("26.10")
    parameters = store.meta("parameters")["Cao2021_thin_halide"]
    assert float(parameters["Separator thickness [m]"]) > 0


@pytest.mark.parametrize("content", [b"", b"some text\n" * 500, b"\0" * 4096])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / FILE
    path.write_bytes(content)
    with pytest.raises(InputError, match="it is left as it is") as error:
        StudyStore(path)
    assert "\n" not in str(error.value)
    assert path.read_bytes() == content


def test_another_database_is_refused(tmp_path):
    path = tmp_path / FILE
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE points (id INTEGER)")
    database.commit()
    database.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="is no study of aslb"):
        StudyStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (0, "3 or less, which aslb 0.1.0 reads; this version reads 4"),
        (5, "5, which a newer aslb reads; this version reads 4"),
    ],
)
def test_a_store_of_another_format_is_refused_in_one_line(store, found, said):
    store.close()
    database = sqlite3.connect(store.path)
    database.execute(f"PRAGMA user_version = {found}")
    database.close()
    with pytest.raises(InputError, match=rf"{FILE} has format {said}; acc") as error:
        StudyStore(store.path)
    assert "\n" not in str(error.value)


def test_a_damaged_store_is_refused_and_left_alone(store):
    store.save([result(number) for number in range(1, 7)])
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:12000] = b"\xff" * (12000 - 4096)
    store.path.write_bytes(content)
    with pytest.raises(InputError, match="it is left as it is"):
        StudyStore(store.path)
    assert store.path.read_bytes() == content


def test_a_second_process_is_refused(tmp_path):
    path = tmp_path / FILE
    code = (
        "from pathlib import Path; from aslb.experiments.study.on_disk import locked\n"
        f"with locked(Path({str(path)!r})): pass"
    )
    with locked(path):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True
        )
    assert f"another process is working on {path}" in done.stderr
    with locked(path):
        pass


def test_cycles_are_kept_up_to_the_one_that_failed(tmp_path):
    content = {
        **CONTENT,
        "protocol": {"name": "rate_test", "rates": [[0.1, 2], [1.0, 1]]},
        "vary": {"membrane thickness [um]": [20, 50, 90]},
    }
    store = StudyStore.create(
        tmp_path / FILE, study_from(content), engine={"name": "IDAKLU"}
    )
    curves = [np.full(3, float(k)) for k in range(6)]
    failures = store.save(
        [
            PointResult(1, "", 1, [1.0, 2.0, 3.0], curves, 2),
            PointResult(2, "cycle 3: why", 3, [1.0, 2.0], curves[:4], 2),
            PointResult(3, "cycle 1: why", 3, [], []),
        ]
    )
    assert failures == 2
    assert store.counts() == {"ok": 1, "failed": 2, "pending": 0}
    assert store.cycles_solved() == (2, 3)
    store.close()
    data = open_study(tmp_path)
    nan = np.nan
    np.testing.assert_array_equal(
        data.discharge_capacity, [[1, 2, 3], [1, 2, nan], [nan, nan, nan]]
    )
    np.testing.assert_array_equal(data.charge_voltage[1, :, 0], [0, 2, nan])
    np.testing.assert_array_equal(data.discharge_voltage[0, :, 2], [1, 3, 5])
    assert data.reason.values.tolist() == ["", "cycle 3: why", "cycle 1: why"]
    assert data.cycles_solved.values.tolist() == [2, 2, 0]
