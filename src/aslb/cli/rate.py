"""`aslb rate`: rate tests of cells as built."""

from __future__ import annotations

from aslb.cli.finish import finish
from aslb.cli.options import BANDS, STUDY, command, option


@command(
    "rate",
    option(
        "cell",
        "A cell from `aslb cells`, or a TOML file; several times for several.",
        ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide"),
        "cells",
        multiple=True,
    ),
    BANDS,
    *STUDY,
)
def rate_command(ctx, cells, bands, out, **options):
    """Rate test of cells as they were built.

    C/20 x3, C/10 x5, C/5 x5, C/2 x5, 1C x5, C/20 x5, each a charge, a hold and a
    discharge: capacity, coulombic and energy efficiency by cycle, and the curves. The
    first cycle at a rate starts where the rate before it ended.

    Example: aslb rate --cell Cao2021_thin_halide --lower-cutoff 2.0
    """
    from aslb.experiments.analyses.rate.report import report
    from aslb.experiments.analyses.rate.study import rate, with_bands

    study = rate(cells, **options)
    if bands:
        study = with_bands(study, cells, bands)
    finish(ctx, report(study), out, cells, study)
