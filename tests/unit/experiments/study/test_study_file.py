"""A study file is read as it is meant, or refused in one line."""

import copy
import math
from pathlib import Path

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.experiments import InputError, open_study
from aslb.experiments.engine.outputs import ENERGIES, QUANTITIES
from aslb.experiments.protocols import RATE_TEST as RATE_TEST_OF_THE_PAPER
from aslb.experiments.study.names import check_weighable
from aslb.experiments.study.settings import StudyFile
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import read_study, study_from
from aslb.parameters.composition.cell import Cell

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"
VALID = {
    "cells": ["Cao2021_thin_halide"],
    "model": "SolidStateSPM",
    "protocol": {"upper_cutoff_V": 4.2},
    "vary": {
        "membrane thickness [um]": {"log": [20, 1000], "points": 3},
        "c_rate": [0.1, 1.0],
    },
    "outputs": {
        "quantities": ["discharge_capacity", "specific_energy"],
        "boundaries": ["cathode+membrane"],
        "losses_at_depth": [0.5],
    },
}
REFUSED = {
    "unknown key 'foo'; accepted: cells": ("foo", 1),
    "unknown key 'protocol.current'": ("protocol", {"current": 1}),
    "unknown key 'outputs.all'": ("outputs", {"all": True}),
    "unknown cell 'cell-3'": ("cells", ["cell-3"]),
    "cells: []; accepted: a list of names": ("cells", []),
    "model: 'DFN'; accepted: SolidStateDFN": ("model", "DFN"),
    "protocol.name: 'gitt'; accepted: cccv, rate_test": (
        "protocol",
        {"name": "gitt"},
    ),
    "protocol.rates: not accepted with protocol 'cccv'": (
        "protocol",
        {"rates": [[1, 1]]},
    ),
    "c_rate: not accepted with protocol 'rate_test'": (
        "protocol",
        {"name": "rate_test", "rates": [[1, 1]]},
    ),
    "vary: nothing varies": ("vary", {}),
    "c_rate is missing": ("vary", {"membrane thickness [um]": [1]}),
    "c_rate is given twice": ("protocol", {"c_rate": 1}),
    "c_rate: no values": ("vary", {"c_rate": []}),
    "c_rate: 1 is given twice": ("vary", {"c_rate": [1, 1.0]}),
    "c_rate: nan; accepted: a finite number": ("vary", {"c_rate": [math.nan]}),
    "c_rate: 0; accepted: a positive number": ("vary", {"c_rate": [0]}),
    "c_rate: '1C'; accepted: a number": ("vary", {"c_rate": ["1C"]}),
    "c_rate: points: 100000000; accepted: 2 to": (
        "vary",
        {"c_rate": {"log": [1, 2], "points": 10**8}},
    ),
    "c_rate: points is missing": ("vary", {"c_rate": {"log": [1, 2]}}),
    "c_rate: 2 ranges": (
        "vary",
        {"c_rate": {"log": [1, 2], "linear": [1, 2], "points": 2}},
    ),
    "c_rate: range 2 to 1": ("vary", {"c_rate": {"linear": [2, 1], "points": 2}}),
    "c_rate: log range from -1": ("vary", {"c_rate": {"log": [-1, 1], "points": 2}}),
    "grid of 4000000 points": (
        "vary",
        {
            "c_rate": {"log": [1, 2], "points": 2000},
            "membrane thickness [um]": {"log": [1, 2], "points": 2000},
        },
    ),
    "unit 'kg' is not one of it; accepted: [m], [cm], [mm], [um], [nm]": (
        "vary",
        {"c_rate": [1], "membrane thickness [kg]": [1]},
    ),
    "unknown parameter 'membrane thicknes [um]'; the nearest: 'membrane thickness'": (
        "vary",
        {"c_rate": [1], "membrane thicknes [um]": [1]},
    ),
    "the nearest: 'catholyte.conductivity' or": (
        "vary",
        {"c_rate": [1], "catholite.conductivity [S.m-1]": [1]},
    ),
    "cathode.thickness_um' varies twice, under two names": (
        "vary",
        {"c_rate": [1], "areal capacity [mAh.cm-2]": [1], "cathode.thickness_um": [1]},
    ),
    "conditions.upper_cutoff_V': cut-offs are those of the protocol": (
        "vary",
        {"c_rate": [1], "conditions.upper_cutoff_V": [4]},
    ),
    "cathode.active_mass_percent: 100; accepted: less than 100": (
        "vary",
        {"c_rate": [1], "cathode.active_mass_percent": [80, 100]},
    ),
    "cathode.active_fraction [%]: 101; accepted: at most 100": (
        "vary",
        {"c_rate": [1], "cathode.active_fraction [%]": [101]},
    ),
    "conditions.temperature_C: -300; accepted: above -273.15": (
        "vary",
        {"c_rate": [1], "conditions.temperature_C": [-300]},
    ),
    "cathode.areal_mass [mg.cm-2]: 0; accepted: a positive number": (
        "vary",
        {"c_rate": [1], "cathode.areal_mass [mg.cm-2]": [0]},
    ),
    "outputs.boundaries: 'cell'; accepted: cathode, cathode+membrane": (
        "outputs",
        {"quantities": ["specific_energy"], "boundaries": ["cell"]},
    ),
    "outputs.boundaries: accepted with quantities specific_energy or": (
        "outputs",
        {"boundaries": ["cathode"]},
    ),
    "is no plain number in Cao2021_thin_halide": (
        "vary",
        {"c_rate": [1], "Positive electrode OCP [V]": [1]},
    ),
    "varies twice, under two names": (
        "vary",
        {"c_rate": [1], "membrane thickness [um]": [1], "Separator thickness [m]": [1]},
    ),
    "points: not accepted with method 'grid'": ("points", 5),
    "protocol.hold_h: 'long'; accepted: a number": ("protocol", {"hold_h": "long"}),
    "lower cut-off 5 V is not below": ("protocol", {"lower_cutoff_V": 5}),
    "outputs.quantities: 'capacity'; accepted: charge_capacity": (
        "outputs",
        {"quantities": ["capacity"]},
    ),
    "outputs.losses_at_depth: 1.5": ("outputs", {"losses_at_depth": [1.5]}),
    "outputs.losses_at_depth: None; accepted: a number": (
        "outputs",
        {"losses_at_depth": [0, None]},
    ),
    "outputs.losses_at_depth: the same depth": (
        "outputs",
        {"losses_at_depth": [0.5, 0.5]},
    ),
    "outputs.curve_points: 1; accepted: 2 to": ("outputs", {"curve_points": 1}),
}


@pytest.mark.parametrize("message", REFUSED)
def test_a_mistake_is_named_in_one_line(message):
    key, value = REFUSED[message]
    content = {**copy.deepcopy(VALID), key: value}
    with pytest.raises(InputError) as error:
        study_from(content)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_the_example_is_1200_points():
    study = read_study(EXAMPLES / "thickness_rate.toml")
    assert len(study) == 1200
    c_rate, values = study.inputs(study.points[0])
    assert c_rate == 0.05
    assert values == pytest.approx({"Separator thickness [m]": 20e-6})


def test_the_example_of_a_rate_test_is_that_of_the_paper():
    study = read_study(EXAMPLES / "rate_test.toml")
    assert study.c_rates == tuple(
        c_rate for c_rate, count in RATE_TEST_OF_THE_PAPER for _ in range(count)
    )
    assert len(study) == 24


RATE_TEST = {
    **VALID,
    "protocol": {"name": "rate_test", "rates": [[0.1, 2], [1, 1]]},
    "vary": {"membrane thickness [um]": {"log": [20, 1000], "points": 2}},
}


def with_rates(rates):
    return {**RATE_TEST, "protocol": {"name": "rate_test", "rates": rates}}


def test_a_rate_test_has_a_rate_for_each_cycle():
    study = study_from(RATE_TEST)
    assert study.cycles == 3
    assert len(study) == 2
    _, values = study.inputs(study.points[1])
    assert study.c_rates == (0.1, 0.1, 1.0)
    assert values == pytest.approx({"Separator thickness [m]": 1e-3})
    for other in ([[0.1, 3], [1, 1]], [[0.1, 2]], [[1, 1], [0.1, 2]]):
        assert study_from(with_rates(other)).hash != study.hash


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ([], r"protocol.rates: \[\]; accepted: a list of \[c_rate, cycles\]"),
        ({"0.1": 2}, "accepted: a list of"),
        ([0.1, 2], "protocol.rates: 0.1; accepted: a list of"),
        ([[0.1]], r"protocol.rates: \[0.1\]; accepted: a list of"),
        ([[0.1, 2, 3]], "accepted: a list of"),
        ([["C/10", 2]], "protocol.rates: 'C/10'; accepted: a number"),
        ([[math.nan, 2]], "protocol.rates: nan; accepted: a finite number"),
        ([[-0.1, 2]], "protocol.rates: -0.1; accepted: a positive rate"),
        ([[0, 2]], "protocol.rates: 0; accepted: a positive rate"),
        ([[0.1, 0]], "protocol.rates: 0; accepted: 1 to 1000"),
        ([[0.1, 2.0]], "protocol.rates: 2.0; accepted: a whole number"),
        ([[0.1, True]], "protocol.rates: True; accepted: a whole number"),
        ([[0.1, 1001]], "protocol.rates: 1001; accepted: 1 to 1000"),
        ([[0.1, 600], [1, 600]], "protocol.rates: 1200 cycles; accepted: at most 1000"),
    ],
)
def test_rates_that_make_no_test_are_named_in_one_line(rates, message):
    with pytest.raises(InputError, match=message) as error:
        study_from(with_rates(rates))
    assert "\n" not in str(error.value)


def test_a_rate_test_needs_rates_and_no_other():
    with pytest.raises(InputError, match=r"protocol\.rates is missing; accepted"):
        study_from({**RATE_TEST, "protocol": {"name": "rate_test"}})
    given = {**RATE_TEST["protocol"], "c_rate": 1}
    with pytest.raises(InputError, match="c_rate: not accepted with protocol 'rate_te"):
        study_from({**RATE_TEST, "protocol": given})


@settings(max_examples=100, deadline=None)
@given(
    blocks=st.lists(
        st.tuples(
            st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 5),
            st.integers(-2, 1200),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_rates_are_read_as_they_are_meant_or_refused(blocks):
    sound = all(0 < c_rate < math.inf and count >= 1 for c_rate, count in blocks)
    sound = sound and sum(count for _, count in blocks) <= 1000
    content = with_rates([list(block) for block in blocks])
    if not sound:
        with pytest.raises(InputError, match=r"protocol\.rates: ") as error:
            study_from(content)
        assert len(str(error.value).splitlines()) == 1
        return
    study = study_from(content)
    c_rates = study.c_rates
    assert len(c_rates) == study.cycles == sum(count for _, count in blocks)
    assert [*dict.fromkeys(c_rates)] == [*dict.fromkeys(float(c) for c, _ in blocks)]


def test_a_grid_is_every_combination_and_a_list_is_not():
    grid = study_from(VALID)
    assert grid.points.shape == (6, 2)
    assert grid.is_grid
    vary = {"membrane thickness [um]": [20, 30], "c_rate": [1, 2]}
    listed = study_from({**VALID, "method": "list", "vary": vary})
    np.testing.assert_array_equal(listed.points, [[20, 1], [30, 2]])
    with pytest.raises(InputError, match="1 values where membrane thickness"):
        study_from({**VALID, "method": "list", "vary": {**vary, "c_rate": [1]}})


@pytest.mark.parametrize("method", ["sobol", "latin hypercube"])
def test_samples_fill_the_ranges_and_repeat_with_their_seed(method):
    vary = {
        "membrane thickness [um]": {"log": [20, 1000]},
        "c_rate": {"linear": [1, 2]},
    }
    content = {**VALID, "method": method, "points": 64, "seed": 3, "vary": vary}
    points = study_from(content).points
    np.testing.assert_array_equal(points, study_from(content).points)
    assert not np.array_equal(points, study_from({**content, "seed": 4}).points)
    assert points[:, 0].min() >= 20
    assert points[:, 0].max() <= 1000
    assert np.median(points[:, 0]) == pytest.approx(math.sqrt(20 * 1000), rel=0.1)
    if method == "sobol":
        with pytest.raises(InputError, match="a power of two, as 128"):
            study_from({**content, "points": 100})


def test_points_come_from_a_csv(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("c_rate,membrane thickness [um]\n0.5,47\n1,100\n")
    content = {key: VALID[key] for key in ("model", "outputs")}
    content |= {"method": "csv", "file": "points.csv"}
    study = study_from(content, folder=tmp_path)
    np.testing.assert_array_equal(study.points, [[0.5, 47], [1, 100]])
    for rows, message in {
        "0.5,47\n0.5,47\n": "is given twice",
        "0.5,\n": "'nan' in line 2; accepted: a finite number",
        "0.5,inf\n": "'inf' in line 2",
        "": "0 points; accepted: 1 to",
    }.items():
        file.write_text("c_rate,membrane thickness [um]\n" + rows)
        with pytest.raises(InputError, match=message):
            study_from(content, folder=tmp_path)
    with pytest.raises(InputError, match="No such file"):
        study_from({**content, "file": "none.csv"}, folder=tmp_path)


def test_the_hash_is_that_of_what_results_depend_on():
    study = study_from(VALID)
    assert study.hash == study_from({**VALID, "cells": list(VALID["cells"])}).hash
    for key, value in {
        "model": "SolidStateDFN",
        "protocol": {"upper_cutoff_V": 4.1},
        "cells": ["Cao2021_thick_halide"],
        "outputs": {},
    }.items():
        assert study_from({**VALID, key: value}).hash != study.hash


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
    outputs = {"quantities": quantities, "losses_at_depth": [0.5], "curve_points": 3}
    vary = {"cathode.thickness_um": [50], "c_rate": [1]}
    study = study_from({**VALID, "vary": vary, "outputs": outputs})
    StudyStore.create(tmp_path / FILE, study, compiled=False).close()
    data = open_study(tmp_path)
    for name in data.variables:
        assert data[name].attrs["units"], name
        assert data[name].attrs["long_name"], name
    assert data["cathode.thickness_um"].units == "um"
    assert data["Separator loss at 0.5 [V]"].units == "V"
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
    ("outputs", "curve_points"),
]


@settings(max_examples=300, deadline=None)
@given(
    valid=st.sampled_from([VALID, RATE_TEST]), place=st.sampled_from(PLACES), junk=JUNK
)
def test_anything_else_is_a_study_or_refused_in_one_line(valid, place, junk):
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
    assert len(message.splitlines()) == 1


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_a_file_of_anything_is_refused_in_one_line(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("study") / "study.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match=r"study .*study\.toml: ") as error:
        read_study(path)
    assert "\n" not in str(error.value)
