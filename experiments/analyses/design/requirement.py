"""What is asked of a design, as it is spoken: "specific_energy 300 Wh/kg at C/20"."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from typing_extensions import override

from aslb.errors import InputError
from aslb.experiments.analyses.energy.study import CHARGE_RATE
from aslb.experiments.c_rate import rate_of
from aslb.experiments.output.figure_style import rate_label
from aslb.parameters.nearest import nearest

SLOW: float = CHARGE_RATE
"""Rate of the charge [h-1], and of the discharge that capacity is retained from."""

RETENTION = "retention"
UNITS = {
    "specific_energy": "Wh/kg",
    "energy_density": "Wh/L",
    "discharge_capacity": "mAh/g",
    RETENTION: "",
}
"""What may be asked of a design, and its unit."""

AT = ("at", "@")
RATE = re.compile(r"[Cc]/|[-+.\d]")
"""How a rate begins; a unit does not."""

SAID = '"specific_energy 300 Wh/kg at C/20" or "retention 0.8 at 1C"'


class Measure(NamedTuple):
    """A quantity of a discharge at a rate.

    Parameters
    ----------
    quantity : str
        A key of `UNITS`.
    c_rate : float
        Rate of the discharge [h-1].
    """

    quantity: str
    c_rate: float

    @property
    def unit(self) -> str:
        """Its unit; empty if there is none."""
        return UNITS[self.quantity]

    @property
    def words(self) -> str:
        """As a sentence has it."""
        return f"{self.quantity.replace('_', ' ')} at {rate_label(self.c_rate)}"

    @property
    def column(self) -> str:
        """As a table has it."""
        unit = self.unit.replace("/", "_")
        parts = (self.quantity, rate_label(self.c_rate).replace("/", ""), unit)
        return "_".join(filter(None, parts))

    @property
    def label(self) -> str:
        """As an axis has it."""
        words = self.words
        if self.quantity == RETENTION:
            return f"Capacity kept at {rate_label(self.c_rate)} / %"
        return f"{words[0].upper()}{words[1:]} / {self.unit}"

    def shown(self, value: float) -> str:
        """A value of it with its unit, as people write it."""
        if self.quantity == RETENTION:
            return f"{100 * value:.1f} %"
        return f"{value:.3g} {self.unit}"


class Requirement(NamedTuple):
    """The least that is asked of a measure, in its unit."""

    measure: Measure
    least: float

    @override
    def __str__(self) -> str:
        measure = self.measure
        unit = f" {measure.unit}" if measure.unit else ""
        rate = rate_label(measure.c_rate)
        return f"{measure.quantity} {self.least!r}{unit} at {rate}"


def requirement(said: str) -> Requirement:
    """What is asked, from how it is spoken.

    Parameters
    ----------
    said : str
        A key of `UNITS`, a number, and a rate; "at" and the unit may be left out, and
        the rate, which is then C/20, but for what is retained.

    Returns
    -------
    Requirement
        A retention between 0 and 1.

    Raises
    ------
    InputError
        If it cannot be understood, or nothing could meet it.

    Examples
    --------
    >>> str(requirement("retention 80 % at C/2"))
    'retention 0.8 at C/2'
    """
    quantity, *words = said.replace("%", " % ").split() or [""]
    words = [word for word in words if word not in (">=", "≥")]
    _check_quantity(quantity, said)
    if not words:
        raise InputError(f"at least {said!r}: a number is missing; accepted: {SAID}")
    least, *rest = _number(words[0], said), *words[1:]
    unit = UNITS[quantity] or "%"
    if rest and rest[0] == unit:
        least = least / 100 if rest.pop(0) == "%" else least
    elif rest and rest[0] not in AT and not RATE.match(rest[0]):
        raise InputError(
            f"at least {said!r}: unit {rest[0]!r}; accepted: {unit}, or none"
        )
    rest = [word for word in rest if word not in AT]
    if len(rest) > 1:
        raise InputError(
            f"at least {said!r}: {' '.join(rest)!r} is no C-rate; accepted: {SAID}"
        )
    if quantity == RETENTION:
        if not rest:
            raise InputError(f"at least {said!r}: at which rate? accepted: {SAID}")
        if not 0 < least < 1:
            raise InputError(
                f"at least {said!r}: {least:g} is kept; accepted: between 0 and 1, or "
                "0 and 100 %"
            )
    measure = Measure(quantity, _rate(rest[0], said) if rest else SLOW)
    if quantity == RETENTION and measure.c_rate <= SLOW:
        raise InputError(
            f"at least {said!r}: capacity is kept from {rate_label(SLOW)}; accepted: a "
            "higher rate"
        )
    return Requirement(measure, least)


def measure_of(said: str) -> Measure | None:
    """A quantity and a rate, as "specific_energy at 1C"; None if it is none."""
    quantity, *words = said.split() or [""]
    if quantity not in UNITS:
        return None
    words = [word for word in words if word != "at"]
    if len(words) > 1:
        raise InputError(f"{said!r}; accepted: a quantity and a rate, as {SAID}")
    return Measure(quantity, _rate(words[0], said) if words else SLOW)


def _check_quantity(quantity: str, said: str) -> None:
    if quantity not in UNITS:
        raise InputError(
            f"at least {said!r}: unknown quantity {quantity!r}; "
            f"{nearest(quantity, UNITS)}accepted: {', '.join(UNITS)}"
        )


def _number(word: str, said: str) -> float:
    try:
        number = float(word)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise InputError(
            f"at least {said!r}: {word!r}; accepted: a positive number, as {SAID}"
        )
    return number


def _rate(word: str, said: str) -> float:
    try:
        rate: float = rate_of(word)
    except InputError as error:
        raise error.within(f"at least {said!r}") from None
    if not 1e-3 <= rate <= 1e3:
        raise InputError(f"at least {said!r}: rate {rate:g}; accepted: 0.001 to 1000")
    return rate
