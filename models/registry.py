"""The one list of models."""

from __future__ import annotations

from aslb.errors import InputError
from aslb.models.solid_state_dfn import SolidStateDFN
from aslb.models.solid_state_spm import SolidStateSPM

MODELS = {"SolidStateDFN": SolidStateDFN, "SolidStateSPM": SolidStateSPM}
"""Models by name, as ``pybamm.Model`` knows them; the first is the default."""

DFN, SPM = MODELS


def check_model(model: str) -> str:
    """The name of a model itself, if there is one of that name.

    Raises
    ------
    InputError
        If there is none.
    """
    if model not in MODELS:
        raise InputError(f"unknown model '{model}'; accepted: {', '.join(MODELS)}")
    return model
