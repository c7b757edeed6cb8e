"""`aslb resistance`: what makes the resistance of cells."""

from __future__ import annotations

import click

from aslb.cli.finish import finish
from aslb.cli.impedance import KELVIN, STATES, TEMPERATURES
from aslb.cli.options import command, model


@command(
    "resistance",
    click.argument("cells", metavar="CELL...", nargs=-1, required=True),
    STATES,
    TEMPERATURES,
    model("SolidStateDFN"),
)
def resistance_command(ctx, cells, states, celsius, model, out):
    """Area resistance of cells by component, beside their spectra.

    What a short pulse sees, before any concentration has followed it. CELL is a cell
    from `aslb cells`, or a TOML file.

    Example: aslb resistance Cao2021_thick_halide Cao2021_thin_halide --soc 50
    """
    from aslb.experiments.analyses.impedance.resistance import resistance
    from aslb.experiments.analyses.impedance.resistance_report import report

    data = resistance(
        cells,
        soc=[percent / 100 for percent in states],
        temperature=[c + KELVIN for c in celsius] or None,
        model=model,
    )
    finish(ctx, report(data, cells), out, cells)
