"""Conductivities at the edges of cells, of which only those at the nodes are known."""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN

LAYER = "positive electrode"
DEFAULTS = SolidStateDFN(build=False)


@pytest.fixture(scope="module")
def discretisation():
    x = pybamm.SpatialVariable("x_p", domain=LAYER)
    mesh = pybamm.Mesh(
        {LAYER: {x: {"min": 0, "max": 1}}},
        {LAYER: DEFAULTS.default_submesh_types[LAYER]},
        {"x_p": 20},
    )
    return pybamm.Discretisation(mesh, {LAYER: DEFAULTS.default_spatial_methods[LAYER]})


def at_edges(discretisation, conductivity):
    """A function of x as `VaryingConductivity` has it at the edges."""
    method = discretisation.spatial_methods[LAYER]
    x = pybamm.SpatialVariable("x_p", domain=LAYER)
    symbol = discretisation.process_symbol(conductivity(x))
    return method.node_to_edge(symbol, method="harmonic").evaluate().ravel()


def test_what_changes_exponentially_is_what_it_is_at_each_edge(discretisation):
    """Also where cells become wider; a plain geometric mean is 1 % off."""
    found = at_edges(discretisation, lambda x: pybamm.exp(2 * x))
    edges = discretisation.mesh[LAYER].edges
    np.testing.assert_allclose(found, np.exp(2 * edges), rtol=1e-4)


def test_it_lies_between_its_neighbours_over_any_number_of_decades(discretisation):
    found = at_edges(discretisation, lambda x: pybamm.exp(200 * (x - 0.5) ** 3))
    known = np.exp(200 * (discretisation.mesh[LAYER].nodes - 0.5) ** 3)
    assert (found[1:-1] >= np.minimum(known[1:], known[:-1])).all()
    assert (found[1:-1] <= np.maximum(known[1:], known[:-1])).all()
