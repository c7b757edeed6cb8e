"""Bands interpolated between the few thicknesses at which samples are solved."""

import numpy as np
import pytest

from aslb.experiments.analyses.thickness.bands import (
    between,
    critical_of,
    nodes_of,
)

LAYERS = np.geomspace(20e-6, 1e-3, 13)


def test_nodes_hold_both_ends_and_the_thickness_as_built():
    for as_built in (21e-6, 47e-6, 990e-6):
        nodes = nodes_of(LAYERS, as_built)
        assert len(nodes) == 5
        assert (np.diff(nodes) > 0).all()
        assert nodes[[0, -1]].tolist() == LAYERS[[0, -1]].tolist()
        assert as_built in nodes


@pytest.mark.parametrize("as_built", [np.nan, 5e-6, 2e-3, LAYERS[0]])
def test_nodes_are_even_where_the_cell_lies_outside(as_built):
    np.testing.assert_allclose(nodes_of(LAYERS, as_built), np.geomspace(20e-6, 1e-3, 5))


def test_a_study_of_few_thicknesses_is_its_own_nodes():
    assert nodes_of(LAYERS[:4], 47e-6).tolist() == LAYERS[:4].tolist()


def test_what_is_between_nodes_is_even_in_the_logarithm_and_monotone():
    nodes = np.array([1.0, 10.0, 100.0])
    assert between(nodes, np.array([0.0, 1.0, 2.0]), [10**0.5]) == pytest.approx(0.5)
    steep = between(nodes, np.array([0.0, 0.0, 1.0]), np.geomspace(1, 100, 50))
    assert (np.diff(steep) >= 0).all()


def test_a_node_that_is_not_known_is_left_out():
    nodes = np.array([1.0, 10.0, 100.0])
    two = between(nodes, np.array([0.0, np.nan, 2.0]), nodes)
    assert two == pytest.approx([0, 1, 2])
    one = between(nodes, np.array([np.nan, 3.0, np.nan]), nodes)
    np.testing.assert_array_equal(one, [np.nan, 3.0, np.nan])
    assert np.isnan(between(nodes, np.full(3, np.nan), nodes)).all()


def test_critical_thickness_is_that_of_the_curve_through_five_nodes():
    nodes = nodes_of(LAYERS, 47e-6)
    relative = 1 - 0.02 * (nodes / 1e-4)  # 5 % are lost at 250 um
    assert critical_of(nodes, relative, 0.95) == pytest.approx(250e-6, rel=0.06)


def test_critical_thickness_beyond_the_range_is_its_end_and_may_be_unknown():
    nodes = nodes_of(LAYERS, 47e-6)
    assert critical_of(nodes, np.full(5, 0.99), 0.95) == nodes[-1]
    assert critical_of(nodes, np.full(5, 0.9), 0.95) == nodes[0]
    assert critical_of(nodes[:1], np.array([0.99]), 0.95) == nodes[0]
    assert np.isnan(critical_of(nodes, np.array([1, 1, np.nan, 0.5, 0.4]), 0.95))
