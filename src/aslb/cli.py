"""Command line: parse, call one study, print.

PyBaMM takes seconds to import, so that each command imports what it needs.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from aslb import __version__


class CRate(click.ParamType):
    """A rate as it is spoken: C/20, 0.5C, 1C, or a plain number."""

    name = "C-rate"

    @override
    def convert(self, value, param, ctx):
        """Rate per hour from what was typed."""
        if isinstance(value, float):
            return value
        text = value.strip().upper()
        try:
            if text.startswith("C/"):
                return 1 / float(text[2:])
            return float(text.removesuffix("C"))
        except (ValueError, ZeroDivisionError):
            self.fail(f"'{value}' is not a C-rate; accepted: C/20, 0.5C, 1C or 0.05")


def study_options(command):
    """Options that every study of charge and discharge has."""
    options = [
        click.option(
            "--model",
            default="SolidStateDFN",
            show_default=True,
            help="SolidStateDFN, or SolidStateSPM for a fast approximation.",
        ),
        click.option(
            "--upper-cutoff",
            type=float,
            show_default="the cell's own",
            help="Upper cut-off against the foil, in V.",
        ),
        click.option(
            "--lower-cutoff",
            type=float,
            show_default="the cell's own",
            help="Lower cut-off against the foil, in V; the paper has 2.5 and 2.0.",
        ),
        click.option(
            "--hold",
            type=float,
            default=1.0,
            show_default=True,
            help="Hold at the upper cut-off, in h.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def out_option(default: str):
    """Option for where files go."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("results") / default,
        show_default=True,
        help="Folder for tables (CSV), figures (PNG, SVG) and the manifest (JSON).",
    )


def bands_option(command):
    """Option for bands of uncertainty on a study of the reference cells."""
    return click.option(
        "--bands",
        type=click.IntRange(min=0),
        default=0,
        metavar="SAMPLES",
        help="Draw 95 % bands from as many samples of the uncertain parameters; each "
        "is a study of its own, so that 16 take minutes. Reference cells only.",
    )(command)


def seed_option(command):
    """Option for the seed of what is random."""
    return click.option(
        "--seed", type=int, default=0, show_default=True, help="Of what is random."
    )(command)


def model_option(default: str):
    """Option for the model."""
    return click.option(
        "--model",
        default=default,
        show_default=True,
        help="SolidStateDFN or SolidStateSPM.",
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aslb")
def cli():
    """Simulate all-solid-state lithium cells, and say what limits them."""


@cli.command(name="thickness")
@click.option(
    "--cell",
    default="Cao2021_thin_halide",
    show_default=True,
    help="Parameter set of the cell.",
)
@click.option(
    "--range-um",
    type=float,
    nargs=2,
    default=(20.0, 1000.0),
    show_default=True,
    metavar="MIN MAX",
    help="Thinnest and thickest separator, in µm.",
)
@click.option(
    "--points",
    type=int,
    default=25,
    show_default=True,
    help="Number of thicknesses, evenly spaced in their logarithm.",
)
@click.option(
    "--c-rate",
    "c_rates",
    type=CRate(),
    multiple=True,
    default=("C/20", "C/10", "C/5", "C/2", "1C", "2C"),
    show_default=True,
    help="Rate of charge and discharge; give it several times for several rates.",
)
@click.option(
    "--fraction",
    type=float,
    default=0.8,
    show_default=True,
    help="Critical thickness: where this fraction of the thin limit is left.",
)
@bands_option
@study_options
@out_option("thickness")
@click.pass_context
def thickness_command(
    ctx, cell, range_um, points, c_rates, fraction, bands, out, **options
):
    """Capacity and voltage losses against separator thickness.

    Only the thickness of the separator changes; its conductivity and all interfaces
    stay those of the cell. The table, CSV files and figures tell the capacity at each
    thickness and rate, the thickness at which a fraction of it is lost, and where the
    voltage goes.

    Example: aslb thickness --range-um 20 200 --points 10 --c-rate C/2 --c-rate 1C
    """
    import numpy as np

    from aslb.experiments import InputError, thickness
    from aslb.experiments.analyses.thickness.report import report_thickness
    from aslb.experiments.calibration.bands import add_thickness_bands

    low, high = range_um
    if not (np.isfinite(range_um).all() and 0 < low <= high):
        raise InputError(
            f"thickness range {low:g} to {high:g} µm; accepted: two positive numbers, "
            "the smaller one first"
        )
    if points < 1:
        raise InputError(f"{points} points; accepted: 1 or more")
    thicknesses = np.geomspace(low * 1e-6, high * 1e-6, points)
    started = time.monotonic()
    study = thickness(cell, thicknesses, c_rates, fraction=fraction, **options)
    if bands:
        study = add_thickness_bands(study, bands)
    summary = report_thickness(study, out, _manifest(ctx, [cell], started))
    _finish(summary + _behind_bands(study, bands), study, out)


@cli.command(name="rate")
@click.option(
    "--cell",
    "cells",
    multiple=True,
    default=("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide"),
    show_default=True,
    help="Parameter set of a cell; give it several times for several cells.",
)
@bands_option
@study_options
@out_option("rate")
@click.pass_context
def rate_command(ctx, cells, bands, out, **options):
    """Rate test of cells as they were built.

    C/20 x3, C/10 x5, C/5 x5, C/2 x5, 1C x5, C/20 x5, each a charge, a hold and a
    discharge: capacity, coulombic and energy efficiency by cycle, and the curves.

    Example: aslb rate --cell Cao2021_thin_halide --lower-cutoff 2.0
    """
    from aslb.experiments import rate
    from aslb.experiments.analyses.rate.report import report_rate
    from aslb.experiments.calibration.bands import add_rate_bands

    started = time.monotonic()
    study = rate(cells, **options)
    if bands:
        study = add_rate_bands(study, bands)
    summary = report_rate(study, out, _manifest(ctx, cells, started))
    _finish(summary + _behind_bands(study, bands), study, out)


@cli.command(name="energy")
@click.option(
    "--cell",
    default="Cao2021_thin_halide",
    show_default=True,
    help="Parameter set of the cell.",
)
@click.option(
    "--thickness-um",
    "thicknesses_um",
    type=float,
    multiple=True,
    default=(20.0, 30.0, 100.0, 300.0, 1000.0),
    show_default=True,
    help="Separator thickness, in µm, besides that of the cell as built; give it "
    "several times for several.",
)
@click.option(
    "--c-rate",
    "c_rates",
    type=CRate(),
    multiple=True,
    default=("C/20", "C/5", "C/2", "1C", "2C"),
    show_default=True,
    help="Rate of discharge, after a charge at C/20; give it several times.",
)
@click.option(
    "--anode",
    default="as-built",
    show_default=True,
    help="as-built, or Li for lithium metal; cut-offs are then raised by the "
    "potential of the foil it replaces, 0.62 V for In-Li.",
)
@click.option(
    "--anode-thickness-um",
    type=float,
    help="Thickness of the anode, in µm; by default as built, or 30 of Li.",
)
@click.option(
    "--boundary",
    default="cathode+membrane+anode",
    show_default=True,
    help="What is counted by thickness and rate: cathode, or with +membrane, +anode, "
    "+current collectors, +casing after it.",
)
@click.option(
    "--casing",
    type=float,
    nargs=2,
    default=(0.05, 0.10),
    show_default=True,
    metavar="MASS VOLUME",
    help="Mass and volume of the casing over those of what it holds; assumed.",
)
@study_options
@out_option("energy")
@click.pass_context
def energy_command(
    ctx, cell, thicknesses_um, anode_thickness_um, boundary, out, **options
):
    """Wh/kg and Wh/L, with what is counted said.

    The energy is that of a simulated discharge; masses are densities times thicknesses
    of the layers. Tables, CSV files and figures tell the energy within each boundary,
    the mass and volume of each component, and the energy against separator thickness
    and against power. For Cao2021_thin_halide the energy densities that the paper
    prints stand beside the model's, with each reading of what they count.

    Example: aslb energy --anode Li --anode-thickness-um 20 --thickness-um 30
    """
    import numpy as np

    from aslb.experiments import energy_against_paper, energy_density
    from aslb.experiments.analyses.energy.report import report_energy
    from aslb.parameters.composition.masses import check_boundary

    check_boundary(boundary)
    started = time.monotonic()
    study = energy_density(
        cell,
        1e-6 * np.array(thicknesses_um),
        anode_thickness=None
        if anode_thickness_um is None
        else 1e-6 * anode_thickness_um,
        **options,
    )
    protocol = ("model", "upper_cutoff", "lower_cutoff", "hold")
    against_paper = None
    if cell == "Cao2021_thin_halide":
        against_paper = energy_against_paper(
            **{name: options[name] for name in protocol}
        )
    made = _manifest(ctx, [cell], started)
    summary = report_energy(study, out, made, boundary, against_paper)
    _finish(summary, study, out)


@cli.command(name="calibrate")
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV of your own: c_rate, discharge_capacity_mAh_g; optional cycles and "
    "uncertainty_mAh_g. By default cell-3 of the reference paper.",
)
@click.option(
    "--curves",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV of discharge curves: c_rate, capacity_mAh_g, voltage_V.",
)
@click.option(
    "--cell",
    default="Cao2021_thin_halide",
    show_default=True,
    help="Cell that the data are of: a name, or a TOML file.",
)
@click.option(
    "--unknown",
    "unknowns",
    multiple=True,
    help="PyBaMM name of a parameter to fit, within its range; several times for "
    "several. By default the three that a rate test can tell apart.",
)
@click.option(
    "--starts",
    type=int,
    default=8,
    show_default=True,
    help="Starts of the search.",
)
@seed_option
@model_option("SolidStateDFN")
@out_option("calibrate")
@click.pass_context
def calibrate_command(ctx, data, curves, cell, unknowns, starts, seed, model, out):
    """Fit a few unknowns to a rate test, and say how sure they are.

    Searches start from many points with the single-particle model and are refined with
    the model asked for. Each finished search is kept in searches.jsonl: the same
    command again continues. Without --data it makes the calibration that the parameter
    sets carry, in calibration.json.

    Example: aslb calibrate --data mine.csv --cell mine.toml
    """
    from aslb.experiments import InputError
    from aslb.experiments.calibration.data import read_data
    from aslb.experiments.calibration.fit import UNKNOWNS, calibrate
    from aslb.experiments.calibration.posterior import posterior
    from aslb.experiments.calibration.report import report_calibration
    from aslb.experiments.engine.simulate import cell_quantities
    from aslb.experiments.validation.calibration import calibrate_reference

    started = time.monotonic()
    search = {
        "starts": starts,
        "seed": seed,
        "model": model,
        "journal": out / "searches.jsonl",
    }
    if data is None:
        if curves or unknowns or cell != "Cao2021_thin_halide":
            raise InputError("--curves, --unknown and --cell need --data")
        found, spread, calibration = calibrate_reference(**search)
    else:
        names = unknowns or UNKNOWNS
        found = calibrate(
            cell, cell_quantities(cell), read_data(data, curves), names, **search
        )
        spread = posterior(found.unknowns, found.position, found.jacobian)
        calibration = {"fitted_to": data.name, "cell": cell, "values": found.values}
    made = _manifest(ctx, [cell], started)
    click.echo(report_calibration(found, spread, out, made, calibration))
    click.echo(f"\nTables, figures and calibration.json are in {out}")


@cli.command(name="validate")
@click.option(
    "--samples",
    type=int,
    default=192,
    show_default=True,
    help="Samples behind each band; 0 for none. Some ten seconds for ten of them.",
)
@seed_option
@model_option("SolidStateDFN")
@out_option("validate")
@click.pass_context
def validate_command(ctx, samples, seed, model, out):
    """Compare the reference cells with everything that the paper prints.

    Each row says whether its number was put in, fitted, or predicted; bands are 95 % of
    samples that follow the calibration and the literature ranges. limits.csv says where
    the voltage goes at half discharge and at the cut-off.
    """
    from aslb.experiments.engine.simulate import CELLS
    from aslb.experiments.validation.comparison import validate
    from aslb.experiments.validation.report import report_validation

    started = time.monotonic()
    table, limits = validate(samples=samples, seed=seed, model=model)
    made = _manifest(ctx, CELLS, started)
    click.echo(report_validation(table, limits, out, made))
    click.echo(f"\nTables and figures are in {out}")


@cli.command(name="sensitivity")
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
    from aslb.experiments.analyses.sensitivity.report import report_sensitivity
    from aslb.experiments.analyses.sensitivity.sobol import sensitivity

    started = time.monotonic()
    table = sensitivity(cell, c_rate=c_rate, samples=samples, seed=seed, model=model)
    click.echo(report_sensitivity(table, out, _manifest(ctx, [cell], started)))
    click.echo(f"\nTable and figure are in {out}")


@cli.command(name="cells")
@click.argument("cell", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print the parameters of a cell.",
)
def cells_command(cell, form):
    """List the cells, or every parameter of CELL with its class, source and range.

    CELL is a name from the list, or a TOML file.

    Example: aslb cells Cao2021_thin_halide --format csv
    """
    from aslb.parameters.cells.listing import cell_text, list_text

    click.echo(list_text() if cell is None else cell_text(cell, form))


@cli.command(name="sweep")
@click.argument("study", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("results") / "sweep",
    show_default=True,
    help="Folder of the store, study.sqlite.",
)
@click.option(
    "--names",
    metavar="CELL",
    help="List what a study of this cell can vary, with units and values.",
)
@click.option("--status", is_flag=True, help="Say how far the study is; solve nothing.")
@click.option("--retry-failed", is_flag=True, help="Solve failed points again.")
@click.option(
    "--extend", is_flag=True, help="Add the points that are new to those of the store."
)
@click.option(
    "--compile/--no-compile",
    "compiled",
    default=None,
    help="Compile the model with gcc; by default where it pays.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Run on the Dask cluster at this address, as tcp://host:8786.",
)
@click.option("--strict", is_flag=True, help="Leave with status 1 if a point failed.")
@click.option(
    "--export",
    "formats",
    type=click.Choice(["csv", "netcdf", "parquet"]),
    multiple=True,
    help="Also write study.csv, study.nc or study.parquet; may be given several times.",
)
def sweep_command(study, out, names, status, scheduler, strict, formats, **options):
    """Solve every point of the study that the file STUDY describes.

    Cells, protocol, what varies and what is kept: see examples/thickness_rate.toml.
    Finished points are safe in DIR/study.sqlite at once; after an interruption the
    same command goes on with the points that are missing. A grid of two parameters is
    drawn, as maps and as lines; a grid with rates and an energy, as the energy against
    the capacity that is left; an adaptive map as a map.

    Example: aslb sweep examples/thickness_rate.toml --out results/thickness_rate
    """
    from aslb.experiments import InputError, export_study, sweep
    from aslb.experiments.engine.cluster import cluster_executor
    from aslb.experiments.study.name_list import names_text
    from aslb.experiments.study.report import sweep_summary, write_figures

    if names is not None:
        click.echo(names_text(names))
        return
    if study is None and not status:
        raise InputError("STUDY is missing; accepted: a file, --status or --names CELL")
    if not status:
        try:
            with cluster_executor(scheduler) as executor:
                sweep(study, out, executor=executor, **options)
        except KeyboardInterrupt as interruption:
            said = str(interruption) or "interrupted before the first point"
            click.echo(f"aslb: {said}", err=True)
            sys.exit(130)
    summary, failed = sweep_summary(out)
    click.echo(summary)
    if not status and write_figures(out):
        click.echo(f"Figures of what was kept are in {out}")
    for form in formats:
        click.echo(f"Exported to {export_study(out, form)}")
    if strict and failed:
        sys.exit(1)


def _manifest(ctx: click.Context, cells, started: float) -> dict[str, Any]:
    from aslb.experiments.engine.simulate import parameter_values
    from aslb.experiments.output.files import manifest

    return manifest(
        ctx.command_path,
        {name: _jsonable(value) for name, value in ctx.params.items()},
        {cell: parameter_values(cell) for cell in cells},
        time.monotonic() - started,
    )


def _jsonable(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _behind_bands(study, bands: int) -> str:
    if not bands:
        return ""
    worth = study.attrs["effective_samples"]
    return f"\n\nBands: {bands} samples, worth {worth:.0f} equally likely ones"


def _finish(summary: str, study, out: Path) -> None:
    """Print; leave with status 1 if a point failed, 130 if interrupted."""
    click.echo(summary)
    click.echo(f"\nTables, figures and manifest are in {out}")
    failed = study.status.values == "failed"
    if failed.any():
        reasons = study.reason.values[failed]
        click.echo(
            f"aslb: {failed.sum()} of {failed.size} points failed, the first because "
            f"of: {reasons[0]}",
            err=True,
        )
        sys.exit(130 if "interrupted" in reasons else 1)


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the command `aslb`: bad input is one line and status 2."""
    warnings.showwarning = lambda message, *_, **__: click.echo(
        f"aslb: warning: {message}", err=True
    )
    try:
        cli.main(arguments, prog_name="aslb", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _refuse(error.format_message())
    except click.Abort:
        sys.exit(130)
    except ValueError as error:
        from aslb.experiments import InputError

        if not isinstance(error, InputError):
            raise
        _refuse(str(error))


def _refuse(message: str) -> None:
    click.echo(f"aslb: {message}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
