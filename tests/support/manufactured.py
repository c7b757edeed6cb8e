"""Equations with a chosen solution, on the meshes that solid-state models have."""

import numpy as np
import pybamm

from aslb.models import SolidStateDFN

CELLS = np.array([10, 20, 40, 80])
DEFAULTS = SolidStateDFN(build=False)


def discretised(model, variable, layer, cells):
    """A model of one layer of length 1 on the mesh that solid-state models have."""
    mesh = pybamm.Mesh(
        {layer: {variable: {"min": 0, "max": 1}}},
        {layer: DEFAULTS.default_submesh_types[layer]},
        {variable.name: cells},
    )
    methods = {layer: DEFAULTS.default_spatial_methods[layer]}
    pybamm.Discretisation(mesh, methods).process_model(model)
    return mesh[layer].nodes


def order(errors):
    """Slope of the error against the width of cells."""
    return -np.polyfit(np.log(CELLS), np.log(errors), 1)[0]


def conduction(cells):
    """Error of φ = cos(2x) where the conductivity falls by three decades."""
    x = pybamm.SpatialVariable("x_p", domain="positive electrode")
    phi = pybamm.Variable("phi", domain="positive electrode")
    decades = -3 * np.log(10)
    sigma = pybamm.exp(decades * x)
    # the divergence of -σ dφ/dx
    source = sigma * (2 * decades * pybamm.sin(2 * x) + 4 * pybamm.cos(2 * x))
    at_collector = pybamm.exp(pybamm.boundary_value(pybamm.log(sigma), "right"))
    current = 2 * np.sin(2) * np.exp(decades)
    model = pybamm.BaseModel()
    model.algebraic = {phi: pybamm.div(-(sigma * pybamm.grad(phi))) - source}
    model.initial_conditions = {phi: pybamm.Scalar(0)}
    model.boundary_conditions = {
        phi: {
            "left": (pybamm.Scalar(1), "Dirichlet"),
            "right": (-current / at_collector, "Neumann"),
        }
    }
    model.variables = {"phi": phi}
    nodes = discretised(model, x, "positive electrode", cells)
    found = pybamm.NonlinearSolver(rtol=1e-10, atol=1e-10).solve(model, [0])
    return np.abs(found.y[:, 0] - np.cos(2 * nodes)).max()


def diffusion(cells):
    """Error of c = 1 + exp(-t)·cos(2r) at t = 1, with D = exp(c)."""
    r = pybamm.SpatialVariable(
        "r_p", domain="positive particle", coord_sys="spherical polar"
    )
    c = pybamm.Variable("c", domain="positive particle")
    decay = pybamm.exp(-pybamm.t)
    exact = 1 + decay * pybamm.cos(2 * r)
    slope = -2 * decay * pybamm.sin(2 * r)
    diffusivity = pybamm.exp(exact)  # and its derivative
    source = -(exact - 1) - diffusivity * (slope**2 - 4 * (exact - 1) + 2 * slope / r)
    model = pybamm.BaseModel()
    model.rhs = {c: pybamm.div(pybamm.exp(c) * pybamm.grad(c)) + source}
    model.initial_conditions = {c: 1 + pybamm.cos(2 * r)}
    model.boundary_conditions = {
        c: {
            "left": (pybamm.Scalar(0), "Neumann"),
            "right": (-2 * decay * np.sin(2), "Neumann"),
        }
    }
    model.variables = {"c": c}
    nodes = discretised(model, r, "positive particle", cells)
    solver = pybamm.IDAKLUSolver(rtol=1e-10, atol=1e-10)
    found = solver.solve(model, [0, 1]).y[:, -1]
    return np.abs(found - (1 + np.exp(-1) * np.cos(2 * nodes))).max()
