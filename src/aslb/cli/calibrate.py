"""`aslb calibrate`: fit a few unknowns to a rate test."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from aslb.cli.finish import finish
from aslb.cli.options import PERCENT, SEED, Within, command, model, option

FILE = click.Path(dir_okay=False, path_type=Path)


@command(
    "calibrate",
    option(
        "data",
        "CSV of your own: c_rate, discharge_capacity_mAh_g; optional cycles and "
        "uncertainty_mAh_g. By default cell-3 of the reference paper.",
        type=FILE,
    ),
    option(
        "curves",
        "CSV of discharge curves: c_rate, capacity_mAh_g, voltage_V.",
        type=FILE,
    ),
    option(
        "spectrum",
        "CSV of an impedance spectrum: frequency_Hz, z_real_ohm, z_imag_ohm; beside "
        "--data or alone; several times for several.",
        None,
        "spectra",
        type=FILE,
        multiple=True,
    ),
    option(
        "soc",
        "State of charge in percent, one for each spectrum.",
        None,
        "states",
        type=PERCENT,
        multiple=True,
    ),
    option(
        "spectrum-uncertainty",
        "Standard uncertainty of spectra, in percent of the magnitude.",
        2.0,
        type=Within("%", 1e-3, 99),
    ),
    option(
        "cell",
        "Cell that the data are of: a name, or a TOML file.",
        "Cao2021_thin_halide",
    ),
    option(
        "unknown",
        "PyBaMM name of a parameter to fit, within its range; several times for "
        "several. By default those that a rate test, or a spectrum, can tell.",
        None,
        "unknowns",
        multiple=True,
    ),
    option(
        "exchange-current",
        "What is known of the exchange current beforehand: published charge transfer "
        "of other electrodes, or its wide range.",
        "published",
        type=click.Choice(["published", "wide"]),
    ),
    option("starts", "Starts of the search.", 8),
    SEED,
    model("SolidStateDFN"),
)
def calibrate_command(
    ctx,
    data,
    curves,
    spectra,
    states,
    spectrum_uncertainty,
    cell,
    unknowns,
    exchange_current,
    starts,
    seed,
    model,
    out,
):
    """Fit a few unknowns to a rate test or to spectra, and say how sure they are.

    Searches start from many points with the single-particle model and are refined with
    the model asked for. Each finished search is kept in searches.jsonl: the same
    command again continues. The fitted cell is in cell.toml, which every command takes
    as its --cell, with bands. The status is 1 where the fit does not describe the
    data, as by more than three of their uncertainties. Without data it makes the
    calibration that the parameter sets carry, in calibration.json: of cell-3 alone, and
    then of cell-3 and cell-2 together; --cell Cao2021_thin_halide:literal is another
    reading of the paper.

    Example: aslb calibrate --data mine.csv --cell mine.toml
    """
    from aslb.errors import InputError
    from aslb.experiments.calibration.fit import calibrate
    from aslb.experiments.calibration.report import report
    from aslb.experiments.calibration.verdict import bad_fit
    from aslb.experiments.validation.cao2021.calibration import (
        calibrate_reference,
        steps_text,
    )
    from aslb.parameters.cells.cao2021.readings import reading_of

    search = {
        "exchange_current": exchange_current,
        "starts": starts,
        "seed": seed,
        "model": model,
        "journal": out / "searches.jsonl",
    }
    if data is not None or spectra or states:
        found = calibrate(
            cell,
            data,
            unknowns or None,
            curves=curves,
            spectra=_read(spectra, states, spectrum_uncertainty),
            **search,
        )
        finish(ctx, report(found), out, [cell], fitted=False)
        bad = [*bad_fit(found)]
        for line in bad:
            click.echo(f"aslb: {line}", err=True)
        sys.exit(1 if bad else 0)
    known, *words = cell.split(":")
    if curves or unknowns or known != "Cao2021_thin_halide":
        raise InputError("--curves, --unknown and --cell need --data or a --spectrum")
    reference = calibrate_reference(reading_of(words), **search)
    told = report(reference.joint, reference.files)
    summary = f"{steps_text(reference.contents)}\n\n{told.summary}"
    finish(ctx, replace(told, summary=summary), out, [cell], fitted=False)


def _read(paths, states, uncertainty):
    """Spectra of files, each at a state of charge, all numbers in percent."""
    from aslb.errors import InputError
    from aslb.experiments.calibration.spectrum_data import read_spectrum

    if len(paths) != len(states):
        raise InputError(
            f"{len(paths)} --spectrum and {len(states)} --soc; accepted: one a spectrum"
        )
    return [
        read_spectrum(path, percent / 100, uncertainty / 100)
        for path, percent in zip(paths, states, strict=True)
    ]
