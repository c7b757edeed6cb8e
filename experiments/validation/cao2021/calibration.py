"""The calibrations that the shipped parameter sets carry, in three steps.

Cell-3 alone; the cells that it was not fitted to, as that predicts them; and cell-3 and
cell-2 together with what each cell has of its own, which is only possible since their
results are known: after unblinding.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from aslb.experiments.calibration.fit import DRAWS, STARTS, Calibration, calibrate
from aslb.experiments.calibration.observables import (
    observables,
    observe,
    rate_test_of,
)
from aslb.experiments.calibration.posterior import Posterior
from aslb.experiments.calibration.priors import EXCHANGE_CURRENTS
from aslb.experiments.calibration.unknowns import UNKNOWNS, those_of
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.cell import (
    ACTIVE,
    CONTACT,
    OHMIC_SHARE,
    OXIDATION,
    thick_sulfide_composition,
)
from aslb.parameters.cells.cao2021.fit import FITTED, data_of
from aslb.parameters.cells.cao2021.readings import DEFAULT, Reading, file_name
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

THICK = "Cao2021_thick_halide"
JOINT = (
    "Positive particle delithiated diffusivity [m2.s-1]",
    "Positive electrode Bruggeman coefficient (electrolyte)",
)
"""What the data of two cells can tell besides, and those of one cannot."""
LARGEST_OXIDATION = 0.25  # A.h.m-2, half of the scale of its reservoir


class ReferenceCalibration(NamedTuple):
    """A calibration of the three cells in one reading.

    Parameters
    ----------
    joint : Calibration
        Of cell-3 and cell-2 together.
    contents : dict
        The values that cells share, those of cell-1 and of cell-2 alone, and beside
        them what cell-3 alone says and predicts.
    files : dict of str to str
        The reading's files in ``calibrations/``, which the parameter sets carry: the
        contents, and draws of the posteriors.
    """

    joint: Calibration
    contents: dict[str, Any]
    files: dict[str, str]


def calibrate_reference(
    reading: Reading = DEFAULT,
    *,
    exchange_current: str = EXCHANGE_CURRENTS[0],
    starts: int = STARTS,
    seed: int = 0,
    model: str = DFN,
    journal: Path | None = None,
    executor: Executor | None = None,
) -> ReferenceCalibration:
    """Calibrate the three cells in one reading of the paper."""
    how: dict[str, Any] = {
        "exchange_current": exchange_current,
        "starts": starts,
        "seed": seed,
        "model": model,
        "journal": journal,
        "executor": executor,
    }
    only_3 = reading._replace(data="cell-3 only")
    alone = calibrate(FITTED + only_3.words, data_of("cell-3"), **how)
    thin, thick = Cell(FITTED + reading.words), Cell(THICK + reading.words)
    # its first efficiency is for the catholyte of cell-2 to explain
    together = replace(data_of("cell-2"), first_efficiency=None)
    joint = calibrate(
        [thin, thick],
        [data_of("cell-3"), together],
        those_of(thin.quantities, (*UNKNOWNS, *JOINT)),
        only={CONTACT: 1},
        **how,
    )
    without_contact = {k: v for k, v in joint.values.items() if k != CONTACT}
    unfitted = [Cell(name + only_3.words) for name in (FITTED, THICK)]
    contents = {
        "command": f"aslb calibrate --cell {thin.name} --seed {seed} --starts {starts}",
        "cell-3 only": {
            "fitted_to": alone.source,
            "role": "calibrated",
            "values": alone.values,
            "cost": alone.cost,
            **_compared(unfitted, alone.values, alone.values, model),
            "posterior": _told(alone),
        },
        "shared": {
            "fitted_to": joint.source,
            "role": "after unblinding",
            "values": joint.values,
            "cost": joint.cost,
            **_compared([thin, thick], without_contact, joint.values, model),
            "posterior": _told(joint),
        },
        "cell-2": _own("cell-2", reading, joint.values, (OXIDATION,), model),
        "cell-1": _own(
            "cell-1", reading, joint.values, (ACTIVE, OHMIC_SHARE, OXIDATION), model
        ),
    }
    draws = {"cell-3 only": alone.posterior, "shared": joint.posterior}
    return ReferenceCalibration(joint, contents, _files(reading, contents, draws))


def _compared(
    cells: Sequence[Cell],
    of_thin: Mapping[str, float],
    of_thick: Mapping[str, float],
    model: str,
) -> dict[str, Any]:
    numbers, values = ("cell-3", "cell-2"), (of_thin, of_thick)
    return {
        number: by_name(*alone_at(cell, number, value, model))
        for cell, number, value in zip(cells, numbers, values, strict=True)
    }


def _told(found: Calibration) -> dict[str, Any]:
    """What a fit carries of a posterior besides its draws."""
    around, table = found.posterior, found.posterior.table()
    return {
        "model_error": around.model_error,
        "evidence": around.evidence,
        "evidence_error": around.evidence_error,
        "solved": around.solved,
        "accepted": around.accepted,
        "r_hat": float(table["r_hat"].max()),
        "effective_samples": float(table["effective_samples"].min()),
    }


def _files(
    reading: Reading, contents: Mapping[str, Any], found: Mapping[str, Posterior]
) -> dict[str, str]:
    """Files of ``calibrations/``: what was found, and draws of each posterior."""
    name = file_name(reading)
    texts = {f"{name}.json": json.dumps(contents, indent=1) + "\n"}
    for step, around in found.items():
        table = around.draws(DRAWS).to_csv(index=False)
        texts[f"{name}_{step.replace(' ', '-')}.csv"] = table
    return texts


def steps_text(contents: Mapping[str, Any]) -> str:
    """The steps of a calibration in lines: root mean squares in mAh/g, by cell."""
    lines = ["Capacities off by (RMS, mAh/g)"]
    for step, what in (("cell-3 only", "predicted"), ("shared", "after unblinding")):
        off = [_rms(contents[step][cell]) for cell in ("cell-3", "cell-2")]
        head = f"  {'cell-3 only' if step != 'shared' else 'cell-3 and cell-2'}"
        lines.append(f"{head:<21}cell-3 {off[0]:.1f}, cell-2 {off[1]:.1f} ({what})")
    return "\n".join(lines)


def _rms(compared: Mapping[str, Sequence[float]]) -> float:
    pairs = [pair for name, pair in compared.items() if name.startswith("capacity")]
    return float(np.sqrt(np.mean(np.diff(pairs) ** 2)))


def alone_at(
    cell: Cell, number: str, values: Mapping[str, float], model: str
) -> tuple[Measured, np.ndarray]:
    """Data of a cell of the paper, and what the model gives in their place."""
    data = data_of(number)
    test = rate_test_of(cell, data, model, values)
    return data, observe([test], values)


def by_name(data: Measured, modelled: np.ndarray) -> dict[str, list[float]]:
    """Measured and modelled number of each observable."""
    labels, measured, _ = observables(data)
    pairs = np.array([measured, modelled]).T
    return {k: pair.tolist() for k, pair in zip(labels, pairs, strict=True)}


def _own(
    cell: str,
    reading: Reading,
    shared: Mapping[str, float],
    names: Sequence[str],
    model: str,
) -> dict[str, Any]:
    """What a cell has of its own, fitted to its own data with the shared values."""
    data = data_of(cell)
    _, measured, spread = observables(data)
    lower = {ACTIVE: 0.4, OHMIC_SHARE: 0.0, OXIDATION: 0.0}
    upper = {ACTIVE: 1.0, OHMIC_SHARE: 1.0, OXIDATION: LARGEST_OXIDATION}
    start = {ACTIVE: 0.6, OHMIC_SHARE: 0.25, OXIDATION: 0.05}

    def modelled(values: Sequence[float]) -> np.ndarray:
        own = dict(zip(names, map(float, values), strict=True))
        if cell == "cell-1":  # composed anew, for what follows from these
            made = Cell(thick_sulfide_composition(reading, own, shared))
            return observe([rate_test_of(made, data, model, ())], {})
        given = {**shared, **own}
        test = rate_test_of(Cell(THICK + reading.words), data, model, given)
        return observe([test], given)

    found = least_squares(
        lambda values: (modelled(values) - measured) / spread,
        [start[name] for name in names],
        bounds=([lower[name] for name in names], [upper[name] for name in names]),
        diff_step=0.02,
        x_scale=[upper[name] - lower[name] for name in names],
        xtol=1e-4,
        ftol=1e-4,
        max_nfev=15,
    )
    return {
        "fitted_to": f"{data.source}, with what cells share",
        "values": dict(zip(names, map(float, found.x), strict=True)),
        "data": by_name(data, modelled(found.x)),
    }
