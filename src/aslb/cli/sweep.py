"""`aslb sweep`: studies of thousands of points."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aslb.cli.finish import made_by
from aslb.cli.interruption import KEYBOARD
from aslb.cli.options import option
from aslb.experiments.engine.time_limit import LIMIT


@click.command(name="sweep")
@click.argument("study", type=click.Path(path_type=Path), required=False)
@option(
    "out",
    "Folder of the store, study.sqlite, and of study.csv.",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="results and the name of STUDY",
)
@option(
    "names",
    "List what a study of this cell, a name or a TOML file, can vary, with units and "
    "values.",
    metavar="CELL",
)
@click.option("--status", is_flag=True, help="Say how far the study is; solve nothing.")
@click.option("--retry-failed", is_flag=True, help="Solve failed points again.")
@click.option(
    "--extend", is_flag=True, help="Add the points that are new to those of the store."
)
@option(
    "engine",
    "Points side by side in compiled lanes, or each with PyBaMM's IDAKLU; by default "
    "lanes if there is a C++ compiler.",
    None,
    type=click.Choice(["lanes", "IDAKLU"]),
)
@option(
    "recheck",
    "Share of the points that are solved again with IDAKLU, to tell the difference.",
    0.01,
    type=click.FloatRange(0, 1),
)
@option(
    "limit",
    "How long a point may take that is solved by itself, in s; it has then failed. "
    "Lanes count time steps instead.",
    LIMIT,
    type=click.FloatRange(0, min_open=True),
)
@click.option(
    "--bands",
    help="Also solve each point for as many samples of the calibration of its cell, "
    "for 90 % bands of capacities and energies in bands.csv: that many times the work, "
    "some milliseconds a point and core. By default as the study says.",
    type=click.IntRange(min=0),
    metavar="SAMPLES",
)
@option(
    "scheduler",
    "Run on the Dask cluster at this address, as `tcp://host:8786`.",
    metavar="ADDRESS",
)
@click.option("--strict", is_flag=True, help="Leave with status 1 if a point failed.")
@option(
    "export",
    "Also write study.nc or study.parquet; may be given several times. With --status "
    "also study.csv.",
    None,
    "formats",
    type=click.Choice(["csv", "netcdf", "parquet"]),
    multiple=True,
)
@click.pass_context
def sweep_command(
    ctx, study, out, names, status, scheduler, strict, formats, bands, **options
):
    """Solve every point of the study that the file STUDY describes.

    Cells by name or TOML file, protocol, what varies and what is kept: see
    examples/thickness_rate.toml, and aslb schema for what editors complete by.
    Finished points are safe in DIR/study.sqlite at once; after an interruption the
    same command goes on with the points that are missing. All of them are in study.csv
    in the end, and the lowest and the highest of each quantity are printed. A grid of
    two parameters is drawn, as maps and as lines; a grid with rates and an energy, as
    the energy against the capacity that is left; an adaptive map as a map; a rate test
    by its cycles.

    Example: aslb sweep examples/thickness_rate.toml --out results/thickness_rate
    """
    from dataclasses import replace

    from aslb.errors import InputError
    from aslb.experiments.calibration.study_bands import check_bands, with_bands
    from aslb.experiments.engine.execute import cluster_executor
    from aslb.experiments.output.files import write_report
    from aslb.experiments.study.name_list import names_text
    from aslb.experiments.study.report import sweep_report
    from aslb.experiments.study.results import as_table, export_study
    from aslb.experiments.study.run import sweep
    from aslb.experiments.study.study_file import read_study
    from aslb.experiments.study.summary import of_bands

    if names is not None:
        click.echo(names_text(names))
        return
    if study is None and not (status and out):
        raise InputError(
            "STUDY is missing; accepted: a file, --status and --out, or --names CELL"
        )
    # of its own, so that no study meets the points of another
    out = out or Path("results") / study.stem
    banded = None
    if not status:
        asked = read_study(study)
        bands = asked.bands if bands is None else bands
        if bands:
            check_bands(asked, bands)
        try:
            with cluster_executor(scheduler) as executor:
                data = sweep(asked, out, executor=executor, **options)
                if bands:
                    banded = with_bands(data, asked, bands, out=out, executor=executor)
        except KeyboardInterrupt as interruption:
            said = str(interruption) or "interrupted before the first point"
            click.echo(f"aslb: {said}", err=True)
            sys.exit(KEYBOARD)
    found, failed, hashes = sweep_report(out)
    if banded is not None:
        summary = "\n".join([found.summary, *of_bands(banded.attrs)])
        found = replace(found, summary=summary, tables={"bands": as_table(banded)})
    click.echo(found.summary)
    if not status:
        write_report(found, out, made_by(ctx, hashes))
        if found.figures:
            click.echo(f"Figures of what was kept are in {out}")
    for form in formats if status else dict.fromkeys(["csv", *formats]):
        click.echo(f"Exported to {export_study(out, form)}")
    if strict and failed:
        sys.exit(1)
