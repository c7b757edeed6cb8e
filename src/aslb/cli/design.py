"""`aslb design`: which cell meets what is asked, and what must improve if none does."""

from __future__ import annotations

import sys

import click

from aslb.cli.finish import finish
from aslb.cli.interruption import KEYBOARD
from aslb.cli.options import ANODE, CELL, SEED, STUDY, CRate, command, option


def several(name: str, help: str, default: tuple[str, ...] = (), **settings: str):
    """Texts, of which there may be several."""
    return option(name, help, default, multiple=True, **settings)


@command(
    "design",
    CELL,
    several(
        "at-least",
        "What is asked: specific_energy, energy_density, discharge_capacity or "
        "retention, a number, and a rate; give it several times.",
        default=("specific_energy 300 Wh/kg at C/20", "retention 0.8 at 1C"),
    ),
    several(
        "vary",
        "What may differ, with its ends: a name of aslb sweep --names, as "
        '"cathode.areal_capacity [mAh.cm-2] 1 6"; without ends its usual ones.',
        default=("separator.thickness", "cathode.areal_capacity"),
    ),
    option(
        "maximise",
        "What is to be as large as can be: one of what varies, or a quantity and a "
        "rate.",
        show_default="the separator's thickness, if it varies",
    ),
    option("minimise", "What is to be as small as can be."),
    several(
        "improve",
        "What may improve if nothing meets what is asked, as --vary; none for nothing.",
        show_default="what limits a cell, within the range that is known of it",
    ),
    *ANODE,
    option(
        "boundary",
        "What is counted: cathode, or with +membrane, +anode, +current collectors, "
        "+casing after it.",
        "cathode+membrane+anode",
    ),
    option(
        "bands",
        "Find 90 % bands from as many samples of the uncertain parameters, or none. "
        "Calibrated cells only.",
        type=click.IntRange(min=0),
        metavar="SAMPLES",
        show_default="16 for a calibrated cell",
    ),
    option(
        "generations",
        "Of 64 designs each, that are searched all over the ranges.",
        8,
        type=click.IntRange(min=1),
    ),
    option("map/--no-map", "Whether to draw the design map.", True, "with_map"),
    option(
        "map-rate",
        "Rate of a panel of the map; give it several times.",
        ("C/5", "C/3", "C/2"),
        "map_rates",
        type=CRate(),
        multiple=True,
    ),
    SEED,
    *STUDY,
)
def design_command(
    ctx, cell, improve, bands, with_map, map_rates, anode_thickness_um, out, **options
):
    """Search designs that meet what is asked, and say what must improve if none does.

    All designs are solved, many at once. The answer comes first: the best design with
    bands, or the one that comes closest, how far off it is, and how much of which
    single improvement, within what is known of the quantity, would make it possible.
    Tables and figures have the front of the first two of what is asked and the design
    map: the energy that a cell delivers over membrane thickness and areal capacity
    where 80 % of its capacity is left, or what is asked to be, with published cells in
    their places. What was solved is kept in DIR/points: the same command goes on there
    after an interruption.

    Example: aslb design --anode Li --at-least "specific_energy 300" --at-least
    "retention 0.8 C/2"
    """
    from aslb.experiments.analyses.design.bands import with_bands
    from aslb.experiments.analyses.design.map import RETENTION, check_map, design_map
    from aslb.experiments.analyses.design.report import report, with_map_of
    from aslb.experiments.analyses.design.study import design
    from aslb.experiments.calibration.bands import fit_of
    from aslb.parameters.composition.cell import Cell

    asked = Cell.of(cell)
    bands = (16 if asked.fit is not None else 0) if bands is None else bands
    if bands:
        fit_of(asked)  # what has none is refused before anything is solved
    if with_map:
        check_map(asked, map_rates)
    anode = {"anode_thickness": anode_thickness_um and 1e-6 * anode_thickness_um}
    folder = out / "points"
    try:
        answer = design(
            cell,
            improve=None if improve == ("none",) else improve,
            folder=folder,
            **anode,
            **options,
        )
        if bands:
            answer = with_bands(answer, bands, options["seed"])
        found = report(answer)
        if with_map:
            names = ("anode", "boundary", "model", "upper_cutoff", "lower_cutoff")
            same = {name: options[name] for name in (*names, "hold")}
            drawn = design_map(
                cell,
                c_rates=map_rates,
                retention=answer.question.kept or RETENTION,
                folder=folder,
                **anode,
                **same,
            )
            found = with_map_of(found, drawn)
    except KeyboardInterrupt:
        click.echo(
            f"aslb: interrupted: what was solved is kept in {folder}; the same command "
            "goes on from there",
            err=True,
        )
        sys.exit(KEYBOARD)
    finish(ctx, found, out, [cell])
