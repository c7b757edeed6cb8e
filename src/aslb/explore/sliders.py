"""What can be moved on the page, how far, and what is known of each number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aslb.errors import InputError
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import CAPACITY, read
from aslb.parameters.composition.names import ParameterName
from aslb.parameters.quantity import Quantity

STEPS = 60
"""Stops of a slider, besides that of the cell itself."""


@dataclass(frozen=True)
class Slider:
    """A parameter that can be moved.

    Parameters
    ----------
    key : str
        Its word in a link, ending in its unit.
    name : str
        As `Cell.vary` takes it.
    label, unit : str
        As the page writes it.
    low, high : float
        How far it goes, unless the cell or its range is beyond.
    logarithmic : bool, optional
        Whether its stops are evenly spaced in their logarithm.
    from_zero : bool, optional
        Whether it may be nothing at all.
    improved : float, optional
        By what its value is multiplied to ask what that would bring; 1 for never.
    words : str, optional
        That in words.
    """

    key: str
    name: str
    label: str
    unit: str
    low: float
    high: float
    logarithmic: bool = True
    from_zero: bool = False
    improved: float = 1.0
    words: str = ""


SLIDERS = {
    one.key: one
    for one in (
        Slider(
            "thickness_um",
            "separator.thickness [um]",
            "Separator thickness",
            "µm",
            5,
            1000,
            improved=0.5,
            words="half the separator thickness",
        ),
        Slider(
            "separator_mS_cm",
            "separator.conductivity [mS/cm]",
            "Separator conductivity",
            "mS/cm",
            0.02,
            20,
            improved=2,
            words="twice the separator conductivity",
        ),
        Slider(
            "catholyte_mS_cm",
            "catholyte.conductivity [mS/cm]",
            "Catholyte conductivity",
            "mS/cm",
            0.02,
            20,
            improved=2,
            words="twice the catholyte conductivity",
        ),
        Slider(
            "areal_mAh_cm2",
            "cathode.areal_capacity [mAh/cm2]",
            "Areal capacity",
            "mAh/cm²",
            0.5,
            10,
        ),
        Slider(
            "active_fraction",
            "cathode.active_fraction",
            "Active fraction",
            "",
            0.5,
            1,
            logarithmic=False,
        ),
        Slider(
            "foil_ohm_cm2",
            "interfaces.foil [Ohm.cm2]",
            "Interface of the foil",
            "Ω cm²",
            0.1,
            1000,
            from_zero=True,
            improved=0.5,
            words="half the resistance of foil | separator",
        ),
        Slider(
            "junction_ohm_cm2",
            "interfaces.junction [Ohm.cm2]",
            "Separator | catholyte",
            "Ω cm²",
            0.1,
            1000,
            from_zero=True,
            improved=0.5,
            words="half the resistance of separator | catholyte",
        ),
        Slider(
            "interphase_ohm_cm2",
            "interfaces.interphase [Ohm.cm2]",
            "Interphase of particles",
            "Ω cm²",
            0.1,
            1e4,
            from_zero=True,
            improved=0.5,
            words="half the resistance of the interphase",
        ),
        Slider(
            "temperature_C",
            "conditions.temperature [C]",
            "Temperature",
            "°C",
            -20,
            80,
            logarithmic=False,
        ),
    )
}
"""What can be moved, by its word in a link. No model has a pressure."""


@dataclass(frozen=True)
class Scale:
    """A slider of a cell: where it stands, and what is known of the number.

    Parameters
    ----------
    slider : Slider
        What is moved.
    parameter : ParameterName
        What the cell calls it.
    own : float
        The cell's own value, in the unit of the slider.
    quantity : Quantity or None
        Where that is from and how far it may be off; None of a cell without provenance.
    """

    slider: Slider
    parameter: ParameterName
    own: float
    quantity: Quantity | None

    def written(self, si: float) -> float:
        """An SI value in the unit of the slider."""
        return (si - self.parameter.zero) / self.parameter.factor

    @cached_property
    def known(self) -> tuple[float, float]:
        """The range in which the number may lie, by its source."""
        if self.quantity is None:
            return self.own, self.own
        return self.written(self.quantity.lower), self.written(self.quantity.upper)

    @property
    def kind(self) -> str:
        """Class of the cell's own value."""
        return "own" if self.quantity is None else str(self.quantity.kind)

    @property
    def source(self) -> str:
        """Where the cell's own value is from."""
        return "" if self.quantity is None else self.quantity.source

    @property
    def stop(self) -> float:
        """The cell's own value as the slider has it: a fitted one has many digits."""
        return float(f"{self.own:.4g}")

    @cached_property
    def steps(self) -> tuple[float, ...]:
        """Where it can stand, rising; the `stop` of the cell's own is one of them."""
        slider, positive = self.slider, [x for x in (self.own, *self.known) if x > 0]
        low = min([slider.low, *positive]) if slider.logarithmic else slider.low
        high = max([slider.high, *positive])
        if slider.logarithmic:
            stops = np.geomspace(low, high, STEPS)
        else:
            low = min(low, self.own, self.known[0])
            stops = np.linspace(low, high, STEPS + 1)
        rounded = {float(f"{stop:.3g}") for stop in stops[1:-1]} | {low, high}
        zero = {0.0} if slider.from_zero else set()
        return tuple(sorted(rounded | zero | {self.stop}))

    def place(self, value: float) -> float:
        """How far along the slider a value is, from 0 to 1."""
        at = np.interp(value, self.steps, np.arange(len(self.steps)))
        return float(at / (len(self.steps) - 1))

    def beyond(self, value: float) -> bool:
        """Whether a value is outside of what the source of the number knows."""
        slack = 1e-9 * max(abs(x) for x in (*self.known, 1e-300))
        return not self.known[0] - slack <= value <= self.known[1] + slack


def scales_of(cell: Cell) -> dict[str, Scale]:
    """Sliders of a cell by key; a number that the cell has as a function has none."""
    found = {}
    for key, slider in SLIDERS.items():
        try:
            parameter = cell.resolve(slider.name)
        except InputError:  # of parameter values there is no design to change
            continue
        if parameter.pybamm_name not in cell.numbers:
            continue
        quantity = _quantity(cell, parameter)
        if parameter.entry:
            si = cell.entries[parameter.entry]
        else:
            si = cell.numbers[parameter.pybamm_name]
        own = (si - parameter.zero) / parameter.factor
        found[key] = Scale(slider, parameter, float(f"{own:.12g}"), quantity)
    return found


def _quantity(cell: Cell, parameter: ParameterName) -> Quantity | None:
    if cell.state.composition is None:
        return None
    if parameter.entry == CAPACITY:
        return read(cell.state.composition, CAPACITY)
    return cell.quantities[parameter.pybamm_name]
