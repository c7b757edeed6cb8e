"""`aslb calibrate`: fit a few unknowns to a rate test."""

from __future__ import annotations

from pathlib import Path

import click

from aslb.cli.options import model_option, out_option, seed_option


@click.command(name="calibrate")
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
