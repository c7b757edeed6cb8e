"""`aslb sensitivity`: which parameters the answer depends on."""

from __future__ import annotations

import click

from aslb.cli.finish import finish
from aslb.cli.options import CRate, model_option, out_option, seed_option


@click.command(name="sensitivity")
@click.option(
    "--cell",
    default="Cao2021_thin_halide",
    show_default=True,
    help="A cell that ships with the package, or a TOML file.",
)
@click.option(
    "--c-rate", type=CRate(), default="1C", show_default=True, help="Rate of the cycle."
)
@click.option(
    "--samples",
    type=int,
    default=64,
    show_default=True,
    help="Base samples, a power of two.",
)
@seed_option
@model_option("SolidStateSPM")
@out_option("sensitivity")
@click.pass_context
def sensitivity_command(ctx, cell, c_rate, samples, seed, model, out):
    """Which parameters the capacity and the critical thickness depend on.

    Sobol indices over the literature ranges of the parameters, calibrated ones
    included: what would have to be known better.
    """
    from aslb.experiments.analyses.sensitivity.report import report
    from aslb.experiments.analyses.sensitivity.sobol import sensitivity

    table = sensitivity(cell, c_rate=c_rate, samples=samples, seed=seed, model=model)
    finish(ctx, report(table), out, [cell])
