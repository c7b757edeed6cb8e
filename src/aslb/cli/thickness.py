"""`aslb thickness`: how thin must the membrane be."""

from __future__ import annotations

import click

from aslb.cli.finish import finish
from aslb.cli.options import BANDS, CELL, STUDY, command, option, rates


@command(
    "thickness",
    CELL,
    option(
        "range-um",
        "Thinnest and thickest separator, in µm.",
        (20.0, 1000.0),
        type=float,
        nargs=2,
        metavar="MIN MAX",
    ),
    option("points", "Number of thicknesses, evenly spaced in their logarithm.", 25),
    rates(
        "Rate of charge and discharge; give it several times for several rates.",
        ("C/20", "C/10", "C/5", "C/2", "1C", "2C"),
    ),
    option(
        "fraction",
        "Critical thickness: where this fraction of the thin limit is left.",
        0.8,
    ),
    BANDS,
    option(
        "start",
        "formed: after three cycles at C/20; as-assembled: the first cycle.",
        "formed",
        type=click.Choice(["formed", "as-assembled"]),
    ),
    *STUDY,
)
def thickness_command(
    ctx, cell, range_um, points, c_rates, fraction, bands, start, out, **options
):
    """Capacity and voltage losses against separator thickness.

    Only the thickness of the separator changes; its conductivity and all interfaces
    stay those of the cell. The table, CSV files and figures tell the capacity at each
    thickness and rate, the thickness at which a fraction of it is lost, and where the
    voltage goes.

    Example: aslb thickness --range-um 20 200 --points 10 --c-rate C/2 --c-rate 1C
    """
    import numpy as np

    from aslb.errors import InputError
    from aslb.experiments.analyses.thickness.bands import with_bands
    from aslb.experiments.analyses.thickness.report import report
    from aslb.experiments.analyses.thickness.study import thickness

    low, high = range_um
    if not (np.isfinite(range_um).all() and 0 < low <= high):
        raise InputError(
            f"thickness range {low:g} to {high:g} µm; accepted: two positive numbers, "
            "the smaller one first"
        )
    if points < 1:
        raise InputError(f"{points} points; accepted: 1 or more")
    thicknesses = np.geomspace(low * 1e-6, high * 1e-6, points)
    options["start"] = start.replace("-", " ")
    study = thickness(cell, thicknesses, c_rates, fraction=fraction, **options)
    if bands:
        study = with_bands(study, cell, bands)
    finish(ctx, report(study), out, [cell], study)
