"""`aslb sensitivity`: which parameters the answer depends on."""

from __future__ import annotations

from aslb.cli.finish import finish
from aslb.cli.options import SEED, CRate, command, model, option


@command(
    "sensitivity",
    option(
        "cell",
        "A cell that ships with the package, or a TOML file.",
        "Cao2021_thin_halide",
    ),
    option("c-rate", "Rate of the cycle.", "1C", type=CRate()),
    option(
        "samples",
        "Base samples, a power of two: with the DFN 256 take about two minutes on two "
        "cores, and half as many half of it.",
        256,
    ),
    SEED,
    model("SolidStateDFN"),
)
def sensitivity_command(ctx, cell, c_rate, samples, seed, model, out):
    """Which parameters the capacity and the critical thickness depend on.

    Sobol indices over the literature ranges of the parameters, calibrated ones
    included: what would have to be known better. An index whose 95 % interval reaches
    zero is not drawn, and the table says that it is not resolved.
    """
    from aslb.experiments.analyses.sensitivity.report import report
    from aslb.experiments.analyses.sensitivity.sobol import sensitivity

    table = sensitivity(cell, c_rate=c_rate, samples=samples, seed=seed, model=model)
    finish(ctx, report(table), out, [cell])
