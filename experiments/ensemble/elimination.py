"""Gaussian elimination of a sparse matrix, worked out once for its pattern."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aslb.experiments.ensemble.model_functions import NotGenerated


@dataclass(frozen=True)
class Pivot:
    """One step of the elimination: its row, and what is below and right of it."""

    row: int
    below: tuple[int, ...]
    right: tuple[int, ...]


def elimination(
    rows: np.ndarray, columns: np.ndarray, size: int, weak: np.ndarray
) -> list[Pivot]:
    """An order of pivots on the diagonal that leaves little fill.

    The next pivot is the one with the smallest product of entries left in its row and
    its column [1]_.

    Parameters
    ----------
    rows, columns : numpy.ndarray
        Places of the entries; those on the diagonal are added.
    size : int
        Number of rows.
    weak : numpy.ndarray
        Whether the diagonal of a row may be zero before the others are eliminated.

    Returns
    -------
    list of Pivot
        The pivots, in order.

    Raises
    ------
    NotGenerated
        If a pivot stays zero.

    References
    ----------
    .. [1] H. M. Markowitz, Management Science 1957, 3, 255,
       doi:10.1287/mnsc.3.3.255.
    """
    in_row: list[set[int]] = [set() for _ in range(size)]
    in_column: list[set[int]] = [set() for _ in range(size)]
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        in_row[i].add(j)
        in_column[j].add(i)
    for i in np.flatnonzero(~weak).tolist():
        in_row[i].add(i)
        in_column[i].add(i)
    left, late = set(range(size)), set(np.flatnonzero(weak).tolist())
    order = []
    while left:
        k = min(
            left - late or left,
            key=lambda k: (
                k not in in_row[k],  # filled in by one of the others, it may be
                (len(in_row[k]) - 1) * (len(in_column[k]) - 1),
                k,
            ),
        )
        if k not in in_row[k]:
            raise NotGenerated("its Jacobian has no pivots on the diagonal")
        left.discard(k)
        right, below = sorted(in_row[k] - {k}), sorted(in_column[k] - {k})
        order.append(Pivot(k, tuple(below), tuple(right)))
        for i in below:
            in_row[i].discard(k)
            in_row[i].update(right)
        for j in right:
            in_column[j].discard(k)
            in_column[j].update(below)
    return order


class EliminationCode:
    """C++ that factors a matrix in place, and solves with the factors.

    Parameters
    ----------
    pivots : list of Pivot
        From `elimination`.
    places : dict of (int, int) to int
        Where the matrix keeps the entry of a row and a column; entries that fill in
        are kept behind them.
    """

    def __init__(self, pivots: list[Pivot], places: dict[tuple[int, int], int]):
        self.places = dict(places)
        self.factor: list[str] = []
        forward: list[str] = []
        backward: list[str] = []
        known = set(places)
        for pivot in pivots:
            k, kk = pivot.row, self._at(pivot.row, pivot.row)
            line = f"a[{kk}]=V(1.0)/a[{kk}];"
            for i in pivot.below:
                ik = self._at(i, k)
                line += f"{{const V l=a[{ik}]*a[{kk}];a[{ik}]=l;"
                forward.append(f"b[{i}]-=a[{ik}]*b[{k}];")
                for j in pivot.right:
                    ij, kj = self._at(i, j), self._at(k, j)
                    sign = "-=" if (i, j) in known else "=-"
                    known.add((i, j))
                    line += f"a[{ij}]{sign}l*a[{kj}];"
                line += "}"
            self.factor.append(line)
            taken = "".join(f"-a[{self._at(k, j)}]*b[{j}]" for j in pivot.right)
            backward.insert(0, f"b[{k}]=(b[{k}]{taken})*a[{kk}];")
        self.solve = forward + backward

    def _at(self, i: int, j: int) -> int:
        return self.places.setdefault((i, j), len(self.places))
