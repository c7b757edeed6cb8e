"""The one list of models."""

from __future__ import annotations

from typing import Any

import pybamm

from aslb.errors import InputError
from aslb.models.solid_state_dfn import SolidStateDFN
from aslb.models.solid_state_model import SolidStateModel
from aslb.models.solid_state_parameters import SIZE_RATIO
from aslb.models.solid_state_spm import SolidStateSPM

MODELS: dict[str, type[SolidStateDFN | SolidStateSPM]] = {
    "SolidStateDFN": SolidStateDFN,
    "SolidStateSPM": SolidStateSPM,
}
"""Models by name, as ``pybamm.Model`` knows them; the first is the default."""

DFN, SPM = MODELS


def model_for(
    name: str, values: pybamm.ParameterValues, options: dict[str, Any] | None = None
) -> SolidStateModel:
    """A new model of a name, with as many particle sizes as parameter values have.

    Parameters
    ----------
    name : str
        One of `MODELS`.
    values : pybamm.ParameterValues
        The cell.
    options : dict, optional
        Options of the model; particle sizes that are given stay.
    """
    sizes = {"particle sizes": "two"} if SIZE_RATIO in values else {}
    return MODELS[name]({**sizes, **(options or {})})


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
