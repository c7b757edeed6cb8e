"""Where the voltage goes: every component's loss, and their sum."""

from __future__ import annotations

import pybamm
from typing_extensions import override

LOSSES = (
    "Anode kinetic",
    "Anode interface",
    "Separator",
    "Junction",
    "Catholyte",
    "Electronic",
    "Kinetic",
    "Interphase",
    "Particle concentration",
)
"""Components of the voltage loss from foil to current collector; the variable of each
is ``f"{component} loss [V]"``."""


class VoltageLosses(pybamm.BaseSubModel):
    """Terminal voltage = open-circuit voltage minus the losses, at every instant.

    A loss is positive on discharge and negative on charge. The open-circuit voltage is
    that of the mean lithiation of the cathode against the foil as it is. Losses that
    vary with depth are means over the cathode (as in Marquis et al. 2019,
    doi:10.1149/2.0341915jes), which keeps the sum exact at rest too, where a
    current-weighted mean has no meaning. Of two sizes of particles, the means that are
    kinetic loss, interphase loss and the surface potential behind the particle
    concentration loss are weighted with surface; the mean lithiation counts volumes.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, options=options)

    @override
    def get_coupled_variables(self, variables):
        U_bulk = variables["Positive electrode bulk open-circuit potential [V]"]
        U_surf = variables["X-averaged positive electrode open-circuit potential [V]"]
        U_foil = variables["Negative electrode bulk open-circuit potential [V]"]
        eta_foil = variables["Lithium metal interface reaction overpotential [V]"]
        eta_r = variables["X-averaged positive electrode reaction overpotential [V]"]
        eta_interphase = variables[
            "X-averaged positive electrode interphase overpotential [V]"
        ]
        ohmic_foil = variables["Negative electrode potential drop [V]"]
        ohmic_cathode = variables["X-averaged positive electrode ohmic losses [V]"]
        components = {
            "Open-circuit voltage [V]": U_bulk - U_foil,
            "Anode kinetic loss [V]": eta_foil,
            "Anode interface loss [V]": variables["Anode interface loss [V]"],
            "Separator loss [V]": variables["Separator loss [V]"],
            "Junction loss [V]": variables["Junction loss [V]"],
            "Catholyte loss [V]": variables["Catholyte loss [V]"],
            "Electronic loss [V]": ohmic_foil - ohmic_cathode,
            "Kinetic loss [V]": -eta_r,
            "Interphase loss [V]": -eta_interphase,
            "Particle concentration loss [V]": U_bulk - U_surf,
        }
        # like "Voltage [V]", numbers rather than fields on the current collector
        variables.update(
            {name: pybamm.yz_average(value) for name, value in components.items()}
        )
        variables["Sum of losses [V]"] = sum(
            variables[f"{component} loss [V]"] for component in LOSSES
        )
        return variables
