"""Solutions for many diagonals are those of a dense solver, for each of them."""

from itertools import pairwise

import numpy as np
import pytest

from aslb.experiments.engine.shifted_matrix import SMALL, ShiftedMatrix

ENDS, DEPTH = 5, 4  # rows of a chain, rows that hang on nothing
SHIFTS = 1j * np.logspace(-3, 3, 7)


def chains_on_a_line(length):
    """Chains that each hang on a node of a line, and rows that nothing is next to."""
    line, size = range(length), length * (ENDS + 1) + DEPTH
    rows, columns = [], []
    for node in line:
        chain = [node, *(length + node * ENDS + k for k in range(ENDS))]
        pairs = list(pairwise(chain))
        if node + 1 < length:
            pairs.append((node, node + 1))
        for one, other in pairs:
            rows += [one, other]
            columns += [other, one]
    at = np.array([[*rows, *range(size - DEPTH)], [*columns, *range(size - DEPTH)]])
    first = np.arange(size) >= length
    return *at, first


def problem(length):
    rows, columns, first = chains_on_a_line(length)
    values = np.random.default_rng(length).normal(size=len(rows))
    diagonals = np.ones(len(first))[:, None] * SHIFTS
    forcing = np.zeros(len(first), complex)
    forcing[0] = 1
    return rows, columns, first, values, diagonals, forcing


def exact(rows, columns, values, diagonals, forcing):
    matrix = np.zeros((len(forcing), len(forcing)), complex)
    matrix[rows, columns] = values
    return np.transpose(
        [np.linalg.solve(matrix + np.diag(one), forcing) for one in diagonals.T]
    )


@pytest.mark.parametrize("length", [6, SMALL + 20])
def test_a_line_with_chains(length):
    rows, columns, first, values, diagonals, forcing = problem(length)
    matrix = ShiftedMatrix(rows, columns, first)
    for numbers in (values, values[::-1].copy()):
        found = matrix.solve(numbers, diagonals, forcing)
        expected = exact(rows, columns, numbers, diagonals, forcing)
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-10)


def test_an_entry_may_be_zero_at_first():
    rows, columns, first, values, diagonals, forcing = problem(6)
    matrix = ShiftedMatrix(np.append(rows, [20, 3]), np.append(columns, [3, 20]), first)
    for more in ([0, 0], [0.3, -2]):
        numbers = np.append(values, more)
        found = matrix.solve(numbers, diagonals, forcing)
        expected = exact(
            *(np.append(rows, [20, 3]), np.append(columns, [3, 20])),
            *(numbers, diagonals, forcing),
        )
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-10)


def test_two_rows_that_have_but_one_another_stay():
    rows, columns = np.array([0, 1, 2, 1, 2]), np.array([0, 1, 2, 2, 1])
    matrix = ShiftedMatrix(rows, columns, np.array([False, True, True]))
    values, forcing = np.array([2.0, 1, 1, 3, 4]), np.array([1, 0, 0], complex)
    found = matrix.solve(values, 1j * np.ones((3, 2)), forcing)
    assert found == pytest.approx(np.array([[1 / (2 + 1j)] * 2, [0, 0], [0, 0]]))
