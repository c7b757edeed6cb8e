"""Points that lie closer together towards the ends of a layer."""

import json

import numpy as np
import pybamm
import pytest

from aslb.models.discretisation.clustered_mesh import ClusteredMesh

LAYER = pybamm.SpatialVariable("x_p", domain="positive electrode")


def mesh(cells=20, lower=1.0, upper=3.0, **how):
    limits = {LAYER: {"min": lower, "max": upper}}
    return ClusteredMesh(
        limits, {"x_p": cells}, **{"ends": "both", "stretch": 1.5, **how}
    )


@pytest.mark.parametrize("ends", ["both", "right"])
def test_a_layer_is_covered_from_end_to_end(ends):
    found = mesh(ends=ends)
    assert found.npts == 20
    assert found.edges[0] == 1.0
    assert found.edges[-1] == pytest.approx(3.0, rel=1e-15)
    assert (found.d_edges > 0).all()


def test_both_ends_are_alike():
    widths = mesh(stretch=1.8).d_edges
    np.testing.assert_allclose(widths, widths[::-1], rtol=1e-12)


@pytest.mark.parametrize("ends", ["both", "right"])
def test_cells_at_the_end_are_narrower_by_the_square_of_the_hyperbolic_cosine(ends):
    widths = mesh(cells=20000, ends=ends, stretch=1.8).d_edges
    assert widths.max() / widths[-1] == pytest.approx(np.cosh(1.8) ** 2, rel=1e-3)


def test_without_stretch_cells_are_of_one_width():
    widths = mesh(stretch=1e-6).d_edges
    np.testing.assert_allclose(widths, widths[0], rtol=1e-9)


def test_only_ends_that_there_are():
    with pytest.raises(ValueError, match="ends: 'left'; accepted: both or right"):
        mesh(ends="left")


def test_a_saved_mesh_is_the_same():
    found = mesh()
    again = ClusteredMesh._from_json(json.loads(json.dumps(found.to_json())))
    np.testing.assert_array_equal(again.edges, found.edges)
    assert again.coord_sys == found.coord_sys
