"""Meshes whose ends may be solver inputs."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class ScalableMesh(pybamm.MeshGenerator):
    """A mesh of PyBaMM, symbolic only where a length is an ``"[input]"``.

    A symbolic mesh is that of a layer of length 1, and its length can change without a
    rebuild. PyBaMM makes a uniform one only, and its positions are fractions of a
    layer, so that variables that span two layers cannot be plotted. Lengths that are
    numbers therefore keep the plain mesh.
    """

    @override
    def __call__(self, lims, npts):
        ((variable, ends),) = lims.items()
        if not any(isinstance(end, pybamm.Symbol) for end in ends.values()):
            return super().__call__(lims, npts)
        unit = super().__call__({variable: {"min": 0, "max": 1}}, npts)
        unit.length = ends["max"] - ends["min"]
        unit.min = ends["min"]
        return unit
