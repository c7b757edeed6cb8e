"""What the whole current passes between the electrodes."""

from __future__ import annotations

from typing import Any

import pybamm

from aslb.models.stack_parameters import StackParameters
from aslb.models.submodels.relaxing_series_resistance import RelaxingSeriesResistance
from aslb.models.submodels.separator_loss import SeparatorLoss
from aslb.models.submodels.series_resistance import SeriesResistance


def stack_submodels(
    param: StackParameters, options: Any
) -> dict[str, pybamm.BaseSubModel]:
    """Submodels of foil|separator, the separator and separator|catholyte.

    With `"interface relaxation": "true"` each has a capacitance beside its resistance,
    the separator between its grains; "with bulk" adds that of the grains. It relaxes
    within nanoseconds, which solvers cannot resolve an hour into an experiment.
    """
    found: dict[str, pybamm.BaseSubModel] = {}
    if options["interface relaxation"] == "false":
        for component, resistance in {
            "Anode interface": param.R_anode_interface,
            "Separator": param.R_separator,
            "Junction": param.R_junction,
        }.items():
            found[f"{component.lower()} loss"] = SeriesResistance(
                param, component, resistance, options
            )
        return found
    for component, resistance, capacitance in (
        ("Anode interface", param.R_anode_interface, param.C_anode_interface),
        ("Separator grain-boundary", param.R_grain_boundary, param.C_grain_boundary),
        ("Junction", param.R_junction, param.C_junction),
    ):
        found[f"{component.lower()} loss"] = RelaxingSeriesResistance(
            param, component, resistance, capacitance, options
        )
    bulk = (param, "Separator bulk", param.R_bulk)
    found["separator bulk loss"] = (
        RelaxingSeriesResistance(*bulk, param.C_bulk, options)
        if options["interface relaxation"] == "with bulk"
        else SeriesResistance(*bulk, options)
    )
    found["separator loss"] = SeparatorLoss(param, options=options)
    return found
