"""Fit a small, declared set of unknowns to a cell's measured rate capability."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import qmc

from aslb.errors import InputError
from aslb.experiments.calibration.data import read_data
from aslb.experiments.calibration.each import Failure, each
from aslb.experiments.calibration.observables import observables, observe, packed_test
from aslb.experiments.calibration.posterior import (
    Posterior,
    around,
    differences,
    wide_posterior,
)
from aslb.experiments.calibration.unknowns import (
    UNKNOWNS,
    Unknown,
    those_of,
    unknowns_of,
    values_at,
)
from aslb.models.registry import DFN, SPM, check_model
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured

STARTS = 8
REFINED = 2


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
    jacobian : numpy.ndarray
        Change of each weighted residual over the range of each unknown.
    cost : float
        Sum of squared weighted residuals.
    starts : list of dict
        Every start of the search, with its stage, position and cost.
    posterior : Posterior
        Of the unknowns, and of the nuisances that stayed at their values.
    data : Measured
        What it was fitted to.
    base : Cell
        The cell that was fitted, as it was.
    """

    unknowns: list[Unknown]
    position: np.ndarray
    observables: list[str]
    measured: np.ndarray
    modelled: np.ndarray
    uncertainty: np.ndarray
    jacobian: np.ndarray
    cost: float
    starts: list[dict[str, Any]]
    posterior: Posterior
    data: Measured
    base: Cell

    @property
    def values(self) -> dict[str, float]:
        """Values found, by name."""
        return values_at(self.unknowns, self.position)

    @cached_property
    def cell(self) -> Cell:
        """The cell with the values found, which carries the fit: it has bands."""
        fit = Fit(
            self.data.source,
            self.values,
            tuple(unknown.name for unknown in self.posterior.unknowns),
            self.posterior.position,
            self.posterior.covariance,
            self.data,
            self.base,
        )
        return self.base.with_fit(fit)

    @property
    def attrs(self) -> dict[str, Any]:
        """What it is, for `aslb.plot` and `aslb.save`."""
        return {
            "analysis": "calibration",
            "cell": self.base.name,
            "parameter_hash": {self.base.source: self.base.hash},
            "fitted_to": self.data.source,
        }


def calibrate(
    cell: Any,
    data: Measured | Path | str,
    unknowns: Sequence[str] | None = None,
    *,
    curves: Path | str | None = None,
    starts: int = STARTS,
    seed: int = 0,
    model: str = DFN,
    journal: Path | None = None,
    executor: Executor | None = None,
) -> Calibration:
    """Bounded least squares from many starts.

    The single-particle model searches from a Latin hypercube of starts, and the best of
    them are refined with the model asked for.

    Parameters
    ----------
    cell : Cell or str
        The cell, its name or file: unknowns are sought within its ranges.
    data : Measured, pathlib.Path or str
        What it is fitted to, or a CSV file with the columns of
        `aslb.experiments.calibration.data.read_data`.
    unknowns : sequence of str, optional
        PyBaMM names of the unknowns; by default those of `UNKNOWNS` that the cell has.
    curves : pathlib.Path or str, optional
        CSV file of discharge curves, with a CSV of data.
    starts : int, optional
        Number of starts.
    seed : int, optional
        Seed of the starts.
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
        The best fit, with all that is needed to judge it, and the fitted cell.

    Raises
    ------
    InputError
        If the request makes no sense, or no search succeeded.
    """
    check_model(model)
    if starts < 1:
        raise InputError(f"{starts} starts; accepted: 1 or more")
    cell = Cell.of(cell)
    if not isinstance(data, Measured):
        data = read_data(Path(data), None if curves is None else Path(curves))
    elif curves is not None:
        raise InputError("curves in a file; accepted: with data in a file")
    names = those_of(cell.quantities, UNKNOWNS) if unknowns is None else unknowns
    sought = unknowns_of(cell.quantities, names)
    if not sought:
        raise InputError(f"no unknown to fit in '{cell.name}'; accepted: names of some")
    found = _searches(cell, data, sought, starts, seed, model, journal, executor)
    best = min((s for s in found if s["model"] == model), key=lambda s: s["cost"])
    position = np.array(best["position"])
    labels, measured, spread = observables(data)
    return Calibration(
        unknowns=sought,
        position=position,
        observables=labels,
        measured=measured,
        modelled=measured + spread * np.array(best["residuals"]),
        uncertainty=spread,
        jacobian=np.array(best["jacobian"]),
        cost=best["cost"],
        starts=found,
        posterior=wide_posterior(cell, data, sought, position, model, executor),
        data=data,
        base=cell,
    )


def _searches(
    cell: Cell,
    data: Measured,
    unknowns: list[Unknown],
    starts: int,
    seed: int,
    model: str,
    journal: Path | None,
    executor: Executor | None,
) -> list[dict[str, Any]]:
    """Every search: with the single-particle model, and the best ones refined."""
    hypercube = qmc.LatinHypercube(len(unknowns), rng=np.random.default_rng(seed))
    points = 0.02 + 0.96 * hypercube.random(starts)
    results: list[dict[str, Any]] = []
    known = _read(journal)
    for of in dict.fromkeys([SPM, model]):
        stage = "refine" if results else "search"
        identity = [of, cell.hash, data, unknowns]
        asked = {_key([*identity, np.round(x, 9).tolist()]): x for x in points}
        missing = [key for key in asked if key not in known]

        def keep(index: int, found: Any, of=of, stage=stage, keys=missing) -> None:
            if not isinstance(found, Failure):
                entry = {"key": keys[index], "stage": stage, "model": of, **found}
                known[keys[index]] = entry
                _write(journal, entry)

        packed = packed_test(cell, data, of, [u.name for u in unknowns])
        failed = each(
            _search,
            (packed, data, cell.active_mass, unknowns),
            [asked[key] for key in missing],
            description=stage,
            keep=keep,
            executor=executor,
        )
        done = [known[key] for key in asked if key in known]
        if not done:
            raise InputError(
                f"no {stage} of the calibration succeeded: {failed[0].reason}"
            )
        results += done
        ranked = sorted(done, key=lambda entry: entry["cost"])
        points = np.array([entry["position"] for entry in ranked[:REFINED]])
    return results


def _key(search: list[Any]) -> str:
    """What a search depends on: one of anything else is not taken for it."""
    text = json.dumps(search, default=asdict)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(journal: Path | None) -> dict[str, dict[str, Any]]:
    """Searches of a file, which has one a line, by what they depend on."""
    if journal is None or not journal.exists():
        return {}
    entries = map(json.loads, journal.read_text().splitlines())
    return {entry["key"]: entry for entry in entries}


def _write(journal: Path | None, entry: dict[str, Any]) -> None:
    if journal is not None:
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("a") as file:
            file.write(json.dumps(entry) + "\n")


def _search(
    packed: bytes,
    data: Measured,
    mass: float,
    unknowns: list[Unknown],
    start: np.ndarray,
) -> dict[str, Any]:
    """One bounded least-squares search, in coordinates from 0 to 1."""
    _, measured, spread = observables(data)

    def residuals(position: np.ndarray) -> np.ndarray:
        values = values_at(unknowns, position)
        return (observe(packed, data, mass, values) - measured) / spread

    def jacobian(position: np.ndarray) -> np.ndarray:
        steps, positions = around(position)
        return differences([residuals(at) for at in positions], steps)

    found = least_squares(
        residuals,
        start,
        jac=jacobian,
        bounds=(0, 1),
        xtol=1e-4,
        ftol=1e-4,
        max_nfev=30,
    )
    return {
        "position": found.x.tolist(),
        "cost": float(2 * found.cost),
        "residuals": found.fun.tolist(),
        "jacobian": found.jac.tolist(),
    }
