"""Open-circuit potential of the planar negative electrode."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class AnodeOpenCircuitPotential(pybamm.open_circuit_potential.BaseOpenCircuitPotential):
    """Potential of the foil at its present lithium content.

    PyBaMM holds a planar electrode at 0 V against lithium; here it follows
    ``"Negative electrode OCP [V]"``, on its plateau and beyond both ends of it.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, "negative", "lithium metal plating", options)

    @override
    def get_coupled_variables(self, variables):
        ratio = variables["Negative electrode lithium-to-host ratio"]
        T = variables["Volume-averaged cell temperature [K]"]
        ocp_bulk = self.param.U_foil(ratio, T)
        # the foil is planar: its surface sees the current collector's domain
        ocp_surf = pybamm.PrimaryBroadcast(ocp_bulk, "current collector")
        variables.update(
            self._get_standard_ocp_variables(ocp_surf, ocp_bulk, pybamm.Scalar(0))
        )
        return variables
