"""A cell linearised around a state of rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import casadi
import numpy as np
import pybamm
from scipy import sparse
from scipy.sparse.linalg import splu

from aslb.models.discretisation.clustered_mesh import ClusteredMesh
from aslb.models.discretisation.scalable_mesh import ScalableMesh
from aslb.models.registry import model_for
from aslb.models.submodels.relaxing_two_size_kinetics import DOUBLE_LAYER_SHARE
from aslb.models.submodels.two_size_interface import DIFFERENCE
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell

DENSITY = "Current collector current density [A.m-2]"
OPEN_CIRCUIT = "Open circuit"
RELAXATION = {"interface relaxation": "with bulk"}
"""Options of a model whose spectrum is asked for."""

COMPONENTS = (*LOSSES, OPEN_CIRCUIT)
"""What an impedance is the sum of, as `voltage_losses` has it."""

RELAXING = {
    "Separator bulk": "Separator bulk potential drop [V]",
    "Separator grain-boundary": "Separator grain-boundary potential drop [V]",
    "Junction": "Junction potential drop [V]",
    "Anode interface": "Anode interface potential drop [V]",
    "Anode kinetic": "Lithium metal interface surface potential difference [V]",
    "Kinetic": "Positive electrode double-layer potential difference [V]",
    "Interphase": "Positive electrode interphase overpotential [V]",
}
"""States that a capacitance belongs to, by the component that it is beside."""

EXPONENTS = {
    "Separator bulk": "Separator bulk constant-phase exponent",
    "Separator grain-boundary": "Separator grain-boundary constant-phase exponent",
    "Junction": "Separator-catholyte junction constant-phase exponent",
    "Anode interface": "Negative electrode interface constant-phase exponent",
    "Anode kinetic": "Negative electrode double-layer constant-phase exponent",
    "Kinetic": "Positive electrode double-layer constant-phase exponent",
    "Interphase": "Positive electrode interphase constant-phase exponent",
}
"""Exponents of constant-phase elements among the parameters, by key of `RELAXING`."""

POINTS = {"x_p": 60, "r_p": 20}
SMALL = 100  # states, up to which a dense solver is faster
ORDERING = "MMD_AT_PLUS_A"  # of a pattern that is nearly symmetric
# at 1 MHz the reaction is within a thousandth of the cathode; lithium, below 1 Hz,
# within a hundredth of a particle
STRETCHES = {"cathode": 3.0, "particle": 3.5}


def at_temperature(cell: Cell, temperature: float) -> pybamm.ParameterValues:
    """Values of a cell at a temperature [K]."""
    values = cell.parameter_values()
    for name in ("Ambient temperature [K]", "Initial temperature [K]"):
        values[name] = temperature
    return values


def formed(values: pybamm.ParameterValues) -> pybamm.ParameterValues:
    """Values of a cell whose catholyte is as oxidised as it gets."""
    values["Catholyte oxidation capacity [A.h.m-2]"] = 0.0
    return values


def relaxing_model(model: str, values: pybamm.ParameterValues) -> Any:
    """A new model with relaxing interfaces, of a name."""
    return model_for(model, values, RELAXATION)


def exponents_of(values: pybamm.ParameterValues) -> dict[str, float]:
    """Exponents of a cell, by key of `RELAXING`; those that are 1 are left out."""
    found = {key: float(values[name]) for key, name in EXPONENTS.items()}
    return {key: exponent for key, exponent in found.items() if exponent != 1}


def mesh_of(model: Any) -> dict[str, Any]:
    """Mesh for frequencies up to 1 MHz, as `pybamm.EISSimulation` takes it."""
    cathode, particle = (
        ScalableMesh(ClusteredMesh, {"ends": ends, "stretch": STRETCHES[where]})
        for where, ends in (("cathode", "both"), ("particle", "right"))
    )
    return {
        "var_pts": {**model.default_var_pts, **POINTS},
        "submesh_types": {
            **model.default_submesh_types,
            "positive electrode": cathode,
            "positive particle": particle,
        },
    }


class LinearCell:
    """Small currents around a state of rest, at any frequency.

    PyBaMM's `EISSimulation` gives the matrices of (iωM - J)x = b; here x is read as the
    losses by component too, and capacitances may be constant-phase elements: the rows
    of M that belong to one are multiplied by (iω)^(α-1), which is exact. Of two sizes
    of particles one row belongs to two elements, each with its share.

    Parameters
    ----------
    model : pybamm.BaseModel
        A model with `"interface relaxation": "true"`, or without: it is then at its
        limit of high frequencies, in which no concentration follows.
    values : pybamm.ParameterValues
        The cell; plain numbers may be inputs.
    soc : float, optional
        State of charge, from 0 to 1; without one the model's initial conditions.
    components : sequence of str, optional
        Losses that the impedance is split into.
    mesh : dict, optional
        `var_pts` and `submesh_types` of the simulation.
    """

    def __init__(
        self,
        model: pybamm.BaseModel,
        values: pybamm.ParameterValues,
        soc: float | None = None,
        components: Sequence[str] = COMPONENTS,
        mesh: Mapping[str, Any] | None = None,
    ):
        self.soc, self.components = soc, tuple(components)
        self._asked: dict[str, float] = {}
        self._simulation = pybamm.EISSimulation(
            model,
            parameter_values=values,
            skip_surface_form_check=True,
            **(mesh_of(model) if mesh is None else mesh),
        )

    def impedance(
        self,
        frequencies: np.ndarray,
        exponents: Mapping[str, float] | None = None,
        inputs: Mapping[str, float] | None = None,
        without: Sequence[str] = (),
    ) -> np.ndarray:
        """Area impedance of every component [Ohm.m2], a row each.

        Parameters
        ----------
        frequencies : numpy.ndarray
            Frequencies [Hz].
        exponents : mapping of str to float, optional
            Exponents of constant-phase elements, by key of `RELAXING`; 1 by default.
        inputs : mapping of str to float, optional
            Values of what is an input.
        without : sequence of str, optional
            Keys of `RELAXING` whose capacitance is left out.
        """
        mass, matrix, outputs, current = self._matrices(dict(inputs or {}))
        weights = self._weights()
        forcing = np.zeros(len(mass), complex)
        forcing[current] = -1
        laplace = 2j * np.pi * np.asarray(frequencies)
        factors = [_factors(s, exponents or {}, without) for s in laplace]
        scaled = [
            s * (weights @ factor) * mass
            for s, factor in zip(laplace, factors, strict=True)
        ]
        small = (_dense if len(mass) <= SMALL else _sparse)(matrix, scaled, forcing)
        density, *read = outputs @ small.T
        return np.array(read) / density

    def _weights(self) -> np.ndarray:
        """How much of each row belongs to each of `RELAXING`, and last, to none."""
        model, inputs = self._model, self._asked
        owners: dict[str, dict[str, Any]] = {
            state: {component: 1} for component, state in RELAXING.items()
        }
        places = {var.name: parts[0] for var, parts in model.y_slices.items()}
        if DIFFERENCE in places:
            at_rest = model.concatenated_initial_conditions.evaluate(0, inputs=inputs)
            share = model.get_processed_variable(DOUBLE_LAYER_SHARE)
            kinetic = share.evaluate(0, at_rest, inputs=inputs).ravel()
            owners[DIFFERENCE] = {"Kinetic": kinetic, "Interphase": 1 - kinetic}
        found = np.zeros((model.len_rhs_and_alg, len(RELAXING) + 1))
        for state in owners.keys() & places.keys():
            for component, weight in owners[state].items():
                found[places[state], [*RELAXING].index(component)] = weight
        found[:, -1] = 1 - found.sum(axis=1)
        return found

    @cached_property
    def _model(self) -> Any:
        """The discretised model, with its functions compiled."""
        self._simulation.build(initial_soc=self.soc, inputs=self._asked)
        model = self._simulation.built_model
        pybamm.BaseSolver().set_up(model, inputs=self._asked)
        return model

    @cached_property
    def _outputs(self) -> casadi.Function:
        """Derivatives of the current density and of every component by the state."""
        model = self._model
        read = [
            model.get_processed_variable("Current collector current density [A.m-2]")
        ]
        for component in self.components:
            if component == OPEN_CIRCUIT:
                read.append(-model.get_processed_variable("Open-circuit voltage [V]"))
            else:
                read.append(model.get_processed_variable(f"{component} loss [V]"))
        y = casadi.MX.sym("y", model.len_rhs_and_alg)
        symbols = {name: casadi.MX.sym(name) for name in self._asked}
        found = pybamm.numpy_concatenation(*read).to_casadi(t=0, y=y, inputs=symbols)
        inputs = casadi.vertcat(*symbols.values())
        return casadi.Function("outputs", [y, inputs], [casadi.jacobian(found, y)])

    def _matrices(self, inputs: dict[str, float]) -> tuple[Any, Any, Any, int]:
        """Diagonal of the mass matrix, -J, derivatives of outputs, the current's row.

        -J is complex, compressed by column, with every entry of its diagonal.
        """
        self._asked = inputs
        model = self._model
        at_rest = model.concatenated_initial_conditions.evaluate(0, inputs=inputs)
        numbers = casadi.vertcat(*inputs.values())
        jacobian = model.jac_rhs_algebraic_eval(0, at_rest, numbers).sparse()
        outputs = self._outputs(at_rest, numbers).sparse()
        current = next(
            parts[0].start
            for variable, parts in model.y_slices.items()
            if variable.name == "Current variable [A]"
        )
        mass = model.mass_matrix.entries.diagonal()
        entries, size = sparse.coo_array(jacobian), len(mass)
        filled = np.concatenate([-entries.data, np.zeros(size)]).astype(complex)
        at = [np.concatenate([which, range(size)]) for which in entries.coords]
        matrix = sparse.csc_array((filled, tuple(at)), shape=(size, size))
        return mass, matrix, outputs, current


def _factors(
    s: complex, exponents: Mapping[str, float], without: Sequence[str]
) -> np.ndarray:
    """What the rows of each of `RELAXING`, and those of none, are multiplied by."""
    factors = [
        0 if component in without else s ** (exponents.get(component, 1) - 1)
        for component in RELAXING
    ]
    return np.array([*factors, 1])


def _dense(matrix: Any, diagonals: list[np.ndarray], forcing: np.ndarray) -> np.ndarray:
    """Solutions for matrices that differ in their diagonal, a row each."""
    filled = np.tile(matrix.toarray(), (len(diagonals), 1, 1))
    at = np.arange(len(forcing))
    filled[:, at, at] += np.array(diagonals)
    columns = np.broadcast_to(forcing[:, None], (*filled.shape[:2], 1))
    return np.linalg.solve(filled, columns)[..., 0]


def _sparse(
    matrix: Any, diagonals: list[np.ndarray], forcing: np.ndarray
) -> np.ndarray:
    """The same, of matrices that are mostly zeros."""
    places = _diagonal(matrix)
    steady, found = matrix.data[places], []
    for diagonal in diagonals:
        matrix.data[places] = steady + diagonal
        found.append(splu(matrix, permc_spec=ORDERING).solve(forcing))
    return np.array(found)


def _diagonal(matrix: Any) -> np.ndarray:
    """Places of the diagonal among the entries of a matrix compressed by column."""
    columns = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    return np.flatnonzero(matrix.indices == columns)
