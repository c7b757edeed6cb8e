"""Public names, and the modules beside them."""

import importlib
import importlib.util
import inspect

import pytest

import aslb.experiments


@pytest.mark.parametrize("name", aslb.experiments.__all__)
def test_every_public_name_is_there(name):
    assert callable(getattr(aslb.experiments, name))


def test_no_public_function_hides_a_module():
    for name in aslb.experiments.__all__:
        if importlib.util.find_spec(f"aslb.experiments.{name}"):
            importlib.import_module(f"aslb.experiments.{name}")
            found = getattr(aslb.experiments, name)
            assert inspect.ismodule(found), name
