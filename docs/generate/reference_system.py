"""Write ``docs/reference-system.md``: python docs/generate/reference_system.py."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pandas as pd
import pybamm

from aslb import __version__
from aslb.experiments.validation.cao2021.arithmetic import mean_potential_over
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.materials import indium_lithium

# the audit is part of the documentation, not of aslb
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit.table import CELL, paper_audit
from audit.window import mean_of_window

FIRST = paper_numbers()["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"]
PAGE = Path(__file__).resolve().parents[1] / "reference-system.md"

TEXT = """# The reference system, read critically

What Cao et al., *Adv. Mater.* 2021, 2105505
([doi:10.1002/adma.202105505](https://doi.org/10.1002/adma.202105505)) print, recomputed
from what else they print. A printed number stands for all that round to it, material
constants for their ranges; a check is consistent if the ranges on both sides meet. Of
{total} checks {yes} are consistent, {no} are not, and {untestable} have nothing printed to
compare with. The numbers are in `parameters/cells/cao2021/printed.yaml`, the checks in
`docs/audit/`, whose `audit.table.paper_audit()` returns this page as a table.

What to take from it:

- Masses, areas and the pellet's impedance agree. The membrane's thickness is printed as
  47, 50 and 52 µm; energies per volume need 50, its conductivity more than 52.
- E2 and E3 are one discharge of 172 to 178 mAh/g, of {energy:.2f} mWh/cm² against In–Li,
  counted with and without 30 µm of Li and 0.62 V. E1's anode is denser than indium.
- That discharge has a mean voltage of {mean:.2f} V against In–Li or less. With the literal
  window and an active fraction of the LCO, losses at C/20 would have to take {narrow:.2f} V
  from the open-circuit voltage; with all of the LCO in a narrower window, {wide:.2f} V. This
  speaks for the second reading, unless E2 is no measured energy but the capacity times a
  nominal voltage. The parameter sets take the second, up to {upper:.2f} V against In–Li, and
  by name the first, `{cell}:literal`. `aslb energy` says how far their
  discharge energy is from the paper's.

{tables}

Made by `python docs/generate/reference_system.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def page() -> str:
    """The page as text."""
    audit = paper_audit()
    counts = audit.consistent.value_counts()
    cell = pybamm.ParameterValues(CELL)
    plateau = indium_lithium.PLATEAU.number
    voltage = audit[audit.check.str.startswith("Mean discharge voltage")].recomputed
    energy = audit[audit.check.str.startswith("Mean discharge")].printed.iloc[0]
    return TEXT.format(
        total=len(audit),
        **{verdict: counts[verdict] for verdict in ("yes", "no", "untestable")},
        energy=float(energy.split()[0]),
        mean=voltage.max(),
        narrow=mean_of_window(paper_numbers(), cell) - plateau - voltage.max(),
        wide=mean_potential_over(cell, FIRST) - plateau - voltage.max(),
        upper=cell["Upper voltage cut-off [V]"],
        cell=CELL,
        tables="\n\n".join(
            f"## {topic}\n\n{_markdown(rows)}"
            for topic, rows in audit.groupby("topic", sort=False)
        ),
        aslb=__version__,
        pybamm=pybamm.__version__,
    )


def _markdown(rows: pd.DataFrame) -> str:
    lines = [
        "| Check | Printed | Recomputed | Difference | Consistent | Adopted, and why |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows.itertuples():
        difference = f"{row.difference_percent:+.1f} %"
        if math.isnan(row.difference_percent):
            difference = ""
        elif row.difference_percent > 1000:
            difference = f"{1 + row.difference_percent / 100:.0f} times"
        recomputed = (
            f"{row.recomputed:.4g} ({row.lower:.4g} to {row.upper:.4g}) {row.unit}"
            if row.upper > row.lower
            else f"{row.recomputed:.4g} {row.unit}"
        )
        cells = [
            row.check,
            row.printed,
            recomputed,
            difference,
            row.consistent,
            f"{row.adopted}. {row.reason[0].upper()}{row.reason[1:]}",
        ]
        escaped = [cell.replace("|", "\\|") for cell in cells]
        lines.append("| " + " | ".join(escaped) + " |")
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
