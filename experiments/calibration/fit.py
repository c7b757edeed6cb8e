"""Fit a small, declared set of unknowns to the measured rate capability of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from aslb.errors import InputError
from aslb.experiments.calibration.data import check_against, read_data
from aslb.experiments.calibration.observables import observables
from aslb.experiments.calibration.posterior import Posterior, own_of, posterior
from aslb.experiments.calibration.priors import EXCHANGE_CURRENTS
from aslb.experiments.calibration.searches import searches
from aslb.experiments.calibration.unknowns import (
    Unknown,
    those_of,
    told_by,
    unknowns_of,
    values_at,
)
from aslb.experiments.output.attributes import hashes
from aslb.experiments.output.files import check_writable
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured
from aslb.parameters.composition.measured_spectrum import MeasuredSpectrum

STARTS = 8
DRAWS = 1000  # of the posterior, that a fitted cell carries


@dataclass(frozen=True)
class Calibration:
    """What was found, and how well.

    Parameters
    ----------
    unknowns : list of Unknown
        The unknowns.
    position : numpy.ndarray
        Where they are, each from 0 to 1 in its range.
    observables : list of str
        What was compared.
    measured, modelled, uncertainty : numpy.ndarray
        Data, model at the optimum, and standard uncertainty of the data.
    cost : float
        Sum of squared weighted residuals.
    starts : list of dict
        Every start of the search, with its stage, position and cost.
    posterior : Posterior
        Of the unknowns, and of the nuisances that stayed at their values.
    data : list of Measured
        What was fitted to, of each cell.
    bases : list of Cell
        The cells that were fitted, as they were.
    only : mapping of str to int
        Unknowns of one cell only, and its place among `bases`.
    """

    unknowns: list[Unknown]
    position: np.ndarray
    observables: list[str]
    measured: np.ndarray
    modelled: np.ndarray
    uncertainty: np.ndarray
    cost: float
    starts: list[dict[str, Any]]
    posterior: Posterior
    data: list[Measured]
    bases: list[Cell]
    only: Mapping[str, int]

    @property
    def values(self) -> dict[str, float]:
        """Values found, by name."""
        return values_at(self.unknowns, self.position)

    @property
    def source(self) -> str:
        """The data of all cells, for the provenance of what is fitted."""
        return "; ".join(dict.fromkeys(measured.source for measured in self.data))

    @property
    def cell(self) -> Cell:
        """The first of `cells`."""
        return self.cells[0]

    @cached_property
    def cells(self) -> list[Cell]:
        """Each cell with the values found; it carries the fit, and so has bands."""
        fits = [self._fit(place) for place in range(len(self.bases))]
        return [cell.with_fit(fit) for cell, fit in zip(self.bases, fits, strict=True)]

    def _fit(self, place: int) -> Fit:
        """What the cell in a place carries: not what another one has alone."""
        others = [name for name, of in self.only.items() if of != place]
        found = {k: v for k, v in self.values.items() if k not in others}
        left = [u.name for u in self.posterior.unknowns if u.name not in self.values]
        return Fit(
            self.source,
            found,
            self.posterior.draws(DRAWS).drop(columns=others),
            self.data[place],
            self.posterior.evidence,
            own_of(self.bases[place], self.bases[0], left),
        )

    @property
    def attrs(self) -> dict[str, Any]:
        """What it is, for `aslb.plot` and `aslb.save`."""
        return {
            "analysis": "calibration",
            "cell": self.bases[0].name,
            "parameter_hash": hashes(self.bases),
            "fitted_to": self.source,
        }


def calibrate(
    cell: Any,
    data: Measured | Path | str | Sequence[Measured] | None = None,
    unknowns: Sequence[str] | None = None,
    *,
    spectra: Sequence[MeasuredSpectrum] = (),
    only: Mapping[str, int] | None = None,
    curves: Path | str | None = None,
    exchange_current: str = EXCHANGE_CURRENTS[0],
    starts: int = STARTS,
    seed: int = 0,
    model: str = DFN,
    journal: Path | None = None,
    executor: Executor | None = None,
) -> Calibration:
    """Bounded least squares from many starts, and a posterior around what they find.

    The single-particle model searches from a Latin hypercube of starts, and the best of
    them are refined with the model asked for. The posterior is sampled with that model:
    of the unknowns, of what was left at its value, and of the model's own error.

    Parameters
    ----------
    cell : Cell or str, or list of them
        The cell, its name or file: unknowns are sought within its ranges. Several cells
        share the unknowns, in equal ranges.
    data : Measured, pathlib.Path or str, or list of Measured
        What it is fitted to, or a CSV file with the columns of
        `aslb.experiments.calibration.data.read_data`; of several cells, in order.
        Spectra alone are enough.
    unknowns : sequence of str or str, optional
        PyBaMM names of the unknowns, one or several; by default what such data can
        tell of the cell: of a rate test `UNKNOWNS`, of a spectrum `OF_SPECTRA`.
    spectra : sequence of MeasuredSpectrum, optional
        Impedance of the cell, beside its data or alone; several cells have theirs in
        their data.
    only : mapping of str to int, optional
        Unknowns, in addition, that one of several cells has alone, and its place.
    curves : pathlib.Path or str, optional
        CSV file of discharge curves, with a CSV of data.
    exchange_current : str, optional
        What is known of the exchange-current density beforehand: "published" charge
        transfer of other electrodes, or its "wide" range.
    starts : int, optional
        Number of starts.
    seed : int, optional
        Seed of the starts and of the posterior.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    journal : pathlib.Path, optional
        File to which each search is written when it is done. The same calibration run
        again takes from it what was done before.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    Calibration
        The best fit, with all that is needed to judge it, and the fitted cells.

    Raises
    ------
    InputError
        If the request makes no sense, or no search succeeded.
    """
    check_model(model)
    if starts < 1:
        raise InputError(f"{starts} starts; accepted: 1 or more")
    cells = [Cell.of(one) for one in _listed(cell)]
    sets = _sets(data, curves, spectra)
    if exchange_current not in EXCHANGE_CURRENTS:
        raise InputError(
            f"exchange current '{exchange_current}'; accepted: "
            f"{', '.join(EXCHANGE_CURRENTS)}"
        )
    if len(cells) != len(sets):
        raise InputError(
            f"{len(cells)} cells and {len(sets)} sets of data; accepted: one a cell"
        )
    for one, data_of_one in zip(cells, sets, strict=True):
        check_against(one, data_of_one)
    if journal is not None:
        check_writable(Path(journal).parent)
    only = dict(only or {})
    sought = _sought(cells, sets, unknowns)
    for name, of in only.items():
        sought += unknowns_of(cells[of].quantities, [name])
    found = searches(cells, sets, sought, only, starts, seed, model, journal, executor)
    best = min((s for s in found if s["model"] == model), key=lambda s: s["cost"])
    position = np.array(best["position"])
    values = values_at(sought, position)
    labels, measured, spread = observables(*sets, names=[one.name for one in cells])
    return Calibration(
        unknowns=sought,
        position=position,
        observables=labels,
        measured=measured,
        modelled=measured + spread * np.array(best["residuals"]),
        uncertainty=spread,
        cost=best["cost"],
        starts=found,
        posterior=posterior(cells, sets, values, only, model, exchange_current, seed),
        data=sets,
        bases=cells,
        only=only,
    )


def _sets(
    data: Any, curves: Path | str | None, spectra: Sequence[MeasuredSpectrum]
) -> list[Measured]:
    """Data of each cell, with what was measured beside them."""
    if data is None and curves is not None:
        raise InputError("curves without a rate test; accepted: both")
    given = [] if data is None else _listed(data)
    sets = [_measured(one, curves) for one in given]
    if not spectra:
        if not sets:
            raise InputError("no data; accepted: a rate test, spectra or both")
        return sets
    if len(sets) > 1:
        raise InputError("spectra of several cells; accepted: each in its data")
    (measured,) = sets or [Measured((), (), (), ())]
    sources = dict.fromkeys([measured.source, *(one.source for one in spectra)])
    return [
        replace(
            measured,
            spectra=(*measured.spectra, *spectra),
            source="; ".join(filter(None, sources)),
        )
    ]


def _listed(item: Any) -> list[Any]:
    return list(item) if isinstance(item, list | tuple) else [item]


def _measured(data: Measured | Path | str, curves: Path | str | None) -> Measured:
    if not isinstance(data, Measured):
        return read_data(Path(data), None if curves is None else Path(curves))
    if curves is not None:
        raise InputError("curves in a file; accepted: with data in a file")
    return data


def _sought(
    cells: Sequence[Cell], sets: Sequence[Measured], unknowns: Sequence[str] | None
) -> list[Unknown]:
    """Unknowns in their ranges, which are those of every cell."""
    first, *others = [cell.quantities for cell in cells]
    told = dict.fromkeys(name for data in sets for name in told_by(data))
    names = those_of(first, told) if unknowns is None else unknowns
    sought = unknowns_of(first, names)
    if not sought:
        raise InputError(
            f"no unknown to fit in '{cells[0].name}'; accepted: names of some"
        )
    for other in others:
        for one, same in zip(sought, unknowns_of(other, names), strict=True):
            if one != same:
                raise InputError(
                    f"unknown '{one.name}' from {one.lower:g} to {one.upper:g} and "
                    f"from {same.lower:g} to {same.upper:g}; accepted: one range"
                )
    return sought
