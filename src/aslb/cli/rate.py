"""`aslb rate`: rate tests of cells as built."""

from __future__ import annotations

import click

from aslb.cli.finish import finish
from aslb.cli.options import bands_option, out_option, study_options


@click.command(name="rate")
@click.option(
    "--cell",
    "cells",
    multiple=True,
    default=("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide"),
    show_default=True,
    help="A cell from `aslb cells`, or a TOML file; several times for several.",
)
@bands_option
@study_options
@out_option("rate")
@click.pass_context
def rate_command(ctx, cells, bands, out, **options):
    """Rate test of cells as they were built.

    C/20 x3, C/10 x5, C/5 x5, C/2 x5, 1C x5, C/20 x5, each a charge, a hold and a
    discharge: capacity, coulombic and energy efficiency by cycle, and the curves.

    Example: aslb rate --cell Cao2021_thin_halide --lower-cutoff 2.0
    """
    from aslb.experiments.analyses.rate.report import report
    from aslb.experiments.analyses.rate.study import rate, with_bands

    study = rate(cells, **options)
    if bands:
        study = with_bands(study, cells, bands)
    finish(ctx, report(study), out, cells, study)
