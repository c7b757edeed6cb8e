"""Finite volumes for a conductivity that changes by decades through a layer."""

from __future__ import annotations

import numpy as np
import pybamm
from scipy.sparse import csr_matrix, identity, kron
from typing_extensions import override


class VaryingConductivity(pybamm.FiniteVolume):
    r"""Finite volumes whose conductivity between two nodes is the geometric mean.

    Where the lithiation of the particles changes through the electrode, it is the
    logarithm of their conductivity that follows it; at the ends of the layer it is
    extrapolated. PyBaMM's harmonic mean is that of a material that changes at the edge,
    and lets the poorer half decide; its linear extrapolation may go below zero.
    Coefficients of a gradient have to be positive, so that a flux is written
    ``-(sigma * pybamm.grad(phi))``.

    An edge between cells of widths a and b is nearer to the narrower one's node, so
    that there the mean is

    .. math::
        \sqrt{\sigma_1 \sigma_2} \left(
        1 + \frac{b - a}{b + a}\,\frac{\sigma_1 - \sigma_2}{\sigma_1 + \sigma_2}
        \right),

    the weighted geometric mean to first order in the logarithm of their ratio, without
    a logarithm for each node.
    """

    @override
    def node_to_edge(self, discretised_symbol, method="arithmetic"):
        if not discretised_symbol.domain and discretised_symbol.size == 1:
            return discretised_symbol  # the same everywhere, but not at any time
        # what is no coefficient of a gradient, or the same everywhere
        if method != "harmonic" or discretised_symbol.evaluates_to_number():
            return super().node_to_edge(discretised_symbol, method)
        submesh = self.mesh[discretised_symbol.domain]
        last = submesh.npts - 1
        nodes = np.arange(last + 2)
        before, after = (nodes - 1).clip(0), nodes.clip(max=last)
        first = self._selected(discretised_symbol, before)
        second = self._selected(discretised_symbol, after)
        mean = pybamm.sqrt(first * second)
        widths = submesh.d_edges
        skew = np.pad(np.diff(widths) / (widths[1:] + widths[:-1]), 1)
        repeats = self._get_auxiliary_domain_repeats(discretised_symbol.domains)
        mean *= 1 + pybamm.Vector(np.tile(skew, repeats)) * (
            (first - second) / (first + second)
        )
        # half a cell beyond the first node, and beyond the last
        shares = widths[[0, -1]] / submesh.d_nodes[[0, -1]] / 2
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
        blocks = csr_matrix(kron(identity(repeats), matrix))
        return pybamm.Matrix(blocks) @ symbol
