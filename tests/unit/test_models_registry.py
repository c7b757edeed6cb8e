"""A model by name has the particle sizes that the parameter values have."""

import pybamm
import pytest

from aslb.models.registry import MODELS, model_for

ONE = pybamm.ParameterValues({"Positive particle radius [m]": 4e-6})
TWO = pybamm.ParameterValues({"Positive particle size ratio": 4.0})
VARIED = pybamm.ParameterValues({"Positive particle size ratio": "[input]"})


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(
    ("values", "sizes"), [(ONE, "one"), (TWO, "two"), (VARIED, "two")]
)
def test_sizes_follow_the_values(name, values, sizes):
    model = model_for(name, values)
    assert type(model) is MODELS[name]
    assert model.options["particle sizes"] == sizes


def test_options_are_handed_on_and_have_the_last_word():
    options = {"intercalation kinetics": "linear", "particle sizes": "one"}
    model = model_for("SolidStateSPM", TWO, options)
    assert options.items() <= model.options.items()


@pytest.mark.parametrize("name", MODELS)
def test_one_size_has_no_state_more(name):
    plain, two = (model_for(name, values) for values in (ONE, TWO))

    def states(model):
        return {state.name for state in (*model.rhs, *model.algebraic)}

    assert not [state for state in states(plain) if "large" in state]
    assert len(states(two)) == len(states(plain)) + 2
