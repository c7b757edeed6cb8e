"""What a study of a cell can vary, under which names, and what it is now."""

from __future__ import annotations

from aslb.experiments.engine.simulate import parameter_values
from aslb.experiments.study.names import CUTOFFS
from aslb.parameters.composition.entries import ENTRIES
from aslb.parameters.composition.names import UNITS, dotted, split_unit
from aslb.parameters.composition.vary import plain_numbers


def names_text(cell: str) -> str:
    """Every name that a study of a cell may vary.

    Parameters
    ----------
    cell : str
        Name of a parameter set, or path of a cell file.

    Returns
    -------
    str
        A line a name: unit, value, and the PyBaMM parameter or what follows. Other
        units that are accepted come after them.

    Raises
    ------
    InputError
        If there is no such cell.
    """
    numbers = plain_numbers(parameter_values(cell))
    rows = []
    for name, entry in ENTRIES.items():
        try:
            rows.append((name, entry.unit, entry.read(numbers), entry.about))
        except KeyError:  # the cell lacks a number that it needs
            continue
    listed = {name for name, *_ in rows}
    for pybamm_name, value in numbers.items():
        name = dotted(pybamm_name)
        if name not in listed and pybamm_name not in CUTOFFS:
            rows.append((name, split_unit(pybamm_name)[1], value, pybamm_name))
    written = [
        (f"{name} [{unit}]" if unit else name, f"{value:.6g}", about)
        for name, unit, value, about in sorted(rows)
    ]
    width = max(len(name) for name, *_ in written)
    lines = [f"{name:{width}}  {value:>12}  {about}" for name, value, about in written]
    units = [f"  {si or 'none'}: {', '.join(others)}" for si, others in UNITS.items()]
    return "\n".join([*lines, "", "Units that may stand for others:", *units])
