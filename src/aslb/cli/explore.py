"""`aslb explore`: a page with sliders in the browser."""

from __future__ import annotations

import os
from contextlib import suppress

import click

from aslb.cli.options import option


@click.command(name="explore")
@option(
    "cell",
    "A cell from `aslb cells`, or a TOML file; several times for several. The page "
    "begins with the first, and offers all that ship.",
    ("Cao2021_thin_halide",),
    "cells",
    multiple=True,
)
@option(
    "port",
    "Where the page is, on this machine only; 0 is any port that is free.",
    2718,
    type=click.IntRange(0, 65535),
)
@option(
    "browser/--no-browser",
    "Whether to open the page in the browser, or only say where it is.",
    True,
)
def explore_command(cells, port, browser):
    """Move a cell's numbers, and see what limits it.

    A page in the browser: sliders for the separator, the catholyte, the cathode, the
    interfaces and the temperature, each with the range that its source gives. Beside
    them are the discharge at each rate, where the voltage goes, capacity against rate
    with what was measured, Wh/kg and Wh/L by what is counted, the impedance, and what
    would help most. SolidStateSPM answers while a slider moves, and SolidStateDFN once
    it rests. Ctrl-C ends it.

    Example: aslb explore --cell mine.toml
    """
    from aslb.explore.server import check_installed, listening, serve

    check_installed()
    with listening(port) as at:
        from aslb.explore.offer import Offer, Shared
        from aslb.models.registry import DFN, SPM

        Shared.offer = Offer(cells)
        first = next(iter(Shared.offer.cells))
        click.echo(f"aslb explore: building the models of {first}, some seconds")
        Shared.offer.built(first, SPM)
        Shared.offer.build_beside(first, DFN)
        try:
            serve(at, browser=browser, say=click.echo)
        except KeyboardInterrupt:
            with suppress(OSError):  # nobody may be reading any more
                click.echo("aslb explore: ended")
            # marimo's sessions are threads that wait for their browsers to come back
            os._exit(0)
