"""Bounded least squares from many starts, and the journal of what was done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import qmc

from aslb.errors import InputError
from aslb.experiments.calibration.each import Failure, each
from aslb.experiments.calibration.observables import (
    RateTest,
    observables,
    observe_all,
    rate_test_of,
)
from aslb.experiments.calibration.unknowns import Unknown, names_of, values_at
from aslb.models.registry import SPM
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

REFINED = 2
FIRST = '{"key": "'  # how each line of a journal begins
STEP = 0.01  # of the range of an unknown: well above the solver's tolerance


def searches(
    cells: Sequence[Cell],
    data: Sequence[Measured],
    unknowns: list[Unknown],
    only: Mapping[str, int],
    starts: int,
    seed: int,
    model: str,
    journal: Path | None,
    executor: Executor | None,
) -> list[dict[str, Any]]:
    """Every search: with the single-particle model, and the best ones refined."""
    hypercube = qmc.LatinHypercube(len(unknowns), rng=np.random.default_rng(seed))
    points = 0.02 + 0.96 * hypercube.random(starts)
    names = [unknown.name for unknown in unknowns]
    results: list[dict[str, Any]] = []
    known = _read(journal)
    for of in dict.fromkeys([SPM, model]):
        stage = "refine" if results else "search"
        identity = [of, [cell.hash for cell in cells], data, unknowns, only]
        asked = {_key([*identity, np.round(x, 9).tolist()]): x for x in points}
        missing = [key for key in asked if key not in known]

        def keep(index: int, found: Any, of=of, stage=stage, keys=missing) -> None:
            if not isinstance(found, Failure):
                entry = {"key": keys[index], "stage": stage, "model": of, **found}
                known[keys[index]] = entry
                _write(journal, entry)

        tests = [
            rate_test_of(*one, of, names_of(place, names, only))
            for place, one in enumerate(zip(cells, data, strict=True))
        ]
        failed = each(
            _search,
            (tests, unknowns),
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
    try:
        whole, end, begun = journal.read_text(encoding="utf-8").rpartition("\n")
        known = {one["key"]: one for one in map(json.loads, whole.splitlines())}
        if not begun.startswith(FIRST[: len(begun)]):
            raise ValueError("its last line has no end")
        if begun:  # what a kill left of a line is searched again
            journal.write_text(whole + end, encoding="utf-8")
        return known
    except (LookupError, RecursionError, TypeError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise InputError(
            f"{journal} is no journal of searches ({said}); accepted: one that aslb "
            "calibrate wrote, or none"
        ) from None


def _write(journal: Path | None, entry: dict[str, Any]) -> None:
    if journal is not None:
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


def _search(
    tests: Sequence[RateTest], unknowns: list[Unknown], start: np.ndarray
) -> dict[str, Any]:
    """One bounded least-squares search, in coordinates from 0 to 1."""
    _, measured, spread = observables(*(test.data for test in tests))

    def residuals(positions: Iterable[np.ndarray]) -> np.ndarray:
        values = [values_at(unknowns, position) for position in positions]
        return (observe_all(tests, values) - measured) / spread

    def jacobian(position: np.ndarray) -> np.ndarray:
        steps, positions = around(position)
        return differences([*residuals(positions)], steps)

    found = least_squares(
        lambda position: residuals([position])[0],
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
    }


def around(position: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps that stay within the ranges, and the position with each step taken."""
    steps = np.where(position + STEP <= 1, STEP, -STEP)
    return steps, np.array([position, *(position + np.diag(steps))])


def differences(residuals: Sequence[np.ndarray], steps: np.ndarray) -> np.ndarray:
    """Jacobian from residuals at a position, and a step away along each axis."""
    here, *moved = residuals
    return (np.array(moved) - here).T / steps
