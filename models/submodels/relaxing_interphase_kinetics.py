"""Charge transfer and interphase at the particle, each with its capacitance."""

from __future__ import annotations

from typing import ClassVar

import pybamm
from typing_extensions import override

from aslb.models.submodels.interphase_kinetics import InterphaseKinetics
from aslb.models.submodels.relaxing_series_resistance import SHORTEST


class RelaxingInterphaseKinetics(InterphaseKinetics):
    r"""Interphase kinetics whose overpotentials take time to follow the current.

    The current j that crosses the surface of a particle charges the double layer, of
    potential difference δ, and the capacitance of the interphase, of drop v, in series,

    .. math::
        C_\mathrm{dl} \frac{\mathrm{d}\delta}{\mathrm{d}t} = j - j_F(\delta), \qquad
        C_\mathrm{int} \frac{\mathrm{d}v}{\mathrm{d}t}
        = j - \frac{v}{R_\mathrm{interphase}}, \qquad
        \phi_s - \phi_e = \delta + v,

    with δ = U + η and the faradaic current j_F that `InterphaseKinetics` has at η. The
    particle takes the part of j_F that oxidises no catholyte; both balances of charge
    take j. At a constant current the losses come to those without capacitances.

    To be put before a submodel that says what j is.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.

    References
    ----------
    .. [1] J. Newman, K. E. Thomas-Alyea, Electrochemical Systems, 3rd ed., 2004,
       ch. 22.6 (double-layer charging of porous electrodes).
    """

    _x_average: ClassVar[bool]
    _state_reaction = "Positive electrode double-layer potential difference [V]"
    _state_interphase = "Positive electrode interphase overpotential [V]"

    @override
    def get_fundamental_variables(self):
        domains = (
            {"domain": "current collector"}
            if self._x_average
            else {
                "domain": "positive electrode",
                "auxiliary_domains": {"secondary": "current collector"},
            }
        )
        reference = self.param.p.prim.U_init
        return {
            **super().get_fundamental_variables(),
            self._state_reaction: pybamm.Variable(
                self._state_reaction, reference=reference, **domains
            ),
            self._state_interphase: pybamm.Variable(self._state_interphase, **domains),
        }

    @override
    def _currents_and_overpotentials(self, variables, j_total, j0, T):
        eta_r = variables[self._state_reaction] - self._open_circuit_potential(
            variables
        )
        j = self._reaction_current(variables, eta_r, j0, T)
        share = variables["Positive electrode catholyte oxidation current share"]
        j_oxidation = share / (1 - share) * pybamm.maximum(j, 0)
        variables["Positive electrode double-layer current density [A.m-2]"] = (
            j_total - j - j_oxidation
        )
        variables["Positive electrode current density through particles [A.m-2]"] = (
            j_total
        )
        return j, j_oxidation, eta_r, variables[self._state_interphase]

    def _open_circuit_potential(self, variables):
        prefix = "X-averaged p" if self._x_average else "P"
        return variables[f"{prefix}ositive electrode open-circuit potential [V]"]

    def _reaction_current(self, variables, eta_r, j0, T):
        """Current density of charge transfer [A.m-2] at an overpotential [V]."""
        thermal_voltage = self.param.R * T / self.param.F
        if self.options["intercalation kinetics"] == "linear":
            return j0 * eta_r / thermal_voltage
        return 2 * j0 * pybamm.sinh(eta_r / (2 * thermal_voltage))

    def _interphase_time(self, T):
        """Time in which the interphase follows a current [s]."""
        return pybamm.maximum(
            self.param.R_interphase(T) * self.param.C_interphase, SHORTEST
        )

    @override
    def set_rhs(self, variables):
        prefix = "X-averaged p" if self._x_average else "P"
        T = variables[f"{prefix}ositive electrode temperature [K]"]
        j = variables["Positive electrode current density through particles [A.m-2]"]
        charging = variables["Positive electrode double-layer current density [A.m-2]"]
        interphase = variables[self._state_interphase]
        R = self.param.R_interphase(T)
        self.rhs = {
            variables[self._state_reaction]: charging / self.param.p.C_dl(T),
            # without a resistance there is no drop, rather than no solution
            interphase: (j * R - interphase) / self._interphase_time(T),
        }

    @override
    def set_initial_conditions(self, variables):
        super().set_initial_conditions(variables)
        self.initial_conditions.update(
            {
                variables[self._state_reaction]: self.param.p.prim.U_init,
                variables[self._state_interphase]: pybamm.Scalar(0),
            }
        )
