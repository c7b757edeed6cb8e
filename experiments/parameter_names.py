"""Names of parameters as a study may write them, and what PyBaMM calls them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from aslb.experiments.errors import InputError

ALIASES = {
    "membrane thickness": "Separator thickness",
    "membrane conductivity": "Separator electrolyte conductivity",
    "separator.thickness": "Separator thickness",
    "separator.conductivity": "Separator electrolyte conductivity",
    "catholyte.conductivity": "Catholyte conductivity",
    "cathode.thickness": "Positive electrode thickness",
    "cathode.particle_radius": "Positive particle radius",
    "foil.thickness": "Negative electrode thickness",
    "interfaces.foil": "Negative electrode interface resistance",
    "interfaces.junction": "Separator-catholyte junction resistance",
    "interfaces.interphase": "Positive electrode interphase resistance",
}
"""Other names, without their units, of parameters of the solid-state models."""

UNITS = {
    "m": {"cm": 1e-2, "mm": 1e-3, "um": 1e-6, "nm": 1e-9},
    "m2": {"cm2": 1e-4},
    "S.m-1": {"S.cm-1": 1e2, "mS.cm-1": 1e-1},
    "Ohm.m2": {"Ohm.cm2": 1e-4},
    "m2.s-1": {"cm2.s-1": 1e-4},
    "A.m-2": {"mA.cm-2": 10.0},
    "kg.m-2": {"mg.cm-2": 1e-2},
    "kg.m-3": {"g.cm-3": 1e3},
    "J.mol-1": {"kJ.mol-1": 1e3, "eV": 96485.33212},
    "A.h": {"mA.h": 1e-3},
}
"""Units that may stand for PyBaMM's, and what one of them is in PyBaMM's."""


@dataclass(frozen=True)
class ParameterName:
    """A parameter under the name and in the unit of a study.

    Parameters
    ----------
    name : str
        As the study writes it.
    pybamm_name : str
        As `pybamm.ParameterValues` has it.
    unit : str
        Unit of the study's values; "1" if there is none.
    factor : float
        What one such unit is in PyBaMM's.
    """

    name: str
    pybamm_name: str
    unit: str
    factor: float


def resolve(name: str, known: Iterable[str]) -> ParameterName:
    """What PyBaMM calls a parameter, and how its values convert.

    Parameters
    ----------
    name : str
        PyBaMM's name, or one of `ALIASES` with a unit, as ``membrane thickness [um]``.
    known : iterable of str
        Names in the parameter set.

    Returns
    -------
    ParameterName
        The name and the conversion.

    Raises
    ------
    InputError
        If there is no such parameter, or not in that unit.
    """
    known = list(known)
    base, unit = _split(name)
    base = ALIASES.get(base, base)
    for candidate in known:
        candidate_base, si_unit = _split(candidate)
        if candidate_base != base:
            continue
        factors = {si_unit: 1.0, **UNITS.get(si_unit, {})}
        if unit not in factors:
            accepted = ", ".join(f"[{item}]" for item in factors if item) or "no unit"
            raise InputError(
                f"parameter '{name}': unit '{unit}' is not one of it; "
                f"accepted: {accepted}"
            )
        return ParameterName(name, candidate, unit or "1", factors[unit])
    near = difflib.get_close_matches(name, [*known, *ALIASES], n=1, cutoff=0.5)
    hint = f"the nearest is '{near[0]}'" if near else "names of the parameter set"
    raise InputError(f"unknown parameter '{name}'; {hint}")


def _split(name: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*?)\s*(?:\[([^\[\]]*)\])?", name, re.DOTALL)
    assert match is not None  # every part of the pattern may be empty
    return match[1], match[2] or ""
