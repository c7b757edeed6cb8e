"""Rate tests as studies: many cells, every cycle kept, none lost."""

import numpy as np
import pybamm
import pytest

from aslb.experiments import InputError, export_study, rate_test, sweep
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.protocols import formation
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import active_mass

NAME = "membrane thickness [um]"
RATES = [[0.2, 2], [1.0, 3], [0.2, 5]]
C_RATES = [0.2, 0.2, 1.0, 1.0, 1.0, 0.2, 0.2, 0.2, 0.2, 0.2]
STUDY = {
    "model": "SolidStateSPM",
    "rtol": 1e-6,
    "protocol": {"name": "rate_test", "rates": RATES},
    "vary": {NAME: [50, 300]},
    "outputs": {
        "quantities": ["charge_capacity", "discharge_capacity"],
        "losses_at_depth": [0.5],
        "curve_points": 5,
    },
}


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    out = tmp_path_factory.mktemp("swept")
    return out, sweep(STUDY, out)


def test_every_cycle_is_what_plain_simulations_give(swept):
    _, data = swept
    assert (data.status == "ok").all()
    assert data.discharge_capacity.dims == (NAME, "cycle")
    assert data.c_rate.dims == ("cycle",)
    assert data.c_rate.values.tolist() == C_RATES
    assert data.cycle.values.tolist() == [*range(1, 11)]
    outputs = Outputs(("charge_capacity", "discharge_capacity"), (0.5,), 5)
    own = Cell("Cao2021_thin_halide").cutoffs()
    protocol = rate_test(list(map(tuple, RATES)), **own)
    formed = formation(**own)
    for thickness in data[NAME].values:
        cell = pybamm.ParameterValues("Cao2021_thin_halide")
        cell["Separator thickness [m]"] = thickness * 1e-6
        plain = simulate_cycles(
            cell, "SolidStateSPM", protocol, outputs, start=formed, rtol=1e-6
        ).cycles
        point = data.sel({NAME: thickness})
        for number, cycle in enumerate(plain, start=1):
            mine = point.sel(cycle=number)
            for name, value in zip(
                outputs.columns, cycle.values(outputs, active_mass(cell)), strict=True
            ):
                assert float(mine[name]) == pytest.approx(value, rel=1e-4, abs=1e-5)
            for name, curve in zip(outputs.curves, cycle.curves, strict=True):
                np.testing.assert_allclose(mine[name], curve, atol=1e-3)


def test_it_is_told_how_many_cycles_were_solved(swept, tmp_path):
    from aslb.experiments.study.report import sweep_report

    out, data = swept
    solved = int(data.cycles_solved.sum())
    assert 2 * 4 <= solved < 2 * len(C_RATES)
    report, failed, _ = sweep_report(out)
    assert f"No ageing: {solved} of 20 cycles were solved" in report.summary
    assert failed == 0
    assert [*report.figures] == [
        "charge_capacity-cycles",
        "discharge_capacity-cycles",
    ]


def test_the_best_and_the_worst_are_told(swept):
    from aslb.experiments.study.report import sweep_report

    out, data = swept
    said = sweep_report(out)[0].summary.splitlines()
    at = said.index("discharge_capacity [mAh/g]")
    most = data.discharge_capacity.max().item()
    assert said[at + 1].startswith("  lowest ")
    assert said[at + 2].startswith(f"  highest {most:9.4g}  at {NAME} = 50, cycle = ")


def test_a_table_has_one_row_a_cycle(swept):
    import pandas as pd

    out, data = swept
    table = pd.read_csv(export_study(out, "csv"), keep_default_na=False)
    assert len(table) == 20
    assert table.c_rate.tolist() == 2 * C_RATES
    assert table.cycle.tolist() == 2 * [*range(1, 11)]
    np.testing.assert_allclose(
        table["discharge_capacity [mAh/g]"], data.discharge_capacity.values.ravel()
    )
    read = pd.read_parquet(export_study(out, "parquet"))
    pd.testing.assert_frame_equal(read, table, check_dtype=False)


def test_points_are_added_and_other_rates_refused(tmp_path):
    sweep(STUDY, tmp_path)
    data = sweep({**STUDY, "vary": {NAME: [50, 90]}}, tmp_path, extend=True)
    assert dict(data.sizes) == {"point": 3, "cycle": 10, "depth": 5}
    assert (data.status == "ok").all()
    protocol = {"name": "rate_test", "rates": [[0.2, 10]]}
    with pytest.raises(InputError, match="a study with another rates"):
        sweep({**STUDY, "protocol": protocol}, tmp_path, extend=True)
    with pytest.raises(InputError, match="a study with another rates"):
        sweep({**STUDY, "protocol": {"c_rate": 1}}, tmp_path, extend=True)
