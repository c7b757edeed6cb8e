"""Finite volumes for a conductivity that changes by decades through a layer."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class VaryingConductivity(pybamm.FiniteVolume):
    """Finite volumes whose conductivity between two nodes is the geometric mean.

    Where the lithiation of the particles changes through the electrode, it is the
    logarithm of their conductivity that follows it. PyBaMM's harmonic mean is that of a
    material that changes at the edge, and lets the poorer half decide; its linear
    extrapolation to the ends of the layer may even go below zero, that of the logarithm
    cannot. Coefficients of a gradient have to be positive, so that a flux is written
    ``-(sigma * pybamm.grad(phi))``.
    """

    @override
    def node_to_edge(self, discretised_symbol, method="arithmetic"):
        if method != "harmonic":  # not the coefficient of a gradient
            return super().node_to_edge(discretised_symbol, method)
        return pybamm.exp(super().node_to_edge(pybamm.log(discretised_symbol)))
