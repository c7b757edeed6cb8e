"""Parts of a model that are alike, as the particles at all depths of an electrode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import casadi
import numpy as np

from aslb.experiments.ensemble.model_functions import ModelFunctions
from aslb.experiments.ensemble.scalar_code import operations

SMALLEST = 4  # rows; a loop over less costs more than it saves


@dataclass(frozen=True)
class RepeatedBlock:
    """Rows of a model that are the same function of different states.

    Parameters
    ----------
    rows : numpy.ndarray
        Rows of each repetition, one row a repetition.
    columns : numpy.ndarray
        States that each depends on, likewise.
    y, residual, jacobian : casadi.SX
        States, rows and entries of the Jacobian of the first repetition.
    entries : numpy.ndarray
        Place of each entry of the Jacobian: a row of `rows` and a column of `columns`.
    """

    rows: np.ndarray
    columns: np.ndarray
    y: Any
    residual: Any
    jacobian: Any
    entries: np.ndarray


def repeated_blocks(model: ModelFunctions) -> list[RepeatedBlock]:
    """The largest number of equal parts of each variable.

    Parameters
    ----------
    model : ModelFunctions
        The model.

    Returns
    -------
    list of RepeatedBlock
        One for each variable whose rows can be taken as a loop.
    """
    pattern = casadi.jacobian_sparsity(model.residual, model.y)
    rows, columns = map(np.array, pattern.get_triplet())
    found = []
    for place in model.variables:
        for parts in _numbers_of_parts(place.stop - place.start):
            block = _block(model, place, parts, rows, columns)
            if block is not None:
                found.append(block)
                break
    return found


def _numbers_of_parts(length: int) -> Iterator[int]:
    for parts in range(length // SMALLEST, 1, -1):
        if length % parts == 0:
            yield parts


def _block(
    model: ModelFunctions, place: slice, parts: int, rows: Any, columns: Any
) -> RepeatedBlock | None:
    own = np.arange(place.start, place.stop).reshape(parts, -1)
    used, entries = [], []
    for part in own:
        inside = np.isin(rows, part)
        others = np.setdiff1d(columns[inside], part)
        used.append(np.concatenate([part, others]))
        at = {column: k for k, column in enumerate(used[-1].tolist())}
        entries.append(
            sorted(
                (int(row - part[0]), at[column])
                for row, column in zip(
                    rows[inside].tolist(), columns[inside].tolist(), strict=True
                )
            )
        )
    if any(other != entries[0] for other in entries[1:]):
        return None
    forms = set()
    for part, states in zip(own, used, strict=True):
        y = casadi.vertcat(*(model.y[int(k)] for k in states))
        residual = casadi.vertcat(*(model.residual[int(k)] for k in part))
        forms.add(operations(y, model.p, residual).form)
        if len(forms) > 1:
            return None
    y = casadi.vertcat(*(model.y[int(k)] for k in used[0]))
    residual = casadi.vertcat(*(model.residual[int(k)] for k in own[0]))
    jacobian = casadi.jacobian(residual, y)
    at_row, at_column = map(np.array, jacobian.sparsity().get_triplet())
    return RepeatedBlock(
        own,
        np.array(used),
        y,
        residual,
        casadi.vertcat(*jacobian.nonzeros()),
        np.column_stack([at_row, at_column]),
    )
