"""A model takes the options it has physics for, and names any other."""

import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.models.solid_state_options import SUPPORTED_OPTIONS

MODELS = [SolidStateDFN, SolidStateSPM]
OWN = {model: model().options for model in MODELS}
POSSIBLE = OWN[SolidStateDFN].possible_options


def accepted(model, name):
    return SUPPORTED_OPTIONS.get(name, (OWN[model][name],))


def cases(supported):
    """Every option and value that PyBaMM knows and our models do or do not take."""
    return [
        pytest.param(model, name, value, id=f"{model.__name__}-{name}-{value}")
        for model in MODELS
        for name, possible in POSSIBLE.items()
        for value in possible
        if (value in accepted(model, name)) is supported
    ]


@pytest.mark.parametrize(("model", "name", "value"), cases(supported=True))
def test_supported_option_is_taken(model, name, value):
    assert model({name: value}).options[name] == value


@pytest.mark.parametrize(("model", "name", "value"), cases(supported=False))
def test_unsupported_option_is_named_with_what_is_accepted(model, name, value):
    with pytest.raises(pybamm.OptionError) as raised:
        model({name: value})
    message = str(raised.value)
    assert f"{model.__name__} does not support '{name}': '{value}'" in message
    for item in accepted(model, name):
        assert f"'{item}'" in message


@pytest.mark.parametrize("model", MODELS)
def test_unknown_option_is_named(model):
    with pytest.raises(pybamm.OptionError, match="Option 'thermall' not recognised"):
        model({"thermall": "lumped"})


@pytest.mark.parametrize("model", MODELS)
def test_current_may_follow_a_function_of_the_variables(model):
    """PyBaMM's operating mode may be a function, which no list of values can hold."""

    def constant_power(variables):
        return variables["Voltage [V]"] * variables["Current [A]"] + 1e-3

    built = model({"operating mode": constant_power})
    assert built.options["operating mode"] is constant_power


@pytest.mark.parametrize("model", MODELS)
def test_options_of_the_caller_are_left_alone(model):
    options = {"intercalation kinetics": "linear"}
    model(options)
    assert options == {"intercalation kinetics": "linear"}
