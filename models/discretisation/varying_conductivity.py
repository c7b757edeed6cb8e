"""Finite volumes for a conductivity that changes by decades through a layer."""

from __future__ import annotations

import numpy as np
import pybamm
from scipy.sparse import csr_matrix
from typing_extensions import override


class VaryingConductivity(pybamm.FiniteVolume):
    """Finite volumes whose conductivity between two nodes is the geometric mean.

    Where the lithiation of the particles changes through the electrode, it is the
    logarithm of their conductivity that follows it; at the ends of the layer it is
    extrapolated. PyBaMM's harmonic mean is that of a material that changes at the edge,
    and lets the poorer half decide; its linear extrapolation may go below zero.
    Coefficients of a gradient have to be positive, so that a flux is written
    ``-(sigma * pybamm.grad(phi))``.
    """

    @override
    def node_to_edge(self, discretised_symbol, method="arithmetic"):
        # what is no coefficient of a gradient, or the same everywhere
        if method != "harmonic" or discretised_symbol.evaluates_to_number():
            return super().node_to_edge(discretised_symbol, method)
        submesh = self.mesh[discretised_symbol.domain]
        last = submesh.npts - 1
        nodes = np.arange(last + 2)
        before, after = (nodes - 1).clip(0), nodes.clip(max=last)
        mean = pybamm.sqrt(
            self._selected(discretised_symbol, before)
            * self._selected(discretised_symbol, after)
        )
        # half a cell beyond the first node, and beyond the last
        shares = submesh.d_edges[[0, -1]] / submesh.d_nodes[[0, -1]] / 2
        beyond = csr_matrix(
            (
                np.outer(shares, [1, -1]).ravel(),
                ([0, 0, last + 1, last + 1], [0, 1, last, last - 1]),
            ),
            shape=(last + 2, last + 1),
        )
        logarithm = pybamm.log(discretised_symbol)
        return mean * pybamm.exp(self._applied(beyond, logarithm))

    def _selected(self, symbol, nodes):
        edges = np.arange(len(nodes))
        ones = np.ones(len(nodes))
        shape = (len(nodes), len(nodes) - 1)
        return self._applied(csr_matrix((ones, (edges, nodes)), shape=shape), symbol)

    def _applied(self, matrix, symbol):
        repeats = self._get_auxiliary_domain_repeats(symbol.domains)
        return pybamm.Matrix(self._block_diagonal(matrix, repeats)) @ symbol
