"""The reference paper read critically: its numbers against each other."""

from __future__ import annotations

import pandas as pd
import pybamm

from aslb.parameters.cells.cao2021.printed import paper_numbers
from audit.cycling import cycling_checks
from audit.energy import energy_checks, sheet_cell_checks
from audit.geometry import geometry_checks
from audit.transport import transport_checks
from audit.window import window_checks

CELL = "Cao2021_thin_halide"


def paper_audit() -> pd.DataFrame:
    """Recompute what the paper prints from what else it prints.

    Every printed number carries half a unit of its last digit; a check is consistent if
    the ranges that this leaves on both sides meet. Nothing here depends on a calibrated
    parameter: densities, the open-circuit potential of LCO and the plateau of In–Li are
    all that comes from the parameter sets.

    Returns
    -------
    pandas.DataFrame
        Columns topic, check, printed (in words), claimed, recomputed, lower, upper,
        unit, difference_percent, consistent ("yes", "no" or "untestable"), adopted and
        reason.
    """
    paper = paper_numbers()
    cell = pybamm.ParameterValues(CELL)
    topics = {
        "Geometry and loading": geometry_checks(paper),
        "Resistances and conductivities": transport_checks(paper),
        "Energy densities": energy_checks(paper, cell) + sheet_cell_checks(paper),
        "Voltage window": window_checks(paper, cell),
        "Capacities and cycling": cycling_checks(paper),
    }
    return pd.DataFrame(
        [
            {
                "topic": topic,
                "check": check.name,
                "printed": check.printed,
                "claimed": check.claimed.value if check.claimed else float("nan"),
                "recomputed": check.recomputed.value,
                "lower": check.recomputed.lower,
                "upper": check.recomputed.upper,
                "unit": check.unit,
                "difference_percent": 100 * check.difference,
                "consistent": check.verdict,
                "adopted": check.adopted,
                "reason": check.reason,
            }
            for topic, checks in topics.items()
            for check in checks
        ]
    )
