"""How far a study is in words, and what it found in figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.engine.outputs import ENERGIES, QUANTITIES
from aslb.experiments.output.remarks import Signs, remarks_of
from aslb.experiments.output.report import Report
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.cycle_figure import plot_cycles
from aslb.experiments.study.figures import (
    has_triangle,
    plot_adaptive_map,
    plot_lines,
    plot_map,
)
from aslb.experiments.study.pareto import plot_pareto
from aslb.experiments.study.recheck import recheck_text
from aslb.experiments.study.results import as_table, dataset
from aslb.experiments.study.schema import RECHECK
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.summary import no_ageing, of_bands

REMARK = "remark"


def sweep_report(out: Path) -> tuple[Report, int, dict[str, str]]:
    """Sum up a stored study."""
    store = StudyStore(out / FILE)
    try:
        counts = store.counts()
        lines = [
            f"{store.path}: {sum(counts.values())} points, {counts['ok']} ok, "
            f"{counts['failed']} failed, {counts['pending']} pending"
        ]
        reasons = store.reasons()[:5]
        lines += [f"  {count} failed: {reason}" for reason, count in reasons]
        setting = store.meta("setting")
        if (loss := store.meta("loss")) is not None:
            goal = setting["method"]["goal"]
            lines.append(
                f"  adaptive map of {goal}: loss {loss:.3g} when last looked at"
            )
        if counts["ok"]:
            lines.append(no_ageing(store.cycles_solved()))
        if (noted := store.meta(RECHECK)) is not None:
            lines.append(recheck_text(noted))
        data = dataset(store)
        lines += [*ranges(data), *without_effect(data)]
        drawn = figures(data)
    finally:
        store.close()
    return Report("\n".join(lines), {}, drawn), counts["failed"], setting["parameters"]


def report(study: xr.Dataset) -> Report:
    """Sum up what a study holds.

    There is a row a point or a cycle. Of rate tests there is each quantity that was
    kept against the cycle; of single cycles of one cell a map of it, of two parameters,
    and lines, of a grid; and each energy against capacity retention, if rates and
    another parameter vary.
    """
    status, counts = np.unique(study.status.values, return_counts=True)
    said = ", ".join(f"{n} {name}" for name, n in zip(status, counts, strict=True))
    text = (
        f"{study.attrs['cell']}, {study.attrs['model']}: {study.status.size} points, "
        f"{said}"
    )
    return Report(
        "\n".join(
            [text, *ranges(study), *without_effect(study), *of_bands(study.attrs)]
        ),
        {"study": as_table(study)},
        figures(study),
    )


def figures(study: xr.Dataset) -> dict[str, Callable[[], Figure]]:
    """What draws a study, by file name: rate tests, and maps of one cell."""
    if "cycle" in study.dims:
        return {
            f"{name.replace(' ', '_')}-cycles": partial(
                plot_cycles, part, name.split(" of ")[0]
            )
            for name, part in _parts(study)
        }
    adaptive = "sampled" in study.attrs
    if "cell" in study.dims or ("point" in study.dims and not adaptive):
        return {}
    found: dict[str, Callable[[], Figure]] = {}
    for name, part in _parts(study):
        quantity = name.split(" of ")[0]
        file = name.replace(" ", "_")
        if adaptive:
            if has_triangle(part, quantity):
                found[f"{file}-map"] = partial(plot_adaptive_map, part, quantity)
            continue
        if study.status.ndim == 2 and min(study.status.shape) > 1:
            found[f"{file}-map"] = partial(plot_map, part, quantity)
            found[f"{file}-lines"] = partial(plot_lines, part, quantity)
        if quantity in ENERGIES and _has_retention(study):
            found[f"{file}-pareto"] = partial(plot_pareto, part, quantity)
    return found


def _parts(study: xr.Dataset) -> Iterator[tuple[str, xr.Dataset]]:
    """Quantities that hold something, each boundary of an energy on its own."""
    for name in (*QUANTITIES, *ENERGIES):
        if name not in study or not study[name].notnull().any():
            continue
        if "boundary" not in study[name].dims:
            yield name, study
            continue
        for boundary in study.boundary.values:
            part = study.sel(boundary=boundary, drop=True)
            part[name] = part[name].assign_attrs(boundary=str(boundary))
            yield f"{name} of {boundary}", part


def ranges(study: xr.Dataset) -> list[str]:
    """The lowest and the highest of each quantity that was kept, and where they are.

    Remarks on these have signs, and stand below.
    """
    lines, signs = [], Signs()
    for name, part in _parts(study):
        quantity = name.split(" of ")[0]
        values = part[quantity]
        both = xr.Dataset({quantity: values, REMARK: remarks_of(part)})
        if not values.ndim:
            both = both.expand_dims("point")
        known = both.to_dataframe().dropna(subset=[quantity]).reset_index()
        told = [str(n) for n in known if n in values.coords and n != "point"]
        unit = values.attrs.get("units", "1")
        lines.append(f"{name} [{unit}]".removesuffix(" [1]"))
        sorted_rows = known.sort_values(quantity).to_dict("records")
        for word, row in (("lowest", sorted_rows[0]), ("highest", sorted_rows[-1])):
            at = ", ".join(f"{n} = {_text(row[n])}" for n in told)
            value = f"  {word:7} {row[quantity]:9.4g}{signs.of(row[REMARK])}"
            lines.append(f"{value}  at {at}" if at else value)
    return lines + signs.notes()


def without_effect(study: xr.Dataset) -> list[str]:
    """A line for each parameter of a grid that changes nothing of what was kept."""
    kept = [part[name.split(" of ")[0]] for name, part in _parts(study)]
    varied = [str(name) for name, size in study.status.sizes.items() if size > 1]
    lines = []
    for name in varied:
        spread = [values.max(name) - values.min(name) for values in kept]
        several = [(values.count(name) > 1).any() for values in kept]
        if any(several) and all((apart.fillna(0) == 0).all() for apart in spread):
            lines.append(f"'{name}' changes nothing of what was kept")
    return lines


def _text(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"


def _has_retention(study: xr.Dataset) -> bool:
    return (
        "discharge_capacity" in study
        and study.sizes.get(C_RATE, 0) > 1
        and study.status.ndim > 1
        and bool(study.discharge_capacity.notnull().any())
    )
