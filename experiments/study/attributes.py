"""Units of what a study holds, and what each thing is in words."""

from __future__ import annotations

from aslb.experiments.engine.outputs import ENERGIES, QUANTITIES
from aslb.parameters.composition.names import split_name

KNOWN = {
    **QUANTITIES,
    **ENERGIES,
    "charge_voltage": ("V", "Voltage on charge, hold included, against the foil"),
    "discharge_voltage": ("V", "Voltage on discharge against the foil"),
    "depth": ("1", "Fraction of the charge passed"),
    "c_rate": ("h-1", "C-rate of charge and discharge"),
    "status": ("1", "Whether the point is ok, failed or pending"),
    "reason": ("1", "Why it failed, or what is to be said about it"),
    "attempts": ("1", "How many attempts were needed"),
    "cycle": ("1", "Cycle of a rate test, from 1"),
    "cycles_solved": ("1", "Cycles that were solved; the others repeat one of these"),
    "remarks": ("1", "What is to be said about the cycle"),
    "cell": ("1", "Parameter set, or cell file"),
    "boundary": ("1", "What masses and volumes count"),
}


def attributes(name: str) -> dict[str, str]:
    """Unit and description of a variable or coordinate of a stored study."""
    if name in KNOWN:
        unit, long_name = KNOWN[name]
    else:
        long_name, unit = split_name(name)
        if " loss at " in name:
            long_name += " of the discharge"
    return {"units": unit or "1", "long_name": long_name}
