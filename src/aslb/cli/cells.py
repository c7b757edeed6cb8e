"""`aslb cells`: what can be simulated, and where every value is from."""

from __future__ import annotations

import click


@click.command(name="cells")
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
