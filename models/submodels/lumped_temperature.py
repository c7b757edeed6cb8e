"""One temperature for the whole cell, warmed by everything that dissipates."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class LumpedTemperature(pybamm.thermal.Lumped):
    r"""PyBaMM's lumped temperature, with the heat of a solid-state cell.

    PyBaMM's half-cells know no separator between planar resistances, no interphase and
    no junction. Here the heat per area of the cell is

    .. math::
        Q = i \sum V_\mathrm{stack}
        + \int_0^L \left[\frac{i_e^2}{\kappa} + \frac{i_s^2}{\sigma}
        + a j_\mathrm{int} \left(\eta + T \frac{\mathrm{d}U}{\mathrm{d}T}\right)
        + a j V_\mathrm{interphase}\right] \mathrm{d}x,

    with the losses of foil, separator and junction in the first sum. Diffusion in
    particles warms nothing, as PyBaMM's heat of mixing by default.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    x_average : bool, optional
        Whether one particle stands for all depths.
    """

    @override
    def _get_standard_coupled_variables(self, variables):
        param = self.param
        i = variables["Current collector current density [A.m-2]"]
        a_j = variables[
            "Positive electrode volumetric interfacial current density [A.m-3]"
        ]
        eta = variables["Positive electrode reaction overpotential [V]"]
        T = variables["Positive electrode temperature [K]"]
        dUdT = variables["Positive electrode entropic change [V.K-1]"]
        # the whole current crosses the interphase, whatever it does next
        crossing = variables[
            "Sum of positive electrode volumetric interfacial current densities [A.m-3]"
        ]
        film = -variables["Positive electrode SEI film overpotential [V]"]
        stack = sum(
            pybamm.yz_average(i * variables[f"{name} loss [V]"])
            for name in ("Anode kinetic", "Anode interface", "Separator", "Junction")
        )
        ohmic = stack + sum(
            variables[f"{name} ohmic heating [W.m-2]"]
            for name in ("Catholyte", "Electronic")
        )
        heats = {
            "Ohmic heating [W]": ohmic,
            "Irreversible electrochemical heating [W]": self._over_depth(
                a_j * eta + crossing * film
            ),
            "Reversible heating [W]": self._over_depth(a_j * T * dUdT),
        }
        watts = {name: heat * param.A_cc for name, heat in heats.items()}
        total, volume = sum(watts.values()), param.V_cell
        variables.update(watts)
        variables.update(
            {
                "Total heating [W]": total,
                "Volume-averaged total heating [W.m-3]": total / volume,
                "Cell thermal volume [m3]": volume,
                "Volume-averaged effective heat capacity [J.K-1.m-3]": (
                    param.cell_heat_capacity
                ),
            }
        )
        return variables

    def _over_depth(self, power):
        """Integral of a power per volume of the cathode [W.m-2]."""
        return pybamm.yz_average(self.param.p.L * pybamm.x_average(power))
