"""`aslb validate`: cells beside what papers print of them, or before it is known."""

from __future__ import annotations

from pathlib import Path

import click

from aslb.cli.finish import finish
from aslb.cli.options import SEED, command, model, option


@command(
    "validate",
    option(
        "samples",
        "Samples behind each band; 0 for none. A thousand take about two minutes.",
        64,
        type=click.IntRange(min=0),
    ),
    click.option(
        "--blind",
        is_flag=True,
        help="Predict cells of other papers, and add that to predictions/blind.csv.",
    ),
    click.option(
        "--league",
        is_flag=True,
        help="Predict them, and say what to measure first; nothing is added.",
    ),
    SEED,
    model("SolidStateDFN"),
)
def validate_command(ctx, samples, blind, league, seed, model, out):
    """Compare the reference cells with everything that the paper prints.

    Each row says whether its number was put in, fitted, or predicted; bands are 90 % of
    what would be measured, over samples of the calibrations in every reading of the
    paper. limits.csv says where the voltage goes at half discharge and at the cut-off.

    With --blind or --league the cells are those of other papers, drawn from all that is
    not known of them. blind.csv is only ever added to; league.csv has the largest
    uncertainty of each, and the measurement that would shrink it most.
    """
    from aslb.experiments.validation.comparison import CELLS, validate
    from aslb.experiments.validation.report import report

    if blind or league:
        _published(ctx, samples, blind, seed, model, out)
        return
    found = validate(samples=samples, seed=seed, model=model)
    finish(ctx, report(found), out, CELLS)


def _published(ctx, samples: int, blind: bool, seed: int, model: str, out: Path):
    """Predict published cells: for the file of blind predictions, or the league."""
    from datetime import date

    from aslb.errors import InputError
    from aslb.experiments.validation.published.blind import FILE, append, check, rows
    from aslb.experiments.validation.published.predictions import predicted
    from aslb.experiments.validation.published.report import report
    from aslb.models.registry import check_model
    from aslb.parameters.cells.published import PUBLISHED

    check_model(model)
    if samples < 1:
        raise InputError(f"{samples} samples; accepted with --blind or --league: 1 up")
    if blind:
        check(FILE)
    found = [predicted(name, samples, seed=seed, model=model) for name in PUBLISHED]
    if blind:
        append(rows(found, date.today()), FILE)
        click.echo(f"Added to {FILE}")
    finish(ctx, report(found), out, [*PUBLISHED])
