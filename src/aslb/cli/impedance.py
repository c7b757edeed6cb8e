"""`aslb impedance`: spectra of cells at rest."""

from __future__ import annotations

import click

from aslb.cli.finish import finish
from aslb.cli.options import CELSIUS, PERCENT, command, model, once, option

KELVIN = 273.15  # of 0 °C
STATES = option(
    "soc",
    "State of charge in percent; several times for several.",
    (50.0,),
    "states",
    type=PERCENT,
    callback=once,
    multiple=True,
)
TEMPERATURES = option(
    "temperature",
    "In °C; several times for several.",
    None,
    "celsius",
    type=CELSIUS,
    callback=once,
    multiple=True,
    show_default="that of the cells",
)


@command(
    "impedance",
    click.argument("cells", metavar="CELL...", nargs=-1, required=True),
    STATES,
    TEMPERATURES,
    option(
        "frequency",
        "In Hz; several times for several, all rising or all falling.",
        None,
        "frequencies",
        type=float,
        multiple=True,
        show_default="64 from 1 MHz to 1 mHz",
    ),
    model("SolidStateDFN"),
)
def impedance_command(ctx, cells, states, celsius, frequencies, model, out):
    """Impedance of cells at rest, and what makes each arc.

    CELL is a cell from `aslb cells`, or a TOML file. Spectra in ohms are in files that
    other programs read (frequency, real, imaginary; and ZPlot's), in Ω cm² and split
    into the components of the voltage loss in impedance.csv.

    Example: aslb impedance Cao2021_thin_halide --soc 10 --soc 90
    """
    from aslb.experiments.analyses.impedance.report import report
    from aslb.experiments.analyses.impedance.study import impedance

    data = impedance(
        cells,
        frequencies or None,
        soc=[percent / 100 for percent in states],
        temperature=[c + KELVIN for c in celsius] or None,
        model=model,
    )
    finish(ctx, report(data), out, cells)
