"""A sparse matrix whose diagonal takes many values, solved for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

SMALL = 100  # rows, up to which a dense solver is faster
ORDERING = "MMD_AT_PLUS_A"  # of a pattern that is nearly symmetric
PIVOT = 1e-3  # of the largest in its column, from which on a diagonal entry is one


class ShiftedMatrix:
    """Solutions x of (A + diag(d))x = b for many d, and many A of one pattern.

    What depends on the pattern alone is worked out once, of entries that have been
    other than zero. A row with one neighbour, such as the centre of a particle, changes
    no more than the diagonal of that neighbour if it is eliminated, which then may be
    the next: so particles go from their centre to their surface, all of them and for
    all d at once. What is left is factored for each d, in one order.

    Parameters
    ----------
    rows, columns : numpy.ndarray of int
        Where A may have entries, in the order in which they are given later.
    first : numpy.ndarray of bool
        Whether a row may be eliminated so: its diagonal entry is never zero, and b is
        zero there.
    """

    def __init__(self, rows: np.ndarray, columns: np.ndarray, first: np.ndarray):
        self._at, self._first = (rows, columns), first
        self._seen = np.zeros(len(rows), bool)

    def solve(
        self, entries: np.ndarray, diagonals: np.ndarray, forcing: np.ndarray
    ) -> np.ndarray:
        """Solutions, a column for each diagonal.

        Parameters
        ----------
        entries : numpy.ndarray
            What A has.
        diagonals : numpy.ndarray
            What is added to the diagonal of A, a column each.
        forcing : numpy.ndarray
            The right-hand side, b.
        """
        if not self._seen.any() or entries[~self._seen].any():
            self._seen |= entries != 0
            self._plan()
        values = np.zeros(self._size)
        values[self._places] = entries[self._seen]
        diagonals = values[self._diagonal, None] + diagonals
        inverses = []
        for ends, next_to, up, down in self._rounds:
            inverses.append(1 / diagonals[ends])
            diagonals[next_to] -= (values[up] * values[down])[:, None] * inverses[-1]
        found = np.zeros_like(diagonals)
        rest = values, diagonals[self._rest], forcing[self._rest]
        small = len(self._rest) <= SMALL
        found[self._rest] = self._dense(*rest) if small else self._sparse(*rest)
        for (ends, next_to, up, _), inverse in zip(
            reversed(self._rounds), reversed(inverses), strict=True
        ):
            found[ends] = -values[up][:, None] * found[next_to] * inverse
        return found

    def _plan(self) -> None:
        """Work out an order, and where each entry belongs to in it."""
        rows, columns = (at[self._seen] for at in self._at)
        size = len(self._first)
        seen = sparse.csc_array((np.ones(len(rows)), (rows, columns)), (size, size))
        numbered = sparse.csc_array(seen + seen.T + sparse.eye_array(size))
        numbered.data = np.arange(1, numbered.nnz + 1)
        self._size = numbered.nnz
        self._places = _places(numbered, rows, columns)
        self._diagonal = numbered.diagonal() - 1
        there = np.ones(size, bool)
        self._rounds = [
            (ends, next_to, *_both(numbered, ends, next_to))
            for ends, next_to in _rounds(numbered, self._first, there)
        ]
        rest = np.flatnonzero(there)
        self._rest = rest[_order(numbered[rest][:, rest])]
        left = sparse.csc_array(numbered[self._rest][:, self._rest])
        left.sort_indices()
        self._from = left.data - 1
        self._left = left.astype(complex)
        in_column = np.repeat(np.arange(len(rest)), np.diff(left.indptr))
        self._at_diagonal = np.flatnonzero(left.indices == in_column)

    def _dense(
        self, values: np.ndarray, diagonals: np.ndarray, forcing: np.ndarray
    ) -> np.ndarray:
        self._left.data[:] = values[self._from]
        filled = np.tile(self._left.toarray(), (diagonals.shape[1], 1, 1))
        at = np.arange(len(forcing))
        filled[:, at, at] = diagonals.T
        columns = np.broadcast_to(forcing[:, None], (*filled.shape[:2], 1))
        return np.linalg.solve(filled, columns)[..., 0].T

    def _sparse(
        self, values: np.ndarray, diagonals: np.ndarray, forcing: np.ndarray
    ) -> np.ndarray:
        self._left.data[:] = values[self._from]
        found = np.empty_like(diagonals)
        for n, diagonal in enumerate(diagonals.T):
            self._left.data[self._at_diagonal] = diagonal
            factors = splu(
                self._left,
                permc_spec="NATURAL",
                diag_pivot_thresh=PIVOT,
                relax=1,
                panel_size=1,
                options={"SymmetricMode": True},
            )
            found[:, n] = factors.solve(forcing)
        return found


def _places(numbered: Any, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Places of entries that are numbered from 1 on."""
    return np.asarray(numbered[rows, columns]).ravel() - 1


def _both(numbered: Any, ends: np.ndarray, next_to: np.ndarray) -> list[np.ndarray]:
    """Places of entries in the rows of ends, and in those next to them."""
    return [_places(numbered, ends, next_to), _places(numbered, next_to, ends)]


def _rounds(
    pattern: Any, first: np.ndarray, there: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows with one neighbour and that neighbour, until there are none.

    They are taken out of those that are there, and so are in the end rows without any
    neighbour, whose solution is zero.
    """
    neighbours = (pattern != 0).astype(int)
    neighbours.setdiag(0)
    while True:
        others = neighbours @ there.astype(int)
        next_to = neighbours @ (there * np.arange(len(there)))
        alone = first & there & (others == 1)
        ends = np.flatnonzero(alone)
        ends = ends[~alone[next_to[ends]]]  # of two that have but one another, neither
        _, one_each = np.unique(next_to[ends], return_index=True)
        ends = ends[one_each]
        if not len(ends):
            there &= ~(first & (others == 0))
            return
        there[ends] = False
        yield ends, next_to[ends]


def _order(pattern: Any) -> np.ndarray:
    """Rows in an order that keeps factors sparse."""
    values = sparse.csc_array((pattern != 0).astype(float))
    values.setdiag(values.shape[0])
    return np.argsort(splu(values, permc_spec=ORDERING).perm_c)
