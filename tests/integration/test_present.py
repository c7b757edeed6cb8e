"""Any answer is drawn, and saved as its command does."""

import json

import numpy as np
import pandas as pd
import pytest
from in_process import InProcess
from matplotlib.figure import Figure

from aslb import InputError, Study, cccv, plot, rate, save, thickness

SPM = {"model": "SolidStateSPM"}


@pytest.fixture(scope="module")
def study():
    vary = {"separator.thickness [um]": [20, 150], "c_rate": [0.2, 1]}
    return Study("Cao2021_thin_halide", cccv(), vary, **SPM).run(executor=InProcess())


@pytest.fixture(scope="module")
def answer():
    return thickness(
        thicknesses=[50e-6, 1e-3], c_rates=[1.0], executor=InProcess(), **SPM
    )


def test_the_first_figure_answers_the_question_and_others_go_by_name(answer):
    assert isinstance(plot(answer), Figure)
    assert "capacity" in plot(answer).axes[0].get_ylabel()
    assert len(plot(answer, "losses").axes) == 3  # places in the cycle
    with pytest.raises(InputError, match="no figure 'map'; accepted: thickness, los"):
        plot(answer, "map")


def test_an_answer_is_saved_as_its_command_does(answer, aslb, tmp_path):
    save(answer, tmp_path / "saved")
    options = (
        "--range-um 50 1000 --points 2 --c-rate 1C --model SolidStateSPM "
        "--beside none --bands 0"
    )
    assert aslb(f"thickness {options} --out typed").returncode == 0
    files = {
        folder: {path.name for path in (tmp_path / folder).iterdir()}
        for folder in ("saved", "typed")
    }
    assert files["saved"] == files["typed"]
    saved, typed = (
        pd.read_csv(tmp_path / folder / "thickness.csv") for folder in files
    )
    pd.testing.assert_frame_equal(saved, typed)
    made = json.loads((tmp_path / "saved" / "manifest.json").read_text())
    assert list(made["parameter_hash"]) == ["Cao2021_thin_halide"]


def test_a_study_is_an_answer_too(study, tmp_path):
    assert isinstance(plot(study, "discharge_capacity-lines"), Figure)
    save(study, tmp_path)
    table = pd.read_csv(tmp_path / "study.csv")
    np.testing.assert_allclose(
        table["discharge_capacity [mAh/g]"],
        study.discharge_capacity.values.ravel(),
        rtol=1e-9,
    )


def test_what_cannot_be_drawn_is_said_in_one_line(study):
    point = Study("Cao2021_thin_halide", cccv(1.0), **SPM)
    with pytest.raises(InputError, match="nothing to draw: single cycles of several"):
        plot(point.run(executor=InProcess()))
    with pytest.raises(InputError, match="Dataset without an analysis"):
        plot(study.drop_attrs())
    with pytest.raises(InputError, match="DataFrame without an analysis"):
        save(pd.DataFrame(), "nowhere")


def test_a_rate_test_of_one_cycle_has_a_figure():
    test = rate(["Cao2021_thin_halide"], [(1.0, 1)], executor=InProcess(), **SPM)
    assert isinstance(plot(test), Figure)


@pytest.mark.parametrize("use", [plot, lambda what: save(what, "nowhere")])
def test_what_is_no_answer_is_refused(use):
    with pytest.raises(InputError, match="int without an analysis in its attributes"):
        use(3)
