"""Two foils, and a solid electrolyte between them."""

from __future__ import annotations

from typing import Any, ClassVar

import pybamm

from aslb.models.solid_state_options import SolidStateOptions
from aslb.models.stack_parameters import StackParameters
from aslb.models.submodels.relaxing_series_resistance import SHORTEST
from aslb.models.submodels.separator_loss import PARTS

OPTIONS = {
    "electrodes": ("plating", "blocking"),
    "interface relaxation": ("false", "true", "with bulk"),
    "contact resistance": ("false", "true"),
}
"""Options of a symmetric cell, and their values, the default first."""

SIDES = {"Negative": 1, "Positive": -1}
"""Electrodes, and the direction in which a positive current takes lithium from each."""


class SymmetricCell(pybamm.BaseModel):
    r"""A symmetric cell of planar electrodes: foil | solid electrolyte | foil.

    Both electrodes are the foil of a half-cell's parameter set, each with an inventory
    of its own. A positive current strips the negative electrode and plates the positive
    one. The current i passes contact, interfaces and separator in series,

    .. math::
        V = U_+ - U_- - \eta_- - \eta_+ - i \left(2 R_\mathrm{interface}
        + \frac{L}{\sigma}\right) - I R_\mathrm{contact}, \qquad
        \eta_\pm = \frac{2RT}{F} \sinh^{-1} \frac{i}{2 j_0}.

    It knows no voids and no filaments: it cannot tell at which current a cell fails.

    Parameters
    ----------
    options : dict, optional
        `"electrodes"`: "plating", or "blocking" for electrodes at which nothing reacts;
        `"interface relaxation"`: "true" for capacitances beside resistances, which
        blocking electrodes need; "with bulk" for that of the separator's grains too;
        `"contact resistance"`: "true" for `"Contact resistance [Ohm]"`, as of wires, in
        series, which is also the default of blocking electrodes.
    name : str, optional
        Name of the model.

    Raises
    ------
    pybamm.OptionError
        If there is no such option or value, or electrodes that block have no double
        layer.
    """

    summary_variables: ClassVar = ["Discharge capacity [A.h]"]  # of an experiment

    def __init__(self, options: dict | None = None, name: str = "Symmetric cell"):
        super().__init__(name)
        asked = _checked(options)
        self._relaxing = asked["interface relaxation"] != "false"
        self._bulk_relaxes = asked["interface relaxation"] == "with bulk"
        self._blocking = asked["electrodes"] == "blocking"
        self.options = SolidStateOptions({"working electrode": "positive"})
        self.param = StackParameters(self.options)
        self._T: Any = pybamm.Parameter("Ambient temperature [K]")
        self._current: Any = self.param.current_with_time
        self._i: Any = self._current / self.param.A_cc
        self.variables = {"Current [A]": self._current}
        contact: pybamm.Symbol = pybamm.Scalar(0)  # sets of half-cells have none
        if asked["contact resistance"] == "true":
            contact = pybamm.Parameter("Contact resistance [Ohm]")
        losses = {
            "Contact loss [V]": self._current * contact,
            "Separator loss [V]": self._separator(),
        }
        potentials = {}
        for side in SIDES:
            name = f"{side} electrode interface"
            losses[f"{name} loss [V]"] = self._in_series(
                name,
                self.param.R_anode_interface(self._T),
                self.param.C_anode_interface,
            )
            potentials[side], loss = self._electrode(side)
            losses[f"{side} electrode kinetic loss [V]"] = loss
        self._set_voltage(potentials["Positive"] - potentials["Negative"], losses)

    def _set_voltage(self, open_circuit: Any, losses: dict[str, Any]) -> None:
        total: Any = sum(losses.values())
        voltage = open_circuit - total
        self.variables.update(
            {
                **losses,
                "Sum of losses [V]": total,
                "Open-circuit voltage [V]": open_circuit,
                "Voltage [V]": voltage,
                "Battery voltage [V]": voltage,
                "Current collector current density [A.m-2]": self._i,
            }
        )
        passed = pybamm.Variable("Discharge capacity [A.h]")
        self.rhs[passed] = self._current / 3600
        self.initial_conditions[passed] = pybamm.Scalar(0)
        self.variables["Discharge capacity [A.h]"] = passed

    def _separator(self) -> Any:
        param, T = self.param, self._T
        if not self._relaxing:
            return self._in_series("Separator", param.R_separator(T), None)
        bulk, between = PARTS
        self.variables[f"{bulk} loss [V]"] = (
            self._in_series(bulk, param.R_bulk(T), param.C_bulk)
            if self._bulk_relaxes
            else self._i * param.R_bulk(T)
        )
        self.variables[f"{between} loss [V]"] = self._in_series(
            between, param.R_grain_boundary(T), param.C_grain_boundary
        )
        return sum(self.variables[f"{part} loss [V]"] for part in PARTS)

    def _in_series(self, component: str, resistance: Any, capacitance: Any) -> Any:
        """Voltage loss of what the whole current passes."""
        if not self._relaxing:
            return self._i * resistance
        drop = pybamm.Variable(f"{component} potential drop [V]")
        time = pybamm.maximum(resistance * capacitance, SHORTEST)
        self.rhs[drop] = (self._i * resistance - drop) / time
        self.initial_conditions[drop] = pybamm.Scalar(0)
        return drop

    def _electrode(self, side: str) -> tuple[Any, Any]:
        """Open-circuit potential of an electrode, and the loss of its kinetics [V]."""
        param, T = self.param, self._T
        stripping = SIDES[side] * self._i
        if self._blocking:
            charged = self._double_layer(side, stripping, pybamm.Scalar(0))
            return pybamm.Scalar(0), SIDES[side] * charged
        lithium = pybamm.Variable(
            f"Total lithium in {side.lower()} electrode [mol]", scale=param.n_host
        )
        ratio = lithium / param.n_host
        U = param.U_foil(ratio, T)
        initial = param.U_foil(param.ratio_as_assembled, T)
        j0 = param.j0_Li_metal(pybamm.Scalar(1), pybamm.Scalar(1), T)
        thermal = 2 * param.R * T / param.F
        if self._relaxing:

            def reaction_at(difference: Any) -> Any:
                return 2 * j0 * pybamm.sinh((difference - U) / thermal)

            difference = self._double_layer(side, stripping, initial, reaction_at)
            overpotential, reaction = difference - U, reaction_at(difference)
        else:
            overpotential = thermal * pybamm.arcsinh(stripping / (2 * j0))
            reaction = stripping
        self.rhs[lithium] = -reaction * param.A_cc / param.F
        self.initial_conditions[lithium] = param.ratio_as_assembled * param.n_host
        self.variables[lithium.name] = lithium
        self.variables[f"{side} electrode lithium-to-host ratio"] = ratio
        self.events.append(
            pybamm.Event(f"{side} electrode has no lithium left", ratio - 1e-4)
        )
        return U, SIDES[side] * overpotential

    def _double_layer(
        self, side: str, current: Any, initial: Any, reaction: Any = None
    ) -> Any:
        """Potential difference of a double layer [V], beside a reaction or alone."""
        difference = pybamm.Variable(
            f"{side} electrode double-layer potential difference [V]"
        )
        passed = reaction(difference) if reaction else 0
        self.rhs[difference] = (current - passed) / self.param.n.C_dl(self._T)
        self.initial_conditions[difference] = initial
        return difference


def _checked(options: dict | None) -> dict[str, str]:
    asked = {name: possible[0] for name, possible in OPTIONS.items()}
    for name, value in (options or {}).items():
        if value not in OPTIONS.get(name, ()):
            accepted = "; ".join(
                f"'{known}': " + " or ".join(f"'{one}'" for one in possible)
                for known, possible in OPTIONS.items()
            )
            raise pybamm.OptionError(
                f"SymmetricCell does not support '{name}': '{value}'; it accepts "
                f"{accepted}"
            )
        asked[name] = value
    if asked["electrodes"] == "blocking":
        asked["contact resistance"] = (options or {}).get("contact resistance", "true")
    if (asked["electrodes"], asked["interface relaxation"]) == ("blocking", "false"):
        raise pybamm.OptionError(
            "blocking electrodes pass a current into double layers only; SymmetricCell "
            "accepts them with 'interface relaxation': 'true'"
        )
    return asked
