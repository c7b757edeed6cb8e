"""A calibration as a problem of PyBOP, for its optimisers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aslb.errors import InputError
from aslb.experiments.calibration.data import check_against, read_data
from aslb.experiments.calibration.observables import observables, rate_test_of
from aslb.experiments.calibration.unknowns import (
    UNKNOWNS,
    Unknown,
    those_of,
    unknowns_of,
)
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

if TYPE_CHECKING:
    import pybop


def pybop_problem(
    cell: Any,
    measured: Measured | Path | str,
    unknowns: Sequence[str] | None = None,
    *,
    model: str = DFN,
) -> pybop.Problem:
    """The fit of a cell to its rate test, as a problem of PyBOP.

    Its cost is that of `calibrate`: the sum of squared residuals of the capacities by
    rate, and of what else was measured, each over its standard uncertainty. Parameters
    start at the values of the cell, with a prior that is even over their ranges; ranges
    that span decades are searched in the logarithm. All sets of values that an
    optimiser asks for at once are solved at once; there are no gradients.

    Parameters
    ----------
    cell : Cell, str or pathlib.Path
        The cell, its name or file.
    measured : Measured, pathlib.Path or str
        What was measured on it, or a CSV file as for `calibrate`.
    unknowns : sequence of str or str, optional
        PyBaMM names of the unknowns, one or several; by default those of `UNKNOWNS`
        that the cell has.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".

    Returns
    -------
    pybop.Problem
        For the optimisers of PyBOP that ask for no gradient.

    Raises
    ------
    InputError
        If the request makes no sense, or PyBOP is not installed.

    References
    ----------
    .. [1] B. Planden et al., PyBOP, J. Open Source Softw. 2025,
       doi:10.21105/joss.07874.

    Examples
    --------
    >>> import pybop  # doctest: +SKIP
    >>> problem = pybop_problem("Cao2021_thin_halide", "rates.csv")  # doctest: +SKIP
    >>> pybop.CMAES(problem).run().best_inputs  # doctest: +SKIP
    """
    try:
        import pybop
    except ImportError:
        raise InputError(
            'a problem of PyBOP needs the package pybop; accepted after: pip install "'
            'aslb[pybop]"'
        ) from None
    # its base class is PyBOP's
    from aslb.experiments.calibration.rate_test_simulator import (
        OBSERVABLE,
        VALUE,
        RateTestSimulator,
    )

    check_model(model)
    cell = Cell.of(cell)
    data = measured if isinstance(measured, Measured) else read_data(Path(measured))
    check_against(cell, data)
    known = cell.quantities
    names = those_of(known, UNKNOWNS) if unknowns is None else unknowns
    sought = unknowns_of(known, names)
    if not sought:
        raise InputError(f"no unknown to fit in '{cell.name}'; accepted: names of some")
    parameters = pybop.Parameters()
    for unknown in sought:
        parameters.add(unknown.name, _parameter(unknown, known[unknown.name].number))
    test = rate_test_of(cell, data, model, [unknown.name for unknown in sought])
    _, values, spread = observables(data)
    numbers = np.arange(1, len(values) + 1)
    dataset = pybop.Dataset({OBSERVABLE: numbers, VALUE: values}, domain=OBSERVABLE)
    weights = [*spread**-2]  # PyBOP cannot tell an array from a word
    cost = pybop.SumSquaredError(dataset, target=VALUE, weighting=weights)
    return pybop.Problem(RateTestSimulator(test, parameters), cost)


def _parameter(unknown: Unknown, start: float) -> pybop.Parameter:
    """An unknown of PyBOP, searched as `calibrate` searches it."""
    import pybop

    return pybop.Parameter(
        bounds=[unknown.lower, unknown.upper],
        initial_value=start,
        transformation=pybop.LogTransformation() if unknown.logarithmic else None,
    )
