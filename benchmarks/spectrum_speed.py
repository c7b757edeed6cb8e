"""What an impedance spectrum costs: a script, PyBaMM's simulation built once, and ours.

All ways give spectra of one cell in which three parameters vary, in turns, so that
whatever else the machine does hurts all of them. ``python
benchmarks/spectrum_speed.py`` takes some two minutes, prints the page and writes it to
``docs/spectrum-speed.md``.
"""

from __future__ import annotations

import os
import platform
import statistics
from importlib.metadata import version

from spectrum_ways import (
    BLOCKS,
    BOTH,
    CELL,
    FREQUENCIES,
    MANY,
    NEW,
    ONCE,
    OURS,
    PROCESSES,
    SCRIPT,
    SPREAD,
    WAYS,
    Measured,
    measured,
)
from speed_ways import ROOT
from sweep_speed import processor

from aslb.models.registry import DFN, MODELS, SPM

PAGE = ROOT / "docs" / "spectrum-speed.md"
AGREE = 1e-6  # of |Z|


def ways_table(found: Measured, model: str) -> str:
    """Times of each way."""
    lines = [
        "| way | processor ms a spectrum | times less | wall ms a spectrum "
        "| times faster | a minute | first, s |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    wall_of_a, busy_of_a = found.clock.median((model, NEW))
    for way in WAYS:
        wall, busy = found.clock.median((model, way))
        first = found.first.get((model, way))
        built = f"{statistics.median(first):.2f}" if first else "–"
        lines.append(
            f"| {way} | {busy:.3g} | {busy_of_a / busy:.3g} | {wall:.3g} | "
            f"{wall_of_a / wall:.3g} | {found.a_minute(model, way):.0f} | "
            f"{built} |"
        )
    return "\n".join(lines)


def fresh_table(found: Measured) -> str:
    """Times of the function, from its import on."""
    lines = [
        "| model | import, s | processor s | first spectrum, s | processor s "
        "| at another state of charge, s | processor s |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for model in MODELS:
        seconds = " | ".join(f"{one:.2f}" for one in found.seconds(model).ravel())
        lines.append(f"| {model} | {seconds} |")
    return "\n".join(lines)


def apart_table(found: Measured) -> str:
    """Largest differences between ways."""
    pairs = list(dict.fromkeys(pair for _, pair in found.apart))
    lines = [f"| model | {' | '.join(pairs)} |", "| --- |" + " --- |" * len(pairs)]
    for model in MODELS:
        numbers = " | ".join(f"{found.apart[model, pair]:.1g}" for pair in pairs)
        lines.append(f"| {model} | {numbers} |")
    return "\n".join(lines)


def targets_table(found: Measured) -> str:
    """What was to be reached, and whether it was."""
    failed = sum(found.clock.failed.values())
    rows = []
    for model in MODELS:
        first = found.seconds(model)[1, 0]
        what = f"first `aslb.impedance` after import, {model}, s"
        rows.append((what, "at most 1", first <= 1, f"{first:.2f}"))
    for model in MODELS:
        rate = found.a_minute(model, BOTH)
        what = f"spectra a minute on {PROCESSES} cores, built, {model}"
        rows.append((what, "at least 1000", rate >= 1000, f"{rate:.0f}"))
    for model in MODELS:
        largest = max(of for (one, _), of in found.apart.items() if one == model)
        what = f"largest difference between ways, {model}, of \\|Z\\|"
        rows.append((what, f"within {AGREE:g}", largest <= AGREE, f"{largest:.1g}"))
    rows.append(("spectra that failed", "0", failed == 0, str(failed)))
    lines = ["| what | wanted | measured | |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {what} | {wanted} | {value} | {'met' if met else 'missed'} |"
        for what, wanted, met, value in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print and write the page."""
    load = os.getloadavg()[0]
    found = measured()
    idle = 6e4 * PROCESSES / found.clock.median((DFN, OURS))[1]
    text = f"""# What a spectrum costs

Spectra of `{CELL}` at {len(FREQUENCIES)} frequencies from 1 MHz to 1 mHz, of cells that
differ in the conductivity of the catholyte, the capacity of the double layer and the
exchange current of the cathode, each up to {SPREAD:g} times more or less. All ways have
one mesh; medians of {BLOCKS} blocks in which they take turns.

## {DFN}

{ways_table(found, DFN)}

## {SPM}

{ways_table(found, SPM)}

A block is {SCRIPT} spectra of a, {ONCE} of b and {MANY} of c. a, b and c have one
process; the last row is wall time of {PROCESSES} processes that are running and have
built the model. "First" is one that has to be built, in a process that has built
others. `LinearCell` is what `aslb.impedance` and calibration ask; it splits a spectrum
into all components of the voltage losses, which PyBaMM's simulation does not tell.

## A spectrum by itself

`aslb.impedance` in a new process. It builds the model whenever it is called, and gives
three spectra: also those without the capacitances of charge transfer and of the
interphase, for their arcs.

{fresh_table(found)}

## What was wanted

{targets_table(found)}

## Differences

The largest at any frequency, of the spectra that both ways have, as a part of |Z|:

{apart_table(found)}

Those of the DFN are rounding, which an input in the place of a number (b from a) shows
as well: the finest shells of a particle exchange lithium far faster than it fills at
1 mHz.

## Why

PyBaMM's simulation looks for an order of elimination at each frequency. Ours has one
from the first spectrum, and eliminates particles from the centre to the surface, at all
depths and frequencies at once (`experiments/engine/shifted_matrix.py`); of the DFN's
1572 rows some quarter is left to be factored.

Made by `python benchmarks/spectrum_speed.py` with aslb {version("aslb")}, PyBaMM
{version("pybamm")}, SciPy {version("scipy")}, CasADi {version("casadi")} and Python
{platform.python_version()}, on {processor()} with {os.cpu_count()} cores.
Other programs ran beside it (the load was {load:.1f} when it began), which wall times
show most and ratios of processor times least: with nothing beside it two cores would
give {idle:.0f} spectra of the DFN a minute, by their processor time.
"""
    print(text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
