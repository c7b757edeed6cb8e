"""Particles that are alike are one loop, and those that are not are none."""

import casadi
import numpy as np
import pybamm
import pytest

from aslb.experiments.ensemble.model_functions import model_functions
from aslb.experiments.ensemble.repeated_blocks import repeated_blocks

DEPTHS, SHELLS = 6, 5
TOTAL = DEPTHS * SHELLS


def particles(diffusivity):
    """Functions of a model with a particle at each depth of an electrode.

    Parameters
    ----------
    diffusivity : callable
        Of the depth, 0 to 1.
    """
    domains = {"secondary": "electrode"}
    c = pybamm.Variable("c", domain="particle", auxiliary_domains=domains)
    total = pybamm.Variable("total")
    x = pybamm.SpatialVariable("x", domain="electrode")
    r = pybamm.SpatialVariable("r", domain="particle", auxiliary_domains=domains)
    flux = pybamm.PrimaryBroadcast(diffusivity(x), "particle") * pybamm.grad(c)
    model = pybamm.BaseModel()
    model.rhs = {c: pybamm.div(flux), total: -total}
    model.initial_conditions = {c: pybamm.Scalar(1), total: pybamm.Scalar(1)}
    ends = (pybamm.Scalar(0), pybamm.InputParameter("flux"))
    model.boundary_conditions = {
        c: dict(zip(("left", "right"), ((e, "Neumann") for e in ends), strict=True))
    }
    model.variables = {"total": total}
    geometry = pybamm.Geometry(
        {
            "electrode": {x: {"min": pybamm.Scalar(0), "max": pybamm.Scalar(1)}},
            "particle": {r: {"min": pybamm.Scalar(0), "max": pybamm.Scalar(1)}},
        }
    )
    mesh = pybamm.Mesh(
        geometry,
        {name: pybamm.Uniform1DSubMesh for name in ("electrode", "particle")},
        {x: DEPTHS, r: SHELLS},
    )
    methods = {name: pybamm.FiniteVolume() for name in ("electrode", "particle")}
    built = pybamm.Discretisation(mesh, methods).process_model(model, inplace=False)
    return model_functions(built, ["flux"], ["total"])


def alike(x):
    return 2 + 0 * x


def deeper_faster(x):
    return 1.0 + x


def one_other(x):
    return 1.0 + (x > 0.9)


def test_particles_that_are_alike_are_found():
    model = particles(alike)
    (block,) = repeated_blocks(model)
    assert block.rows.tolist() == np.arange(TOTAL).reshape(DEPTHS, SHELLS).tolist()
    assert block.columns.tolist() == block.rows.tolist()


@pytest.mark.parametrize("diffusivity", [one_other, deeper_faster])
def test_particles_of_which_one_differs_are_not_taken(diffusivity):
    assert repeated_blocks(particles(diffusivity)) == []


def test_the_first_repetition_stands_for_all():
    model = particles(alike)
    (block,) = repeated_blocks(model)
    random = np.random.default_rng(0)
    y, p = random.random(model.y.numel()), [0.3]
    whole = casadi.Function(
        "whole",
        [model.y, model.p],
        [model.residual, casadi.jacobian(model.residual, model.y)],
    )
    residual, jacobian = (np.array(found.full()) for found in whole(y, p))
    part = casadi.Function("p", [block.y, model.p], [block.residual, block.jacobian])
    for rows, columns in zip(block.rows, block.columns, strict=True):
        values, entries = part(y[columns], p)
        np.testing.assert_allclose(values.full()[:, 0], residual[rows, 0], rtol=1e-12)
        dense = np.zeros((len(rows), len(columns)))
        dense[tuple(block.entries.T)] = entries.full()[:, 0]
        np.testing.assert_allclose(dense, jacobian[np.ix_(rows, columns)], rtol=1e-12)
