"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click
from typing_extensions import override


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
    """Option for bands of uncertainty on a study of calibrated cells."""
    return click.option(
        "--bands",
        type=click.IntRange(min=0),
        default=0,
        metavar="SAMPLES",
        help="Draw 95 % bands from as many samples of the uncertain parameters; each "
        "is a study of its own, so that 16 take minutes. Calibrated cells only.",
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
