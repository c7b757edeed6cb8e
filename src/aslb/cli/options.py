"""Commands, and the options that several of them have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from aslb.errors import InputError
from aslb.experiments.c_rate import rate_of


class CRate(click.ParamType):
    """A rate as it is spoken: C/20, 0.5C, 1C, or a plain number."""

    name = "C-rate"

    @override
    def convert(self, value, param, ctx):
        """Rate per hour from what was typed."""
        return rate_of(value)


class Within(click.ParamType):
    """A number in the unit of its option, refused in that unit.

    Parameters
    ----------
    unit : str
        Unit for people, as "%".
    low, high : float
        What is accepted.
    """

    name = "float"

    def __init__(self, unit: str, low: float, high: float):
        self.unit, self.low, self.high = unit, low, high

    @override
    def convert(self, value, param, ctx):
        """The number as it was typed, in the unit of the option."""
        number = click.FLOAT.convert(value, param, ctx)
        if not self.low <= number <= self.high:
            raise InputError(
                f"{param.opts[0]} {number:g} {self.unit}; accepted: {self.low:g} to "
                f"{self.high:g} {self.unit}"
            )
        return number


def once(ctx: click.Context, param: click.Parameter, values: tuple) -> tuple:
    """Several values, each once, said as they were typed."""
    for n, value in enumerate(values):
        if value in values[:n]:
            raise InputError(f"{param.opts[0]} {value:g} twice; accepted: once")
    return values


PERCENT = Within("%", 0, 100)
CELSIUS = Within("°C", -73.15, 226.85)  # 200 to 500 K
LAYER = Within("µm", 1e-3, 1e6)
ANODE_LAYER = Within("µm", 0.1, 5000)


def option(name: str, help: str, default: Any = None, *more: str, **settings: Any):
    """An option that shows its default; `more` is the name of its argument."""
    settings = {"show_default": True, **settings}
    return click.option(f"--{name}", *more, default=default, help=help, **settings)


def command(name: str, *options: Callable[[Any], Any]):
    """A command with these options, and one for where files go."""

    def decorate(function):
        for add in reversed([*options, _out(name), click.pass_context]):
            function = add(function)
        return click.command(name=name)(function)

    return decorate


def _out(name: str):
    return option(
        "out",
        "Folder for tables (CSV), figures (PNG, SVG) and the manifest (JSON).",
        f"results/{name}",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_writable,
    )


def _writable(ctx: click.Context, param: click.Parameter, folder: Path) -> Path:
    """The folder, unless nothing can be written to it: said before all is solved."""
    from aslb.experiments.output.files import check_writable

    check_writable(folder)
    return folder


def rates(help: str, default: tuple[str, ...]):
    """Several rates."""
    return option("c-rate", help, default, "c_rates", type=CRate(), multiple=True)


def model(default: str):
    """The model of a command that solves much."""
    return option("model", "SolidStateDFN or SolidStateSPM.", default)


CELL = option(
    "cell", "A cell from `aslb cells`, or a TOML file.", "Cao2021_thin_halide"
)
SEED = option("seed", "Of what is random.", 0)
BANDS = option(
    "bands",
    "Draw 90 % bands from as many samples of the uncertain parameters; each is a study "
    "of its own, so that 16 take minutes. Calibrated cells only.",
    0,
    type=click.IntRange(min=0),
    metavar="SAMPLES",
    show_default=False,
)
ANODE = (
    option(
        "anode",
        "as-built, or Li for lithium metal; cut-offs are then raised by the potential "
        "of the foil it replaces, 0.62 V for In-Li.",
        "as-built",
    ),
    option(
        "anode-thickness-um",
        "Thickness of the anode, in µm; by default as built, or 30 of Li.",
        type=ANODE_LAYER,
    ),
)
"""The anode, where cells are weighed."""
STUDY = (
    option(
        "model",
        "SolidStateDFN, or SolidStateSPM for a fast approximation.",
        "SolidStateDFN",
    ),
    option(
        "upper-cutoff",
        "Upper cut-off against the foil, in V.",
        type=float,
        show_default="the cell's own",
    ),
    option(
        "lower-cutoff",
        "Lower cut-off against the foil, in V; the paper has 2.5 and 2.0.",
        type=float,
        show_default="the cell's own",
    ),
    option("hold", "Hold at the upper cut-off, in h.", 1.0),
)
"""What every study of charge and discharge has."""
