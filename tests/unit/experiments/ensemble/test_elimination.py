"""Pivots chosen by their pattern solve what SciPy solves by their values."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments.ensemble.elimination import EliminationCode, elimination
from aslb.experiments.ensemble.model_functions import NotGenerated


def run(lines, **arrays):
    """The lines of C++, which are simple enough to be Python's."""
    text = "".join(lines).replace("{", "").replace("}", "").replace("const V ", "")
    exec(text.replace(";", "\n"), {"V": float, **arrays})


def solved(matrix, weak, right):
    """Factor a matrix with generated code, and solve with the factors."""
    rows, columns = np.nonzero(matrix)
    pivots = elimination(rows, columns, len(matrix), weak)
    places = {
        place: k for k, place in enumerate(zip(rows.tolist(), columns, strict=True))
    }
    for k in np.flatnonzero(~weak).tolist():
        places.setdefault((k, k), len(places))
    code = EliminationCode(pivots, places)
    # what fills in is not cleared before
    entries = np.full(len(code.places), np.nan)
    for place, k in places.items():
        entries[k] = matrix[place]
    answer = right.copy()
    run(code.factor, a=entries)
    run(code.solve, a=entries, b=answer)
    return pivots, answer


@st.composite
def saddles(draw):
    """Differential rows, and algebraic ones whose diagonal is zero until later."""
    strong, weak = draw(st.integers(1, 8)), draw(st.integers(0, 8))
    weak = min(strong, weak)
    size = strong + weak
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    kept = random.random((size, size)) < draw(st.floats(0.05, 0.9))
    matrix = np.where(kept, random.uniform(-1, 1, (size, size)), 0.0)
    # positive definite, so that no pivot is small whatever the order
    matrix[:strong, :strong] += size * np.eye(strong)
    coupling = np.eye(strong, weak) + 0.1 * matrix[:strong, strong:] / size
    matrix[:strong, strong:], matrix[strong:, :strong] = coupling, -coupling.T
    matrix[strong:, strong:] = 0
    order = random.permutation(size)
    is_weak = np.arange(size) >= strong
    return matrix[np.ix_(order, order)], is_weak[order], random.uniform(-1, 1, size)


@given(saddles())
def test_the_generated_code_solves_what_scipy_solves(case):
    matrix, weak, right = case
    pivots, answer = solved(matrix, weak, right)
    expected = scipy.linalg.solve(matrix, right)
    np.testing.assert_allclose(answer, expected, rtol=1e-9, atol=1e-11)
    # each row once, and the weak ones last
    order = [pivot.row for pivot in pivots]
    assert sorted(order) == list(range(len(matrix)))
    assert weak[order].tolist() == sorted(weak.tolist())


def test_a_weak_row_waits_for_the_one_that_fills_its_diagonal():
    # the last one's diagonal is there only after that of the second, itself filled in
    matrix = np.array([[2.0, 1, 0], [1, 0, 1], [0, 1, 0]])
    weak, right = np.array([False, True, True]), np.array([1.0, 2, 3])
    pivots, answer = solved(matrix, weak, right)
    assert [pivot.row for pivot in pivots] == [0, 1, 2]
    np.testing.assert_allclose(answer, np.linalg.solve(matrix, right), rtol=1e-14)


@pytest.mark.parametrize("entries", [[(0, 0)], [(0, 0), (1, 0)], [(0, 0), (0, 1)]])
def test_a_matrix_that_is_singular_by_its_pattern_is_refused(entries):
    rows, columns = map(np.array, zip(*entries, strict=True))
    with pytest.raises(NotGenerated, match="no pivots on the diagonal"):
        elimination(rows, columns, 2, np.array([False, True]))


def test_a_band_fills_no_place():
    size = 50
    matrix = np.diag(np.full(size, 4.0)) + np.eye(size, k=1) - np.eye(size, k=-1)
    rows, columns = np.nonzero(matrix)
    pivots = elimination(rows, columns, size, np.zeros(size, bool))
    places = {
        place: k for k, place in enumerate(zip(rows.tolist(), columns, strict=True))
    }
    assert len(EliminationCode(pivots, places).places) == len(places)
