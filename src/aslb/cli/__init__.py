"""Command line: parse, ask one question, print; a command a file.

PyBaMM takes seconds to import, so that each command imports what it needs.
"""

from __future__ import annotations

import io
import sys
import warnings

import click

from aslb import __version__
from aslb.cli.calibrate import calibrate_command
from aslb.cli.cells import cells_command
from aslb.cli.design import design_command
from aslb.cli.energy import energy_command
from aslb.cli.explore import explore_command
from aslb.cli.impedance import impedance_command
from aslb.cli.interruption import KEYBOARD, interruptible
from aslb.cli.rate import rate_command
from aslb.cli.resistance import resistance_command
from aslb.cli.schema import schema_command
from aslb.cli.sensitivity import sensitivity_command
from aslb.cli.sweep import sweep_command
from aslb.cli.thickness import thickness_command
from aslb.cli.validate import validate_command
from aslb.errors import InputError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aslb")
def cli():
    """Simulate all-solid-state lithium cells, and say what limits them."""


for command in (
    thickness_command,
    rate_command,
    energy_command,
    design_command,
    resistance_command,
    impedance_command,
    explore_command,
    calibrate_command,
    validate_command,
    sensitivity_command,
    cells_command,
    sweep_command,
    schema_command,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the command `aslb`.

    Bad input is a line a mistake and status 2; an interruption is one line, and status
    130 after Ctrl-C, 143 after SIGTERM.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal may know no σ or Ω: work that was done is printed all the same
            stream.reconfigure(errors="replace")
    with warnings.catch_warnings(), interruptible():
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
            click.echo("aslb: interrupted", err=True)
            sys.exit(KEYBOARD)
        except InputError as error:
            _refuse(str(error))


def _refuse(message: str) -> None:
    for line in message.split("\n"):
        click.echo(f"aslb: {line}", err=True)
    sys.exit(2)
