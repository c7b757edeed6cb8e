"""Rate capability of cells as they were built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.c_rate import blocks_of
from aslb.experiments.calibration.bands import (
    band,
    behind,
    ends_of,
    fit_of,
    sampled,
    solved,
)
from aslb.experiments.output.attributes import as_text, hashes, mapping_of
from aslb.experiments.protocols import HOLD, RATE_TEST, given_cutoffs, rate_test
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import names_for, several
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.cell import Cell

CELLS = ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide")
KEPT: dict[str, Any] = {
    "quantities": [
        "charge_capacity",
        "discharge_capacity",
        "coulombic_efficiency",
        "energy_efficiency",
    ],
    "curve_points": 101,
}


def rate(
    cells: Any = CELLS,
    rates: Sequence[tuple[float | str, int]] = RATE_TEST,
    *,
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Capacity and efficiencies of each cycle of a rate test.

    Parameters
    ----------
    cells : Cell, str, pybamm.ParameterValues, or sequence of them, optional
        One or several: cells, their names or files, or parameter values of one's own.
    rates : sequence of (float or str, int), optional
        Rate [h-1], or as "C/20", and number of cycles at it.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V]; by default the cell's own.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        Dimensions `cell`, `cycle` (from 1) and `depth` (fraction of the charge passed
        in the half-cycle); units are in the attributes. Cycles that could not be solved
        are NaN, with `status` "failed" and the `reason`.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    check_model(model)
    chosen = [Cell.of(cell) for cell in several(cells)]
    if not chosen:
        raise InputError(f"no cell given; accepted: {', '.join(CELLS)}")
    blocks = blocks_of(rates)
    limits = [cell.cutoffs(upper_cutoff, lower_cutoff) for cell in chosen]
    given = given_cutoffs(upper_cutoff, lower_cutoff)

    def protocol(**own: float) -> pybamm.Experiment:
        return rate_test(blocks, **{**own, **given}, hold=hold)

    described = {"rates": blocks, "hold_h": hold, **given}
    study = Study(
        chosen,
        protocol,
        start="as assembled",  # the test forms the cell
        model=model,
        described=described,
        **KEPT,
    )
    data = study.run(executor=executor)
    if "cell" not in data.dims:
        data = data.expand_dims("cell")
    data = data.assign_coords(cell=names_for(chosen))
    # of a rate test that failed the cycles before the one that did are known
    done = data.discharge_capacity.notnull()
    data["status"] = xr.where(done, "ok", "failed")
    measured = [_measured(cell, blocks) for cell in chosen]
    if np.isfinite(measured).any():
        unit = {"units": "mAh/g", "long_name": "Measured mean of a block of cycles"}
        data["measured_capacity"] = (["cell", "cycle"], measured, unit)
    for end in limits[0]:
        data[end] = ("cell", [ends[end] for ends in limits], {"units": "V"})
    data["reason"] = xr.where(done, data.remarks, data.reason)
    data.attrs = {
        "analysis": "rate",
        "model": model,
        "hold": hold,
        "cutoffs": as_text(given),
        "parameter_hash": hashes(chosen),
    }
    return data.drop_vars(["attempts", "remarks"])


def _measured(cell: Cell, rates: Sequence[tuple[float, int]]) -> list[float]:
    """Mean capacity of each block as measured, cycle by cycle [mAh/g], or NaN.

    Blocks of one rate follow each other as they were measured.
    """
    known = cell.measured
    left = [] if known is None else [*zip(known.c_rates, known.capacities, strict=True)]
    found: list[float] = []
    for c_rate, count in rates:
        block = next((one for one in left if np.isclose(one[0], c_rate)), None)
        if block is not None:
            left.remove(block)
        found += [np.nan if block is None else block[1]] * count
    return found


def with_bands(
    study: xr.Dataset,
    cells: Any,
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
) -> xr.Dataset:
    """A rate test with the 90 % band of its discharge capacities.

    Of its cells, one or several in order, each of which carries a calibration. Beside
    the band are the lowest and the highest median of the readings of its data. The
    attributes say how many `samples` there are, and the largest `model_error` of the
    cells [mAh/g].
    """
    chosen = [Cell.of(cell) for cell in several(cells)]
    fits = [fit_of(cell) for cell in chosen]
    rates = [(float(c_rate), 1) for c_rate in study.c_rate]

    def run(reading: Cell, sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        limits = {**reading.cutoffs(), **mapping_of(study.attrs, "cutoffs")}
        return solved(
            reading,
            rate_test(rates, **limits, hold=study.attrs["hold"]),
            sets,
            start="as assembled",
            described={"rates": rates},
            quantities=["discharge_capacity"],
            model=study.attrs["model"],
            executor=executor,
        )

    ends, medians = [], []
    for cell in chosen:
        found = sampled(cell, run, samples, seed)
        capacity = found.of("discharge_capacity")[:, 0] + found.offsets(study.c_rate)
        ends.append(ends_of(capacity))
        medians.append(found.medians(capacity))
    # from ends by cell to cells by end
    ends_by_cell, medians_by_cell = (np.stack(of, axis=1) for of in (ends, medians))
    bands = {
        **band(study.discharge_capacity, ends_by_cell),
        **band(study.discharge_capacity, medians_by_cell, "median"),
    }
    return study.assign(bands).assign_attrs(behind(fits, samples))
