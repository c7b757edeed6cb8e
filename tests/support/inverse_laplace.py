"""Inverse Laplace transform along Talbot's contour.

References
----------
.. [1] J. Abate, W. Whitt, INFORMS J. Comput. 2006, 18, 408, doi:10.1287/ijoc.1050.0137.
"""

import numpy as np

POINTS = 24  # some ten digits in double precision


def talbot(transform, times):
    """Values at positive times of what has this transform."""
    angle = np.arange(1, POINTS) * np.pi / POINTS
    cotangent = 1 / np.tan(angle)
    contour = 2 / 5 * angle * POINTS * (cotangent + 1j)
    weights = np.exp(contour) * (1 + 1j * angle * (1 + cotangent**2) - 1j * cotangent)
    contour = np.concatenate([[2 * POINTS / 5], contour])
    weights = np.concatenate([[np.exp(2 * POINTS / 5) / 2], weights])
    return np.array(
        [2 / (5 * t) * (weights * transform(contour / t)).real.sum() for t in times]
    )
