import numpy as np
import pytest

from aslb.errors import InputError
from aslb.experiments.analyses.design.bands import _farthest
from aslb.experiments.analyses.design.evaluation import UNKNOWN, margins, measured
from aslb.experiments.analyses.design.question import asked
from aslb.experiments.analyses.design.requirement import RETENTION, Measure
from aslb.parameters.composition.masses import BOUNDARIES

FOUND = {
    "discharge_capacity": np.array([[160.0, 120.0], [0.0, 0.0], [np.nan, 120.0]]),
    "specific_energy": np.array([[300.0, 200.0], [0.0, 0.0], [np.nan, 200.0]]),
}
RATES = (0.05, 1.0)


ASKED = ("specific_energy 250", "retention 0.8 at 1C")
VARIED = ("separator.thickness 10 1000",)


def question(at_least=ASKED, goal="separator.thickness", vary=VARIED, anode="as-built"):
    return asked(
        "Cao2021_thin_halide",
        at_least,
        vary,
        (goal, 1),
        anode=anode,
        anode_thickness=None,
        boundary=BOUNDARIES[2],
        model="SolidStateSPM",
        hold=1.0,
        cutoffs={},
        folder=None,
        executor=None,
    )


def test_a_share_is_that_of_the_slow_rate_and_of_nothing_it_is_none():
    measures = (Measure(RETENTION, 1.0), Measure("specific_energy", 0.05))
    kept, energy = measured(measures, RATES, FOUND).T
    np.testing.assert_equal(kept, [0.75, 0.0, np.nan])
    np.testing.assert_equal(energy, [300.0, 0.0, np.nan])


def test_a_margin_is_a_share_of_what_is_asked():
    one = question()
    values = measured(one.measures, RATES, FOUND)
    expected = [[0.2, -0.0625], [-1.0, -1.0], [UNKNOWN, UNKNOWN]]
    np.testing.assert_allclose(margins(one, values), expected)


def test_rates_are_those_of_all_that_is_asked_and_of_the_whole_capacity():
    assert question().c_rates == (0.05, 1.0)
    assert question(["specific_energy 200 at C/2"]).c_rates == (0.5,)
    one = question(["retention 0.8 C/2"], "specific_energy at 1C")
    assert one.c_rates == (0.05, 0.5, 1.0)
    assert one.goal_measure == Measure("specific_energy", 1.0)


@pytest.mark.parametrize("sign", [1, -1])
def test_each_sample_goes_as_far_as_all_is_met(sign):
    nodes = np.geomspace(10, 1000, 11)
    limits = np.array([30.0, 77.0, 400.0])
    along = sign * np.log(limits[:, None] / nodes)
    found = _farthest(nodes, along, sign)
    np.testing.assert_allclose(found, limits, rtol=1e-2)


def test_a_sample_that_never_or_always_meets_all_counts_with_an_end():
    nodes = np.geomspace(10, 1000, 11)
    along = np.array([np.full(11, -0.1), np.full(11, 0.1)])
    np.testing.assert_allclose(_farthest(nodes, along, 1), [10, 1000])
    np.testing.assert_allclose(_farthest(nodes, along, -1), [1000, 10])


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ({"at_least": []}, "nothing is asked"),
        (
            {"at_least": [ASKED[1], "retention 0.9 1C"]},
            "retention at 1C is asked twice",
        ),
        ({"vary": []}, "nothing may differ"),
        ({"vary": [*VARIED, "separator.thickness"]}, "varies twice"),
        ({"vary": [*VARIED, "separator.areal_mass 1 2"]}, "both set"),
        (
            {"vary": ["cathode.thickness", "cathode.areal_capacity"]},
            "'cathode.thickness' and 'cathode.areal_capacity' both set",
        ),
        ({"vary": [*VARIED, "cathode.porosity 0.1 0.3"]}, "energies, but"),
        ({"goal": "speed"}, "goal 'speed'; accepted: what varies"),
        ({"anode": "Na"}, "unknown anode 'Na'"),
        ({"at_least": ["speed 3"], "vary": ["foo"]}, "unknown quantity 'speed'"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(wrong, about):
    with pytest.raises(InputError) as refused:
        question(**wrong)
    assert about in str(refused.value)
