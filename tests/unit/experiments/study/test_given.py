"""What a study is given in Python is refused in one line, as in a file."""

from pathlib import Path

import numpy as np
import pybamm
import pytest

from aslb.experiments import InputError, Study, cccv, rate_test
from aslb.experiments.protocols import formation
from aslb.experiments.regulated_charge import RegulatedCharge

CELL = "Cao2021_thin_halide"
LAYER = "separator.thickness [um]"
UP_AND_DOWN = pybamm.Experiment([("Charge at 1C until 4.2 V", "Rest for 1 hour")])
REFUSED = {
    "unknown cell 'Foo'; accepted: Cao2021_thick_sulfide": (("Foo", cccv(1)), {}),
    "3 is no cell; accepted: Cao2021_thick": (([3], cccv(1)), {}),
    "cells: []; accepted: a list of names": (([], cccv(1)), {}),
    "'Chen2020' is no solid-state cell": (("Chen2020", cccv(1)), {}),
    "c_rate is missing": ((CELL, cccv()), {}),
    "c_rate is given twice": ((CELL, cccv(0.5), {"c_rate": [1]}), {}),
    "hold_h: no hold in the protocol; accepted: cccv": (
        (CELL, UP_AND_DOWN, {"hold_h": [1, 2]}),
        {},
    ),
    "hold_h: -1; accepted: a positive": ((CELL, cccv(1), {"hold_h": [-1]}), {}),
    "start: 'fresh'; accepted: formed, as assembled": (
        (CELL, cccv(1)),
        {"start": "fresh"},
    ),
    "protocol: int; accepted: a pybamm.Exp": ((CELL, cccv(1)), {"start": 3}),
    "protocol: str; accepted: a pybamm.Experiment": ((CELL, "cccv"), {}),
    "protocol: NoneType; accepted": ((CELL, lambda **own: None), {}),
    "unknown key 'quantity'; accepted: model, method": (
        (CELL, cccv(1)),
        {"quantity": ["discharge_capacity"]},
    ),
    "model: 'DFN'; accepted: SolidStateDFN": ((CELL, cccv(1)), {"model": "DFN"}),
    "outputs.quantities: 'capacity'; accepted: charge_capacity": (
        (CELL, cccv(1)),
        {"quantities": ["capacity"]},
    ),
    "vary: nothing varies": ((CELL, cccv(1)), {"method": "list"}),
    "vary: nothing varies; accepted: a table": (
        (CELL, cccv(1)),
        {"method": "sobol", "points": 4},
    ),
    "c_rate: 0.5; accepted: a list of numbers, or linear = [low, high] or": (
        (CELL, cccv(), {"c_rate": 0.5}),
        {},
    ),
    "c_rate: 0.5; accepted: linear = [low, high] or log = [low, high]": (
        (CELL, cccv(), {"c_rate": 0.5}),
        {"method": "sobol", "points": 4},
    ),
    "c_rate is missing; accepted: in what varies, or in the protocol": (
        (CELL, cccv()),
        {},
    ),
    "unknown parameter 'separator.thick": (
        (CELL, cccv(1), {"separator.thick [um]": [1]}),
        {},
    ),
}


@pytest.mark.parametrize("message", REFUSED)
def test_a_mistake_is_named_in_one_line(message):
    given, settings = REFUSED[message]
    with pytest.raises(InputError) as error:
        Study(*given, **settings)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_unknown_settings_are_told_what_there_is():
    with pytest.raises(
        InputError, match="rtol, var_pts, bands, quantities, boundaries, lo"
    ):
        Study(CELL, cccv(1), colour="red")


def test_cells_that_would_have_other_rates_are_refused():
    protocol = iter([cccv(1), rate_test([(1, 2)])])
    with pytest.raises(InputError, match="cycles that differ from cell to cell"):
        Study([CELL, "Cao2021_thick_halide"], lambda **own: next(protocol))


def test_numbers_of_numpy_and_tuples_are_as_good_as_any():
    vary = {"c_rate": {"log": (0.1, 1)}, LAYER: {"linear": [20, 30]}}
    options = {"method": "sobol", "points": np.int64(4), "seed": np.int32(1)}
    assert len(Study(CELL, cccv(), vary, **options)) == 4
    assert len(Study(CELL, cccv(), {"c_rate": np.array([0.1, 1])})) == 2


def test_a_path_is_a_cell():
    example = Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml"
    assert [*Study(example, cccv(1)).cells] == [str(example)]


def test_the_protocol_is_in_the_text_and_in_the_hash():
    study = Study(CELL, cccv(0.5), model="SolidStateSPM")
    assert "RegulatedCharge 3.85" in study.text
    assert "rate 0.5 hold 1.0" in study.text
    assert study.hash == Study(CELL, cccv(0.5), model="SolidStateSPM").hash
    charged = RegulatedCharge(3.85, 0.5, 1.0, tags=["mine"])
    same = pybamm.Experiment([(charged, "Discharge at C/2 until 2.5 V")])
    assert study.hash == Study(CELL, same, model="SolidStateSPM").hash
    assert study.hash != Study(CELL, cccv(0.6), model="SolidStateSPM").hash
    longer = cccv(0.5, hold=2.0)
    assert study.hash != Study(CELL, longer, model="SolidStateSPM").hash


def test_so_is_the_start():
    def of(**start):
        return Study(CELL, cccv(0.5), model="SolidStateSPM", **start)

    assert of().hash == of(start="formed").hash == of(start=formation).hash
    fresh, other = of(start="as assembled"), of(start=cccv(1.0))
    assert len({of().hash, fresh.hash, other.hash}) == 3
    assert fresh.setting["start"] == "as assembled"
    assert "rate 0.05 hold 1.0" in of().text


def test_cycles_are_counted():
    assert Study(CELL, cccv(0.5)).cycles == 1
    study = Study(CELL, rate_test([(0.1, 2), (1, 1)]))
    assert study.cycles == 3
    assert study.c_rates == (0.1, 0.1, 1.0)


def test_what_is_no_executor_is_named(tmp_path):
    study = Study(CELL, cccv(1), model="SolidStateSPM")
    for out in (None, tmp_path / "study"):
        with pytest.raises(InputError, match="executor: 2; accepted: a concurrent"):
            study.run(out, executor=2)
    assert not list(tmp_path.iterdir())
