"""Means over a cathode whose points are not evenly spaced."""

import numpy as np


def depths(solution, cell):
    """Positions of the points, from the separator on [m]."""
    layers = ("Negative electrode", "Separator")
    before = sum(cell[f"{layer} thickness [m]"] for layer in layers)
    return solution["x_p [m]"].entries[:, -1] - before


def widths(solution, cell):
    """How much of the cathode each point stands for [m]."""
    edges = [0.0]
    for node in depths(solution, cell):  # in the middle of its cell
        edges.append(2 * node - edges[-1])
    assert np.isclose(edges[-1], cell["Positive electrode thickness [m]"])
    return np.diff(edges)


def cathode_mean(solution, cell, values):
    """Mean over the first axis, each point with the width of its cell."""
    return np.average(values, axis=0, weights=widths(solution, cell))
