"""`aslb validate`: cells beside what papers print of them."""

from __future__ import annotations

from aslb.cli.finish import finish
from aslb.cli.options import SEED, command, model, option


@command(
    "validate",
    option(
        "samples",
        "Samples behind each band; 0 for none. Some ten seconds for ten of them.",
        64,
    ),
    SEED,
    model("SolidStateDFN"),
)
def validate_command(ctx, samples, seed, model, out):
    """Compare the reference cells with everything that the paper prints.

    Each row says whether its number was put in, fitted, or predicted; bands are 90 % of
    samples that follow the calibration and the literature ranges. limits.csv says where
    the voltage goes at half discharge and at the cut-off.
    """
    from aslb.experiments.validation.comparison import CELLS, validate
    from aslb.experiments.validation.report import report

    found = validate(samples=samples, seed=seed, model=model)
    finish(ctx, report(found), out, CELLS)
