"""What may differ from design to design, and between which ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aslb.errors import InputError
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import CAPACITY, ENTRIES
from aslb.parameters.composition.names import ParameterName, check, dotted, split_name
from aslb.parameters.quantity import Quantity
from aslb.parameters.ranges import Unknown
from aslb.parameters.units import split_unit, symbol

SPOKEN = {
    "m": "um",
    "S.m-1": "mS.cm-1",
    "Ohm.m2": "Ohm.cm2",
    "A.h.m-2": "mAh.cm-2",
    "A.m-2": "mA.cm-2",
    "kg.m-2": "mg.cm-2",
    "m2.s-1": "cm2.s-1",
}
"""Units of names that are written without one, by PyBaMM's."""

USUAL = {
    "separator.thickness": (5e-6, 1e-3),
    "cathode.thickness": (20e-6, 250e-6),
    CAPACITY: (12.0, 100.0),
    "cathode.active_mass_fraction": (0.5, 0.9),
    "foil.thickness": (5e-6, 1e-4),
}
"""Ends of designs in SI units, where none are given.

Those of a cathode are within the range in which the mesh was checked.
"""

WORDS = {
    "separator.thickness": "Membrane thickness",
    "cathode.areal_capacity": "Areal capacity",
}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
DECADE = 10.0  # ranges as wide are searched in their logarithm


@dataclass(frozen=True)
class Variable:
    """A parameter of designs, and where it may lie in the unit of its name.

    Parameters
    ----------
    name : ParameterName
        The parameter.
    low, high : float
        Ends of its range.
    """

    name: ParameterName
    low: float
    high: float

    @property
    def range(self) -> Unknown:
        """Its range, in the logarithm if that is wide."""
        wide = self.low > 0 and self.high >= DECADE * self.low
        return Unknown(self.name.name, self.low, self.high, wide)

    def values(self, units: npt.ArrayLike) -> np.ndarray:
        """Values at shares from 0 to 1 of the range."""
        return self.range.values(units)

    @property
    def base(self) -> str:
        """Its name in dotted words, without a unit."""
        return split_name(self.name.name)[0]

    @property
    def unit(self) -> str:
        """The unit of its name, as people write it; empty if there is none."""
        return "" if self.name.unit == "1" else symbol(self.name.unit)

    @property
    def words(self) -> str:
        """What it is, without a unit."""
        alone, _ = split_unit(self.name.pybamm_name)
        return WORDS.get(self.base, alone)

    @property
    def label(self) -> str:
        """As an axis has it."""
        return f"{self.words} / {self.unit}" if self.unit else self.words

    def shown(self, value: float) -> str:
        """A value with its unit, as people write it."""
        return f"{spoken(value)} {self.unit}".rstrip()


def spoken(value: float) -> str:
    """A number as people write it, with three digits or more.

    Examples
    --------
    >>> spoken(976.3), spoken(6.43149e-12)
    ('976', '6.43·10⁻¹²')
    """
    text = f"{value:.0f}" if 100 <= abs(value) < 1e5 else f"{value:.3g}"
    digits, power = text.partition("e")[::2]
    return f"{digits}·10{str(int(power)).translate(RAISED)}" if power else text


def variable(cell: Cell, said: str, asked: str = "vary") -> Variable:
    """A parameter and its range, from how it is spoken.

    Parameters
    ----------
    cell : Cell
        Whose parameter it is.
    said : str
        A name as `Cell.vary` takes it, and two numbers. Without a unit a length is in
        µm, and so on (`SPOKEN`). Without numbers the ends are those of `USUAL`, or of
        what is known of the parameter.
    asked : str, optional
        What is to be done with it, as refusals call it.

    Raises
    ------
    InputError
        If there is no such parameter, or no such range of it.

    Examples
    --------
    >>> one = variable(Cell("Cao2021_thin_halide"), "separator.thickness 10 300")
    >>> one.name.name, one.low, one.high
    ('separator.thickness [um]', 10.0, 300.0)
    """
    words = said.split()
    numbers = [*map(_float, words[-2:])]
    given = len(words) > 2 and None not in numbers
    written = " ".join(words[:-2] if given else words)
    try:
        if not given and numbers and numbers[-1] is not None:
            raise InputError("one end of a range; accepted: two numbers, or none")
        name = cell.resolve(with_unit(cell, written))
        if name.pybamm_name not in cell.numbers:
            raise InputError(f"'{name.name}' is no plain number in {cell.source}")
        low, high = numbers if given else _ends(cell, name)
        for end in (low, high):
            check(name, end)
        if not low < high:
            raise InputError(
                f"{name.name}: {low:g} to {high:g}; accepted: the smaller number first"
            )
    except InputError as error:
        raise error.within(f"{asked} {said!r}") from None
    return Variable(name, low, high)


def known_of(cell: Cell) -> Mapping[str, Quantity]:
    """Quantities of a cell by PyBaMM name; parameter values of one's own have none."""
    return {} if cell.state.composition is None else cell.quantities


def with_unit(cell: Cell, written: str) -> str:
    """A name with the unit that people speak of it in, if it has none."""
    base, unit = split_name(written)
    if unit:
        return written
    si = ENTRIES[base].unit if base in cell.entries else ""
    for known in () if si else cell.numbers:
        alone, its = split_unit(known)
        if base in (alone, dotted(known)):
            si = its
    return f"{base} [{SPOKEN.get(si, si)}]" if si else base


def _float(word: str) -> Any:
    try:
        return float(word)
    except ValueError:
        return None


def _ends(cell: Cell, name: ParameterName) -> tuple[float, float]:
    base = split_name(name.name)[0]
    if base in USUAL:
        low, high = USUAL[base]
    else:
        known = known_of(cell).get(name.pybamm_name)
        if known is None or name.entry or not known.lower < known.upper:
            raise InputError("a range is missing; accepted: two numbers after the name")
        low, high = known.lower, known.upper
    return (low - name.zero) / name.factor, (high - name.zero) / name.factor
