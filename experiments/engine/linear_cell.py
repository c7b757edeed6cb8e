"""A cell linearised around a state of rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import casadi
import numpy as np
import pybamm

from aslb.experiments.engine.shifted_matrix import ShiftedMatrix
from aslb.models.discretisation.clustered_mesh import ClusteredMesh
from aslb.models.discretisation.scalable_mesh import ScalableMesh
from aslb.models.registry import model_for
from aslb.models.submodels.relaxing_two_size_kinetics import DOUBLE_LAYER_SHARE
from aslb.models.submodels.two_size_interface import DIFFERENCE
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell

DENSITY = "Current collector current density [A.m-2]"
DIFFUSIVITY = "Volume-averaged positive particle effective diffusivity [m2.s-1]"
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
        given = inputs or {}
        self._asked = {name: given[name] for name in self._asked or given}
        at_rest = self._model.concatenated_initial_conditions.evaluate(
            0, inputs=self._asked
        )
        numbers = casadi.vertcat(*self._asked.values())
        entries, outputs = self._derivatives(at_rest, numbers)
        s = 2j * np.pi * np.asarray(frequencies)
        owned = self._weights(at_rest) @ _factors(s, exponents or {}, without)
        mass = self._model.mass_matrix.entries.diagonal()[:, None]
        found = self._matrix.solve(
            entries.nz[:].full().ravel(), s * owned * mass, self._forcing
        )
        density, *read = outputs.sparse() @ found
        return np.array(read) / density

    def diffusivity(self, inputs: Mapping[str, np.ndarray]) -> np.ndarray | None:
        """Diffusivity in the particles at rest [m2.s-1], for each of many inputs.

        None where particles of two sizes have one each.
        """
        self._asked = {name: inputs[name][0] for name in self._asked or inputs}
        if DIFFUSIVITY not in self._model.variables:
            return None
        many = np.array([inputs[name] for name in self._asked])
        return self._diffusivity(many).full().ravel()

    @cached_property
    def _diffusivity(self) -> casadi.Function:
        model = self._model
        symbols = {name: casadi.MX.sym(name) for name in self._asked}
        at_rest = model.concatenated_initial_conditions.to_casadi(inputs=symbols)
        processed = model.get_processed_variable(DIFFUSIVITY)
        found = processed.to_casadi(t=0, y=at_rest, inputs=symbols)
        inputs = casadi.vertcat(*symbols.values())
        return casadi.Function("diffusivity", [inputs], [casadi.vec(found)[0]])

    def _weights(self, at_rest: np.ndarray) -> np.ndarray:
        """How much of each row belongs to each of `RELAXING`, and last, to none."""
        weights = np.zeros((self._model.len_rhs_and_alg, len(RELAXING) + 1))
        for place, component in enumerate(RELAXING):
            weights[self._places.get(component, slice(0)), place] = 1
        if DIFFERENCE in self._rows:
            share = self._model.get_processed_variable(DOUBLE_LAYER_SHARE)
            kinetic = share.evaluate(0, at_rest, inputs=self._asked).ravel()
            for component, weight in ("Kinetic", kinetic), ("Interphase", 1 - kinetic):
                place = [*RELAXING].index(component)
                weights[self._rows[DIFFERENCE], place] = weight
        weights[:, -1] = 1 - weights.sum(axis=1)
        return weights

    @cached_property
    def _rows(self) -> dict[str, slice]:
        """Rows of each state, by name."""
        return {var.name: parts[0] for var, parts in self._model.y_slices.items()}

    @cached_property
    def _places(self) -> dict[str, slice]:
        """Rows of the state that a capacitance has alone, by component."""
        return {
            component: self._rows[state]
            for component, state in RELAXING.items()
            if state in self._rows
        }

    @cached_property
    def _model(self) -> Any:
        """The discretised model."""
        self._simulation.build(initial_soc=self.soc, inputs=self._asked)
        return self._simulation.built_model

    @cached_property
    def _derivatives(self) -> casadi.Function:
        """-J, and derivatives of the current density and of every component."""
        model = self._model
        read = [model.get_processed_variable(DENSITY)]
        for component in self.components:
            if component == OPEN_CIRCUIT:
                read.append(-model.get_processed_variable("Open-circuit voltage [V]"))
            else:
                read.append(model.get_processed_variable(f"{component} loss [V]"))
        y = casadi.MX.sym("y", model.len_rhs_and_alg)
        symbols = {name: casadi.MX.sym(name) for name in self._asked}
        inputs = casadi.vertcat(*symbols.values())
        equations, found = (
            pybamm.numpy_concatenation(*of).to_casadi(t=0, y=y, inputs=symbols)
            for of in ((model.concatenated_rhs, model.concatenated_algebraic), read)
        )
        derivatives = [casadi.jacobian(-equations, y), casadi.jacobian(found, y)]
        return casadi.Function("derivatives", [y, inputs], derivatives)

    @cached_property
    def _forcing(self) -> np.ndarray:
        """A current of 1 A, in its row."""
        forcing = np.zeros(self._model.len_rhs_and_alg, complex)
        forcing[self._rows["Current variable [A]"]] = -1
        return forcing

    @cached_property
    def _matrix(self) -> ShiftedMatrix:
        """-J of no value yet.

        States that follow in time have iω on their diagonal at any frequency, but those
        of a capacitance may be without it.
        """
        rows, columns = self._derivatives.sparsity_out(0).get_triplet()
        first = self._model.mass_matrix.entries.diagonal() != 0
        for place in (*self._places.values(), self._rows.get(DIFFERENCE, slice(0))):
            first[place] = False
        return ShiftedMatrix(np.array(rows), np.array(columns), first)


def _factors(
    s: np.ndarray, exponents: Mapping[str, float], without: Sequence[str]
) -> np.ndarray:
    """What rows of each of `RELAXING`, and of none, are multiplied by at each iω."""
    factors = [
        np.zeros_like(s)
        if component in without
        else s ** (exponents.get(component, 1) - 1)
        for component in RELAXING
    ]
    return np.array([*factors, np.ones_like(s)])
