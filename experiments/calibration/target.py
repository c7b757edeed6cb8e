"""What a posterior is of: rate tests of cells, and what is known beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from aslb.experiments.calibration.likelihood import Likelihood
from aslb.experiments.calibration.observables import (
    RateTest,
    impedance_columns,
    observe_all,
)
from aslb.experiments.calibration.spectra import diffusivity_of
from aslb.experiments.calibration.unknowns import Unknown

EDGE = 1e-9  # of a probability: its quantile stays finite


@dataclass(frozen=True)
class Target:
    """The posterior of unknowns and of the error of the model.

    A position has a column for each unknown and one for the error, in standard
    deviations of what is known beforehand: what is known is a standard normal
    distribution in each, whatever the range of an unknown is.

    Parameters
    ----------
    unknowns : sequence of Unknown
        What is not known.
    tests : sequence of RateTest
        What the model solves, a cell each.
    likelihood : Likelihood
        Of their data.
    """

    unknowns: Sequence[Unknown]
    tests: Sequence[RateTest]
    likelihood: Likelihood

    @property
    def size(self) -> int:
        """Columns of a position."""
        return len(self.unknowns) + 1

    def values(self, positions: np.ndarray) -> np.ndarray:
        """Values of the unknowns at positions, a row each."""
        units = shares(positions)
        columns = zip(self.unknowns, units.T, strict=False)  # the last is the error
        return np.column_stack([one.values(column) for one, column in columns])

    def errors(self, positions: np.ndarray) -> np.ndarray:
        """Standard deviation of the model's capacities at positions [mAh/g]."""
        return self.likelihood.errors(shares(positions)[:, -1])

    def answers(self, positions: np.ndarray, fallback: bool = True) -> np.ndarray:
        """What the model gives at positions, a row each.

        Where points side by side fail they are solved one by one; without that fallback
        they are NaN.
        """
        sets: list[Mapping[str, float]] = [
            dict(zip((u.name for u in self.unknowns), map(float, row), strict=True))
            for row in self.values(positions)
        ]
        return observe_all(self.tests, sets, threads=None, fallback=fallback)

    def straight(self, positions: np.ndarray) -> np.ndarray:
        """Positions as an emulator follows them best: values, or their logarithms.

        And logarithms of the diffusivity where each spectrum was measured.
        """
        columns = [*zip(self.unknowns, shares(positions).T, strict=False)]
        straight = [one.deviations(column) for one, column in columns]
        values = {one.name: one.values(column) for one, column in columns}
        for test in self.tests:
            for spectrum in test.data.spectra:
                found = diffusivity_of(
                    test.cell, test.model, test.names, spectrum.soc, values
                )
                if found is not None:
                    straight.append(np.log(found))
        return np.column_stack(straight)

    def smooth(self, answers: np.ndarray) -> np.ndarray:
        """Answers as an emulator follows them best: of impedances the logarithm.

        Resistances and capacitances spread over decades, as impedances do with them.
        """
        real, imaginary = self._impedances
        found = np.array(answers)
        logarithm = np.log(answers[:, real] + 1j * answers[:, imaginary])
        found[:, real], found[:, imaginary] = logarithm.real, logarithm.imag
        return found

    def rough(self, smooth: np.ndarray) -> np.ndarray:
        """Answers, of what `smooth` made of them."""
        real, imaginary = self._impedances
        found = np.array(smooth)
        impedance = np.exp(smooth[:, real] + 1j * smooth[:, imaginary])
        found[:, real], found[:, imaginary] = impedance.real, impedance.imag
        return found

    @cached_property
    def _impedances(self) -> tuple[np.ndarray, np.ndarray]:
        """Columns of real parts, and of the imaginary part of each."""
        return impedance_columns([test.data for test in self.tests])

    def log_posterior(
        self, positions: np.ndarray, answers: np.ndarray, heat: float = 1.0
    ) -> np.ndarray:
        """Logarithm of the posterior of answers at positions, one a row.

        With `heat` data count so many times less, as in tempered chains.
        """
        prior = -0.5 * (positions**2 + np.log(2 * np.pi)).sum(axis=1)
        return prior + self.likelihood(answers, self.errors(positions)) / heat


def shares(positions: np.ndarray) -> np.ndarray:
    """Shares from 0 to 1 of what is known beforehand, at positions."""
    return np.clip(ndtr(positions), EDGE, 1 - EDGE)
