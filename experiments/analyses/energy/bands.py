"""Bands on energies per mass and volume: the same study for samples of its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import product
from typing import Any

import xarray as xr

from aslb.experiments.analyses.energy.study import (
    ENERGIES,
    KEPT,
    energies_per,
    protocol,
)
from aslb.experiments.analyses.thickness.conditions import NAME
from aslb.experiments.calibration.bands import (
    behind,
    ends_of,
    fit_of,
    sampled,
    solved,
)
from aslb.experiments.calibration.study_bands import proportional
from aslb.experiments.output.attributes import mapping_of
from aslb.experiments.output.columns import ENDS
from aslb.experiments.protocols import C_RATE, formation
from aslb.parameters.composition.anode import with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import Casing, layers


def with_bands(
    study: xr.Dataset,
    cell: Any,
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
) -> xr.Dataset:
    """An energy study with 90 % bands of its energies per mass and volume.

    An energy has the relative model error of the capacity. Masses are the same for all
    samples.

    Parameters
    ----------
    study : xarray.Dataset
        From `energy_density`; it is not changed.
    cell : Cell, str or pybamm.ParameterValues
        Its cell, which carries a calibration.
    samples : int
        How many.
    seed : int, optional
        Of what is random.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        The study, with lower and upper ends of `specific_energy` and `energy_density`.

    Raises
    ------
    InputError
        If the cell has no fit.
    """
    asked, about = Cell.of(cell), study.attrs
    fit = fit_of(asked)
    foil = float(study.layer_thickness.sel(component="anode")[0])
    values, _ = with_anode(asked.parameter_values(), about["anode"], foil)
    made = Cell(values)

    def run(reading: Cell, sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        own, shift = with_anode(reading.parameter_values(), about["anode"], foil)
        limits = {**reading.cutoffs(), **mapping_of(about, "cutoffs")}
        limits = {name: limit + shift for name, limit in limits.items()}
        return solved(
            Cell(own),
            protocol(about["charge_rate"], about["hold"], **limits),
            sets,
            start=formation(**limits),
            model=about["model"],
            executor=executor,
            **KEPT,
        )

    layers_, rates = study.thickness.values, study.c_rate.values
    points = [{NAME: x, C_RATE: rate} for x, rate in product(layers_, rates)]
    drawn = sampled(asked, run, samples, seed, points)
    energies, capacities = (
        drawn.of(name).reshape(samples, *study.discharge_energy.shape)
        for name in ("discharge_energy", "discharge_capacity")
    )
    off = proportional(energies, capacities, drawn.offsets(rates)[:, None])
    casing = Casing(about["casing_mass"], about["casing_volume"])
    counted = [layers(values, layer, casing) for layer in layers_]
    ends = (*ends_of(energies + off), *drawn.medians(energies + off))
    for end, found in zip(ENDS, ends, strict=True):
        areal = study.discharge_energy.copy(data=found) * made.active_mass / made.area
        for name, energy in zip(ENERGIES, energies_per(areal, counted), strict=True):
            study = study.assign(
                {f"{name}_{end}": energy.assign_attrs(study[name].attrs)}
            )
    return study.assign_attrs(behind([fit], samples))
