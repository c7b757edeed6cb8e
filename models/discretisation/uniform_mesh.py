"""Uniform meshes whose ends may be solver inputs."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class UniformMesh(pybamm.MeshGenerator):
    """A uniform mesh, symbolic only where a length is an ``"[input]"``.

    PyBaMM's symbolic mesh lets a length change without a rebuild, but it reports
    positions as fractions of a layer, so that variables that span both layers cannot
    be plotted. Lengths that are numbers therefore keep the plain mesh.
    """

    def __init__(self):
        super().__init__(pybamm.Uniform1DSubMesh)

    @override
    def __call__(self, lims, npts):
        ((_, ends),) = lims.items()
        if any(isinstance(end, pybamm.Symbol) for end in ends.values()):
            return pybamm.SymbolicUniform1DSubMesh(lims, npts)
        return super().__call__(lims, npts)
