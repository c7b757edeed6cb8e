"""Ionic conduction without a salt: Ohm's law, and nothing else."""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.electrolyte_conductivity import (
    base_electrolyte_conductivity,
)
from typing_extensions import override


class SingleIonConduction(base_electrolyte_conductivity.BaseElectrolyteConductivity):
    r"""What every single-ion conductor shares: the stack up to the cathode.

    In one dimension the current through the separator is uniform, so the potential
    there is a closed form of its thickness L and its conductivity σ(T),

    .. math::
        \phi_e(x) = \phi_{e,\mathrm{foil}} - i R_\mathrm{anode}
        - \frac{i\,x}{\sigma(T)}, \qquad 0 \le x \le L,

    and the cathode begins another i·R_junction lower. The thickness is thus a number
    like any other: changing it needs no new mesh.

    Subclasses give the potential and the current inside the cathode.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, options=options)

    def _stack_variables(self, variables):
        """Potentials and losses between the foil and the cathode."""
        phi_foil = variables["Lithium metal interface electrolyte potential [V]"]
        T = variables["Volume-averaged cell temperature [K]"]
        separator_loss = variables["Separator loss [V]"]
        phi_left = phi_foil - variables["Anode interface loss [V]"]

        x = pybamm.standard_spatial_vars.x_s - self.param.n.L
        phi_e_s = (
            pybamm.PrimaryBroadcast(phi_left, "separator")
            - pybamm.PrimaryBroadcast(separator_loss / self.param.s.L, "separator") * x
        )
        return {
            "Separator electrolyte conductivity [S.m-1]": self.param.sigma_separator(T),
            "Separator electrolyte potential [V]": phi_e_s,
            "X-averaged separator electrolyte potential [V]": phi_left
            - separator_loss / 2,
            "Negative electrolyte potential [V]": phi_foil,
            "Catholyte potential at separator interface [V]": phi_left
            - separator_loss
            - variables["Junction loss [V]"],
            "Separator area resistance [Ohm.m2]": self.param.R_separator(T),
        }

    def _cathode_variables(self, variables, phi_e_p, phi_e_p_av, i_e_p):
        """Standard PyBaMM names, from what the subclass found in the cathode."""
        phi_e = pybamm.concatenation(
            variables["Separator electrolyte potential [V]"], phi_e_p
        )
        phi_foil = variables["Negative electrolyte potential [V]"]
        phi_interface = variables["Catholyte potential at separator interface [V]"]
        return {
            "Electrolyte potential [V]": phi_e,
            "X-averaged electrolyte potential [V]": pybamm.x_average(phi_e),
            "X-averaged electrolyte overpotential [V]": phi_e_p_av - phi_foil,
            "Positive electrolyte potential [V]": phi_e_p,
            "X-averaged positive electrolyte potential [V]": phi_e_p_av,
            "Positive electrolyte current density [A.m-2]": i_e_p,
            "Catholyte loss [V]": phi_interface - phi_e_p_av,
            **self._get_split_overpotential(
                pybamm.PrimaryBroadcast(0, "current collector"), phi_e_p_av - phi_foil
            ),
        }

    @override
    def set_boundary_conditions(self, variables):
        pass
