"""What a study of a cell can vary, under which names, and what it is now."""

from __future__ import annotations

from aslb.experiments.study.names import CUTOFFS, OF_ANOTHER
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import ENTRIES
from aslb.parameters.composition.names import dotted
from aslb.parameters.units import SPELLINGS, split_unit


def names_text(cell: str) -> str:
    """Every name that a study of a cell may vary, one a line, and the accepted units.

    After a name come its unit, its value, and the PyBaMM parameter or what follows.
    """
    made = Cell(cell)
    rows = [
        (name, ENTRIES[name].unit, value, ENTRIES[name].about)
        for name, value in made.entries.items()
    ]
    listed = {name for name, *_ in rows}
    for pybamm_name, value in made.numbers.items():
        name = dotted(pybamm_name)
        if name in ENTRIES and not made.entries:  # a word that needs sections
            name = split_unit(pybamm_name)[0]
        if name not in listed and pybamm_name not in {*CUTOFFS, *OF_ANOTHER}:
            rows.append((name, split_unit(pybamm_name)[1], value, pybamm_name))
    written = [
        (f"{name} [{unit}]" if unit else name, f"{value:.6g}", about)
        for name, unit, value, about in sorted(rows)
    ]
    width = max(len(name) for name, *_ in written)
    lines = [f"{name:{width}}  {value:>12}  {about}" for name, value, about in written]
    units = [
        f"  {si or 'none'}: {', '.join(others)}" for si, others in SPELLINGS.items()
    ]
    return "\n".join([*lines, "", "Units that may stand for others:", *units])
