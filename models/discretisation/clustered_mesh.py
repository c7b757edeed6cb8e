"""Meshes with their points clustered where gradients are."""

from __future__ import annotations

import numpy as np
import pybamm

ENDS = ("both", "right")


class ClusteredMesh(pybamm.SubMesh1D):
    r"""Points that lie closer together towards the ends of a layer.

    With s from 0 to 1 in equal parts, the edges are at

    .. math::
        \frac{1}{2} + \frac{\tanh(\beta (2s - 1))}{2 \tanh \beta}
        \quad \text{(both ends)}, \qquad
        \frac{\tanh(\beta s)}{\tanh \beta} \quad \text{(right end)}

    of the layer, the stretching of Vinokur [1]_.

    Parameters
    ----------
    lims : dict
        Limits of the spatial variable, as PyBaMM gives them.
    npts : dict of str to int
        Number of cells by name of the spatial variable.
    ends : str, optional
        "both", or "right" for one end.
    stretch : float, optional
        The β. The cells at an end are narrower than the widest by a factor of
        about cosh² β.

    Raises
    ------
    ValueError
        If `ends` is neither.

    References
    ----------
    .. [1] M. Vinokur, J. Comput. Phys. 1983, 50, 215,
       doi:10.1016/0021-9991(83)90065-7.
    """

    def __init__(self, lims, npts, ends: str = "both", stretch: float = 1.75):
        if ends not in ENDS:
            raise ValueError(f"ends: {ends!r}; accepted: {' or '.join(ENDS)}")
        variable, limits, tabs = self.read_lims(lims)
        shares = np.linspace(0, 1, npts[variable.name] + 1)
        if ends == "both":
            places = (1 + np.tanh(stretch * (2 * shares - 1)) / np.tanh(stretch)) / 2
        else:
            places = np.tanh(stretch * shares) / np.tanh(stretch)
        length = limits["max"] - limits["min"]
        edges = limits["min"] + length * places
        super().__init__(edges, coord_sys=variable.coord_sys, tabs=tabs)

    @classmethod
    def _from_json(cls, snippet: dict) -> ClusteredMesh:
        """The mesh of a model that PyBaMM has saved."""
        mesh = cls.__new__(cls)
        pybamm.SubMesh1D.__init__(
            mesh, np.array(snippet["edges"]), snippet["coord_sys"], snippet.get("tabs")
        )
        return mesh
