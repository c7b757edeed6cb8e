"""`aslb sensitivity`: which parameters the answer depends on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

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
    option(
        "bands",
        "Also find how many percent the capacity changes per percent of each parameter "
        "of the cell as it is, with 90 % bands from as many samples of its "
        "calibration: some seconds for 16. Calibrated cells only.",
        0,
        type=click.IntRange(min=0),
        metavar="SAMPLES",
        show_default=False,
    ),
    SEED,
    model("SolidStateDFN"),
)
def sensitivity_command(ctx, cell, c_rate, samples, bands, seed, model, out):
    """Which parameters the capacity and the critical thickness depend on.

    Sobol indices over the literature ranges of the parameters, calibrated ones
    included: what would have to be known better. An index whose 95 % interval reaches
    zero is not drawn, and the table says that it is not resolved.
    """
    from aslb.experiments.analyses.sensitivity.elasticities import (
        PARAMETERS,
        elasticities,
        plot_elasticities,
        with_bands,
    )
    from aslb.experiments.analyses.sensitivity.report import report
    from aslb.experiments.analyses.sensitivity.sobol import sensitivity
    from aslb.experiments.calibration.bands import fit_of
    from aslb.parameters.composition.cell import Cell

    if bands:
        fit_of(Cell.of(cell))  # what has none is refused before anything is solved
    table = sensitivity(cell, c_rate=c_rate, samples=samples, seed=seed, model=model)
    found = report(table)
    if bands:
        known = [name for name in PARAMETERS if name in Cell.of(cell).numbers]
        ranked = elasticities(cell, known, c_rate=c_rate, model=model)
        ranked = with_bands(ranked, cell, bands, seed)
        text = ranked.to_string(index=False, float_format="%.3g")
        found = replace(
            found,
            summary=f"{found.summary}\n\nPercent of the capacity per percent\n{text}",
            tables={**found.tables, "elasticities": ranked},
            figures={
                **found.figures,
                "elasticities": partial(plot_elasticities, ranked),
            },
        )
    finish(ctx, found, out, [cell])
