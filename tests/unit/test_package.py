"""What `import aslb` does, and above all what it does not."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

PROBE = """
import os, socket, sys

def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")

os.environ.pop("PYBAMM_DISABLE_TELEMETRY", None)
socket.socket.connect = refuse
import aslb
{then}
loaded = set(sys.modules)
assert "matplotlib" not in loaded, "matplotlib was imported"
assert not loaded & {{"models", "parameters", "experiments"}}, "imported from the root"
assert os.environ["PYBAMM_DISABLE_TELEMETRY"] == "true"
"""


@pytest.mark.parametrize(
    "then", ["", "aslb.models.SolidStateDFN(); aslb.parameters; aslb.experiments"]
)
def test_import_is_light_and_silent(then):
    subprocess.run([sys.executable, "-c", PROBE.format(then=then)], check=True)


@pytest.mark.parametrize("group", ["pybamm_models", "pybamm_parameter_sets"])
def test_every_entry_point_loads(group):
    ours = [
        point for point in entry_points(group=group) if point.value.startswith("aslb.")
    ]
    assert ours
    for point in ours:
        assert callable(point.load())


def test_unknown_attribute_is_named():
    import aslb

    with pytest.raises(AttributeError, match="nonsense"):
        _ = aslb.nonsense
