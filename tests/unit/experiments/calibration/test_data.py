import pytest

from aslb.errors import InputError
from aslb.experiments.calibration.data import read_data
from aslb.parameters.composition.cell import Cell

GOOD = "c_rate,discharge_capacity_mAh_g\n0.1,150\n1,100\n"


def written(folder, text, name="data.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_reference_data_are_those_of_cell_3():
    data = Cell("Cao2021_thin_halide").fit.data
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


def test_curves_belong_to_a_rate(tmp_path):
    table = written(tmp_path, GOOD)
    curve = "c_rate,capacity_mAh_g,voltage_V\n1,10,3.5\n1,50,3.2\n"
    data = read_data(table, written(tmp_path, curve, "curves.csv"))
    assert data.curves == ((1.0, (10.0, 50.0), (3.5, 3.2)),)
    with pytest.raises(InputError, match="no capacity at C-rate 2 in"):
        read_data(table, written(tmp_path, curve.replace("\n1,", "\n2,"), "other.csv"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rate,capacity\n1,2\n", "no column 'c_rate'; accepted columns: c_rate, disch"),
        (GOOD.replace("150", "-5"), "'discharge_capacity_mAh_g' must hold positive"),
        (GOOD.replace("150", "nan"), "must hold positive numbers"),
        (GOOD.replace("150", "many"), "must hold positive numbers"),
        ("c_rate,discharge_capacity_mAh_g\n", "must hold positive numbers"),
        ("", "No columns to parse"),
    ],
)
def test_what_is_wrong_is_one_line(text, message, tmp_path):
    with pytest.raises(InputError, match=message) as error:
        read_data(written(tmp_path, text))
    assert "\n" not in str(error.value)
