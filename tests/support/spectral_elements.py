"""Spectral elements of one dimension, on Gauss-Lobatto points."""

from __future__ import annotations

import numpy as np
from numpy.polynomial import legendre


class Elements:
    """Spectral elements: nodes, quadrature on the same nodes, and derivatives.

    Parameters
    ----------
    edges : numpy.ndarray
        Ends of the elements, ascending.
    order : int
        Degree of the polynomials.
    """

    def __init__(self, edges, order):
        number = len(edges) - 1
        last = legendre.Legendre.basis(order)
        points = np.concatenate([[-1.0], np.sort(last.deriv().roots().real), [1.0]])
        modes = legendre.legvander(points, order)
        slopes = np.stack(
            [legendre.Legendre.basis(n).deriv()(points) for n in range(order + 1)], 1
        )
        half = np.diff(edges) / 2
        self.order, self.first = order, order * np.arange(number)
        self.of = self.first[:, None] + np.arange(order + 1)
        middle = (edges[1:] + edges[:-1]) / 2
        self.weights = half[:, None] * 2 / (order * (order + 1) * last(points) ** 2)
        self.slopes = (slopes @ np.linalg.inv(modes)) / half[:, None, None]
        self.nodes = np.empty(order * number + 1)
        self.nodes[self.of] = middle[:, None] + half[:, None] * points
        self.size = len(self.nodes)
        # all at once: from values at nodes to slopes at points of elements
        self.gradient = np.zeros((self.of.size, self.size))
        for element, nodes in enumerate(self.of):
            rows = slice(element * (order + 1), (element + 1) * (order + 1))
            self.gradient[rows, nodes] = self.slopes[element]

    def lumped(self, factor):
        """Integral of each node's shape times a factor given at nodes."""
        found = np.zeros(self.size)
        np.add.at(found, self.of, self.weights * factor[self.of])
        return found

    def stiffness(self, law, derivative, values):
        """Matrix of ∂/∂u ∫ law·u'·v', where law is given at nodes and depends on u.

        Of any number of fields at once: shapes are (fields, nodes).
        """
        law, derivative = (self.weights * of[:, self.of] for of in (law, derivative))
        slope = (values @ self.gradient.T).reshape(law.shape)
        local = np.swapaxes(self.slopes, 1, 2)[None] * law[:, :, None, :] @ self.slopes
        local += np.swapaxes(self.slopes, 1, 2) * (derivative * slope)[:, :, None, :]
        found = np.zeros((len(values), self.size, self.size))
        for element, first in enumerate(self.first):
            there = slice(first, first + self.order + 1)
            found[:, there, there] += local[:, element]
        return found

    def flux(self, law, values):
        """∫ law·u'·v' for each node's v: shapes are (fields, nodes)."""
        slope = (values @ self.gradient.T).reshape(-1, *self.of.shape)
        weighted = self.weights * law[:, self.of] * slope
        return weighted.reshape(len(values), -1) @ self.gradient
