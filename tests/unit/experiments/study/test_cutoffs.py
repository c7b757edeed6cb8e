"""Cut-off voltages of a study: those it names, or else each cell's own."""

import pybamm
import pytest

from aslb.experiments import InputError, Study, cccv, rate_test
from aslb.experiments.engine.chosen import has_varied_rate
from aslb.experiments.protocols import formation
from aslb.experiments.study.study_file import study_from

SHIPPED, LITHIUM = "Cao2021_thin_halide", "Asano2018_chloride"
STUDY = {
    "cells": [SHIPPED, LITHIUM],
    "vary": {"membrane thickness [um]": [50]},
    "protocol": {"c_rate": 1},
}


def cutoffs(study, cell):
    charge, discharge = study.experiments[cell].steps
    first, *_ = study.starts[cell].steps
    assert first.value == charge.value  # a cell is formed within the same
    return charge.value, discharge.termination[0].value


def test_each_cell_keeps_its_own_cutoffs():
    study = study_from(STUDY)
    found = {cell: cutoffs(study, cell) for cell in study.cells}
    for cell, (upper, lower) in found.items():
        own = pybamm.ParameterValues(cell)
        assert upper == own["Upper voltage cut-off [V]"]
        assert lower == own["Lower voltage cut-off [V]"]
    assert found[SHIPPED] != found[LITHIUM]


def test_a_named_cutoff_is_that_of_all_cells():
    study = study_from({**STUDY, "protocol": {"c_rate": 1, "upper_cutoff_V": 4.0}})
    assert {cutoffs(study, cell)[0] for cell in study.cells} == {4.0}
    assert study.hash != study_from(STUDY).hash


def test_cutoffs_that_cross_those_of_a_cell_are_refused():
    with pytest.raises(InputError, match="cut-off"):
        study_from({**STUDY, "protocol": {"c_rate": 1, "upper_cutoff_V": 1.0}})


@pytest.mark.parametrize("lower", [1e-9, 0.001, 2])
def test_a_cutoff_of_any_size_is_read_as_it_is_meant(lower):
    study = study_from({**STUDY, "protocol": {"c_rate": 1, "lower_cutoff_V": lower}})
    assert {cutoffs(study, cell)[1] for cell in study.cells} == {lower}


@pytest.mark.parametrize("protocol", [cccv(1), cccv(), rate_test([(0.1, 2)])])
def test_an_experiment_without_cutoffs_is_done_within_those_of_each_cell(protocol):
    rates = {"c_rate": [1.0]} if has_varied_rate(protocol) else None
    study = Study([SHIPPED, LITHIUM], protocol, rates)
    for cell, experiment in study.experiments.items():
        own = pybamm.ParameterValues(cell)
        charge, discharge = experiment.steps[:2]
        assert charge.value == own["Upper voltage cut-off [V]"]
        assert discharge.termination[0].value == own["Lower voltage cut-off [V]"]


def test_a_cutoff_that_is_given_is_that_of_all_cells_and_the_other_their_own():
    study = Study(
        [SHIPPED, LITHIUM],
        cccv(1, upper_cutoff=4.0),
        start=formation(lower_cutoff=2.2),
    )
    for cell, experiment in study.experiments.items():
        own = pybamm.ParameterValues(cell)
        charge, discharge = experiment.steps
        assert charge.value == 4.0
        assert discharge.termination[0].value == own["Lower voltage cut-off [V]"]
        charge, discharge, *_ = study.starts[cell].steps
        assert charge.value == own["Upper voltage cut-off [V]"]
        assert discharge.termination[0].value == 2.2


def test_cutoffs_of_a_call_that_cross_those_of_a_cell_are_refused():
    with pytest.raises(InputError, match="lower cut-off"):
        Study(LITHIUM, cccv(1, upper_cutoff=1.0))
