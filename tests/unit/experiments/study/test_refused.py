"""What a study file may not say is named in one line."""

import copy
import math

import pytest
from mistakes import lines_of
from study_contents import VALID

from aslb.experiments import InputError
from aslb.experiments.study.study_file import study_from

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
    r"vary: unknown parameter 'a\nb'": ("vary", {"a\nb": None, "c_rate": [1]}),
    "c_rate is missing": ("vary", {"membrane thickness [um]": [1]}),
    "c_rate is given twice": ("protocol", {"c_rate": 1}),
    "c_rate: no values": ("vary", {"c_rate": []}),
    "c_rate: 1 is given twice": ("vary", {"c_rate": [1, 1.0]}),
    "c_rate: nan; accepted: a finite number": ("vary", {"c_rate": [math.nan]}),
    "c_rate: 0; accepted: a positive number": ("vary", {"c_rate": [0]}),
    "c_rate: '1D' is not a C-rate; accepted: C/20": ("vary", {"c_rate": ["1D"]}),
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
    "vary: 'Current function [A]': the protocol sets the current; accepted: c_rate": (
        "vary",
        {"c_rate": [1], "Current function [A]": [1, 2]},
    ),
    "conditions.temperature_C: 1e+09; accepted: -273.15 to 726.85": (
        "vary",
        {"c_rate": [1], "conditions.temperature_C": [25, 1e9]},
    ),
    "membrane thickness [um]: 1e+09; accepted: 0 to 1e+06": (
        "vary",
        {"c_rate": [1], "membrane thickness [um]": [1e9]},
    ),
    "c_rate: 1e-09; accepted: 0.001 to 1000": ("vary", {"c_rate": [1e-9]}),
    "hold_h: 1e+20; accepted: 0 to 1000": (
        "vary",
        {"c_rate": [1], "hold_h": [1e20]},
    ),
    "c_rate: 1e+308; accepted: -1e+30 to 1e+30": ("vary", {"c_rate": [1e308]}),
    "Upper cut-off [V]: -1e+308; accepted: -1e+30 to": (
        "vary",
        {"Upper cut-off [V]": {"linear": [-1e308, 1e308], "points": 3}},
    ),
    "c_rate: log range from 1e-300; accepted: positive numbers, from 1e-30": (
        "vary",
        {"c_rate": {"log": [1e-300, 1], "points": 3}},
    ),
    "upper cut-off 1e+18 V; accepted: -1 to 6 V": (
        "protocol",
        {"upper_cutoff_V": 1e18},
    ),
    "hold of 1e+20 h; accepted: a positive number of hours, at most 1000": (
        "protocol",
        {"hold_h": 1e20},
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


def test_all_that_is_wrong_is_told_at_once(aslb, tmp_path):
    (tmp_path / "study.toml").write_text(
        'modle = "SolidStateDFN"\nrtol = 1\n[protocol]\nhold_h = "long"\nname = "x"\n'
    )
    done = aslb("sweep study.toml")
    assert done.returncode == 2
    lines = lines_of(done.stderr.rstrip("\n"))
    assert all(line.startswith("aslb: study study.toml: ") for line in lines)
    told = [line.removeprefix("aslb: study study.toml: ") for line in lines]
    assert [line.split(";")[0] for line in told] == [
        "protocol.name: 'x'",
        "protocol.hold_h: 'long'",
        "rtol: 1",
        "unknown key 'modle'",
    ]
    assert "the nearest: 'model'" in told[-1]


def test_every_name_and_every_value_that_varies_is_checked():
    vary = {"c_rat": [1], "membrane thicknes [um]": [1]}
    with pytest.raises(InputError) as error:
        study_from({"vary": vary})
    assert len(lines_of(error.value)) == 2
    with pytest.raises(InputError) as error:
        study_from({"vary": {"c_rate": [0], "membrane thickness [um]": [-1]}})
    assert [line.split(":")[0] for line in lines_of(error.value)] == [
        "c_rate",
        "membrane thickness [um]",
    ]
    ranges = {"c_rate": [], "membrane thickness [um]": {"log": [1, 2]}}
    with pytest.raises(InputError) as error:
        study_from({"vary": ranges})
    assert len(lines_of(error.value)) == 2
