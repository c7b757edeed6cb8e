"""The rate test of a cell as a simulator of PyBOP; it needs the package pybop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pybop
from typing_extensions import override

from aslb.experiments.calibration.observables import RateTest, observe_all

OBSERVABLE = "Observable"
"""Domain of the data: the number of each of `observables`, from 1."""

VALUE = "Value"
"""Their values, measured or of the model."""


class RateTestSimulator(pybop.BaseSimulator):
    """What the model gives for the observables of a rate test.

    Parameters
    ----------
    test : RateTest
        The cell in its test, which takes values of all `parameters`.
    parameters : pybop.Parameters
        What varies.
    """

    def __init__(self, test: RateTest, parameters: pybop.Parameters):
        super().__init__(parameters)
        self._test = test

    @override
    def set_output_variables(self, target: list[str]) -> None:
        """There is one output, `VALUE`."""

    @override
    def solve_batch(
        self, inputs: Sequence[dict[str, float]], calculate_sensitivities: bool = False
    ) -> list[Any]:
        """Observables of each set of values, all sets at once in all cores."""
        if not inputs:  # none lies within the ranges
            return []
        rows = observe_all([self._test], inputs, threads=None)
        solutions = []
        for values, row in zip(inputs, rows, strict=True):
            solution = pybop.Solution(values)
            solution.set_solution_variable(VALUE, data=row)
            solutions.append(solution)
        return solutions

    batch_solve = solve_batch  # its name before PyBOP 26
