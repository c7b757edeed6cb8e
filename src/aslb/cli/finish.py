"""How commands end: files, a summary, the exit status."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from aslb.cli.interruption import KEYBOARD

STARTED = time.monotonic()


def finish(
    ctx: click.Context,
    report: Any,
    out: Path,
    cells: Iterable[Any],
    status: Any = None,
    *,
    fitted: bool = True,
) -> None:
    """Write files and print; leave with status 1 if a point failed, 130 if interrupted.

    A dataset has the `status` and the `reason` of every point. `fitted` is whether to
    say what of the cells is fitted.
    """
    from aslb.experiments.output.attributes import hash_of_each
    from aslb.experiments.output.files import write_report
    from aslb.experiments.study.summary import of_fits
    from aslb.parameters.composition.cell import Cell

    used = [*map(Cell.of, cells)]
    click.echo(report.summary)  # it is kept even if no file can be
    for line in of_fits(used) if fitted else ():
        click.echo(f"\n{line}")
    write_report(report, out, made_by(ctx, hash_of_each(used)))
    click.echo(f"\nTables, figures and manifest are in {out}")
    if status is None:
        return
    failed = status.status.values == "failed"
    if failed.any():
        reasons = status.reason.values[failed]
        click.echo(
            f"aslb: {failed.sum()} of {failed.size} points failed, the first because "
            f"of: {reasons[0]}",
            err=True,
        )
        sys.exit(KEYBOARD if "interrupted" in reasons else 1)


def made_by(ctx: click.Context, parameter_hash: Mapping[str, str]) -> dict[str, Any]:
    """The manifest of what a command wrote, with hashes of parameters by cell."""
    from aslb.experiments.output.files import manifest

    return manifest(
        ctx.command_path,
        {name: _plain(value) for name, value in ctx.params.items()},
        parameter_hash,
        time.monotonic() - STARTED,
    )


def _plain(value: Any) -> Any:
    """As JSON has it: paths are text, in lists too."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value
