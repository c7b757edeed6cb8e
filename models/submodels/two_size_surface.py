"""Active material in particles of two sizes: its surface per volume."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class TwoSizeSurface(pybamm.active_material.Constant):
    """Surface per volume of both sizes, a = (3 ε/R)·(1 - v + v/s).

    The larger particles have s times the radius R and hold the fraction v of the
    volume ε of active material.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, "positive", options)

    @override
    def get_fundamental_variables(self):
        variables = super().get_fundamental_variables()
        for name in ("Positive", "X-averaged positive"):
            name = f"{name} electrode surface area to volume ratio [m-1]"
            variables[name] = variables[name] * self.param.relative_surface
        return variables
