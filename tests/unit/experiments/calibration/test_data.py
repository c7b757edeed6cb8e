"""Measured data from files, and what of them is refused, each in one line."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.calibration.data import (
    check_against,
    read_data,
    theoretical_capacity,
)
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell

GOOD = "c_rate,discharge_capacity_mAh_g\n0.1,150\n1,100\n"
CURVE = "c_rate,capacity_mAh_g,voltage_V\n1,10,3.5\n1,50,3.2\n"
CELL = Cell("Cao2021_thin_halide")
IN_A_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(folder, text, name="data.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(*arguments, function=read_data):
    with pytest.raises(InputError) as error:
        function(*arguments)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_reference_data_are_those_of_cell_3():
    data = CELL.fit.data
    assert data.capacities == (178, 179, 165, 134, 124)
    assert data.cycles == (3, 5, 5, 5, 5)
    assert data.first_discharge[0] == 172
    assert data.first_efficiency[0] == pytest.approx(0.983)
    assert "cell-3" in data.source


def test_own_data_have_defaults(tmp_path):
    data = read_data(written(tmp_path, GOOD))
    assert data.c_rates == (0.1, 1.0)
    assert data.cycles == (1, 1)
    assert data.uncertainties == (3.0, 3.0)
    assert data.source == "data.csv"


def test_what_is_optional_is_read(tmp_path):
    text = "uncertainty_mAh_g,c_rate,cycles,discharge_capacity_mAh_g\n2,0.1,3,150\n"
    data = read_data(written(tmp_path, text + "4,1,5,100\n"))
    assert data.cycles == (3, 5)
    assert data.uncertainties == (2.0, 4.0)


def test_curves_belong_to_a_rate(tmp_path):
    table = written(tmp_path, GOOD)
    data = read_data(table, written(tmp_path, CURVE, "curves.csv"))
    assert data.curves == ((1.0, (10.0, 50.0), (3.5, 3.2)),)
    assert data.source == "data.csv and curves.csv"
    other = written(tmp_path, CURVE.replace("\n1,", "\n2,"), "other.csv")
    assert "no capacity at C-rate 2 in" in refusal(table, other)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rate,capacity\n1,2\n", "no column 'c_rate'; accepted columns: c_rate, disch"),
        (
            GOOD.replace("150", "-5"),
            "row 1: discharge_capacity_mAh_g '-5'; accepted: a positive number",
        ),
        (GOOD.replace("100", "0"), "row 2: discharge_capacity_mAh_g '0'; accepted"),
        (GOOD.replace("150", "nan"), "row 1: discharge_capacity_mAh_g 'nan'; accep"),
        (GOOD.replace("150", "inf"), "row 1: discharge_capacity_mAh_g 'inf'; accep"),
        (GOOD.replace("150", ""), "row 1: discharge_capacity_mAh_g ''; accepted: a"),
        (GOOD.replace("150", "many"), "'many'; accepted: a positive number"),
        (GOOD.replace("0.1,", "0,1,"), "more values in a row than columns; accepted"),
        ("c_rate,discharge_capacity_mAh_g\n", "no rows; accepted: one or more"),
        ("c_rate,discharge_capacity_mAh_g\n0.1,150\n", "one C-rate; accepted: two or"),
        (
            GOOD + "1,99\n",
            "row 3: c_rate 1; accepted: each block of equal rates in one row",
        ),
        (
            "c_rate,discharge_capacity_mAh_g,cycles\n0.1,150,3\n1,100,2.5\n",
            "row 2: cycles 2.5; accepted: a whole number",
        ),
        ("", "No columns to parse"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_row(text, message, tmp_path):
    path = written(tmp_path, text)
    said = refusal(path)
    assert said.startswith(f"{path}: ")
    assert message in said


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + GOOD,
        "c_rate;discharge_capacity_mAh_g\n0,1;150,0\n1;100\n",
        "c_rate\tdischarge_capacity_mAh_g\n0,1\t150\n1\t100\n",
        "c_rate, discharge_capacity_mAh_g\n0.1, 150\n1, 100\n",
        "c_rate,discharge_capacity_mAh_g\nC/10,150\n1C,100\n",
    ],
)
def test_what_spreadsheets_write_is_read(text, tmp_path):
    data = read_data(written(tmp_path, text))
    assert (data.c_rates, data.capacities) == ((0.1, 1.0), (150.0, 100.0))


def test_a_curve_may_be_written_so_too(tmp_path):
    curve = written(tmp_path, CURVE.replace(",", ";").replace("3.5", "3,5"), "c.csv")
    data = read_data(written(tmp_path, GOOD), curve)
    assert data.curves == ((1.0, (10.0, 50.0), (3.5, 3.2)),)


def test_further_columns_are_not_read_and_said(tmp_path):
    path = written(
        tmp_path, "cell,c_rate,discharge_capacity_mAh_g,cycle\na,0.1,150,3\na,1,100,5\n"
    )
    with pytest.warns(UserWarning, match=r"data\.csv: columns not read: cell, cycle$"):
        data = read_data(path)
    assert data.cycles == (1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            GOOD.replace("0.1,", '"0,1",'),
            "accepted: a positive number with a decimal p",
        ),
        (GOOD.replace("0.1,", "0,1,"), "decimals with a comma between semicolons only"),
    ],
)
def test_a_decimal_comma_among_commas_is_refused(text, message, tmp_path):
    assert message in refusal(written(tmp_path, text))


def test_what_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(("größe," + GOOD).encode("latin-1"))
    assert refusal(path).endswith("not UTF-8; accepted: CSV in UTF-8")


def test_a_rate_may_come_again_later(tmp_path):
    data = read_data(written(tmp_path, GOOD + "0.1,148\n"))
    assert data.c_rates == (0.1, 1.0, 0.1)


def test_one_rate_with_its_curve_is_enough(tmp_path):
    table = written(tmp_path, "c_rate,discharge_capacity_mAh_g\n1,100\n")
    assert read_data(table, written(tmp_path, CURVE, "curves.csv")).curves


def test_empty_lines_are_no_rows(tmp_path):
    path = written(tmp_path, GOOD.replace("\n1,100", "\n\n1,-100") + "\n\n")
    assert "row 2: discharge_capacity_mAh_g '-100'" in refusal(path)


@IN_A_FOLDER
@given(st.lists(st.floats(1, 200), min_size=2, max_size=6))
def test_a_curve_is_read_if_its_capacity_always_rises(tmp_path, capacities):
    rows = [f"1,{capacity!r},3.2" for capacity in capacities]
    curve = "\n".join(["c_rate,capacity_mAh_g,voltage_V", *rows, ""])
    files = written(tmp_path, GOOD), written(tmp_path, curve, "curves.csv")
    falls = np.flatnonzero(np.diff(capacities) <= 0)
    if len(falls) == 0:
        assert read_data(*files).curves[0][1] == pytest.approx(tuple(capacities))
    else:
        row = falls[0] + 2
        said = refusal(*files)
        assert (
            f"curves.csv: row {row}: capacity_mAh_g {capacities[row - 1]:g}; " in said
        )


def test_curves_of_two_rates_may_alternate(tmp_path):
    points = "0.1,5,3.6\n1,10,3.5\n0.1,90,3.5\n1,50,3.2\n"
    curves = written(tmp_path, CURVE.splitlines()[0] + "\n" + points, "curves.csv")
    data = read_data(written(tmp_path, GOOD), curves)
    assert [curve[1] for curve in data.curves] == [(5.0, 90.0), (10.0, 50.0)]


def test_theoretical_capacity_of_lithium_cobalt_oxide():
    # one lithium in 97.873 g/mol
    assert theoretical_capacity(CELL) == pytest.approx(96485 / 3.6 / 97.873, rel=1e-4)


@pytest.mark.parametrize("name", SHIPPED)
def test_data_that_ship_are_of_their_cells(name):
    cell = Cell(name)
    if cell.measured is not None:
        check_against(cell, cell.measured)


@given(st.floats(-500, 1000))
def test_a_capacity_is_between_nothing_and_all_sites(capacity):
    most = theoretical_capacity(CELL)
    data = replace(CELL.measured, capacities=(150, 140, capacity, np.nan, 90))
    if 0 < capacity <= most:
        check_against(CELL, data)
    else:
        said = refusal(CELL, data, function=check_against)
        assert f": row 3: {capacity:g} mAh/g; accepted: above 0, to {most:.4g}" in said


@given(st.floats(0, 10))
def test_a_voltage_is_near_the_cutoffs(voltage):
    curves = ((0.1, (10.0, 20.0), (3.5, voltage)),)
    data = replace(CELL.measured, curves=curves)
    if 2.0 <= voltage <= 4.35:
        check_against(CELL, data)
    else:
        said = refusal(CELL, data, function=check_against)
        where = f"curve at C-rate 0.1, its row 2: {voltage:g} V; accepted: 2 to 4.35 V"
        assert where in said


def test_a_curve_ends_where_sites_do():
    data = replace(CELL.measured, curves=((0.1, (10.0, 400.0), (3.5, 3.2)),))
    said = refusal(CELL, data, function=check_against)
    assert "curve at C-rate 0.1, its row 2: 400 mAh/g; accepted: above 0" in said
