"""A study file is read as it is meant, or refused in one line."""

import copy
from pathlib import Path

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mistakes import lines_of
from study_contents import RATE_TEST, VALID

from aslb.experiments import InputError, open_study
from aslb.experiments.engine.chosen import Chosen
from aslb.experiments.engine.outputs import ENERGIES, QUANTITIES
from aslb.experiments.protocols import RATE_TEST as RATE_TEST_OF_THE_PAPER
from aslb.experiments.study.names import check_weighable
from aslb.experiments.study.settings import StudyFile
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import read_study, study_from
from aslb.parameters.composition.cell import Cell

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"


def test_the_example_is_1200_points():
    study = read_study(EXAMPLES / "thickness_rate.toml")
    assert len(study) == 1200
    chosen, values = study.inputs(study.points[0])
    assert chosen == Chosen(c_rate=0.05)
    assert values == pytest.approx({"Separator thickness [m]": 20e-6})


def test_the_example_of_a_rate_test_is_that_of_the_paper():
    study = read_study(EXAMPLES / "rate_test.toml")
    assert study.c_rates == tuple(
        c_rate for c_rate, count in RATE_TEST_OF_THE_PAPER for _ in range(count)
    )
    assert len(study) == 24


def test_the_hash_is_that_of_what_results_depend_on():
    study = study_from(VALID)
    assert study.hash == study_from({**VALID, "cells": list(VALID["cells"])}).hash
    for key, value in {
        "model": "SolidStateDFN",
        "protocol": {"upper_cutoff_V": 4.1},
        "cells": ["Cao2021_thick_halide"],
        "outputs": {},
        "start": "as assembled",
    }.items():
        assert study_from({**VALID, key: value}).hash != study.hash


def test_a_cell_is_formed_unless_a_file_says_otherwise():
    formed, fresh = study_from(VALID), study_from({**VALID, "start": "as assembled"})
    (cell,) = VALID["cells"]
    assert len(formed.starts[cell].cycle_lengths) == 3
    assert {step.value for step in formed.starts[cell].steps[::2]} == {4.2}
    assert fresh.starts == {cell: None}
    assert (formed.setting["start"], fresh.setting["start"]) == (
        "formed",
        "as assembled",
    )
    with pytest.raises(InputError, match="start: 'new'; accepted: formed, as asse"):
        study_from({**VALID, "start": "new"})


def test_a_file_can_vary_the_hold():
    study = study_from({**VALID, "vary": {"hold_h": [0.5, 2], "c_rate": [1]}})
    assert [study.inputs(row)[0] for row in study.points] == [
        Chosen(1.0, 0.5),
        Chosen(1.0, 2.0),
    ]
    assert study.names[0].unit == "h"


def test_energies_need_a_cell_that_can_be_weighed():
    energies = {"quantities": ["energy_density"]}
    vary = {"c_rate": [1], "Positive electrode porosity": [0.2, 0.3]}
    assert len(study_from({**VALID, "vary": vary, "outputs": {}})) == 2
    with pytest.raises(InputError, match=r"accepted: to vary cathode\.active_mass_f"):
        study_from({**VALID, "vary": vary, "outputs": energies})
    study = study_from({**VALID, "outputs": energies})
    assert study.outputs.columns == ("energy_density of cathode+membrane+anode [Wh/L]",)
    weightless = pybamm.ParameterValues("Cao2021_thin_halide")
    weightless["Separator density [kg.m-3]"] = "[input]"
    with pytest.raises(InputError, match=r"energies of mine: 'Separator density \[kg"):
        check_weighable([Cell(weightless, "mine")], [])


def test_what_an_entry_carries_belongs_to_the_cell():
    cells = ["Cao2021_thin_halide", str(EXAMPLES / "lco_li3ycl6.toml")]
    vary = {"areal capacity [mAh.cm-2]": [2.0], "c_rate": [1]}
    study = study_from({**VALID, "cells": cells, "vary": vary})
    for cell in cells:
        inputs = study.inputs(study.points[0], cell)[1]
        area = np.prod(
            [
                study.cells[cell].numbers[f"Electrode {side} [m]"]
                for side in ("height", "width")
            ]
        )
        assert inputs["Nominal cell capacity [A.h]"] == pytest.approx(20 * area)
    # a plain parameter is another study than the entry of the same name
    names = ("cathode.thickness [um]", "Positive electrode thickness [um]")
    plain = study_from({**VALID, "vary": {names[1]: [50], "c_rate": [1]}})
    assert list(plain.inputs(plain.points[0])[1]) == [
        "Positive electrode thickness [m]"
    ]
    entry = study_from({**VALID, "vary": {names[0]: [50], "c_rate": [1]}})
    assert len(entry.inputs(entry.points[0])[1]) == 3


def test_every_output_has_a_unit_and_says_what_it_is(tmp_path):
    quantities = [*QUANTITIES, *ENERGIES]
    outputs = {
        "quantities": quantities,
        "losses_at_depth": [0.5],
        "charge_losses_at_depth": [0.5],
        "curve_points": 3,
    }
    vary = {"cathode.thickness_um": [50], "c_rate": [1]}
    study = study_from({**VALID, "vary": vary, "outputs": outputs})
    StudyStore.create(tmp_path / FILE, study, engine={"name": "IDAKLU"}).close()
    data = open_study(tmp_path)
    for name in data.variables:
        assert data[name].attrs["units"], name
        assert data[name].attrs["long_name"], name
    assert data["cathode.thickness_um"].units == "um"
    lost = "Separator loss at 0.5"
    assert data[f"{lost} [V]"].units == data[f"{lost} of the charge [V]"].units == "V"
    assert data[f"{lost} [V]"].long_name == f"{lost} of the discharge"
    assert data[f"{lost} of the charge [V]"].long_name == f"{lost} of the charge"
    assert data.specific_energy.boundary == "cathode+membrane+anode"
    assert data.specific_energy.dims == tuple(vary)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "a\nb",
            "c_rate",
            "membrane thickness [um]",
            "log",
            "points",
            "grid",
            "energy_density",
            "cathode",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = [(key,) for key in StudyFile.model_fields] + [
    ("vary", "c_rate"),
    ("vary", "membrane thickness [um]"),
    ("vary", "membrane thickness [um]", "log"),
    ("vary", "membrane thickness [um]", "points"),
    ("protocol", "hold_h"),
    ("protocol", "name"),
    ("protocol", "rates"),
    ("protocol", "upper_cutoff_V"),
    ("outputs", "quantities"),
    ("outputs", "boundaries"),
    ("outputs", "losses_at_depth"),
    ("outputs", "charge_losses_at_depth"),
    ("outputs", "curve_points"),
]


@settings(max_examples=300, deadline=None)
@given(
    valid=st.sampled_from([VALID, RATE_TEST]), place=st.sampled_from(PLACES), junk=JUNK
)
def test_anything_else_is_a_study_or_refused_in_a_line_a_mistake(valid, place, junk):
    content = copy.deepcopy(valid)
    section = content
    for key in place[:-1]:
        section = section.setdefault(key, {})
    section[place[-1]] = junk
    message = "refused"
    try:
        study = study_from(content)
    except InputError as error:
        message = str(error)
    else:
        assert np.isfinite(study.points).all()
        assert len(study) == len(np.unique(study.points, axis=0))
    lines_of(message)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_a_file_of_anything_is_refused_in_one_line(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("study") / "study.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match=r"study .*study\.toml: ") as error:
        read_study(path)
    assert "\n" not in str(error.value)
