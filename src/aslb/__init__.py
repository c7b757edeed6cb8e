"""Physics-based simulation of all-solid-state lithium batteries on PyBaMM."""

import os

# Users did not ask to phone home: PyBaMM reads this when it is first imported.
os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")

from importlib.metadata import version

__version__ = version("aslb")
