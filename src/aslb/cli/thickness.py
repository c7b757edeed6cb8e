"""`aslb thickness`: how thin must the membrane be."""

from __future__ import annotations

import click

from aslb.cli.finish import finish
from aslb.cli.options import CELL, STUDY, command, option, rates

SAMPLES = 16
BESIDE = {"Cao2021_thin_halide": "Cao2021_thick_halide"}
"""What is shown beside a cell: its own pellet and contact instead of its membrane's."""


def beside_of(cell: str) -> str | None:
    """The cell that belongs beside another, in the same reading; None for none."""
    name, *words = cell.split(":")
    return ":".join([BESIDE[name], *words]) if name in BESIDE else None


@command(
    "thickness",
    CELL,
    option(
        "beside",
        "Another cell, by name or TOML file, with a separator and contacts of its own; "
        "or none.",
        metavar="CELL",
        show_default="Cao2021_thick_halide beside Cao2021_thin_halide",
    ),
    option(
        "range-um",
        "Thinnest and thickest separator, in µm.",
        (20.0, 1000.0),
        type=float,
        nargs=2,
        metavar="MIN MAX",
    ),
    option("points", "Number of thicknesses, evenly spaced in their logarithm.", 13),
    rates(
        "Rate of charge and discharge; give it several times for several rates.",
        ("C/20", "C/10", "C/5", "C/2", "1C", "2C"),
    ),
    option(
        "fraction",
        "Critical thickness: where this fraction of the thin limit is left.",
        0.95,
    ),
    option(
        "bands",
        "Draw 90 % bands from as many samples of the uncertain parameters, or none. "
        "Calibrated cells only.",
        type=click.IntRange(min=0),
        metavar="SAMPLES",
        show_default=f"{SAMPLES} for a calibrated cell",
    ),
    option(
        "start",
        "formed: the third cycle at a rate after three at C/20; as-assembled: the "
        "first cycle.",
        "formed",
        type=click.Choice(["formed", "as-assembled"]),
    ),
    option(
        "hold-study/--no-hold-study",
        "Whether to find what the duration of the hold does.",
        True,
    ),
    *STUDY,
)
def thickness_command(
    ctx, cell, beside, range_um, points, bands, start, hold_study, out, **options
):
    """Capacity and voltage losses against separator thickness.

    Only the thickness of the separator changes; its conductivity and all interfaces
    stay those of the cell. The summary, CSV files and figures tell the thickness at
    which a fraction of the capacity is lost, what limits the cell next, what a longer
    hold brings, and the capacity and where the voltage goes at each thickness and rate.

    Example: aslb thickness --range-um 20 200 --points 10 --c-rate C/2 --c-rate 1C
    """
    import numpy as np

    from aslb.errors import InputError
    from aslb.experiments.analyses.thickness.bands import with_bands
    from aslb.experiments.analyses.thickness.hold import HOLDS
    from aslb.experiments.analyses.thickness.report import report
    from aslb.experiments.analyses.thickness.study import thickness
    from aslb.experiments.calibration.bands import fit_of
    from aslb.parameters.composition.cell import Cell

    low, high = range_um
    if not (np.isfinite(range_um).all() and 0 < low <= high):
        raise InputError(
            f"thickness range {low:g} to {high:g} µm; accepted: two positive numbers, "
            "the smaller one first"
        )
    if points < 1:
        raise InputError(f"{points} points; accepted: 1 or more")
    beside = beside_of(cell) if beside is None else beside
    beside = None if beside == "none" else beside
    fit = Cell.of(cell).fit
    if bands is None:
        bands = SAMPLES if fit is not None else 0
    if bands:
        fit_of(Cell.of(cell))  # what has none is refused before anything is solved
    study = thickness(
        cell,
        # of one thickness all points are the same
        np.geomspace(low * 1e-6, high * 1e-6, points if low < high else 1),
        beside=beside,
        start=start.replace("-", " "),
        holds=HOLDS if hold_study else (),
        **options,
    )
    if bands:
        study = with_bands(study, cell, bands)
    cells = [cell] if beside is None else [cell, beside]
    finish(ctx, report(study), out, cells, study)
