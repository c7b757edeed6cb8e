"""The separator's loss, of its parts."""

from __future__ import annotations

import pybamm
from typing_extensions import override

PARTS = ("Separator bulk", "Separator grain-boundary")


class SeparatorLoss(pybamm.BaseSubModel):
    """Sum of the losses in the grains of the separator and between them.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    @override
    def get_coupled_variables(self, variables):
        losses = [variables[f"{part} loss [V]"] for part in PARTS]
        variables["Separator loss [V]"] = sum(losses)
        return variables
