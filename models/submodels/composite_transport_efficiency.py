"""How far each conductor of the composite cathode falls short of a dense layer."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class CompositeTransportEfficiency(pybamm.transport_efficiency.Bruggeman):
    """Power laws in the volume fractions of catholyte and active material.

    Ions move in the catholyte, whose volume fraction is ``"Positive electrode
    porosity"`` in PyBaMM's words; electrons move in the active material alone, since
    the cathode holds no carbon: pores and catholyte carry none. The separator's
    conductivity is that of the layer as measured, so its efficiency is one.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    component : str
        "Electrolyte" or "Electrode".
    options : dict-like
        The options of the model.
    """

    @override
    def get_coupled_variables(self, variables):
        positive = self.param.p
        if self.component == "Electrolyte":
            separator = 1
            cathode = variables["Positive electrode porosity"] ** positive.b_e
        else:
            separator = 0
            cathode = pybamm.FullBroadcast(
                self.param.epsilon_conductor**positive.b_s,
                ["positive electrode"],
                {"secondary": "current collector"},
            )
        pybamm.citations.register("Bruggeman1935")
        variables.update(
            self._get_standard_transport_efficiency_variables(
                {
                    "separator": pybamm.FullBroadcast(
                        separator, ["separator"], {"secondary": "current collector"}
                    ),
                    "positive electrode": cathode,
                }
            )
        )
        return variables
